"""Invitations as values: what may be asked for when, and what comes of it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.invitations import InvitationRequest, accept, expire, extend_cooldown, invite, withdraw
from workato_emulator.domain.refusals import (
    AlreadyCollaborator,
    ChurnExhausted,
    Invalid,
    InvitationLapsed,
    InvitedTooSoon,
    NotFound,
    Refusal,
    SeatsExhausted,
)
from workato_emulator.domain.rules import Trace, tracing
from workato_emulator.domain.values import ALL_COLLABORATORS, Cloud, Workspace

from .small import (
    ADA,
    DEFAULTS,
    NEW,
    NOW,
    SECOND,
    a_cloud,
    acme,
    assuming,
    id_of,
    must_agree,
    named,
    named_roles,
    person,
)

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)
A_MEMBER = (named("dev", "Member"),)


def invited(
    cloud: Cloud,
    ids: IdFactory,
    at: datetime = NOW,
    assumptions: Assumptions = DEFAULTS,
    **asked: Any,  # noqa: ANN401  (fields of a request)
) -> Cloud:
    request = InvitationRequest(**{"name": "New", "email": NEW, "env_roles": A_MEMBER, **asked})
    return must_agree(invite(cloud, id_of(cloud), request, now=at, ids=ids, assumptions=assumptions))


def accepted(cloud: Cloud, ids: IdFactory, at: datetime = NOW) -> Cloud:
    return must_agree(accept(cloud, id_of(cloud), NEW, now=at, ids=ids, assumptions=DEFAULTS))


def group_ids(workspace: Workspace, *names: str) -> tuple[Any, ...]:
    return tuple(group.id for name in names for group in workspace.groups.values() if group.name == name)


@pytest.mark.parametrize(
    ("after", "wait"),
    [
        pytest.param(timedelta(), 1200, id="at-once"),
        pytest.param(timedelta(microseconds=1), 1200, id="a part of a second is a second"),
        pytest.param(19 * MINUTES, 60, id="a minute is left"),
        pytest.param(20 * MINUTES - SECOND / 1000, 1, id="never less than a second"),
        pytest.param(20 * MINUTES, None, id="exactly-over"),
    ],
)
def test_the_twenty_minutes_are_exact(after: timedelta, wait: int | None) -> None:
    """The refusal names the seconds that are left, rounded up."""
    cloud, ids = a_cloud()
    once = invited(cloud, ids)

    if wait is None:
        assert acme(invited(once, ids, NOW + after)).invitations[NEW].invited_at == NOW + after
    else:
        with pytest.raises(InvitedTooSoon) as refusal:
            invited(once, ids, NOW + after)
        assert refusal.value.retry_after == wait


def test_an_invitation_in_the_future_holds_nobody_back() -> None:
    """The clock may have been set back since; one that lies before now still counts."""
    cloud, ids = a_cloud(invited_at={NEW: (NOW + HOURS).isoformat()})
    again = invited(cloud, ids)

    with pytest.raises(InvitedTooSoon):
        invited(again, ids, NOW + SECOND)


def test_the_cooldown_is_a_persons_in_any_spelling() -> None:
    """And somebody else's invitation does not touch it."""
    cloud, ids = a_cloud()
    once = invited(cloud, ids, email="New@Example.test")

    with pytest.raises(InvitedTooSoon):
        invited(once, ids)
    assert len(acme(invited(once, ids, email="other@example.test")).invitations) == 2


def test_a_refused_invitation_can_start_the_twenty_minutes_again() -> None:
    """Where assumption invitation_cooldown_extended says so; nothing else is changed by it."""
    cloud, ids = a_cloud()
    once = invited(cloud, ids)
    extended = must_agree(extend_cooldown(once, id_of(once), NEW, NOW + 10 * MINUTES, DEFAULTS))

    assert acme(extended).invitations == acme(once).invitations
    with pytest.raises(InvitedTooSoon) as refusal:
        invited(extended, ids, NOW + 20 * MINUTES)
    assert refusal.value.retry_after == 600


