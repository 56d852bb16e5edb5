"""World: the clock, what is believed, what goes wrong, and the points that one can go back to."""

from dataclasses import dataclass
from json import dumps, loads
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from workato_emulator.domain.assumptions import Assumption, Assumptions, catalogue
from workato_emulator.domain.people import fold
from workato_emulator.domain.refusals import NotFound
from workato_emulator.domain.rules import CATALOGUE, Rule
from workato_emulator.doors.inspector.acts import refusal_in
from workato_emulator.doors.inspector.rendering import render_page
from workato_emulator.doors.inspector.visit import Visit
from workato_emulator.http.faults import as_request
from workato_emulator.service.snapshots import NOW, START
from workato_emulator.state import Stored

MOST_QUOTAS = 50
MOST_CHANGES = 500
EFFECTS = ("status", "rate_limited", "latency", "drop_before_work", "drop_after_work", "garbage", "truncated")


@dataclass(frozen=True, slots=True)
class Answer:
    """An open question with the answer that holds now."""

    question: Assumption
    value: str

    @property
    def answers(self) -> tuple[str, ...]:
        return (self.question.default, *self.question.alternatives)

    @property
    def is_switched(self) -> bool:
        return self.value != self.question.default


@dataclass(frozen=True, slots=True)
class QuotaUse:
    """How much of a quota is used up in this minute. `client` is None where a workspace's clients share it."""

    workspace: str
    client: str | None
    resource: str
    calls: int
    limit: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that differs between two points; None where there is nothing on that side."""

    kind: str
    path: str
    before: str | None
    after: str | None


def show_world(visit: Visit) -> Response:
    backend = visit.backend
    stored = backend.store.read()
    believed = _current_answers(stored.assumptions)
    return render_page(
        visit,
        "world",
        clock_kind=backend.clock.kind,
        strict=stored.strict,
        suspended=[CATALOGUE[each] for each in sorted(stored.suspended) if each in CATALOGUE],
        rules=len(CATALOGUE),
        switched=[each for each in believed if each.is_switched],
        assumptions=len(believed),
        faults=[as_request(each) for each in backend.faults.read()],
        operations=sorted(backend.operations),
        effects=EFFECTS,
        snapshots=backend.snapshots.names(),
        start=START,
        now_point=NOW,
        quotas=_list_quotas(visit, stored),
        state_file=backend.changes.append is not None,
    )


def _list_quotas(visit: Visit, stored: Stored) -> list[QuotaUse]:
    """The fullest of them."""
    now, kind = visit.backend.clock.now(), stored.assumptions.rate_window
    used = []
    for quota, window in visit.backend.limiter.read().items():
        workspace = stored.cloud.workspaces.get(quota.workspace)
        calls = window.seen_at(now).recent(now, kind)
        if workspace is None or not calls:
            continue
        client = None if quota.client is None else workspace.clients.get(quota.client)
        name = None if client is None else client.name
        used.append(QuotaUse(workspace.slug, name, quota.resource, calls, workspace.plan.requests_per_minute))
    return sorted(used, key=lambda each: (-each.calls, each.workspace, each.resource))[:MOST_QUOTAS]


def list_rules(visit: Visit) -> Response:
    """Those that the search finds, each with its switch."""
    search = fold(visit.query.get("search", "").strip())
    return render_page(
        visit,
        "rules",
        search=visit.query.get("search", ""),
        rules=[
            rule
            for _, rule in sorted(CATALOGUE.items())
            if search in fold(f"{rule.id} {rule.statement} {rule.source} {rule.standing}")
        ],
        suspended=visit.backend.store.read().suspended,
    )


def show_rule(visit: Visit) -> Response:
    """Raises `NotFound`."""
    found: Rule | None = CATALOGUE.get(visit.parameters["rule"])
    if found is None:
        raise NotFound("rule", visit.parameters["rule"], CATALOGUE)
    return render_page(visit, "rule", rule=found, suspended=visit.backend.store.read().suspended)


def list_assumptions(visit: Visit) -> Response:
    """The open questions that the search finds, with what speaks for the answer and what else there may be."""
    search = fold(visit.query.get("search", "").strip())
    return render_page(
        visit,
        "assumptions",
        search=visit.query.get("search", ""),
        believed=[
            each
            for each in _current_answers(visit.backend.store.read().assumptions)
            if search in fold(f"{each.question.id} {each.question.question} {each.question.evidence}")
        ],
    )


def _current_answers(assumed: Assumptions) -> list[Answer]:
    chosen = assumed.choices()
    return [Answer(each, chosen[each.id]) for each in catalogue()]


def compare_points(visit: Visit) -> Response:
    """What became of one point on the way to another, as the control plane tells it."""
    points = {"from": visit.query.get("from") or START, "to": visit.query.get("to") or NOW}
    answer = visit.ask("GET", f"/diff?{urlencode(points)}", None)
    said = refusal_in(answer)
    found: dict[str, Any] = {"emulator": {}, "workspaces": {}} if said else loads(bytes(answer.body))
    groups = [("the emulator", found["emulator"]), *found["workspaces"].items()]
    changes = [(name, _read_changes(group)) for name, group in groups]
    return render_page(
        visit,
        "differences",
        points=points,
        known=[START, *visit.backend.snapshots.names(), NOW],
        refused=said,
        changes=[(name, rows[:MOST_CHANGES], len(rows)) for name, rows in changes if rows],
    )


def _read_changes(group: dict[str, list[dict[str, Any]]]) -> list[Difference]:
    return [
        Difference(kind, each["path"], _as_text(each, "before"), _as_text(each, "after"))
        for kind, found in group.items()
        for each in found
    ]


def _as_text(change: dict[str, Any], side: str) -> str | None:
    if side not in change:
        return None
    value = change[side]
    return value if isinstance(value, str) else dumps(value, ensure_ascii=False, indent=1)
