"""The scenario library as a whole."""

from pathlib import Path

import pytest

from okta_scenarios.language import Library, Scenario, load
from okta_scenarios.play import run_scenario, vocabulary

SUITES = Path(__file__).parents[2] / "scenarios" / "suites"
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


def library() -> Library:
    found = load((SUITES,), vocabulary())
    assert isinstance(found, Library), str(found)
    return found


LIBRARY = library()


@pytest.mark.parametrize("scenario", [pytest.param(each, id=each.id) for each in LIBRARY])
def test_every_scenario_passes(scenario: Scenario) -> None:
    """Each scenario of the library holds in a world where every rule holds."""
    failure = run_scenario(scenario).failure

    assert failure is None, failure


def test_every_sentence_of_oktas_page_has_a_scenario() -> None:
    """No sentence is without a scenario that claims it, and there are at least 35 of them in all."""
    claimed = {rule for scenario in LIBRARY for rule in scenario.rules}

    assert [rule for rule in EVERY_SENTENCE if rule not in claimed] == []
    assert len(LIBRARY) >= 35


def test_every_scenario_is_named_by_its_file() -> None:
    """A scenario is found by its id."""
    assert [each.id for each in LIBRARY if Path(each.file).stem != each.id] == []