@pytest.mark.parametrize(
    ("removed", "limit", "wait"),
    [
        pytest.param([], 0, 24 * 3600, id="none-allowed"),
        pytest.param([1], 2, None, id="one-of-two"),
        pytest.param([2, 1], 2, 22 * 3600, id="the older of two frees a place"),
        pytest.param([3, 2, 1], 2, 22 * 3600, id="the second newest counts"),
        pytest.param([24, 1], 2, None, id="a day ago is over"),
        pytest.param([23.5, 1], 2, 1800, id="not quite a day ago"),
        pytest.param([-1, 1], 2, None, id="the future does not count"),
    ],
)
def test_coming_and_going_is_counted_over_a_day(removed: list[float], limit: int, wait: int | None) -> None:
    """Hours ago, against the plan's limit; the wait ends when enough of them are a day old."""
    times = {NEW: [(NOW - hours * HOURS).isoformat() for hours in removed]}
    cloud, ids = a_cloud(removed_at=times, plan={"churn_limit": limit})

    if wait is None:
        assert NEW in acme(invited(cloud, ids)).invitations
    else:
        with pytest.raises(ChurnExhausted) as refusal:
            invited(cloud, ids)
        assert refusal.value.retry_after == wait


@pytest.mark.parametrize(
    ("seats", "pending", "counts", "fits"),
    [
        pytest.param(2, 0, "yes", False, id="full"),
        pytest.param(3, 0, "yes", True, id="one-left"),
        pytest.param(3, 1, "yes", False, id="an invitation takes it"),
        pytest.param(3, 1, "no", True, id="or does not"),
    ],
)
def test_a_seat_is_free_or_it_is_not(seats: int, pending: int, counts: str, *, fits: bool) -> None:
    """Two collaborators are there; whether an invitation takes a seat is assumption pending_takes_a_seat."""
    cloud, ids = a_cloud(plan={"collaborator_limit": seats})
    assumptions = assuming(pending_takes_a_seat=counts)
    for number in range(pending):
        cloud = invited(cloud, ids, email=f"p{number}@example.test")

    if fits:
        assert NEW in acme(invited(cloud, ids, assumptions=assumptions)).invitations
    else:
        with pytest.raises(SeatsExhausted, match=f"Collaborator limit of {seats} reached"):
            invited(cloud, ids, assumptions=assumptions)


def test_whoever_waits_has_a_seat_already() -> None:
    """A repeated invitation needs no other; where invitations take none, it is asked again."""
    cloud, ids = a_cloud(plan={"collaborator_limit": 3})
    waiting = invited(cloud, ids)
    later = NOW + HOURS

    assert len(acme(invited(waiting, ids, later)).invitations) == 1
    full = accepted(invited(waiting, ids, later, email="other@example.test", assumptions=_NO_SEAT), ids)
    with pytest.raises(SeatsExhausted):
        invited(full, ids, later + HOURS, email="other@example.test", assumptions=_NO_SEAT)


_NO_SEAT = assuming(pending_takes_a_seat="no")


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        pytest.param({"env_roles": ()}, Invalid("role_name or env_roles is required"), id="no-role"),
        pytest.param({"email": "new"}, Invalid("Email is invalid"), id="no-email"),
        pytest.param({"env_roles": (named("qa", "Member"),)}, Invalid("Environment qa not found"), id="nowhere"),
        pytest.param({"env_roles": (named("dev", "member"),)}, Invalid("Role member not found"), id="case"),
        pytest.param({"env_roles": (named("dev", "Builder"),)}, Invalid("Role Builder not found"), id="model"),
        pytest.param({"groups": ("pf-none",)}, Invalid("User group pf-none not found"), id="no-group"),
        pytest.param({"email": ADA}, AlreadyCollaborator(), id="there"),
        pytest.param({"email": ADA.upper()}, AlreadyCollaborator(), id="there-in-capitals"),
    ],
)
def test_what_is_asked_for_must_be_there(asked: dict[str, Any], refusal: Refusal) -> None:
    """In the words that the refusal has."""
    cloud, ids = a_cloud()

    with pytest.raises(type(refusal)) as refused:
        invited(cloud, ids, **asked)
    assert str(refused.value) == str(refusal)


def test_acceptance_brings_roles_groups_and_an_account() -> None:
    """NoAccess brings no role; a group that is named twice, or the system group, brings one membership."""
    cloud, ids = a_cloud()
    everyone = group_ids(acme(cloud), "Builders", "Builders", ALL_COLLABORATORS)
    rows = (*A_MEMBER, named("test", "NoAccess"), named("prod", "Auditor"))
    waiting = invited(cloud, ids, env_roles=rows, groups=everyone)
    joined = accepted(waiting, ids, NOW + MINUTES)
    new = person(acme(joined), NEW)

    assert acme(waiting).invitations[NEW].groups == everyone[:1]
    assert named_roles(acme(joined), NEW) == {"dev": "Member", "prod": "Auditor"}
    assert [group.name for group in acme(joined).groups_of(new.id)] == ["Builders"]
    assert (new.name, new.email, new.joined_at) == ("New", NEW, NOW + MINUTES)
    assert joined.accounts[NEW].created_at == NOW + MINUTES
    assert joined.accounts[NEW].id == new.account
    assert NEW not in acme(joined).invitations


