"""An org is a value: verbs and outcomes make another one, and pushes can be delayed, interleaved and replayed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from okta_connector import ActionFailed, Group, MembershipChange, User
from okta_org import (
    AppSettings,
    Change,
    EventType,
    LogEvent,
    Org,
    Push,
    SyncState,
    TaskKind,
    TaskState,
    Then,
    act,
    perform,
    settle,
)
from okta_org.apps import add_app, import_schema
from okta_org.assignments import assign, assign_group, change_entitlements, unassign
from okta_org.describe import describe
from okta_org.directory import add_user, deactivate_user, delete_user, edit_profile
from okta_org.group_push import push_group, unlink_group
from okta_org.groups import add_to_group, create_group, remove_from_group
from okta_org.imports import import_users
from okta_org.pushes import (
    ChangeMembers,
    CreateGroup,
    CreateUser,
    DeactivateUser,
    Downloaded,
    DownloadUsers,
    FindGroup,
    FoundGroups,
    PushOutcome,
    Returned,
    UpdateUser,
)
from okta_org.refusals import AlreadyPushed, WrongStatus

from .fake import GENERIC, MANAGER, MEMBER, NOT_FOUND, FakeApp, member, person, rate_limited, set_up

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)


def org(*people: str) -> Org:
    """An org with the app `workato`, whose connection is called so too, and these people."""
    found = act(Org(), NOW, add_app, "workato", "workato", AppSettings(import_groups=False), "Workato").org
    for name in people:
        found = act(found, NOW, add_user, person(name)).org
    return found


def asked(change: Change) -> Push:
    """The one push that a change asks for."""
    (push,) = change.asks
    assert not isinstance(push, Then)
    return push


def created(push: Push, external_id: str) -> Returned:
    assert isinstance(push, CreateUser)
    return Returned(replace(push.profile, id=external_id))


def in_the_app(*people: str) -> Org:
    """These people have the app, and the app's ids 101, 102, …"""
    found = org(*people)
    for number, name in enumerate(people, 101):
        change = act(found, NOW, assign, name, "workato", MEMBER)
        found = settle(change.org, NOW, asked(change), created(asked(change), str(number))).org
    return found


def types(change: Change) -> list[EventType]:
    return [entry.type for entry in change.log]


def test_a_verb_makes_another_org_and_asks() -> None:
    """The org that it was done to is what it was; the creation is asked for, and nothing was sent yet."""
    before = org("ada")
    change = act(before, NOW, assign, "ada", "workato", MEMBER)

    assert not before.app_users
    assert list(change.org.app_users) == [("ada", "workato")]
    assert types(change) == [EventType.APP_MEMBERSHIP_ADD]
    assert isinstance(asked(change), CreateUser)


def test_the_same_verb_comes_to_the_same() -> None:
    """Org, time and arguments decide, and nothing else."""
    before = org("ada")

    assert act(before, NOW, assign, "ada", "workato", MEMBER) == act(before, NOW, assign, "ada", "workato", MEMBER)


def test_a_refused_verb_leaves_the_org() -> None:
    """There is nothing to undo: the draft is gone."""
    before = org("ada")
    shown = describe(before, ())
    with pytest.raises(WrongStatus):
        act(before, NOW, delete_user, "ada")

    assert describe(before, ()) == shown


def test_a_push_names_all_that_the_call_needs() -> None:
    """A connector and the push are enough to carry it out; the outcome is a value, a failure too."""
    change = act(org("ada"), NOW, assign, "ada", "workato", MEMBER)
    app = FakeApp()
    first = perform(app, asked(change))
    app.fail("create_user", rate_limited())

    assert isinstance(first, Returned)
    assert first.user.id == "ada@example.test"
    assert isinstance(perform(app, asked(change)), ActionFailed)


def test_outcomes_may_come_in_another_order() -> None:
    """Each finds its own account, and each is logged when it comes."""
    ada = act(org("ada", "ben"), NOW, assign, "ada", "workato", MEMBER)
    ben = act(ada.org, NOW, assign, "ben", "workato", MEMBER)
    first = settle(ben.org, LATER, asked(ben), created(asked(ben), "102"))
    second = settle(first.org, LATER, asked(ada), created(asked(ada), "101"))

    ids = {user: account.external_id for (user, _), account in second.org.app_users.items()}
    assert ids == {"ada": "101", "ben": "102"}
    assert [entry.targets for entry in (*first.log, *second.log)] == [("ben", "workato"), ("ada", "workato")]
    assert second.log[0].at == LATER


