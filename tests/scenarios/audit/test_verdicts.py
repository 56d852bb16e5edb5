"""Verdicts on rules: each kind of them from a small scenario and a real violation."""

import pytest

from okta_scenarios.audit import Failing, Proof, Verdict, judge
from okta_scenarios.language import Scenario
from okta_scenarios.language.models.given import Given
from okta_scenarios.play import run_scenario
from okta_scenarios.play.people import People
from okta_scenarios.rules import SEAM_RULES, Unbreakable, Violation, known_rules, violation_of

from ..playing import scenario

NOTICES = """
- {check: nobody yet, expect: {people: {ada: {invited: false}}}}
- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {invited: true}, proves: [PNU-1]}
"""
DEAF = """
- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {member: absent}, proves: [PNU-1]}
"""
STRAYS = """
- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {invited: true}}
- {workato: accept_invitation, user: ada, expect: {member: {dev: Member}}, proves: [PNU-1]}
"""
FAILS = """
- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {invited: false}, proves: [PNU-1]}
"""
ROLES = """
- {okta: assign, user: ada, entitlements: {dev: Nonsense}, expect: {task: failed}, proves: [ROLE-1]}
"""


def verdicts(*scenarios: Scenario, thorough: bool = False) -> dict[str, Verdict]:
    results = [run_scenario(each) for each in scenarios]
    return {each.rule.id: each for each in judge(scenarios, results, thorough=thorough)}


def test_a_rule_is_verified_when_its_scenario_notices_the_violation() -> None:
    """The claiming scenario passes, and fails in a world without the rule; the proof names step and expectation."""
    verdict = verdicts(scenario(NOTICES))["PNU-1"]

    assert (verdict.status, verdict.scenarios, verdict.deaf) == ("verified", ("SC-001",), ())
    assert verdict.proofs == (Proof("SC-001", 2, "expect.invited", noticed=True),)
    assert isinstance(violation := violation_of("PNU-1"), Violation)
    assert verdict.broken_by == violation.sentence


def test_a_rule_of_workatos_side_is_verified_by_suspending_it() -> None:
    """The emulator's own rules are broken in the emulator."""
    verdict = verdicts(scenario(ROLES))["ROLE-1"]

    assert (verdict.status, verdict.proofs) == ("verified", (Proof("SC-001", 1, "expect.task", noticed=True),))


def test_a_rule_is_unnoticed_when_its_scenario_passes_all_the_same() -> None:
    """A claim that does not notice the violation proves nothing, and the scenario is named."""
    verdict = verdicts(scenario(DEAF))["PNU-1"]

    assert (verdict.status, verdict.deaf) == ("unnoticed", ("SC-001",))
    assert verdict.proofs == (Proof("SC-001", None),)


def test_a_failure_at_a_step_that_claims_something_else_proves_nothing() -> None:
    """What is missing is noticed, but not by the claim: the proof names the step, and the rule stays open."""
    verdict = verdicts(scenario(STRAYS))["PNU-1"]

    assert (verdict.status, verdict.deaf) == ("unnoticed", ("SC-001",))
    assert verdict.proofs == (Proof("SC-001", 1, "expect.invited", noticed=False),)


def test_an_unnoticed_claim_is_told_where_it_belongs() -> None:
    """At the first step that fails once the rule is broken: of its own scenario, or else of another that was played."""
    own = verdicts(scenario(STRAYS))["PNU-1"]
    other = verdicts(scenario(DEAF), scenario(NOTICES.replace("proves: [PNU-1]", "proves: [PNU-2]"), id_="SC-002"))

    assert own.belongs == Proof("SC-001", 1, "expect.invited", noticed=False)
    assert other["PNU-1"].belongs == Proof("SC-002", 2, "expect.invited", noticed=False)
    assert verdicts(scenario(DEAF))["PNU-1"].belongs is None


def test_a_claim_belongs_into_no_scenario_that_fails_anyway() -> None:
    """What fails although nothing is broken shows nothing about the rule."""
    fails = FAILS.replace("proves: [PNU-1]", "proves: [PNU-2]")

    assert verdicts(scenario(DEAF), scenario(fails, id_="SC-002"))["PNU-1"].belongs is None


def test_a_failed_claim_says_where_it_failed_and_what_was_claimed_there() -> None:
    """All the claims of a scenario fail with it; which of them the failing step carried is told."""
    story = scenario(f"{FAILS}{DEAF.replace('PNU-1', 'PNU-2')}")
    found = verdicts(story)

    assert (found["PNU-1"].status, found["PNU-2"].status) == ("failed", "failed")
    assert found["PNU-1"].failing == found["PNU-2"].failing == (Failing("SC-001", 1, ("PNU-1",)),)


