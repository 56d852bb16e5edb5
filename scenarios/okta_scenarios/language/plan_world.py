"""The world of a plan, as scenarios give it, and every name that the plan may use."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from okta_scenarios.language.models.given import App, Client, ClockStart, Given, Org, Person, Workspace
from okta_scenarios.language.models.names import ALL_COLLABORATORS, DEFAULT_CLIENT, Names
from okta_scenarios.language.models.plan import PlanFile
from okta_scenarios.language.people_tables import People
from okta_scenarios.language.plan import Seeded
from okta_scenarios.language.vocabulary import Vocabulary
from okta_scenarios.language.yaml_nodes import Table

SYSTEM_ROLES = {
    "environment_roles": ("Environment admin", "Environment manager", "Member"),
    "legacy_roles": ("Admin", "Analyst", "Operator"),
}
Shorts = Mapping[str, Mapping[str, str]]
"""The short name of each username, by org."""


def world_of(
    plan: PlanFile,
    seeded: Seeded | None,
    orgs: Mapping[str, People],
    joining: Mapping[str, Collection[str]],
    start: datetime,
) -> tuple[Given, Shorts]:
    """The world, and what people are called in it: somebody of two orgs is one person if both say the same."""
    everybody: dict[str, Person] = {}
    shorts: dict[str, dict[str, str]] = {}
    for name, people in orgs.items():
        shorts[name] = {}
        for login, person in people.persons.items():
            short = login if everybody.get(login, person) == person else f"{login} ({name})"
            everybody[short] = person
            shorts[name][login] = short
    okta = {
        name: Org.model_construct(
            apps={label: _app(app, seeded) for label, app in plan.okta[name].apps.items()},
            people=tuple(short for login, short in shorts[name].items() if login not in joining.get(name, ())),
            groups={
                group: tuple(shorts[name].get(member, member) for member in members)
                for group, members in people.groups.items()
            },
        )
        for name, people in orgs.items()
    }
    workspaces = plan.workato.workspaces if seeded is None else _workspaces(seeded)
    given = Given.model_construct(
        workspaces=workspaces,
        okta=okta,
        people=everybody,
        assumptions=plan.assumptions,
        clock=ClockStart.model_construct(start=start),
    )
    return given, shorts


def _workspaces(seeded: Seeded) -> Mapping[str, Workspace]:
    """As much of the seed's workspaces as can be named."""
    return {
        slug: Workspace.model_construct(
            data_center=each.data_center,
            environments=each.environments,
            clients=dict.fromkeys(each.clients, Client()),
            roles=each.roles,
        )
        for slug, each in seeded.workspaces.items()
    }


def _app(app: App, seeded: Seeded | None) -> App:
    """The app instance with the only API client of its workspace, or with the one called okta, if it names none."""
    workspace = None if seeded is None else seeded.workspaces.get(app.workspace)
    if workspace is None or app.client in workspace.clients or app.client != DEFAULT_CLIENT:
        return app
    clients = [*workspace.clients]
    return app.model_copy(update={"client": "okta" if "okta" in clients or len(clients) != 1 else clients[0]})


def names_of(given: Given, seeded: Seeded | None, vocabulary: Vocabulary, steps: Iterable[Table]) -> Names:
    """Every name that a plan may use."""
    workspaces = given.workspaces
    steps = tuple(steps)
    created = {str(each.get("group")) for each in steps if each.get("okta") == "create_group"}
    renamed = {str(each.get("to")) for each in steps if each.get("okta") == "rename_group"}
    new_people = {str(each.get("user")) for each in steps if each.get("okta") == "create_user"}
    okta_groups = {*(group for org in given.okta.values() for group in org.groups), *created, *renamed}
    groups = {group for each in workspaces.values() for group in each.groups}
    if seeded is not None:
        groups |= {group for each in seeded.workspaces.values() for group in each.groups}
    clients = {client for each in workspaces.values() for client in each.clients} | {DEFAULT_CLIENT}
    return Names(
        vocabulary,
        {
            "operation": vocabulary.operations.keys(),
            "rule": vocabulary.rules,
            "assumption": vocabulary.assumptions.keys(),
            "environment": {
                *vocabulary.environments,
                *(name for each in workspaces.values() for name in each.environments),
            },
            "privilege": vocabulary.privileges,
            "person": {
                *given.people,
                *new_people,
                *(name for each in workspaces.values() for name in each.collaborators),
            },
            "workspace": workspaces.keys(),
            "org": given.okta.keys(),
            "app": {app for org in given.okta.values() for app in org.apps},
            "client": clients,
            "client role": clients,
            "Okta group": okta_groups,
            "group": {*okta_groups, *groups, ALL_COLLABORATORS},
            "host": {*vocabulary.hosts, *(each.data_center for each in workspaces.values())},
        },
    )


def roles_of(given: Given, seeded: Seeded | None, workspace: str) -> Collection[str]:
    """Every role of a workspace, those that each workspace has among them."""
    if seeded is not None:
        return seeded.workspaces[workspace].roles
    there = given.workspaces[workspace]
    return (*there.roles, *SYSTEM_ROLES[there.permission_model])
