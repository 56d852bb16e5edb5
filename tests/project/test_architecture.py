"""The page of architecture names files that there are."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "emulator" / "ARCHITECTURE.md"
ROOTS = (
    "",
    "emulator",
    "emulator/workato_emulator",
    "connector",
    "scenarios",
    "scenarios/okta_scenarios",
    "scenarios/okta_org",
)


def test_every_file_of_the_architecture_page_exists() -> None:
    """A file or folder that it names is found from a source root or from one of the packages."""
    named = set(re.findall(r"`([\w/*]+(?:\.\w+|/\*|/))`", PAGE.read_text(encoding="utf-8")))
    gone = {each for each in named if not any(any((ROOT / root).glob(each.rstrip("/"))) for root in ROOTS)}

    assert len(named) > 30
    assert gone == set()
