"""The scenario library as a whole."""

from pathlib import Path

import pytest

from okta_scenarios.play import run_scenario

from ..scenarios.library.system_log import library

IDS = sorted(
    path.stem
    for path in (Path(__file__).parents[2] / "scenarios" / "suites").rglob("*.yaml")
    if path.parent.name != "fixtures"
)
EVERY_SENTENCE = (
    *(f"PNU-{number}" for number in range(1, 6)),
    *(f"PPU-{number}" for number in range(1, 7)),
    *(f"GOV-{number}" for number in range(1, 4)),
    "PUD-1",
    *(f"PUD-{number}" for number in range(3, 10)),
    "INU-1",
    "IUS-1",
    "EM-1",
    "EM-2",
    *(f"PG-{number}" for number in range(1, 4)),
)
"""The rules that are sentences of Okta's page."""


@pytest.mark.parametrize(
    "id_", [pytest.param(each, marks=[] if number % 3 == 0 else pytest.mark.long) for number, each in enumerate(IDS)]
)
def test_every_scenario_passes(id_: str) -> None:
    """Each scenario of the library holds in a world where every rule holds; a third of them where time is short."""
    failure = run_scenario(next(each for each in library() if each.id == id_)).failure

    assert failure is None, failure


def test_every_sentence_of_oktas_page_has_a_scenario() -> None:
    """No sentence is without a scenario that claims it, and there are at least 35 of them in all."""
    claimed = {rule for scenario in library() for rule in scenario.rules}

    assert [rule for rule in EVERY_SENTENCE if rule not in claimed] == []
    assert len(library()) >= 35


def test_every_scenario_is_named_by_its_file() -> None:
    """A scenario is found by its id."""
    assert sorted(each.id for each in library()) == IDS
    assert [each.id for each in library() if Path(each.file).stem != each.id] == []
