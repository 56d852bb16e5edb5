"""A row for each person and workspace: before, after, why, and what is dangerous about it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from okta_connector.decisions import ADMINISTRATORS
from okta_connector.folding import fold
from okta_org import AppUser, UserStatus
from okta_scenarios.language.plan import Plan
from okta_scenarios.play.harness import Harness
from okta_scenarios.rehearsal.outcome import Danger, Entry, Fate, Finding, OpenTask, Row, Standing
from okta_scenarios.rehearsal.watching import Turn, Watch, role_changes
from workato_emulator import Seat

MOST_ENTRIES = 12
NOTHING_MORE = "Member"
"""The system role that allows nothing by itself: whoever gets another one in its place has lost nothing."""
_RANK = {danger: rank for rank, danger in enumerate(Danger)}
_FATES = {fate: rank for rank, fate in enumerate(Fate)}


def rows(
    plan: Plan, harness: Harness, watch: Watch, leavers: frozenset[str], tasks: tuple[OpenTask, ...]
) -> tuple[Row, ...]:
    """Everybody, the dangerous ones first."""
    found = [_row(person) for person in _people(plan, harness, watch, leavers, tasks)]
    return tuple(sorted(found, key=lambda row: (_worst(row), _FATES[row.fate], row.workspace, fold(row.person))))


def _worst(row: Row) -> int:
    return min((_RANK[each.danger] for each in row.findings), default=len(_RANK))


@dataclass(frozen=True, slots=True)
class _Person:
    """All that is known of one person in one workspace when the rehearsal is over."""

    short: str
    in_okta: bool
    workspace: str
    before: Seat | None
    after: Seat | None
    turns: tuple[Turn, ...]
    entries: tuple[Entry, ...]
    accounts: tuple[tuple[str, AppUser], ...]
    apps: tuple[tuple[str, str], ...]
    """The orgs and apps that the person has, or had, for this workspace."""
    tasks: tuple[str, ...]
    leaves: bool
    deactivated: bool
    okta_name: str
    removes: bool
    """Whether an app is to remove people whom Okta takes it from."""
    shares_with: str | None
    orgs: tuple[str, ...]


def _people(
    plan: Plan, harness: Harness, watch: Watch, leavers: frozenset[str], tasks: tuple[OpenTask, ...]
) -> Iterator[_Person]:
    seats = {slug: harness.service.seats(slug) for slug in watch.workspaces}
    keys: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    """The folded addresses of each person in each workspace."""
    for slug in watch.workspaces:
        for key, seat in watch.start[slug].items():
            keys[slug, harness.people.short_of(seat.email)][key] = None
    for (slug, key), turns in watch.turns.items():
        came = turns[0].after or turns[0].before
        keys[slug, harness.people.short_of(key if came is None else came.email)][key] = None
    for short, held in watch.assigned.items():
        for place in held:
            keys.setdefault((harness.connections[place].workspace, short), {})
    tasks_of: dict[tuple[str, str], list[str]] = defaultdict(list)
    for task in tasks:
        tasks_of[harness.connections[task.org, task.app].workspace, task.about].append(task.message)
    orgs_of = _orgs_of(harness)
    for (slug, short), addresses in keys.items():
        key = next(iter(addresses), "")
        places = tuple(
            place for place in sorted(watch.assigned.get(short, ())) if harness.connections[place].workspace == slug
        )
        yield _Person(
            short=short,
            in_okta=short in orgs_of,
            workspace=slug,
            before=watch.start[slug].get(key),
            after=seats[slug].get(key),
            turns=tuple(turn for each in addresses for turn in watch.turns.get((slug, each), ())),
            entries=tuple(watch.entries.get(short, ())),
            accounts=tuple(
                (org, account)
                for org, app in places
                if short in harness.orgs[org].users and (account := harness.orgs[org].app_user(short, app)) is not None
            ),
            apps=places,
            tasks=tuple(dict.fromkeys(tasks_of.get((slug, short), ()))),
            leaves=short in leavers,
            deactivated=_is_deactivated(harness, short),
            okta_name=_okta_name(harness, short),
            removes=all(_removes(harness, place) for place in places),
            shares_with=plan.shared.get(short),
            orgs=orgs_of.get(short, ()),
        )
    placed = {short for _, short in keys}
    for short, orgs in orgs_of.items():
        if short not in placed:
            yield _Person(
                short, True, "", None, None, (), tuple(watch.entries.get(short, ())), (), (), (), short in leavers,
                _is_deactivated(harness, short), _okta_name(harness, short), True, plan.shared.get(short), orgs,
            )  # fmt: skip


def _orgs_of(harness: Harness) -> Mapping[str, tuple[str, ...]]:
    """The orgs of everybody who is or was in one."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, org in harness.orgs.items():
        for short in org.users:
            found[short].append(name)
    return {short: tuple(names) for short, names in found.items()}


def _okta_name(harness: Harness, short: str) -> str:
    held = (org.users[short].display_name for org in harness.orgs.values() if short in org.users)
    return next(held, "")


def _is_deactivated(harness: Harness, short: str) -> bool:
    states = [org.users[short].status for org in harness.orgs.values() if short in org.users]
    return bool(states) and all(state is UserStatus.DEPROVISIONED for state in states)


def _removes(harness: Harness, place: tuple[str, str]) -> bool:
    settings = harness.orgs[place[0]].apps[place[1]].settings
    return settings.active and settings.provisioning and settings.deactivate_users


