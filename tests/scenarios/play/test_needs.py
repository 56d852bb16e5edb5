"""What scenarios need of a target, and what becomes of those that it cannot play."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from okta_scenarios.play import IN_PROCESS, not_playable
from okta_scenarios.reports.summary import Run
from okta_scenarios.reports.terminal import print_run
from okta_scenarios.targets import EVERYTHING, Ability, Service
from okta_scenarios.workers import Job, Workers

from ..library.system_log import library
from ..playing import scenario


@dataclass(frozen=True)
class Without:
    """A target that cannot do one thing."""

    ability: Ability
    name: str = "a modest place"
    terms: None = None

    @property
    def abilities(self) -> frozenset[Ability]:
        return EVERYTHING - {self.ability}

    def begin(self, document: Mapping[str, Any], *, at: datetime, ids_seed: int) -> Service:
        return IN_PROCESS.begin(document, at=at, ids_seed=ids_seed)


CALL = "{call: listCollaborators, expect: {status: 200}}"


@pytest.mark.parametrize(
    ("step", "ability"),
    [
        pytest.param("{clock: {advance: 1m}}", Ability.MOVE_TIME, id="clock"),
        pytest.param("{fault: {operation: listCollaborators, status: 502}}", Ability.FAIL, id="fault"),
        pytest.param("{workato: accept_invitation, user: eve}", Ability.ACT_BY_HAND, id="by-hand"),
        pytest.param("{call: listCollaborators, address: 192.0.2.1}", Ability.CHOOSE_ADDRESS, id="address"),
        pytest.param("{call: listCollaborators, expect: {changed: none}}", Ability.SHOW_STATE, id="changed"),
        pytest.param("{check: x, expect: {people: {ben: {member: {dev: Member}}}}}", Ability.SHOW_STATE, id="a-person"),
        pytest.param("{check: x, expect: {groups: {Payroll: {members: [ben]}}}}", Ability.SHOW_STATE, id="a-group"),
    ],
)
def test_a_step_that_a_target_cannot_play_is_named_with_the_reason(step: str, ability: Ability) -> None:
    """It is the second step here; everything else that the target can do does not matter."""
    story = scenario(f"- {CALL}\n- {step}\n- {CALL}")

    assert not_playable(story, Without(ability)) == f"step 2 needs a target that can {ability.value}"
    others = EVERYTHING - {ability, Ability.BEGIN}
    assert {not_playable(story, Without(other)) for other in others} == {None}


def test_what_is_given_has_to_be_begun_with() -> None:
    """Where nothing can be set up, a scenario that is given a workspace does not play."""
    why = not_playable(scenario(f"- {CALL}"), Without(Ability.BEGIN))

    assert why == "given needs a target that can begin with what is given"


def test_the_whole_library_plays_in_process() -> None:
    """An emulator can do everything."""
    assert {not_playable(each, IN_PROCESS) for each in library()} == {None}


def test_a_rule_of_workato_cannot_be_broken_where_rules_cannot_be_suspended() -> None:
    """It is unbreakable there and says why; what the connector decides is broken as everywhere."""
    story = scenario(
        "- {call: listCollaborators, token: wrong, expect: {status: 401}, proves: [AUTH-1]}\n"
        "- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {invited: true}, proves: [PNU-1]}"
    )
    with Workers(Job((story,), 0, target=Without(Ability.SUSPEND_RULES)), processes=1) as workers:
        found = {each.rule.id: each for each in workers.judge(list(workers.play()))}

    assert (found["AUTH-1"].status, found["PNU-1"].status) == ("unbreakable", "verified")
    assert found["AUTH-1"].broken_by == "a modest place cannot suspend a rule"


def test_a_run_says_what_was_not_playable() -> None:
    """A scenario that was left out is not counted as passed, and the reason stands below the sum."""
    left_out = {"SC-001": "step 2 needs a target that can move time"}
    run = replace(Run([], (), 0, 1.0), unplayed=1, target="a modest place", not_playable=left_out)
    text = StringIO()
    print_run(Console(file=text, width=200), run)

    assert "scenarios  0 passed, 0 failed, 1 not played" in text.getvalue()
    assert "not playable at a modest place: SC-001, step 2 needs a target that can move time" in text.getvalue()
