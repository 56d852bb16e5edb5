"""What is given, set up for a moment: everything about it that cannot be, each at its place in the scenario.

What a workspace may hold is the emulator's to say, and what an org may hold is the org's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx

from okta_connector import OktaConnector, connect
from okta_org import OktaOrg, OktaRefusal, UnknownName, assumptions_among
from okta_org.directory import add_user
from okta_org.groups import create_group
from okta_scenarios.language import Flaw
from okta_scenarios.language.models.given import Given, Org
from okta_scenarios.language.models.names import DEFAULT_CLIENT
from okta_scenarios.play.harness import HOST, settings_of
from okta_scenarios.play.people import People
from okta_scenarios.play.seed import choices_of, seed_document
from workato_emulator import Emulator, SeedProblem, hosts_of
from workato_emulator.text.error_codes.commands import SEED_UNKNOWN_NAME
from workato_emulator.text.error_codes.scenarios import SCN_TOGETHER, SCN_UNKNOWN_NAME

Path = tuple[str | int, ...]


def flaws(given: Given) -> Iterator[Flaw]:
    """Everything that keeps this from being set up."""
    people = People(given, 0)
    document = seed_document(given, people)
    try:
        emulator = Emulator(document)
    except SeedProblem as problem:
        rows = _Rows.of(given)
        for each in problem:
            code = SCN_UNKNOWN_NAME if each.code == SEED_UNKNOWN_NAME else SCN_TOGETHER
            path = rows.in_the_scenario(given, _path_to(document, each.place))
            yield Flaw(path, each.message, each.suggestion, code)
        emulator = Emulator()
    yield from _in_the_orgs(given, people, emulator)


def _path_to(document: Mapping[str, Any], place: str) -> Path:
    """The place as the parts of a path. Names may have dots, so each part is looked for in the document."""
    path: list[str | int] = []
    here: Any = document
    while place:
        head = place.partition(".")[0]
        key: str | int = head
        if isinstance(here, Mapping):
            key = max((name for name in here if f"{place}.".startswith(f"{name}.")), key=len, default=head)
        elif isinstance(here, list) and head.isdigit() and int(head) < len(here):
            key = int(head)
        here = here[key] if isinstance(here, list) and isinstance(key, int) else _at(here, key)
        path.append(key)
        place = place[len(str(key)) + 1 :]
    return tuple(path)


def _at(here: Any, key: str | int) -> Any:  # noqa: ANN401  (any part of a document)
    return here.get(key) if isinstance(here, Mapping) else None


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the rows of a seed are called in the scenario that it was made from: the lists there are mappings here."""

    names: dict[Path, list[Path]] = field(default_factory=dict)

    @classmethod
    def of(cls, given: Given) -> "_Rows":
        names: dict[Path, list[Path]] = {}
        for slug, each in given.workspaces.items():
            at = ("workspaces", slug)
            for part in ("collaborators", "invitations", "groups", "projects", "client_roles"):
                names[*at, part] = [(part, name) for name in getattr(each, part)]
            names[*at, "api_clients"] = [("clients", name) for name in {DEFAULT_CLIENT: None, **each.clients}]
            for part in ("roles", "project_roles", "environments"):
                names[*at, part] = [(part, index) for index in range(len(getattr(each, part)))]
            for index, project in enumerate(each.projects.values()):
                grants = [("grants", name) for name in project.grants]
                grants += [("group_grants", name) for name in project.group_grants]
                names[*at, "projects", index, "grants"] = [*grants]
        return cls(names)

    def in_the_scenario(self, given: Given, path: Path) -> Path:
        """Where the thing at a path into the seed is written in the scenario."""
        found: Path = ("given",)
        walked: Path = ()
        for part in path:
            rows = self.names.get(walked)
            if rows is None or not isinstance(part, int) or part >= len(rows):
                found = (*found, part.removesuffix("_seconds") if isinstance(part, str) else part)
            else:
                found = (*found[:-1], *rows[part])
            walked = (*walked, part)
        *_, person, last = found
        about = given.people.get(str(person))
        if last in {"email", "name"} and about is not None and getattr(about, str(last)) is not None:
            return ("given", "people", person, last)
        return found


def _in_the_orgs(given: Given, people: People, emulator: Emulator) -> Iterator[Flaw]:
    """People, groups and app instances that an org would not take. Nothing is sent: app instances are as given."""
    for name, about in given.okta.items():
        at: Path = ("given", "okta", name)
        org = OktaOrg(name, emulator.clock.now, people.short_of, assumptions_among(choices_of(given)))
        for index, short in enumerate(about.people):
            try:
                org.do(add_user, people[short].as_okta_user())
            except OktaRefusal as refusal:
                yield Flaw((*at, "people", index), str(refusal))
        for group, members in about.groups.items():
            try:
                org.do(create_group, group, tuple(member for member in members if member in about.people))
            except (OktaRefusal, UnknownName) as refusal:
                yield Flaw((*at, "groups", group), str(refusal))
        yield from _foreign_hosts(given, at, about)
        for label, app in about.apps.items():
            try:
                org.add_app(label, _idle_connector(), settings_of(app))
            except OktaRefusal as refusal:
                yield Flaw((*at, "apps", label, "provisioning"), str(refusal))


@cache
def _idle_connector() -> OktaConnector:
    """A connector for apps that are looked at and not used: it has no way to send anything."""
    return OktaConnector(connect(HOST, "none", transport=httpx.BaseTransport()))


def _foreign_hosts(given: Given, at: Path, org: Org) -> Iterator[Flaw]:
    """Hosts of another data center than the workspace's: no token of the workspace could have been saved there."""
    for label, app in org.apps.items():
        workspace = given.workspaces.get(app.workspace)
        home = None if workspace is None else workspace.data_center
        if home is not None and app.host is not None and app.host not in hosts_of(home):
            there = f"{app.workspace} lives in the data center {home}, at {' or '.join(hosts_of(home))}"
            yield Flaw((*at, "apps", label, "host"), f"{app.host} is not a host of {app.workspace}: {there}")
