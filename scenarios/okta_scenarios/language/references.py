"""What can only be said of a scenario as a whole: where each step happens, and whether the parts fit together.

Names that a step may leave out are filled in here, so that whoever runs the scenario never has to guess.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol, TypeVar

from okta_scenarios.language.models.claims import (
    Expect,
    OktaPersonExpect,
    PersonClaims,
    PlacedClaims,
    WorkatoPersonExpect,
)
from okta_scenarios.language.models.given import Given, Workspace
from okta_scenarios.language.models.names import ALL_COLLABORATORS, DEFAULT_CLIENT
from okta_scenarios.language.models.okta_apps import OktaConfigureApp, OktaImportUsers
from okta_scenarios.language.models.okta_base import OktaAppStep, OktaGroupStep, OktaStep
from okta_scenarios.language.models.okta_groups import OktaCreateGroup, OktaDeleteGroup, OktaRenameGroup
from okta_scenarios.language.models.okta_people import OktaCreateUser, OktaRetryTask
from okta_scenarios.language.models.scenario import Live
from okta_scenarios.language.models.steps import CallStep, ClaimingStep, DuringStep, FaultStep, Needs, Step
from okta_scenarios.language.models.workato_steps import WorkatoChangeClient, WorkatoRevokeClient, WorkatoStep
from okta_scenarios.language.problems import nearest
from okta_scenarios.language.vocabulary import Vocabulary
from workato_emulator.text.error_codes.scenarios import (
    SCN_LIVE,
    SCN_SHOWS_NOTHING,
    SCN_TOGETHER,
    SCN_UNKNOWN_NAME,
    SCN_VALUE,
    SCN_WHERE,
)

Path = tuple[str | int, ...]

T = TypeVar("T")
C = TypeVar("C", bound=PlacedClaims)


class Complain(Protocol):
    """Take note of what is wrong at a place, of the nearest right spelling if there is one, and of its code."""

    def __call__(self, at: Path, message: str, suggestion: str | None, code: str = SCN_TOGETHER) -> None: ...


IN_OKTA = frozenset({"okta_user", "app_user", "sync", "external_id", "task", "message", "mapping", "ignored"})
"""Claims that an app instance answers."""
IN_WORKATO = frozenset({"invited", "invitation", "member", "members", "absent", "deactivated"})
"""Claims that a workspace answers."""


class Spot(NamedTuple):
    """Where something happens. What a thing does not need is None."""

    org: str | None = None
    app: str | None = None
    workspace: str | None = None


NOWHERE = Spot()


@dataclass(frozen=True, slots=True)
class Places:
    """Every app instance with its org and its workspace."""

    spots: tuple[Spot, ...]
    orgs: tuple[str, ...]
    workspaces: tuple[str, ...]

    @classmethod
    def of(cls, given: Given) -> "Places":
        spots = (Spot(org, label, app.workspace) for org, o in given.okta.items() for label, app in o.apps.items())
        return cls(tuple(spots), tuple(given.okta), tuple(given.workspaces))

    def app(self, wanted: Spot, preferred: Spot = NOWHERE) -> Spot:
        """The one app instance that is meant. What is preferred decides only where what is wanted does not."""
        left = [spot for spot in self.spots if _agrees(spot, wanted)]
        for part in Spot._fields:
            hint = Spot(**{part: getattr(preferred, part)})
            left = [spot for spot in left if _agrees(spot, hint)] or left
        return _only(left, "app", lambda spot: f"{spot.app} in {spot.org}")

    def org(self, wanted: str | None) -> Spot:
        return Spot(org=wanted or _only(self.orgs, "org"))

    def workspace(self, wanted: Spot, preferred: Spot = NOWHERE) -> Spot:
        """The one workspace that is meant, by its own name or by that of an app instance."""
        if wanted.workspace is not None:
            return Spot(workspace=wanted.workspace)
        if wanted == NOWHERE and preferred.workspace is not None:
            return Spot(workspace=preferred.workspace)
        if wanted == NOWHERE and preferred == NOWHERE:
            return Spot(workspace=_only(self.workspaces, "workspace"))
        named = {spot.workspace: spot for spot in self.spots if _agrees(spot, wanted) and _agrees(spot, preferred)}
        return _only(tuple(named.values()), "workspace", lambda spot: str(spot.workspace))


class Unsettled(Exception):
    """It cannot be said where something happens."""


def _agrees(spot: Spot, wanted: Spot) -> bool:
    return all(want is None or have == want for have, want in zip(spot, wanted, strict=True))


def _only(choices: Sequence[T], what: str, name: Callable[[T], str] = str) -> T:
    if len(choices) == 1:
        return choices[0]
    if not choices:
        raise Unsettled(f"unknown {what}")
    raise Unsettled(f"which {what}? there is {', '.join(map(name, choices))}")


def settle(steps: Sequence[Step], given: Given, complain: Complain) -> tuple[Step, ...]:
    """The steps with every place filled in."""
    places = Places.of(given)
    return tuple(_settle_step(step, places, ("steps", number), complain) for number, step in enumerate(steps))


def _settle_step(step: Step, places: Places, path: Path, complain: Complain) -> Step:
    try:
        spot = _spot(step, places)
    except Unsettled as unsettled:
        complain(path, str(unsettled), None, SCN_WHERE)
        return step
    filled = {part: name for part, name in spot._asdict().items() if getattr(step, part, name) is None}
    changes: dict[str, Any] = {**filled}
    if isinstance(step, CallStep) and step.client is None and step.token is None:
        changes["client"] = DEFAULT_CLIENT
    if isinstance(step, ClaimingStep) and step.expect is not None:
        changes["expect"] = _settle_expect(step.expect, step, places, spot, (*path, "expect"), complain)
    return step.model_copy(update=changes)


def _spot(step: Step, places: Places) -> Spot:
    match step:
        case OktaAppStep():
            return places.app(Spot(step.org, step.app))
        case OktaStep():
            return places.org(step.org)
        case WorkatoStep() | CallStep():
            return places.workspace(Spot(workspace=step.workspace))
        case _:
            return NOWHERE


def _settle_expect(expect: Expect, step: Step, places: Places, spot: Spot, path: Path, complain: Complain) -> Expect:
    def place_all(kind: str, named: Iterable[tuple[str, C]]) -> dict[str, tuple[C, ...]]:
        by_name: dict[str, tuple[C, ...]] = {}
        for name, claims in named:
            earlier = by_name.get(name, ())
            at = (*path, kind, name, len(earlier))
            by_name[name] = (*earlier, _place(claims, places, spot, at, complain))
        return by_name

    people = place_all("people", expect.about_people())
    groups = place_all("groups", expect.about_groups())
    for kind, named in (("people", people), ("groups", groups)):
        for name, several in named.items():
            _must_agree(name, several, (*path, kind, name), complain)
    if isinstance(expect, OktaPersonExpect | WorkatoPersonExpect):
        if getattr(step, "user", None) is not None:
            expect = _place(expect, places, spot, path, complain)
        elif expect.claimed() & PersonClaims.model_fields.keys():
            add = "" if getattr(step, "users", None) else "add `user: NAME` to the step, or "
            whom = f"the user is missing: {add}write the claims under `people: {{NAME: …}}`"
            complain(path, whom, None, SCN_WHERE)
    return expect.model_copy(update={"people": people, "groups": groups})


def _must_agree(name: str, several: Sequence[PlacedClaims], path: Path, complain: Complain) -> None:
    """Two sets of claims about one place may not say different things of it."""
    said: dict[tuple[object, ...], object] = {}
    for number, claims in enumerate(several):
        for key in sorted(claims.claimed()):
            value = getattr(claims, key)
            at = (key, claims.org, claims.app) if key in IN_OKTA else (key, claims.workspace)
            if said.setdefault(at, value) != value:
                complain((*path, number, key), f"{key} of {name} has two different claims", None)


def _place(claims: C, places: Places, spot: Spot, path: Path, complain: Complain) -> C:
    """The claims with the place that they need: an app instance, a workspace, or both."""
    wanted = Spot(claims.org, claims.app, claims.workspace)
    found = wanted
    try:
        if claims.claimed() & IN_OKTA:
            found = places.app(wanted, spot)
        if claims.claimed() & IN_WORKATO and found.workspace is None:
            found = found._replace(workspace=places.workspace(wanted, spot).workspace)
    except Unsettled as unsettled:
        complain(path, str(unsettled), None, SCN_WHERE)
    return claims.model_copy(update=found._asdict())


def check_given(given: Given, complain: Complain) -> None:
    """Whether what is given fits together."""
    for slug, workspace in given.workspaces.items():
        at: Path = ("given", "workspaces", slug)
        for group, about in workspace.groups.items():
            into = (*at, "groups", group, "members")
            _all_among(about.members, workspace.collaborators, f"collaborator of {slug}", into, complain)
        for project, access in workspace.projects.items():
            into = (*at, "projects", project)
            people = f"collaborator of {slug}"
            _all_among(access.grants, workspace.collaborators, people, (*into, "grants"), complain, keys=True)
            groups = f"group of {slug}"
            _all_among(access.group_grants, workspace.groups, groups, (*into, "group_grants"), complain, keys=True)
        for part in ("collaborators", "invitations"):
            for person, membership in getattr(workspace, part).items():
                into = (*at, part, person, "groups")
                _all_among(membership.groups, workspace.groups, f"group of {slug}", into, complain)
        _check_clients(slug, workspace, complain)
        for person in workspace.invitations.keys() & workspace.collaborators.keys():
            complain((*at, "invitations", person), f"{person} is a collaborator of {slug} already", None)
    for name, org in given.okta.items():
        for group, members in org.groups.items():
            _all_among(members, org.people, f"person in {name}", ("given", "okta", name, "groups", group), complain)
        for label, app in org.apps.items():
            at = ("given", "okta", name, "apps", label, "user_names")
            _all_among(app.user_names, org.people, f"person in {name}", at, complain, keys=True)
            at = ("given", "okta", name, "apps", label, "client")
            _all_among((app.client,), _clients(given, app.workspace), f"client of {app.workspace}", at, complain)
            at = ("given", "okta", name, "apps", label, "environment")
            there = given.workspaces[app.workspace].environments
            _all_among((app.environment,), there, f"environment of {app.workspace}", at, complain)


def _check_clients(slug: str, workspace: Workspace, complain: Complain) -> None:
    """A client's role is one of the workspace's, or the one that another client has to itself under its own name."""
    roles = [*workspace.client_roles, *(name for name, each in workspace.clients.items() if each.role is None)]
    for client, each in workspace.clients.items():
        if each.role is not None and each.role not in roles:
            at = ("given", "workspaces", slug, "clients", client, "role")
            complain(at, f"{each.role!r} is not a client role of {slug}", nearest(each.role, roles))


def _clients(given: Given, workspace: str) -> tuple[str, ...]:
    return (*given.workspaces[workspace].clients, DEFAULT_CLIENT)


def _all_among(
    names: Iterable[str], choices: Iterable[str], what: str, path: Path, complain: Complain, *, keys: bool = False
) -> None:
    """Complain of each name that is no choice. At `path` there is a list, or with `keys` a mapping."""
    allowed = {*choices, ALL_COLLABORATORS} if what.startswith("group") else {*choices}
    for number, name in enumerate(names):
        if name not in allowed:
            complain(
                (*path, name if keys else number), f"unknown {what}: {name!r}", nearest(name, allowed), SCN_UNKNOWN_NAME
            )


def check_assumptions(given: Given, vocabulary: Vocabulary, complain: Complain) -> None:
    """Whether every assumption is given one of its alternatives, and in their type."""
    for name, value in given.assumptions.items():
        choices = {str(choice): choice for choice in vocabulary.assumptions[name]}
        if not any(value == choice and type(value) is type(choice) for choice in choices.values()):
            message = f"{value!r} is not an alternative of {name}; there is {', '.join(choices)}"
            complain(("given", "assumptions", name), message, nearest(str(value), choices), SCN_VALUE)


def check_steps(steps: Sequence[Step], given: Given, complain: Complain) -> None:
    """Whether settled steps find what they name where they name it."""
    imports = any(isinstance(step, OktaImportUsers) for step in steps)
    created = {
        (step.org, user)
        for step in steps
        if isinstance(step, OktaCreateUser)
        for user in (step.user, *(step.users or ()))
        if user is not None
    }
    for number, step in enumerate(steps):
        at: Path = ("steps", number)
        if isinstance(step, OktaStep) and step.org is not None and not imports:
            for key in ("user", "users", "members"):
                named = getattr(step, key, None)
                people = (named,) if isinstance(named, str) else named or ()
                there = (*given.okta[step.org].people, *(user for org, user in created if org == step.org))
                _all_among(people, there, f"person in {step.org}", (*at, key), complain)
        workspace, client = _client(step, given)
        if workspace in given.workspaces and client is not None:
            _all_among((client,), _clients(given, workspace), f"client of {workspace}", (*at, "client"), complain)


def check_group_names(steps: Sequence[Step], given: Given, complain: Complain) -> None:
    """Whether each step names a group that its org has by then: a rename gives one name up for another."""
    called = {name: set(org.groups) for name, org in given.okta.items()}
    for number, step in enumerate(steps):
        if not isinstance(step, OktaStep) or step.org not in called:
            continue
        names = called[step.org]
        old = step.group if isinstance(step, OktaGroupStep | OktaRetryTask) else None
        new = (
            step.to if isinstance(step, OktaRenameGroup) else step.group if isinstance(step, OktaCreateGroup) else None
        )
        if old is not None and old not in names:
            said = f"{step.org} has no group {old!r} at this step"
            complain(("steps", number, "group"), said, nearest(old, names), SCN_UNKNOWN_NAME)
        if getattr(step.expect, "refused", None) is not None:
            continue
        if isinstance(step, OktaDeleteGroup):
            names -= {old}
        if new is None:
            continue
        if new in names and new != old:
            key = "group" if old is None else "to"
            complain(("steps", number, key), f"{step.org} has a group {new!r} already at this step", None)
        names -= {old}
        names.add(new)


def _client(step: Step, given: Given) -> tuple[str, str | None]:
    """The client that a step names, and the workspace it would have to belong to."""
    match step:
        case OktaConfigureApp(workspace=str(workspace)):
            return workspace, step.client
        case CallStep() | WorkatoChangeClient() | WorkatoRevokeClient():
            return step.workspace or "", step.client
        case _:
            return "", None


def check_live(live: Live, given: Given, steps: Sequence[Step], vocabulary: Vocabulary, complain: Complain) -> None:
    """Whether a scenario that says it may run against a live tenant could."""
    if live == "never":
        return
    for key, why in (("clock", "the live clock cannot be set"), ("assumptions", "a live service makes none")):
        if getattr(given, key):
            complain(("given", key), f"this scenario cannot be `live: {live}`: {why}", None, SCN_LIVE)
    allowed = Needs.READ if live == "read" else Needs.WRITE
    for number, step in enumerate(steps):
        if _needs(step, vocabulary) > allowed:
            why = "it writes" if _needs(step, vocabulary) is Needs.WRITE else "only the emulator can do this"
            complain(
                ("steps", number), f"this step cannot be part of a scenario with `live: {live}`: {why}", None, SCN_LIVE
            )


def _needs(step: Step, vocabulary: Vocabulary) -> Needs:
    if isinstance(step, CallStep):
        if step.host is not None or step.address is not None:
            return Needs.EMULATOR
        return Needs.READ if vocabulary.operations[step.call].method == "GET" else Needs.WRITE
    return step.needs


def check_waiting(steps: Sequence[Step], complain: Complain) -> None:
    """What waits for a call, with nothing after it, shows nothing."""
    match steps[-1:]:
        case [FaultStep()]:
            what = "fault"
        case [DuringStep(during=str())]:
            what = "step with `during`"
        case _:
            return
    complain(("steps", len(steps) - 1), f"nothing follows this {what}, so it shows nothing", None, SCN_SHOWS_NOTHING)
