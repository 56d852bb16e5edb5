"""Every open question about Okta's side can be switched, and switching it shows in what the org does.

`PROBES` has one small story per assumption, and what it comes to under the default and under each alternative.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any

import pytest

from okta_connector import Entitlement
from okta_org import OktaAssumptions, SyncState, UserStatus, assumptions_among
from okta_org.apps import force_sync
from okta_org.assignments import assign, change_entitlements
from okta_org.directory import edit_profile
from okta_org.group_push import push_group
from okta_org.groups import add_to_group, create_group, delete_group
from okta_org.imports import import_users
from okta_org.refusals import WrongStatus
from okta_org.retries import retry_task, run_due
from workato_emulator import assumptions, open_questions

from .fake import MANAGER, MEMBER, Fixture, bad_gateway, member, rate_limited, set_up
from .scim_probes import SCIM_PROBES


@dataclass(frozen=True)
class Probe:
    """`ask` is given an org that assumes a choice; `answers` is what it says, by choice."""

    ask: Callable[[Fixture], Any]
    answers: dict[str, Any]
    status: UserStatus = UserStatus.ACTIVE


def role_after_retry(s: Fixture) -> object:
    """A creation failed for want of a role; one is granted, and the task is retried."""
    s.org.do(assign, "ada", "workato")
    s.org.do(change_entitlements, "ada", "workato", MEMBER)
    s.org.do(retry_task, "workato")
    return "ada@example.test" in s.app.invited


def pushed_while_staged(s: Fixture) -> object:
    s.org.do(assign, "ada", "workato", MEMBER)
    return s.app.take_calls()


def sync_after_push(s: Fixture) -> object:
    s.bring_in()
    s.org.do(change_entitlements, "ada", "workato", MANAGER)
    return s.org.value.shown_sync_state(s.account())


def state_after_429(s: Fixture) -> object:
    s.app.fail("create_user", rate_limited())
    s.org.do(assign, "ada", "workato", MEMBER)
    (task,) = s.org.tasks.open
    return task.state.value, s.org.next_due() is not None


def role_pushed_after_drift(s: Fixture) -> object:
    """Somebody else writes a role, an import sees it, and Okta pushes for another reason."""
    s.bring_in()
    s.org.do(force_sync, "workato")
    s.app.members["101"] = replace(member("ada", dev="Operator"), id="101")
    s.org.do(import_users, "workato")
    s.org.do(edit_profile, "ada", {"title": "Countess"})
    return s.app.members["101"].entitlements


def role_after_linking(s: Fixture) -> object:
    """A creation waits, the person is added by hand with another role, and an import finds her."""
    s.app.fail("create_user", rate_limited())
    s.org.do(assign, "ada", "workato", MANAGER)
    s.app.join(member("ada", dev="Operator"))
    s.org.do(import_users, "workato")
    s.org.do(force_sync, "workato")
    return s.app.members["101"].entitlements


def administrator_assigned(s: Fixture) -> object:
    """Somebody is an administrator already and is assigned as a member."""
    s.app.join(member("ada", dev="Admin"))
    s.org.do(assign, "ada", "workato", MEMBER)
    return s.app.members["101"].entitlements, [task.kind.value for task in s.org.tasks.open]


def pushed_group_deleted(s: Fixture) -> object:
    """A pushed group is deleted in Okta: which groups are left there, and which in the app."""
    s.org.do(create_group, "devs", (), "Devs")
    s.org.do(push_group, "devs", "workato")
    with suppress(WrongStatus):
        s.org.do(delete_group, "devs")
    return [group.display_name for group in s.org.groups.values()], [
        each.display_name for each in s.app.groups.values()
    ]


def hours_of_group_pushes(s: Fixture) -> object:
    """A pushed group gains a member while the app is out of order, all day long."""
    s.bring_in()
    s.org.do(create_group, "devs", (), "Developers")
    s.org.do(push_group, "devs", "workato")
    s.app.fail("add_group_members", *[bad_gateway()] * 20)
    began = s.now[0]
    s.org.do(add_to_group, "devs", ("ada",))
    hours = []
    while (due := s.org.next_due()) is not None:
        s.now[0] = due
        s.org.do(run_due)
        hours.append((due - began) // timedelta(hours=1))
    return hours


OPERATOR_IN_DEV = (Entitlement("dev", "Operator"),)
MEMBER_IN_DEV = (Entitlement("dev", "Member"),)
MANAGER_IN_DEV = (Entitlement("dev", "Environment manager"),)

PROBES = {
    "okta_retry": Probe(role_after_retry, {"snapshot": False, "current": True}),
    "staged_users": Probe(pushed_while_staged, {"wait": [], "pushed": ["create_user"]}, UserStatus.STAGED),
    "sync_state": Probe(sync_after_push, {"tracked": SyncState.SYNCHRONIZED, "disabled": SyncState.DISABLED}),
    "import_over_grants": Probe(role_pushed_after_drift, {"replaced": OPERATOR_IN_DEV, "kept": MEMBER_IN_DEV}),
    "import_over_outstanding_push": Probe(
        role_after_linking, {"pushed": MANAGER_IN_DEV, "custom_grant": OPERATOR_IN_DEV}
    ),
    "linking_administrators": Probe(
        administrator_assigned, {"pushed": (MEMBER_IN_DEV, []), "refused": ((Entitlement("dev", "Admin"),), ["create"])}
    ),
    "group_push_retry": Probe(
        hours_of_group_pushes, {"hourly": [1, 2, 3, 4, 5, 6], "after_six_hours": [6], "never": []}
    ),
    "deleted_group_push": Probe(pushed_group_deleted, {"unlinked": ([], ["Devs"]), "refused": (["Devs"], ["Devs"])}),
    "rate_limit_retry": Probe(state_after_429, {"backs_off": ("paused", True), "fails": ("failed", False)}),
} | {name: Probe(ask, answers) for name, (ask, answers) in SCIM_PROBES.items()}


@pytest.mark.parametrize(
    ("assumption", "choice"),
    [
        pytest.param(each.id, choice, id=f"{each.id}={choice}")
        for each in open_questions(OktaAssumptions)
        for choice in (each.default, *each.alternatives)
    ],
)
def test_a_choice_shows_in_what_the_org_does(assumption: str, choice: str) -> None:
    """Each alternative answers its probe in its own way."""
    probe = PROBES[assumption]
    world = set_up("ada", "ben", status=probe.status, assumptions=assumptions_among({assumption: choice}))

    assert probe.ask(world) == probe.answers[choice]


def test_every_assumption_has_a_probe_that_tells_its_choices_apart() -> None:
    """One expectation per choice, the default first, no two alike, and none left over."""
    assert set(PROBES) == {each.id for each in open_questions(OktaAssumptions)}
    for each in open_questions(OktaAssumptions):
        answers = PROBES[each.id].answers
        assert list(answers) == [each.default, *each.alternatives]
        assert len({repr(answer) for answer in answers.values()}) == len(answers)


def test_the_catalogue_is_for_people() -> None:
    """Each has a question, what speaks for the guess, and what would settle it."""
    assert [each.id for each in open_questions(OktaAssumptions)] == [each.name for each in fields(OktaAssumptions)]
    for each in open_questions(OktaAssumptions):
        assert each.question.endswith("?")
        assert each.evidence.endswith(".")
        assert each.probe.endswith(".")


def test_okta_and_workato_share_no_name() -> None:
    """One `NAME=VALUE` means one question."""
    assert not {each.id for each in open_questions(OktaAssumptions)} & {each.id for each in assumptions()}


def test_choices_about_workato_are_left_to_workato() -> None:
    """Out of choices about either, an org takes its own."""
    chosen = assumptions_among({"removal_answer": "200", "okta_retry": "current"})

    assert chosen == OktaAssumptions(okta_retry="current")