@pytest.mark.parametrize(
    ("lifetime", "seconds", "days"),
    [
        pytest.param("never", None, None, id="never"),
        pytest.param("7_days", None, 7, id="a-week"),
        pytest.param("30_days", None, 30, id="a-month"),
        pytest.param("never", 86400, 1, id="the plan says more"),
        pytest.param("7_days", 86400, 1, id="the plan comes first"),
    ],
)
def test_an_invitation_lapses_when_its_time_is_over(lifetime: str, seconds: int | None, days: int | None) -> None:
    """It can be accepted until then, and not at that moment."""
    cloud, ids = a_cloud(plan={} if seconds is None else {"invitation_lifetime_seconds": seconds})
    waiting = invited(cloud, ids, assumptions=assuming(invitation_lifetime=lifetime))
    end = None if days is None else NOW + timedelta(days=days)

    assert acme(waiting).invitations[NEW].lapses_at == end
    if end is not None:
        accepted(waiting, ids, end - SECOND)
        with pytest.raises(InvitationLapsed):
            accepted(waiting, ids, end)


@pytest.mark.parametrize(("answer", "roles"), [("replaces", {"prod": "Auditor"}), ("keeps_first", {"dev": "Member"})])
def test_a_second_invitation_replaces_the_first_or_only_sends_it_again(answer: str, roles: dict[str, str]) -> None:
    """One waits either way, from now on."""
    cloud, ids = a_cloud()
    assumptions = assuming(reinvitation=answer, invitation_lifetime="7_days")
    once = invited(cloud, ids, assumptions=assumptions)
    later = NOW + HOURS
    twice = invited(once, ids, later, assumptions, env_roles=(named("prod", "Auditor"),))
    waits = acme(twice).invitations[NEW]

    assert (waits.invited_at, waits.lapses_at) == (later, later + timedelta(days=7))
    assert (waits.id == acme(once).invitations[NEW].id) == (answer == "keeps_first")
    assert named_roles(acme(accepted(twice, ids, later)), NEW) == roles


def test_who_has_an_account_can_join_at_once() -> None:
    """Where assumption known_account_joins says so; a stranger waits all the same."""
    cloud, ids = a_cloud({"other": {"collaborators": [{"name": "Newton", "email": NEW, "roles": {"dev": "Member"}}]}})
    at_once = assuming(known_account_joins="at_once")
    joined = invited(cloud, ids, assumptions=at_once)

    assert person(acme(joined), NEW).name == "Newton"
    assert acme(joined).invitations.get(NEW) is None
    assert (
        "stranger@example.test"
        in acme(invited(cloud, ids, assumptions=at_once, email="stranger@example.test")).invitations
    )
    assert NEW in acme(invited(cloud, ids)).invitations


def test_what_waits_can_be_withdrawn_or_ended() -> None:
    """What does not wait is not found, and the refusal knows what does."""
    cloud, ids = a_cloud()
    waiting = invited(cloud, ids)
    ended = must_agree(expire(waiting, id_of(waiting), NEW, NOW + SECOND))

    assert not acme(must_agree(withdraw(waiting, id_of(waiting), NEW))).invitations
    with pytest.raises(InvitationLapsed):
        accepted(ended, ids, NOW + SECOND)
    with pytest.raises(NotFound) as refusal:
        withdraw(waiting, id_of(waiting), ADA)
    assert (refusal.value.what, refusal.value.name, list(refusal.value.known)) == ("invitation", ADA, [NEW])


def test_the_opposite_of_no_access_is_the_first_role_everywhere() -> None:
    """Where rule INV-4 does not hold: what a person is named for first, they have in every environment."""
    cloud, ids = a_cloud()
    rows = (named("test", "NoAccess"), named("prod", "Auditor"), named("dev", "Member"))
    with tracing(Trace(frozenset({"INV-4"}))):
        waiting = invited(cloud, ids, env_roles=rows)

    joined = acme(accepted(waiting, ids))
    assert named_roles(joined, NEW) == dict.fromkeys(joined.environments, "Auditor")


def test_an_invitation_that_was_over_holds_back_again_when_the_clock_goes_back() -> None:
    """Although a later one was made since."""
    cloud, ids = a_cloud()
    twice = invited(invited(cloud, ids), ids, NOW + 20 * MINUTES)

    with pytest.raises(InvitedTooSoon) as refusal:
        invited(twice, ids, NOW + 10 * MINUTES)
    assert refusal.value.retry_after == 30 * 60