def test_somebody_who_lost_the_app_meanwhile_is_deactivated_once_created() -> None:
    """The invitation went out after all, so the app is told."""
    assigned = act(org("ada"), NOW, assign, "ada", "workato", MEMBER)
    left = act(assigned.org, NOW, unassign, "ada", "workato")
    late = settle(left.org, LATER, asked(assigned), created(asked(assigned), "101"))

    assert left.asks == ()
    assert asked(late) == DeactivateUser("workato", "ada", "101", "Ada Example")
    assert not late.org.app_users


def test_a_creation_that_fails_for_somebody_who_lost_the_app_leaves_no_task() -> None:
    """There is nothing to try again; the log has it."""
    assigned = act(org("ada"), NOW, assign, "ada", "workato", MEMBER)
    left = act(assigned.org, NOW, unassign, "ada", "workato")
    late = settle(left.org, LATER, asked(assigned), ActionFailed(GENERIC, "No."))

    assert types(late) == [EventType.PUSH_NEW_USER]
    assert not late.org.tasks


def test_an_edit_during_a_push_is_not_lost() -> None:
    """What comes back about the first profile says nothing of the second one, which is a push of its own."""
    first = act(in_the_app("ada"), NOW, change_entitlements, "ada", "workato", MANAGER)
    second = act(first.org, NOW, edit_profile, "ada", {"title": "Countess"})
    sent, rules = second.asks

    assert isinstance(rules, Then)
    assert isinstance(sent, UpdateUser)
    assert sent.profile.attributes == {"title": "Countess"}
    late = settle(second.org, LATER, asked(first), Returned(User("101", "ada@example.test", "ada@example.test", "Ada")))
    assert late.org.users["ada"].attributes == {"title": "Countess"}


def test_an_update_that_comes_back_after_the_app_was_lost_brings_nothing_back() -> None:
    """Neither the account nor a task."""
    edit = act(in_the_app("ada"), NOW, change_entitlements, "ada", "workato", MANAGER)
    left = act(edit.org, NOW, deactivate_user, "ada")
    for outcome in (ActionFailed(GENERIC, "No."), Returned(User("101", "a@example.test", "a@example.test", "Ada"))):
        late = settle(left.org, LATER, asked(edit), outcome)
        assert types(late) == [EventType.PUSH_PROFILE]
        assert (len(late.org.app_users), len(late.org.tasks)) == (0, 0)


def test_a_deactivation_that_fails_keeps_the_name_of_somebody_deleted() -> None:
    """The task is all that is left of them."""
    left = act(in_the_app("ada"), NOW, deactivate_user, "ada")
    gone = act(left.org, NOW, delete_user, "ada")
    late = settle(gone.org, LATER, asked(left), ActionFailed(GENERIC, "No."))

    (task,) = late.org.open_tasks()
    assert (task.kind, task.name, task.state) == (TaskKind.DEACTIVATE, "Ada Example", TaskState.FAILED)


def test_what_an_act_sets_off_looks_at_the_org_when_its_turn_comes() -> None:
    """The second of two people has left the group before it is their turn."""
    grouped = act(org("ada", "ben"), NOW, create_group, "devs", ("ada", "ben")).org
    change = act(grouped, NOW, assign_group, "devs", "workato", MEMBER)
    first, second = change.asks
    assert isinstance(first, CreateUser)
    assert isinstance(second, Then)
    left = act(change.org, NOW, remove_from_group, "devs", ("ben",))
    turn = act(left.org, LATER, second.does, *second.arguments)

    assert turn.asks == ()
    assert list(turn.org.app_users) == [("ada", "workato")]


def group_pushed() -> Org:
    """The group devs holds ada, who is in the app, and is pushed to the app group pf-1."""
    change = act(in_the_app("ada", "ben"), NOW, create_group, "devs", ("ada",))
    found = answered(act(change.org, NOW, push_group, "devs", "workato"))
    assert found.mappings["devs", "workato"].pushed == ("ada",)
    return found


def answered(change: Change) -> Org:
    """The org after all that is asked for went well, in an app without any group."""
    answers: dict[type, PushOutcome] = {
        FindGroup: FoundGroups(()),
        CreateGroup: Group("pf-1", "devs"),
        ChangeMembers: MembershipChange(("101",)),
    }
    while change.asks:
        push = asked(change)
        change = settle(change.org, NOW, push, answers[type(push)])
    return change.org


def test_a_group_that_is_unlinked_meanwhile_takes_no_outcome() -> None:
    """What comes back about its members is about nothing any more."""
    change = act(group_pushed(), NOW, add_to_group, "devs", ("ben",))
    unlinked = act(change.org, NOW, unlink_group, "devs", "workato", "leave")
    for outcome in (MembershipChange(("102",)), ActionFailed(NOT_FOUND, "gone", 404)):
        assert settle(unlinked.org, LATER, asked(change), outcome) == Change(unlinked.org)


