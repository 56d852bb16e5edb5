"""What is dangerous about what becomes of somebody, and what is worth a note."""

from collections.abc import Iterable, Iterator

from okta_connector.decisions import ADMINISTRATORS
from okta_connector.folding import fold
from okta_scenarios.rehearsal.outcome import Danger, Finding, RoleChange
from okta_scenarios.rehearsal.people import Person
from okta_scenarios.rehearsal.watching import Turn, role_changes
from workato_emulator import Seat

NOTHING_MORE = "Member"
"""The system role that allows nothing by itself: whoever gets another one in its place has lost nothing."""


def findings_of(person: Person) -> Iterator[Finding]:
    yield from _roles_lost(person)
    removed = [turn for turn in person.turns if _is_in(turn.before) and not _is_in(turn.after)]
    lost = _is_in(person.before) and not _is_in(person.after) and removed
    if lost and not person.deactivated and not person.leaves:
        came_to = "removed" if person.after is None else "removed, only invited again"
        why = f"{_when(removed[-1])} {came_to}, and still in Okta: {removed[-1].why}"
        yield Finding(Danger.LOSES_ACCESS, why)
    yield from _somebody_else(person)
    yield from _overridden(person)
    yield from _never_removable(person)


def _is_in(seat: Seat | None) -> bool:
    return seat is not None and not seat.pending


def _roles_lost(person: Person) -> Iterator[Finding]:
    """Roles from before the rehearsal that were replaced or taken while the person stayed, or did not come back."""
    if person.before is None or person.before.pending:
        return
    held, removed = dict(person.before.roles), False
    for turn in person.turns:
        removed = removed or (_is_in(turn.before) and not _is_in(turn.after))
        if turn.after is None or not (removed or _is_in(turn.before)):
            continue
        now = turn.after.roles
        changes = [RoleChange(each, held[each], now.get(each)) for each in sorted(held) if now.get(each) != held[each]]
        for each in changes:
            del held[each.environment]
        for danger, lost in (
            (Danger.DEMOTED, [each for each in changes if _is_demotion(each)]),
            (Danger.LOSES_ROLE, [each for each in changes if _is_loss(each) and not _is_demotion(each)]),
        ):
            if lost:
                yield Finding(danger, f"{_when(turn)} {listed(lost)}{_by(turn)}: {turn.why}")


def _is_demotion(change: RoleChange) -> bool:
    return change.before in ADMINISTRATORS and change.after not in ADMINISTRATORS


def _is_loss(change: RoleChange) -> bool:
    """Whoever becomes an administrator, or had a role that allows nothing and has another, has lost nothing."""
    return change.after not in ADMINISTRATORS and (change.after is None or change.before != NOTHING_MORE)


def listed(changes: Iterable[RoleChange]) -> str:
    return ", ".join(f"{each.environment}: {each.before or 'none'} → {each.after or 'none'}" for each in changes)


def _somebody_else(person: Person) -> Iterator[Finding]:
    """Somebody in Workato was taken for somebody in Okta although no word of their names is the same."""
    linked = person.before is not None and any(each.external_id is not None for _, each in person.accounts)
    if linked and person.before is not None and person.okta_name and person.before.name:
        words, others = ({*fold(name).split()} for name in (person.okta_name, person.before.name))
        if not words & others:
            yield Finding(
                Danger.SOMEBODY_ELSE,
                f"{person.before.email} is {person.before.name} in Workato, and {person.okta_name} in Okta",
            )
    held = person.after or person.before
    if linked and held is not None and fold(held.email) not in person.addresses:
        yield Finding(
            Danger.SOMEBODY_ELSE, f"Okta has linked {person.short} with {held.name}, {held.email}, in Workato"
        )
    if person.shares_with is not None and person.accounts:
        yield Finding(Danger.SOMEBODY_ELSE, f"has the email of {person.shares_with} in Okta")


def _overridden(person: Person) -> Iterator[Finding]:
    """A role that an org grants, and that another org's push replaced."""
    told: set[tuple[str, str]] = set()
    for turn in person.turns:
        for change in role_changes(turn.before, turn.after) if turn.before and turn.after else ():
            for org, account in person.accounts:
                others = [place for place in turn.by if place[0] != org]
                if change.before is None or account.granted.get(change.environment) != change.before or not others:
                    continue
                if (org, change.environment) not in told:
                    told.add((org, change.environment))
                    yield Finding(
                        Danger.OVERRIDDEN,
                        f"{_when(turn)} {org} grants {change.before} in {change.environment}, and {others[0][0]} "
                        f"makes it {change.after or 'none'}",
                    )


def _never_removable(person: Person) -> Iterator[Finding]:
    """Somebody whom Okta no longer reaches, or will not when the time comes."""
    if person.after is None:
        return
    if person.deactivated:
        what = "the invitation still waits" if person.after.pending else "still a collaborator"
        yield Finding(Danger.NEVER_REMOVABLE, f"deactivated in Okta, and {what} in Workato")
    elif person.apps and not person.removes:
        yield Finding(Danger.NEVER_REMOVABLE, "Deactivate Users is off: leaving Okta will take nothing away")
    elif person.apps and not person.accounts:
        yield Finding(Danger.NEVER_REMOVABLE, "no app is assigned any more, and nothing took the person away")
    elif person.accounts and all(each.external_id is None for _, each in person.accounts):
        yield Finding(Danger.NEVER_REMOVABLE, "Okta has no account for the person, so it will remove none")


def notes_of(person: Person) -> Iterator[str]:
    if not person.in_okta:
        yield "is in no Okta org"
    elif not person.apps and person.deactivated:
        yield "is deactivated in Okta"
    elif not person.apps:
        yield "is in no group that is assigned to an app"
    if person.shares_with is not None:
        yield f"has the email of {person.shares_with}"


def _when(turn: Turn) -> str:
    return f"{turn.at:%Y-%m-%d}"


def _by(turn: Turn) -> str:
    return f" by {turn.by[0][0]}" if turn.by else ""