def test_a_rule_has_failed_when_a_claim_fails() -> None:
    """One failing claim outweighs another that passes, and nothing is broken on purpose."""
    verdict = verdicts(scenario(NOTICES), scenario(FAILS, id_="SC-002"))["PNU-1"]

    assert (verdict.status, verdict.scenarios, verdict.proofs) == ("failed", ("SC-001", "SC-002"), ())


def test_a_rule_is_unclaimed_when_no_scenario_claims_it() -> None:
    """What nobody claims is said to be so, whatever passes."""
    verdict = verdicts(scenario(NOTICES))["PNU-2"]

    assert (verdict.status, verdict.scenarios, verdict.proofs) == ("unclaimed", (), ())
    assert verdict.broken_by


def test_a_rule_is_unbreakable_when_nothing_upholds_it() -> None:
    """A claimed rule that no violation can break says why; unclaimed it stays unclaimed, and failed it stays failed."""

    def nothing_upholds(rule: str) -> Unbreakable:
        return Unbreakable(rule, "nothing sends anything")

    stories = (scenario(DEAF), scenario(FAILS.replace("PNU-1", "PNU-3"), id_="SC-002"))
    found = judge(stories, [run_scenario(each) for each in stories], broken=nothing_upholds)
    status = {each.rule.id: each.status for each in found}

    assert (status["PNU-1"], status["PNU-2"], status["PNU-3"]) == ("unbreakable", "unclaimed", "failed")
    assert {each.broken_by for each in found} == {"nothing sends anything"}


def test_one_scenario_that_notices_is_enough() -> None:
    """The others are not played again; thorough, they are."""
    stories = (scenario(NOTICES), scenario(DEAF, id_="SC-002"))

    assert verdicts(*stories)["PNU-1"].proofs == (Proof("SC-001", 2, "expect.invited", noticed=True),)
    thorough = verdicts(*stories, thorough=True)["PNU-1"]
    assert thorough.proofs == (Proof("SC-001", 2, "expect.invited", noticed=True), Proof("SC-002", None))
    assert (thorough.status, thorough.deaf) == ("verified", ("SC-002",))


def test_the_quickest_scenario_is_tried_first() -> None:
    """The one that sends the fewest requests, whichever comes first in the library."""
    slow = scenario("- {call: listCollaborators}\n- {call: listCollaborators}\n" + NOTICES.lstrip())

    verdict = verdicts(slow, scenario(NOTICES, id_="SC-002"))["PNU-1"]

    assert (verdict.status, verdict.scenarios) == ("verified", ("SC-001", "SC-002"))
    assert [proof.scenario for proof in verdict.proofs] == ["SC-002"]


def test_a_deaf_scenario_does_not_hide_one_that_notices() -> None:
    """Whoever comes first, the rule is verified when anybody notices."""
    verdict = verdicts(scenario(DEAF), scenario(NOTICES, id_="SC-002"))["PNU-1"]

    assert (verdict.status, verdict.deaf) == ("verified", ("SC-001",))


def test_every_rule_of_both_catalogues_has_its_turn() -> None:
    """Verdicts come in the catalogue's order, the seam's rules first."""
    found = judge((), ())
    order = [each.rule.id for each in found]

    assert order == list(known_rules())
    assert order[: len(SEAM_RULES)] == list(SEAM_RULES)
    assert {each.status for each in found} == {"unclaimed"}


def test_a_scenario_is_played_again_with_the_seed_of_the_run() -> None:
    """Ben's surname is that of the seed in both worlds, so it is the rule's step that notices."""
    name = People(Given(), 9)["ben"].name
    story = scenario(f"- {{call: listCollaborators, expect: {{body: {{data: [{{name: {name}}}]}}}}}}{NOTICES}")
    verdict = next(each for each in judge((story,), [run_scenario(story, seed=9)], seed=9) if each.rule.id == "PNU-1")

    assert verdict.proofs == (Proof("SC-001", 3, "expect.invited", noticed=True),)


@pytest.mark.parametrize("id_", known_rules())
def test_every_rule_says_what_how_and_where_from(id_: str) -> None:
    """No rule is without statement, source, standing and a way to break it."""
    rule = known_rules()[id_]

    assert rule.id == id_
    assert rule.statement
    assert rule.source
    assert rule.standing in {"documented", "observed", "assumed"}
    assert isinstance(violation_of(id_), Violation | Unbreakable)
