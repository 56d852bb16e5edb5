"""A row for each person and workspace: before, after and why, the dangerous ones first."""

from collections.abc import Iterator

from okta_connector.folding import fold
from okta_scenarios.language.plan import Plan
from okta_scenarios.play.harness import Harness
from okta_scenarios.rehearsal.findings import findings_of, listed, notes_of
from okta_scenarios.rehearsal.outcome import Danger, Entry, Fate, OpenTask, Row, Standing
from okta_scenarios.rehearsal.people import Person, people_of
from okta_scenarios.rehearsal.watching import Turn, Watch, role_changes
from workato_emulator import Seat

MOST_ENTRIES = 12
_RANK = {danger: rank for rank, danger in enumerate(Danger)}
_FATES = {fate: rank for rank, fate in enumerate(Fate)}


def rows(
    plan: Plan, harness: Harness, watch: Watch, leavers: frozenset[str], tasks: tuple[OpenTask, ...]
) -> tuple[Row, ...]:
    """Everybody, the dangerous ones first."""
    found = [_row(person) for person in people_of(plan, harness, watch, leavers, tasks)]
    return tuple(sorted(found, key=lambda row: (_worst(row), _FATES[row.fate], row.workspace, fold(row.person))))


def _worst(row: Row) -> int:
    return min((_RANK[each.danger] for each in row.findings), default=len(_RANK))


def _row(person: Person) -> Row:
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
        findings=tuple(sorted(findings_of(person), key=lambda each: _RANK[each.danger])),
        notes=tuple(notes_of(person)),
        tasks=person.tasks,
        history=tuple(history[-MOST_ENTRIES:]),
    )


def _standing(seat: Seat | None) -> Standing:
    if seat is None:
        return Standing()
    return Standing("invited" if seat.pending else "collaborator", dict(sorted(seat.roles.items())), seat.groups)


def _fate(person: Person) -> Fate:
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


def _told(person: Person) -> Iterator[Entry]:
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
    changes = role_changes(before, after)
    if not changes:
        return f"groups: {', '.join(before.groups) or 'none'} → {', '.join(after.groups) or 'none'}"
    return listed(changes)
