"""The harness of one scenario: an emulator, the orgs with their app instances, and the people."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain, count
from operator import itemgetter
from typing import Any, NamedTuple, cast

import httpx

from okta_connector import ActionFailed, ConnectorSettings, OktaConnector, connect
from okta_connector.folding import fold
from okta_connector.scim import ScimConnector, ScimSettings, connect_scim
from okta_org import (
    AppSettings,
    MatchCriterion,
    OktaAssumptions,
    OktaOrg,
    ProvisioningConnector,
    SettingsChange,
    assumptions_among,
)
from okta_org.directory import add_user
from okta_org.groups import create_group
from okta_org.retries import run_due
from okta_scenarios.language import Scenario
from okta_scenarios.language.models.given import (
    App,
    Provisioning,
)
from okta_scenarios.language.models.matching import Lookup
from okta_scenarios.language.models.names import PARTS_OF_PEOPLE
from okta_scenarios.language.models.okta_apps import Switches
from okta_scenarios.language.plan import Seeded
from okta_scenarios.play.addresses import Addresses
from okta_scenarios.play.meanwhile import Meanwhile
from okta_scenarios.play.people import People
from okta_scenarios.play.seed import choices_of, fault_fields, first_token_of, scim_token_of, seed_document
from okta_scenarios.play.state import State, flatten
from okta_scenarios.play.wire import Recorder
from okta_scenarios.play.world import AS_DOCUMENTED, World
from okta_scenarios.targets import InProcess, Target
from workato_emulator import EPOCH, Secrets, hosts_of, noting

HOST = "http://workato.example.test"
SCIM = "SCIM token"
"""What stands in the place of an API client's name; no client can be called so, for two words are no short name."""
SCIM_PATH = "/scim/v2"
IN_PROCESS = InProcess()
MOST_IMPORTS = 10_000
"""Imports by the clock while one `advance` passes. One every hour for a year is below it."""


class Connection(NamedTuple):
    """What an app instance calls Workato with: a host, a token, and the workspace whose token it is."""

    host: str
    token: str
    workspace: str


class Unplayable(Exception):
    """A step needs something that is not there when its turn comes: a mistake in the scenario, not a refusal."""


