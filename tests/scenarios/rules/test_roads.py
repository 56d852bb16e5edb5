"""What becomes of the rules of Okta's page over SCIM."""

import pytest

from okta_scenarios.bundled import suites
from okta_scenarios.rules import OVER_SCIM, SEAM_RULES, OverScim
from okta_scenarios.rules.roads import OnTheOtherRoad
from okta_scenarios.selection import library

FAMILIES = {"PNU", "PPU", "PUD", "INU", "IUS", "EM", "PG"}
SCENARIOS = {scenario.id: scenario for scenario in library((suites() / "scim",))}


def test_every_rule_of_okta_s_page_is_spoken_of() -> None:
    """Each family of the page is whole, and there is nothing else."""
    assert [*OVER_SCIM] == [rule for rule in SEAM_RULES if rule.partition("-")[0] in FAMILIES]


@pytest.mark.parametrize(
    ("rule", "over_scim"), OVER_SCIM.items(), ids=lambda each: each if isinstance(each, str) else ""
)
def test_a_scenario_over_scim_shows_what_becomes_of_a_rule(rule: str, over_scim: OverScim) -> None:
    """It has an app that takes that road, and claims the rule where the rule holds."""
    scenario = SCENARIOS[over_scim.scenario]
    apps = [app for org in scenario.given.okta.values() for app in org.apps.values()]
    assert "scim" in {app.road for app in apps}
    if over_scim.becomes is OnTheOtherRoad.HOLDS:
        assert rule in scenario.rules
    assert over_scim.what