def test_two_searches_for_one_group_make_one_mapping() -> None:
    """The second one to come back is refused, and changes nothing."""
    grouped = act(org("ada"), NOW, create_group, "devs", ()).org
    first = act(grouped, NOW, push_group, "devs", "workato")
    second = act(first.org, NOW, push_group, "devs", "workato")
    begun = settle(second.org, NOW, asked(first), FoundGroups(()))
    with pytest.raises(AlreadyPushed):
        settle(begun.org, NOW, asked(second), FoundGroups(()))

    assert isinstance(asked(begun), CreateGroup)


def test_a_download_is_compared_with_the_org_of_then() -> None:
    """Who was assigned while it was under way is linked and not made again."""
    started = act(org("ada"), NOW, import_users, "workato")
    assigned = act(started.org, NOW, assign, "ada", "workato", MEMBER)
    done = settle(assigned.org, LATER, asked(started), Downloaded((replace(member("ada", dev="Member"), id="101"),)))

    assert isinstance(asked(started), DownloadUsers)
    assert done.org.app_users["ada", "workato"].external_id == "101"
    assert len(done.org.users) == 1


def test_a_discovery_is_answered_when_it_is_settled() -> None:
    """A button's result is part of the change."""
    change = act(org(), NOW, import_schema, "workato")
    failed = settle(change.org, NOW, asked(change), ActionFailed(GENERIC, "No."))

    assert change.answer is None
    assert failed.answer is not None
    assert failed.org == change.org


def plays() -> Iterator[tuple[Callable[..., None], tuple[object, ...]]]:
    yield assign, ("ada", "workato", MEMBER)
    yield assign, ("ben", "workato")
    yield change_entitlements, ("ada", "workato", MANAGER)
    yield create_group, ("devs", ("ada", "ben"))
    yield push_group, ("devs", "workato")
    yield import_users, ("workato",)
    yield deactivate_user, ("ada",)


def run(outcome_of: Callable[[Push], PushOutcome]) -> tuple[Org, list[LogEvent], list[tuple[Push, PushOutcome]]]:
    """Do the plays, depth first; each push is answered by this function."""
    found, log, heard = org("ada", "ben"), list[LogEvent](), list[tuple[Push, PushOutcome]]()
    for verb, arguments in plays():
        change = act(found, NOW, verb, *arguments)
        waiting = list(change.asks)
        log += change.log
        while waiting:
            ask = waiting.pop(0)
            if isinstance(ask, Then):
                change = act(change.org, NOW, ask.does, *ask.arguments)
            else:
                heard.append((ask, outcome_of(ask)))
                change = settle(change.org, NOW, *heard[-1])
            waiting[:0] = change.asks
            log += change.log
        found = change.org
    return found, log, heard


def test_a_run_can_be_played_again_from_its_outcomes() -> None:
    """Without any app: the same outcomes make the same org and the same log, and the same pushes are asked for."""
    app = FakeApp()
    found, log, heard = run(lambda push: perform(app, push))
    outcomes = iter(heard)
    again, log_again, heard_again = run(lambda _: next(outcomes)[1])

    assert [push for push, _ in heard] == [push for push, _ in heard_again]
    assert (describe(again, tuple(log_again)), len(heard)) == (describe(found, tuple(log)), len(heard_again))


def test_the_driver_does_what_the_values_say() -> None:
    """`OktaOrg` carries out the same verbs through the same functions, depth first."""
    app = FakeApp()
    found, log, _ = run(lambda push: perform(app, push))
    s = set_up("ada", "ben")
    for verb, arguments in plays():
        s.org.do(verb, *arguments)

    shown = describe(found, tuple(log))
    assert {**s.org.describe(), "apps": None} == {**shown, "apps": None}


def test_a_paused_push_takes_a_later_edit_along() -> None:
    """While a rate limit pauses the task, an edit asks for nothing and waits behind it."""
    edit = act(in_the_app("ada"), NOW, change_entitlements, "ada", "workato", MANAGER)
    paused = settle(edit.org, NOW, asked(edit), rate_limited(60))
    second = act(paused.org, NOW, edit_profile, "ada", {"title": "Countess"})

    (task,) = second.org.open_tasks()
    assert (second.asks, task.state, task.followed) == ((), TaskState.PAUSED, True)
    assert second.org.app_users["ada", "workato"].sync_state is SyncState.OUT_OF_SYNC
    assert second.org.next_due() == NOW + timedelta(seconds=60)
