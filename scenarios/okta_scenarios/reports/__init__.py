"""Reports: for a terminal, for a machine (JSON), for a CI server (JUnit)."""
