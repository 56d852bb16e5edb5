"""Reports of a run: for a terminal, for a machine (JSON), for a CI server (JUnit, TAP), as a page."""
