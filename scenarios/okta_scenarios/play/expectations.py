"""Holding what a step expects against what is there."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import httpx

from okta_org import AppSchema, ImportResult, LogEvent, OktaOrg, Task, TaskKind
from okta_scenarios.language.models.claims import (
    AttributeClaims,
    Discovered,
    Expect,
    GroupClaims,
    Imported,
    PersonClaims,
    PlacedClaims,
    Some,
    SomeEvents,
)
from okta_scenarios.language.models.matching import Matcher
from okta_scenarios.language.models.steps import Step
from okta_scenarios.play.harness import Harness
from okta_scenarios.play.matching import compare, in_order, plain_expected
from okta_scenarios.play.outcomes import StepOutcome
from okta_scenarios.play.results import Exchange, Mismatch
from okta_scenarios.play.state import State, changed_paths

Listed: TypeAlias = tuple[str, ...] | str | Some
"""A claim about a list: all of its items, `none`, or some of them."""

STATE_DEPTH = 2
"""Slashes in a path into the state. Any further one is part of a name: a group may be called R/D."""


class Expectations:
    """One step's expectations. Made after the act; `check` says what was not met.

    `before` is the state before the act; only a claim about what changed asks for it.
    """

    def __init__(
        self,
        harness: Harness,
        step: Step,
        outcome: StepOutcome,
        *,
        before: State,
        exchanges: Sequence[Exchange],
        events: Sequence[LogEvent],
    ) -> None:
        self._harness = harness
        self._step = step
        self._outcome = outcome
        self._before = before
        self._exchanges = exchanges
        self._events = events
        self._workspace = _workspace_of(step, harness)

    def check(self, expect: Expect | None) -> Iterator[Mismatch]:
        """Everything that is not as expected. A refusal that nobody expected is one of these."""
        if self._outcome.unplayable is not None:
            yield Mismatch("step", "(can be played)", self._outcome.unplayable)
            return
        expected_refusal = getattr(expect, "refused", None)
        if self._outcome.refused is not None or expected_refusal is not None:
            yield from self._compare("refused", expected_refusal or "(done)", self._outcome.refused)
        expected_loss = getattr(expect, "lost", None)
        if self._outcome.lost is not None or expected_loss is not None:
            yield from self._compare("lost", expected_loss or "(answered)", self._outcome.lost)
        if expect is None:
            return
        claimed = expect.model_fields_set
        yield from self._about_the_step(expect, claimed)
        if isinstance(expect, PersonClaims) and claimed & PersonClaims.model_fields.keys():
            yield from self._person(str(getattr(self._step, "user", "")), expect, "")
        for name, person in expect.about_people():
            yield from self._person(name, person, f"people.{name}.")
        for name, group in expect.about_groups():
            yield from self._group(name, group, f"groups.{name}.")

    def _about_the_step(self, expect: Any, claimed: set[str]) -> Iterator[Mismatch]:  # noqa: ANN401  (any Expect)
        if "requests" in claimed:
            sent = [exchange.request_line for exchange in self._exchanges]
            yield from _compare_list("requests", expect.requests, sent, _is_request)
        if "sent" in claimed:
            yield from self._sent(expect.sent)
        if "events" in claimed:
            logged = [f"{event.type.value} {event.outcome.value}" for event in self._events]
            yield from _compare_list("events", _events(expect.events), logged, _is_event)
        if "changed" in claimed:
            yield from self._changes(expect.changed)
        if "imported" in claimed:
            yield from self._compare_import(expect.imported)
        if "values" in claimed:
            yield from self._values(expect.values)
        numbers = {"tasks": self._tasks, "entitlements": self._entitlements}
        for key in sorted(claimed & numbers.keys()):
            yield from self._compare(key, getattr(expect, key), numbers[key]())
        if self._outcome.response is not None:
            yield from self._response(self._outcome.response, expect, claimed)
        if not isinstance(expect, PersonClaims) and claimed & {"task", "message", "mapping", "ignored"}:
            yield from self._about_the_app(expect, claimed)

    def _compare(self, where: str, expected: object, actual: object, *, exact: bool = False) -> Iterator[Mismatch]:
        return compare(
            f"expect.{where}",
            expected,
            actual,
            lambda wanted: self._harness.resolve(self._workspace, wanted),
            exact=exact,
        )

    def _sent(self, claims: Mapping[str, Any]) -> Iterator[Mismatch]:
        """Bodies by request line. Where there is no such request, what it was to be sent with is missing."""
        for line, expected in claims.items():
            found = [each for each in self._exchanges if _is_request(line, each.request_line)]
            for body in [_json_or_text(each.request) for each in found] or [None]:
                yield from self._compare(f"sent.{line}", expected, body)

    def _changes(self, claim: Listed) -> Iterator[Mismatch]:
        """Paths may have wildcards, so that one of them means several changes, in no order."""
        wanted, some = _items(claim)
        paths = list(changed_paths(self._before, self._harness.state()))
        yield from _compare_none_of("changed", claim, paths, lambda want, path: _is_path(want, path, STATE_DEPTH))
        others = not some and any(not any(_is_path(want, path, STATE_DEPTH) for want in wanted) for path in paths)
        if others or not all(any(_is_path(want, path, STATE_DEPTH) for path in paths) for want in wanted):
            yield Mismatch("expect.changed", list(wanted), list(paths))

    def _compare_import(self, claims: Imported) -> Iterator[Mismatch]:
        result = self._outcome.imported or ImportResult()
        for key in sorted(claims.claimed()):
            yield from self._compare(f"imported.{key}", getattr(claims, key), getattr(result, key))

    def _values(self, claim: Discovered | tuple[str, ...]) -> Iterator[Mismatch]:
        """What was discovered, by its kind; a plain list is among all of it."""
        if isinstance(claim, tuple):
            there = [*self._discovered_names("attributes"), *self._discovered_names("entitlements")]
            if not set(claim) <= set(there):
                yield Mismatch("expect.values", list(claim), there)
            return
        for kind in sorted(claim.claimed() - {"details"}):
            names = self._discovered_names(kind)
            yield from _compare_list(f"values.{kind}", getattr(claim, kind), names, str.__eq__, ordered=False)
        for name, details in (claim.details or {}).items():
            yield from self._attribute(name, details)

    def _discovered_names(self, kind: str) -> list[str]:
        """Attributes or entitlements, then their values."""
        found: list[str] = []
        for schema in self._schemas():
            attributes, theirs = schema.properties, schema.values
            if kind == "entitlements":
                attributes, theirs = schema.entitlement_properties, schema.entitlement_values
            found += [*(each.name for each in attributes), *(each.display_name for each in theirs)]
        return list(dict.fromkeys(found))

    def _attribute(self, name: str, claims: AttributeClaims) -> Iterator[Mismatch]:
        """What is known of one attribute or entitlement; where several apps have it, in each of them."""
        found: list[tuple[object, AppSchema]] = [
            (each, schema)
            for schema in self._schemas()
            for each in (*schema.properties, *schema.entitlement_properties)
            if each.name == name
        ]
        where = f"values.details.{name}"
        for each, schema in found or [(None, AppSchema())]:
            for key in sorted(claims.claimed() - {"choices"}):
                yield from self._compare(f"{where}.{key}", getattr(claims, key), getattr(each, key, None))
            if claims.choices is not None:
                values = (*schema.values, *schema.entitlement_values)
                choices = [value.id for value in values if value.schema_property_name == name]
                yield from _compare_list(f"{where}.choices", claims.choices, choices, str.__eq__, ordered=False)

    def _schemas(self) -> Iterator[AppSchema]:
        """What Okta knows of the step's app, or of every app."""
        of_org, of_app = getattr(self._step, "org", None), getattr(self._step, "app", None)
        for org in self._harness.orgs.values():
            for app, schema in org.schemas.items():
                if of_org in {None, org.name} and of_app in {None, app}:
                    yield schema

    def _tasks(self) -> int:
        """How many rows the Dashboard of the step's org has; of all orgs together where the step has none."""
        only = getattr(self._step, "org", None)
        return sum(len(org.tasks.open) for name, org in self._harness.orgs.items() if only in {None, name})

    def _entitlements(self) -> int:
        """How many values the app has that this discovery was about."""
        org, app = self._harness.orgs[getattr(self._step, "org", "")], str(getattr(self._step, "app", ""))
        return len(org.schemas[app].entitlement_values) if app in org.schemas else 0

    def _response(
        self,
        response: httpx.Response,
        expect: Any,  # noqa: ANN401  (a CallExpect)
        claimed: set[str],
    ) -> Iterator[Mismatch]:
        if "status" in claimed:
            yield from self._compare("status", expect.status, response.status_code)
        there = {name.lower(): value for name, value in response.headers.items()}
        for name, value in (expect.headers or {}).items():
            yield from self._compare(f"headers.{name}", value, there.get(name.lower()))
        if "body" in claimed:
            try:
                body = response.json()
            except ValueError:
                body = response.text
            yield from self._compare("body", expect.body, body, exact=expect.exact)

    def _about_the_app(self, expect: Any, claimed: set[str]) -> Iterator[Mismatch]:  # noqa: ANN401
        """Claims of steps that send something about nobody in particular: group pushes, imports, settings."""
        org = self._harness.orgs[str(getattr(self._step, "org", ""))]
        app = str(getattr(self._step, "app", ""))
        named = getattr(self._step, "group", None)
        group = None if named is None else self._handle(org, app, named)
        tasks = [
            task
            for task in org.tasks.open
            if task.app == app and (named is None or (task.kind is TaskKind.GROUP_PUSH and task.subject == group))
        ]
        texts = [task.message for task in tasks]
        if self._outcome.imported is not None:
            texts.append(self._outcome.imported.error or "")
        if self._outcome.checked is not None:
            texts.append(self._outcome.checked.message or "")
        if named is not None:
            yield from self._mapping(org, group, app, expect, claimed, texts)
        yield from self._task(expect, claimed, tasks, texts, "")

    def _mapping(
        self,
        org: OktaOrg,
        group: str | None,
        app: str,
        claims: Any,  # noqa: ANN401  (whatever claims something about a mapping)
        claimed: set[str] | frozenset[str],
        texts: list[str],
        where: str = "",
    ) -> Iterator[Mismatch]:
        mapping = None if group is None else org.mappings.get((group, app))
        if mapping is not None and mapping.error_summary:
            texts.append(mapping.error_summary)
        if "mapping" in claimed:
            status = None if mapping is None else mapping.status.value
            yield from self._compare(f"{where}mapping", claims.mapping, status)
        if "ignored" in claimed:
            ignored = [] if mapping is None else sorted(mapping.ignored)
            yield from self._compare(f"{where}ignored", tuple(sorted(claims.ignored)), ignored)

    def _task(
        self,
        claims: Any,  # noqa: ANN401  (whatever claims something about a task)
        claimed: set[str] | frozenset[str],
        tasks: Sequence[Task],
        texts: Sequence[str],
        where: str,
    ) -> Iterator[Mismatch]:
        if "task" in claimed:
            states = [task.state.value for task in tasks] or ["none"]
            if claims.task not in states:
                yield Mismatch(f"expect.{where}task", claims.task, " and ".join(states))
        if "message" in claimed:
            yield from self._message(claims.message, [text for text in texts if text], where)

    def _message(self, wanted: Any, texts: Sequence[str], where: str) -> Iterator[Mismatch]:  # noqa: ANN401  (a TextClaim)
        """Any of the texts will do; where there is none, so will the claim that there is none."""
        if not any(not list(self._compare("", wanted, text)) for text in texts or (None,)):
            yield Mismatch(f"expect.{where}message", plain_expected(wanted), "; ".join(texts) or "(none)")

    def _person(self, short: str, claims: PersonClaims, where: str) -> Iterator[Mismatch]:
        claimed = claims.claimed()
        if claimed & {"okta_user", "app_user", "sync", "external_id", "task", "message"}:
            yield from self._in_okta(short, claims, claimed, where)
        invitation = self._harness.in_workato(claims.workspace or "", "invitations", short)
        member = self._harness.in_workato(claims.workspace or "", "collaborators", short)
        if "invited" in claimed:
            yield from self._compare(f"{where}invited", claims.invited, invitation is not None)
        deactivated = self._harness.in_workato(claims.workspace or "", "deactivated", short)
        for key, found in (("invitation", invitation), ("member", member), ("deactivated", deactivated)):
            if key in claimed:
                roles = None if found is None else found["roles"]
                yield from self._roles(f"{where}{key}", getattr(claims, key), roles, claims.exact)

    def _roles(self, where: str, wanted: Any, held: Mapping[str, str] | None, exact: bool) -> Iterator[Mismatch]:  # noqa: ANN401
        if wanted == "absent":
            if held is not None:
                yield Mismatch(f"expect.{where}", "absent", dict(held))
        elif held is None:
            yield Mismatch(f"expect.{where}", plain_expected(wanted), "absent")
        else:
            shown = {environment: "No access" for environment in wanted if environment not in held} | dict(held)
            yield from self._compare(where, wanted, shown, exact=exact)

    def _in_okta(self, short: str, claims: PersonClaims, claimed: frozenset[str], where: str) -> Iterator[Mismatch]:
        org, app = self._place(claims)
        account = org.app_user(short, app) if short in org.users else None
        if "okta_user" in claimed:
            person = org.users.get(short)
            yield from self._compare(
                f"{where}okta_user", claims.okta_user, "absent" if person is None else person.status.value
            )
        if "app_user" in claimed:
            status = "absent" if account is None else account.status.value
            yield from self._compare(f"{where}app_user", claims.app_user, status)
        if "sync" in claimed:
            state = None if account is None else org.value.shown_sync_state(account).value
            yield from self._compare(f"{where}sync", claims.sync, state)
        if "external_id" in claimed:
            known = None if account is None else account.external_id
            wanted = Matcher(absent=True) if claims.external_id == "absent" else claims.external_id
            yield from self._compare(f"{where}external_id", wanted, known)
        tasks = [
            task
            for task in org.tasks.open
            if task.app == app and task.subject == short and task.kind is not TaskKind.GROUP_PUSH
        ]
        texts = [task.message for task in tasks]
        if account is not None and account.error:
            texts.append(account.error)
        yield from self._task(claims, claimed, tasks, texts, where)

    def _group(self, name: str, claims: GroupClaims, where: str) -> Iterator[Mismatch]:
        claimed = claims.claimed()
        there = self._harness.state().get(f"{claims.workspace}/groups/{name}")
        if "absent" in claimed and there is not None:
            yield Mismatch(f"expect.{where}absent", True, "there")
        if "members" in claimed:
            members = None if there is None else sorted(there["members"])
            yield from self._compare(f"{where}members", tuple(sorted(claims.members or ())), members)
        if claimed & {"mapping", "ignored", "task", "message"}:
            org, app = self._place(claims)
            texts: list[str] = []
            group = self._handle(org, app, name)
            yield from self._mapping(org, group, app, claims, claimed, texts, where)
            tasks = [
                task
                for task in org.tasks.open
                if task.app == app and task.subject == group and task.kind is TaskKind.GROUP_PUSH
            ]
            texts += [task.message for task in tasks]
            yield from self._task(claims, claimed, tasks, texts, where)

    @staticmethod
    def _handle(org: OktaOrg, app: str, name: str) -> str | None:
        """Say which Okta group's mapping is meant: the pushed group of this name, else the one pushed to this name."""
        called = org.group_called(name)
        if called is not None and (called, app) in org.mappings:
            return called
        pushed = (group for (group, place), each in org.mappings.items() if place == app and each.target_name == name)
        return next(pushed, called)

    def _place(self, claims: PlacedClaims) -> tuple[OktaOrg, str]:
        return self._harness.orgs[claims.org or ""], claims.app or ""


