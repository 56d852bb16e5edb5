import re
from pathlib import Path
from typing import Any

import pytest

from .seams import seams

README = (Path(__file__).parents[2] / "connector" / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_the_readmes_code_runs(block: str) -> None:
    """Every block that needs no live host runs as it stands."""
    names: dict[str, Any] = {}
    exec(compile(block, "connector/README.md", "exec"), names)  # noqa: S102 - our own page

    if "invited" in names:
        assert names["invited"].id == names["ada"].user_name
    else:
        assert names["ada"].user_name == "ada@example.test"


def test_the_readme_has_code_to_run() -> None:
    """The pattern above still finds it."""
    assert len(BLOCKS) == 2


def test_the_readme_lists_every_decision() -> None:
    """The table of rules and methods is the one that the code carries."""
    listed = re.findall(r"^\| ([A-Z]+-\d+) \| `(\w+)` \|", README, re.MULTILINE)

    assert len(listed) == len(set(listed))
    assert set(listed) == {(rule, method) for method, rules in seams().items() for rule in rules}