class Harness:
    """What a scenario plays on: Workato at the target, and the orgs with their app instances, as the world is.

    Workato's side is what the scenario gives, or a seed that was there before.

    Raises `OktaRefusal` where Okta would not let an app be set up as it is given, and `CannotBegin` where Workato's
    side cannot be as it is given.
    """

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        world: World = AS_DOCUMENTED,
        target: Target = IN_PROCESS,
        seeded: Seeded | None = None,
    ) -> None:
        self.given = scenario.assuming(world.assumptions).given
        self.people = People(self.given, seed)
        self._decide = world.decisions
        self.start = EPOCH if self.given.clock is None else self.given.clock.start
        self.service = target.begin(seed_document(self.given, self.people, seeded), at=self.start, ids_seed=seed)
        self.start = self.service.now()
        self.meanwhile = Meanwhile()
        self.recorder = Recorder(self.service.transport, self.meanwhile.set_off)
        there = {} if seeded is None else seeded.workspaces
        self._tokens = {(slug, name): token for slug, each in there.items() for name, token in each.clients.items()}
        self._tokens |= {(slug, SCIM): each.scim_token for slug, each in there.items() if each.scim_token is not None}
        self._sent: set[str] = set()
        self._passwords = count()
        self.connections: dict[tuple[str, str], Connection] = {}
        self._state: tuple[object, State, Mapping[tuple[str, str, str], Any]] | None = None
        for rule in sorted(world.suspended):
            self.control("POST", f"/rules/{rule}/suspend").raise_for_status()
        for fault in world.faults:
            self.control("POST", "/faults", fault_fields(fault)).raise_for_status()
        self._consulted_by_okta: set[str] = set()
        self.orgs = {name: self._org(name) for name in self.given.okta}
        self.addresses = Addresses(self.people, self.orgs, lambda org, app: self.connections[org, app].workspace)

    def _org(self, name: str) -> OktaOrg:
        given = self.given.okta[name]
        assumptions = noting(assumptions_among(choices_of(self.given)), self._consulted_by_okta)
        org = OktaOrg(name, self.now, self.people.short_of, assumptions, self._decide.org)
        for short in given.people:
            org.do(add_user, self.people[short].as_okta_user())
        for group, members in given.groups.items():
            org.do(create_group, group, members)
        for label, app in given.apps.items():
            connection = Connection(self._host(app), self._token(app), app.workspace)
            self.connections[name, label] = connection
            connector = self.connector(app, connection, assumptions)
            org.add_app(label, connector, settings_of(app), user_names=app.user_names)
        return org

    def _token(self, app: App) -> str:
        if app.road == "scim":
            return self.scim_token_of(app.workspace)
        return self.token_of(app.workspace, app.client)

    def _host(self, app: App) -> str:
        return app.host or hosts_of(self.given.workspaces[app.workspace].data_center)[0]

    def connector(self, app: App, connection: Connection, switches: OktaAssumptions) -> ProvisioningConnector:
        """What an app instance talks through, on the road that it takes."""
        self._sent.add(connection.token)
        try:
            if app.road == "scim":
                http = connect_scim(f"{connection.host}{SCIM_PATH}", connection.token, transport=self.recorder)
                groups = settings_of(app)
                about = ScimSettings(app.kind, groups=groups.import_groups or groups.push_groups)
                return ScimConnector(http, about, self._decide.scim, switches, self._password)
            http = connect(connection.host, connection.token, transport=self.recorder)
        except ActionFailed as refused:
            raise Unplayable(str(refused)) from None
        settings = ConnectorSettings(environment_type=app.environment, writes=app.writes)
        return OktaConnector(http, settings, self._decide.connector)

    def _password(self) -> str:
        """Eight characters that mean nothing, the same ones whenever the scenario is played."""
        return f"k3Vr{next(self._passwords):04d}"

    def now(self) -> datetime:
        return self.service.now()

    def advance(self, by: timedelta) -> None:
        """Let time pass; what Okta means to do on the way is done when it is due."""
        try:
            until = self.now() + by
        except OverflowError:
            raise Unplayable("the clock ends with the year 9999") from None
        periods = (app.settings.import_every for org in self.orgs.values() for app in org.apps.values())
        if sum(by // every for every in periods if every is not None) > MOST_IMPORTS:
            raise Unplayable(f"more than {MOST_IMPORTS:,} imports fall due on the way; let less time pass")
        while (due := min((at for org in self.orgs.values() if (at := org.next_due())), default=None)) is not None:
            if due > until:
                break
            self.service.move_clock(max(due, self.now()))
            for org in self.orgs.values():
                org.do(run_due)
        self.service.move_clock(until)

    def control(self, method: str, path: str, body: object = None) -> httpx.Response:
        return self.service.control(method, path, body)

    def consulted(self) -> frozenset[str]:
        """The assumptions, Workato's and Okta's, that anything here may have hung on so far."""
        return self.service.consulted() | self._consulted_by_okta

    def armed_faults(self) -> Sequence[tuple[str, int]]:
        """The faults that still wait, in the order of arming: operation, and for how many calls."""
        faults = self.control("GET", "/faults").raise_for_status().json()["data"]
        return [(fault["operation"], fault["count"]) for fault in faults]

    def export(self) -> Mapping[str, Any]:
        return self.service.export()

    def state(self) -> State:
        """Workato's side as it is."""
        return self._read()[0]

    def _read(self) -> tuple[State, Mapping[tuple[str, str, str], Any]]:
        """Workato's side as paths, and its people by workspace, part and address.

        Made once of every export: what is the same object has not changed.
        """
        exported = self.export()
        if self._state is None or self._state[0] is not exported:
            self._state = exported, flatten(exported, self.people.short_of), _people(exported)
        return self._state[1:]

    def in_workato(self, workspace: str, part: str, short: str) -> Any:  # noqa: ANN401  (a row of the export, or None)
        """Somebody's row among a workspace's collaborators or invitations, or None.

        The address under which the app knows the person counts first. Any other is the person's only if nobody else
        goes by it.
        """
        people = self._read()[1]
        followed = self.addresses.invitation_address(workspace, short)
        if followed is not None and (row := people.get((workspace, part, fold(followed)))) is not None:
            return row
        others = self.addresses.others(short)
        keys = (fold(each) for each in others if self.people.short_of(each) == short)
        return next((people[workspace, part, key] for key in keys if (workspace, part, key) in people), None)

    def address_in(self, workspace: str, short: str, *parts: str) -> str:
        """The address under which Workato knows somebody there; without a row, the one that Okta would use."""
        rows = (self.in_workato(workspace, part, short) for part in parts)
        known = next((str(row["email"]) for row in rows if row is not None), None)
        return known or self.addresses.invitation_address(workspace, short) or self.people[short].email

    def group_handle(self, org: str, name: str) -> str:
        """Who the Okta group is that is called so now. Raises `Unplayable` where none is."""
        found = self.orgs[org].group_called(name)
        if found is None:
            renamed = self.orgs[org].groups.get(name)
            now = "" if renamed is None else f"; it is called {renamed.display_name!r} now"
            raise Unplayable(f"unknown group {name!r} in {org}{now}")
        return found

    def new_group_handle(self, org: str, name: str) -> str:
        """A short name for a new group: its name, unless a group that has been renamed began with that."""
        groups = self.orgs[org].groups
        handles = chain((name,), (f"{name} ({number})" for number in count(2)))
        return next(each for each in handles if each not in groups)

    def token_of(self, workspace: str, client: str) -> str:
        """The API client's token as it is now; that of a client which was revoked is the last one it had."""
        return self._tokens.get((workspace, client)) or first_token_of(workspace, client)

    def scim_token_of(self, workspace: str) -> str:
        """The workspace's SCIM token as it is now; after its revocation, the last one that there was."""
        return self._tokens.get((workspace, SCIM)) or scim_token_of(workspace)

    def replace_scim_token(self, workspace: str, token: str) -> None:
        """An admin generated another SCIM token: whoever takes it over from now on sends the new one."""
        self._tokens[workspace, SCIM] = token

    def replace_token(self, workspace: str, client: str, token: str) -> None:
        """An admin regenerated the client's token: whoever names the client from now on sends the new one."""
        self._tokens[workspace, client] = token

    def secrets(self) -> Secrets:
        """What no report may repeat: the tokens that there are and were, and those that a step sent."""
        return self.service.secrets(self._sent)

    def caller(self, token: str, *, host: str | None, address: str | None) -> httpx.Client:
        """A client that is recorded, and calls this host from this address with the very token."""
        self._sent.add(token)
        if not token.isascii():
            raise Unplayable("the token cannot be sent: a header is ASCII")
        recorder = self.recorder
        if address is not None:
            recorder = recorder.from_elsewhere(self.service.transport_from(address))
        base = HOST if host is None else f"https://{host}"
        return httpx.Client(base_url=base, headers={"Authorization": f"Bearer {token}"}, transport=recorder)

    def resolve(self, workspace: str, wanted: Lookup) -> Any:  # noqa: ANN401  (a text or a number)
        """The value behind a lookup word, as things are now; None where there is none."""
        there = self.export()["workspaces"].get(workspace, {})
        word, name = _only_word(wanted)
        if word == "email_of":
            return (
                self.address_in(workspace, name, "collaborators", "invitations") if there else self.people[name].email
            )
        if not there:
            return None
        if word == "member_id":
            rows = (self.in_workato(workspace, part, name) for part in ("collaborators", "deactivated"))
            return next((row["id"] for row in rows if row is not None), None)
        if word == "grant_id":
            return self._grant_id(there, name)
        return _id_where(_NAMED[word](there), lambda each: each["name"] == name)

    def _grant_id(self, there: Mapping[str, Any], wanted: str) -> Any:  # noqa: ANN401  (a text, or None)
        """The id of the grant that is called by its project and its holder."""
        name, _, holder = wanted.partition("/")
        grants = [grant for each in there["projects"] if each["name"] == name for grant in each["grants"]]

        def is_held(grant: Mapping[str, Any]) -> bool:
            return holder == (self.people.short_of(grant["user"]) if "user" in grant else grant["group"])

        return _id_where(grants, is_held)

    def must_resolve(self, workspace: str, wanted: Lookup) -> Any:  # noqa: ANN401  (a text or a number)
        """The same for what is about to be sent. Raises `Unplayable` where there is none."""
        value = self.resolve(workspace, wanted)
        if value is None:
            word, name = _only_word(wanted)
            raise Unplayable(f"unknown {word} {name!r} in {workspace}")
        return value

    def group_id(self, workspace: str, name: str) -> str:
        return str(self.must_resolve(workspace, Lookup(group_id=name)))


def _people(export: Mapping[str, Any]) -> Mapping[tuple[str, str, str], Any]:
    return {
        (slug, part, fold(row["email"])): row
        for slug, workspace in export["workspaces"].items()
        for part, rows in (
            *((part, workspace[part]) for part in PARTS_OF_PEOPLE),
            ("deactivated", (workspace.get("scim") or {}).get("deactivated", ())),
        )
        for row in rows
    }


def _only_word(wanted: Lookup) -> tuple[str, str]:
    ((word, name),) = wanted.model_dump(exclude_unset=True).items()
    return word, name


def _folders(inside: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every folder in a workspace or a folder of the export, a project's own among them."""
    for project in inside.get("projects", ()):
        yield {**project, "id": project["folder_id"]}
        yield from _folders({"folders": project["folders"]})
    for folder in inside["folders"]:
        yield folder
        yield from _folders({"folders": folder["folders"]})


_NAMED: Mapping[str, Callable[[Mapping[str, Any]], Iterable[Mapping[str, Any]]]] = {
    "client_id": itemgetter("api_clients"),
    "client_role_id": itemgetter("client_roles"),
    "group_id": itemgetter("groups"),
    "role_id": itemgetter("roles"),
    "project_role_id": itemgetter("project_roles"),
    "project_id": itemgetter("projects"),
    "folder_id": _folders,
}
"""Where the rows stand that a lookup word finds by name, in a workspace of the export."""


def _id_where(rows: Iterable[Mapping[str, Any]], wanted: Any) -> Any:  # noqa: ANN401  (a predicate in, an id out)
    return next((row["id"] for row in rows if wanted(row)), None)


def settings_of(app: App) -> AppSettings:
    """The settings that an app instance starts with. A SCIM app has groups only where they are ticked."""
    if app.road == "catalogue":
        return AppSettings(**switches_of(app.provisioning))
    ticked = app.provisioning.model_fields_set
    off = {key: False for key in ("governance", "import_groups", "push_groups") if key not in ticked}
    settings = AppSettings(road="scim", **switches_of(app.provisioning.model_copy(update=off)))
    return settings if app.mapping is None else replace(settings, mapping=app.mapping)


_SWITCH_NAMES: Mapping[str, str] = {
    "enabled": "provisioning",
    "create": "create_users",
    "update": "update_user_attributes",
    "deactivate": "deactivate_users",
}


def switches_of(chosen: Provisioning) -> SettingsChange:
    """The switches of an app instance, or those that a step sets, under the org's names."""
    values = chosen.model_dump(exclude_unset=isinstance(chosen, Switches))
    named = {_SWITCH_NAMES.get(key, key): value for key, value in values.items()}
    if "exact_match" in named:
        named["exact_match"] = MatchCriterion(named["exact_match"])
    return cast("SettingsChange", named)