def _workspace_of(step: Step, harness: Harness) -> str:
    """The workspace whose ids a step means: its own, that of its app instance, or the only one that there is."""
    named: str | None = getattr(step, "workspace", None)
    if named is not None:
        return named
    connection = harness.connections.get((getattr(step, "org", None) or "", getattr(step, "app", None) or ""))
    if connection is not None:
        return connection.workspace
    there = [*harness.given.workspaces]
    return there[0] if len(there) == 1 else ""


def _json_or_text(body: str) -> Any:  # noqa: ANN401
    try:
        return json.loads(body)
    except ValueError:
        return body


def _items(claim: Listed) -> tuple[Sequence[str], bool]:
    """What is listed, and whether there may be others."""
    if isinstance(claim, str):
        return (), False
    if isinstance(claim, SomeEvents) and claim.only is not None:
        return claim.only, False
    return (claim, False) if isinstance(claim, tuple) else (claim.contains, True)


def _compare_list(
    key: str, claim: Listed, there: Sequence[str], agrees: Callable[[str, str], bool], *, ordered: bool = True
) -> Iterator[Mismatch]:
    """A claim about a list: these items and no others, or these among others."""
    wanted, some = _items(claim)
    yield from _compare_none_of(key, claim, there, agrees)
    if some:
        held = in_order(wanted, there, agrees) if ordered else set(wanted) <= set(there)
    else:
        held = len(wanted) == len(there) and all(map(agrees, wanted, there))
    if not held:
        yield Mismatch(f"expect.{key}", list(wanted), list(there))


