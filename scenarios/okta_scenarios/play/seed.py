"""What is given, in the words and units of the emulator: a seed, a plan, a fault."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from okta_scenarios.assumptions import okta_assumptions
from okta_scenarios.language.models.given import (
    Collaborating,
    Given,
    Membership,
    Plan,
    Scim,
    WorkatoProject,
    Workspace,
)
from okta_scenarios.language.models.names import DEFAULT_CLIENT
from okta_scenarios.language.models.steps import FaultOn
from okta_scenarios.language.plan import Seeded
from okta_scenarios.play.people import People


def plan_fields(plan: Plan) -> dict[str, Any]:
    """What a plan says, under the names and in the units of the control plane."""
    found: dict[str, Any] = {}
    for key in plan.model_fields_set & Plan.model_fields.keys():
        value = getattr(plan, key)
        if isinstance(value, timedelta):
            found[f"{key}_seconds"] = value.total_seconds()
        else:
            found["invitation_lifetime_seconds" if key == "invitation_lifetime" else key] = value
    return found


def choices_of(given: Given) -> dict[str, str]:
    """The assumptions that a scenario switches, Workato's and Okta's."""
    return {name: str(value) for name, value in given.assumptions.items()}


def seed_document(given: Given, people: People, seeded: Seeded | None = None) -> dict[str, Any]:
    """Workato's side of what is given, as a seed: from the ground up, or a seed that was there before.

    An unknown name is somebody else's to complain of.
    """
    for org in given.okta.values():  # everybody who is named has a short name from the start
        for short in org.people:
            _ = people[short]
    for short in given.people:
        _ = people[short]
    of_okta = {each.id for each in okta_assumptions()}
    chosen = {name: value for name, value in choices_of(given).items() if name not in of_okta}
    if seeded is not None:
        return {
            **seeded.document,
            "workspaces": {
                slug: {
                    **each,
                    "scim": each["scim"] or ({"token": scim_token_of(slug)} if _takes_scim(given, slug) else None),
                }
                for slug, each in seeded.document["workspaces"].items()
            },
            "assumptions": {**seeded.document["assumptions"], **chosen},
        }
    document: dict[str, Any] = {
        "workspaces": {
            slug: _workspace(slug, _with_scim(given, slug, workspace), people)
            for slug, workspace in given.workspaces.items()
        },
        "assumptions": chosen,
    }
    return document if document["workspaces"] else {**document, "workspaces": {"empty": {}}}


def _with_scim(given: Given, slug: str, workspace: Workspace) -> Workspace:
    """The workspace as it is written; with SCIM, where an app instance takes that road and nothing is said of it."""
    missing = workspace.scim is None and _takes_scim(given, slug)
    return workspace.model_copy(update={"scim": Scim()}) if missing else workspace


def _takes_scim(given: Given, workspace: str) -> bool:
    """Whether an app instance of this workspace takes the road of SCIM."""
    apps = (app for org in given.okta.values() for app in org.apps.values())
    return any(app.road == "scim" and app.workspace == workspace for app in apps)


def _scim(slug: str, given: Scim, people: People) -> dict[str, Any]:
    switches = {key: getattr(given, key) for key in ("licensed", "sso", "jit", "role_sync")}
    deactivated = [_person(people, person, each) for person, each in given.deactivated.items()]
    return {"token": scim_token_of(slug), **switches, "deactivated": deactivated}


def _workspace(slug: str, given: Workspace, people: People) -> dict[str, Any]:
    groups_of: dict[str, list[str]] = {person: list(each.groups) for person, each in given.collaborators.items()}
    for group, about in given.groups.items():
        for person in about.members:
            if group not in groups_of.setdefault(person, []):
                groups_of[person].append(group)
    clients: dict[str, Any] = {DEFAULT_CLIENT: None, **given.clients}
    return {
        "parent": given.parent,
        "home_assets": given.home_assets,
        "data_center": given.data_center,
        "permission_model": given.permission_model,
        "environments": list(given.environments),
        "plan": plan_fields(given.plan),
        "roles": [{"name": role} for role in given.roles],
        "project_roles": [{"name": role} for role in given.project_roles],
        "groups": [{"name": name, "description": about.description} for name, about in given.groups.items()],
        "collaborators": [
            _person(people, person, each) | {"groups": groups_of[person], "grant_type": _grant_type(each)}
            for person, each in given.collaborators.items()
        ],
        "invitations": [
            _person(people, person, each) | {"groups": list(each.groups)} for person, each in given.invitations.items()
        ],
        "projects": [_project(people, name, about) for name, about in given.projects.items()],
        "client_roles": [
            {"name": name} | ({} if about.privileges is None else {"privileges": list(about.privileges)})
            for name, about in given.client_roles.items()
        ],
        "api_clients": [_client(slug, name, about) for name, about in clients.items()],
        **({} if given.scim is None else {"scim": _scim(slug, given.scim, people)}),
    }


def _project(people: People, name: str, given: WorkatoProject) -> dict[str, Any]:
    own = [{"user": people[person].email, "role": role} for person, role in given.grants.items()]
    groups = [{"group": group, "role": role} for group, role in given.group_grants.items()]
    return {
        "name": name,
        "environment": given.environment,
        "folders": [{"name": folder} for folder in given.folders],
        "grants": [*own, *groups],
    }


def _person(people: People, short: str, membership: Membership) -> dict[str, Any]:
    person = people[short]
    return {"name": person.name, "email": person.email, "roles": dict(membership.roles)}


def _grant_type(collaborating: Collaborating) -> str:
    return "federation_manager" if collaborating.moderator else "team"


def _client(slug: str, name: str, about: Any) -> dict[str, Any]:  # noqa: ANN401  (a Client, or nothing said)
    client: dict[str, Any] = {"name": name, "token": first_token_of(slug, name)}
    if about is not None:
        said = about.model_dump(exclude_none=True)
        client |= {key: list(value) if isinstance(value, tuple) else value for key, value in said.items()}
    return client


def fault_fields(fault: FaultOn) -> dict[str, Any]:
    """What a fault says, under the names and in the units of the control plane."""
    found: dict[str, Any] = {}
    for key in fault.model_fields_set:
        value = getattr(fault, key)
        if key == "retry_after":
            found["retry_after_seconds"] = int(value.total_seconds())
        elif key == "latency":
            found["latency_seconds"] = value.total_seconds()
        elif key == "body":
            found.update({} if value is None else {"body": value if isinstance(value, str) else json.dumps(value)})
        else:
            found[key] = dict(value) if isinstance(value, Mapping) else value
    return found


def scim_token_of(workspace: str) -> str:
    """The SCIM token that a workspace starts with."""
    return "-".join(("scim", quote(workspace, safe="").replace("-", "%2D")))


def first_token_of(workspace: str, client: str) -> str:
    """The token that a client starts with. No two clients share one: only the dashes that part the names are dashes."""
    return "-".join(("wrkaus", *(quote(name, safe="").replace("-", "%2D") for name in (workspace, client))))
