"""What `workato-emulator doctor` can say of scenarios: whether the library is there, whether a file is right."""

from collections.abc import Iterator
from pathlib import Path

from okta_scenarios.bundled import starter, suites
from okta_scenarios.language import Problems, load
from okta_scenarios.play import vocabulary
from workato_emulator import as_argument
from workato_emulator.cli.checks import INSTALL_AGAIN, Finding, folder_finding


class ScenarioFiles:
    """Registered as an entry point of the group `workato_emulator.checks`."""

    def installation(self) -> Iterator[Finding]:
        yield folder_finding("scenarios", suites(), INSTALL_AGAIN)
        yield folder_finding("starter", starter(), INSTALL_AGAIN)

    def is_mine(self, path: Path, beginning: bytes) -> bool:
        """A folder is one of scenarios; a file is one where a line begins with a key that every scenario has."""
        return path.is_dir() or any(line.startswith((b"scenario:", b"steps:")) for line in beginning.split(b"\n"))

    def file(self, path: Path) -> Finding:
        what = f"scenarios {path}"
        found = load((path,), vocabulary())
        if isinstance(found, Problems):
            first, *others = found
            more = f" (and {len(others)} more)" if others else ""
            advice = f"workato-emulator check {as_argument(path)}, and explain {first.code}"
            return Finding(what, f"{first}{more}", advice)
        if not len(found):
            return Finding(what, "no scenarios there", "workato-emulator init DIR writes one to start from")
        return Finding(what, f"{len(found)} right")


scenarios = ScenarioFiles()