def _compare_none_of(
    key: str, claim: Listed, there: Sequence[str], agrees: Callable[[str, str], bool]
) -> Iterator[Mismatch]:
    """What is there although a claim says that it is not."""
    unwanted = claim.none_of if isinstance(claim, Some) else ()
    found = [each for each in there if any(agrees(want, each) for want in unwanted)]
    if found:
        yield Mismatch(f"expect.{key}.none_of", f"none of {', '.join(unwanted)}", ", ".join(found))


def _events(claim: Listed) -> Listed:
    """A plain list of events is some of them: the System Log says more than a scenario is about."""
    return SomeEvents(contains=claim) if isinstance(claim, tuple) and claim else claim


def _is_event(wanted: str, logged: str) -> bool:
    """Whether an event is the one meant, whatever its outcome where none is written."""
    return wanted in {logged, logged.split(maxsplit=1)[0]}


def _is_request(wanted: str, sent: str) -> bool:
    """Whether a request is the one meant. A query counts only where one is written; `*` is any one segment."""
    return _is_path(wanted, sent if "?" in wanted else sent.partition("?")[0])


def _is_path(wanted: str, path: str, slashes: int = -1) -> bool:
    ours, theirs = wanted.split("/", slashes), path.split("/", slashes)
    return len(ours) == len(theirs) and all(want in {"*", have} for want, have in zip(ours, theirs, strict=True))