def _row(person: _Person) -> Row:
    history = sorted((*person.entries, *_told(person)), key=lambda entry: entry.at)
    return Row(
        person=person.short,
        name=person.okta_name or (person.before or person.after or Seat("", "", {})).name,
        workspace=person.workspace,
        orgs=person.orgs,
        fate=_fate(person),
        before=_standing(person.before),
        after=_standing(person.after),
        changes=role_changes(person.before, person.after),
        findings=tuple(sorted(_findings(person), key=lambda each: _RANK[each.danger])),
        notes=tuple(_notes(person)),
        tasks=person.tasks,
        history=tuple(history[-MOST_ENTRIES:]),
    )


def _standing(seat: Seat | None) -> Standing:
    if seat is None:
        return Standing()
    return Standing("invited" if seat.pending else "collaborator", dict(sorted(seat.roles.items())), seat.groups)


def _fate(person: _Person) -> Fate:
    before, after = person.before, person.after
    if person.tasks:
        return Fate.FAILED
    if after is None:
        return Fate.REMOVED if before is not None or person.turns else Fate.LEFT_ALONE
    if after.pending:
        return Fate.INVITED if person.turns else Fate.LEFT_ALONE
    if before is None or before.pending:
        return Fate.JOINED
    if any(account.external_id is not None for _, account in person.accounts):
        return Fate.LINKED
    return Fate.CHANGED if role_changes(before, after) or person.turns else Fate.LEFT_ALONE


def _told(person: _Person) -> Iterator[Entry]:
    for turn in person.turns:
        by = f" by {', '.join(f'{org}, {app}' for org, app in turn.by)}" if turn.by else ""
        yield Entry(turn.at, f"{_what(turn)}{by}", turn.why)


def _what(turn: Turn) -> str:
    before, after = turn.before, turn.after
    if after is None:
        return "the invitation ends" if before is not None and before.pending else "removed"
    roles = ", ".join(f"{environment}: {role}" for environment, role in sorted(after.roles.items())) or "no role"
    if after.pending:
        return f"invited ({roles})"
    if before is None or before.pending:
        return f"becomes a collaborator ({roles})"
    changes = [
        f"{each.environment}: {each.before or 'none'} → {each.after or 'none'}" for each in role_changes(before, after)
    ]
    if not changes:
        return f"groups: {', '.join(before.groups) or 'none'} → {', '.join(after.groups) or 'none'}"
    return "; ".join(changes)


def _findings(person: _Person) -> Iterator[Finding]:
    yield from _roles_lost(person)
    removed = [
        turn for turn in person.turns if turn.after is None and turn.before is not None and not turn.before.pending
    ]
    was_in = person.before is not None and not person.before.pending
    if was_in and person.after is None and removed and not person.deactivated and not person.leaves:
        why = f"{_when(removed[-1])} removed, and still in Okta: {removed[-1].why}"
        yield Finding(Danger.LOSES_ACCESS, why)
    yield from _somebody_else(person)
    yield from _overridden(person)
    yield from _never_removable(person)


def _roles_lost(person: _Person) -> Iterator[Finding]:
    """Roles from before the rehearsal that were replaced or taken while the person stayed."""
    if person.before is None or person.before.pending:
        return
    first = dict(person.before.roles)
    for turn in person.turns:
        if turn.before is None or turn.after is None or turn.after.pending:
            continue
        for change in role_changes(turn.before, turn.after):
            if change.before is None or first.get(change.environment) != change.before:
                continue
            del first[change.environment]
            if change.after in ADMINISTRATORS or (change.before == NOTHING_MORE and change.after is not None):
                continue
            demoted = change.before in ADMINISTRATORS
            role = f"{change.environment}: {change.before} → {change.after or 'none'}"
            why = f"{_when(turn)} {role}{_by(turn)}: {turn.why}"
            yield Finding(Danger.DEMOTED if demoted else Danger.LOSES_ROLE, why)


def _somebody_else(person: _Person) -> Iterator[Finding]:
    """Somebody in Workato was taken for somebody in Okta although no word of their names is the same."""
    linked = person.before is not None and any(each.external_id is not None for _, each in person.accounts)
    if linked and person.before is not None and person.okta_name and person.before.name:
        words, others = ({*fold(name).split()} for name in (person.okta_name, person.before.name))
        if not words & others:
            yield Finding(
                Danger.SOMEBODY_ELSE,
                f"{person.before.email} is {person.before.name} in Workato, and {person.okta_name} in Okta",
            )
    if person.shares_with is not None and person.accounts:
        yield Finding(Danger.SOMEBODY_ELSE, f"has the email of {person.shares_with} in Okta")


def _overridden(person: _Person) -> Iterator[Finding]:
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


def _never_removable(person: _Person) -> Iterator[Finding]:
    """Somebody whom Okta no longer reaches, or will not when the time comes."""
    if person.after is None:
        return
    if person.deactivated and person.apps:
        what = "the invitation still waits" if person.after.pending else "still a collaborator"
        yield Finding(Danger.NEVER_REMOVABLE, f"deactivated in Okta, and {what} in Workato")
    elif person.apps and not person.removes:
        yield Finding(Danger.NEVER_REMOVABLE, "Deactivate Users is off: leaving Okta will take nothing away")
    elif person.apps and not person.accounts:
        yield Finding(Danger.NEVER_REMOVABLE, "no app is assigned any more, and nothing took the person away")
    elif person.accounts and all(each.external_id is None for _, each in person.accounts):
        yield Finding(Danger.NEVER_REMOVABLE, "Okta has no account for the person, so it will remove none")


def _notes(person: _Person) -> Iterator[str]:
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
