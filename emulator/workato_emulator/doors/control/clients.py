"""Workspaces with their keys, and the admin's hand on API clients and client roles."""

from typing import Any

from starlette.responses import Response

from workato_emulator.domain.access import Privilege
from workato_emulator.domain.values import ApiClient, ClientRole, Workspace
from workato_emulator.doors.control.call import ControlCall, Routes
from workato_emulator.doors.control.scim import show_settings
from workato_emulator.http.answers import empty, ok
from workato_emulator.http.bodies import UnusableValue
from workato_emulator.service import clients, workspaces
from workato_emulator.state.seeds.export import plan
from workato_emulator.text import nearest


def list_workspaces(call: ControlCall) -> Response:
    return ok({"data": [_workspace(each) for each in workspaces.listing(call.work)]})


def change_client(call: ControlCall) -> Response:
    fields = call.fields
    workspace = workspaces.one(call.work, call.path["workspace"])
    _must_be_known(fields, "privileges", tuple(Privilege))
    _must_be_known(fields, "environments", workspace.environments)
    clients.change_by_hand(
        call.work,
        workspace.slug,
        call.path["client"],
        token=fields.get("token"),
        privileges=_set(fields, "privileges"),
        environments=_set(fields, "environments"),
        role=fields.get("role"),
        ip_allow_list=tuple(fields["ip_allow_list"]) if "ip_allow_list" in fields else None,
    )
    return empty()


def revoke_client(call: ControlCall) -> Response:
    clients.revoke(call.work, call.path["workspace"], call.path["client"])
    return empty()


def create_client_role(call: ControlCall) -> Response:
    _must_be_known(call.fields, "privileges", tuple(Privilege))
    role = clients.create_role(
        call.work, call.path["workspace"], call.fields["name"], _set(call.fields, "privileges") or frozenset()
    )
    return ok(_client_role(role), 201)


def change_client_role(call: ControlCall) -> Response:
    _must_be_known(call.fields, "privileges", tuple(Privilege))
    role = clients.change_role(
        call.work,
        call.path["workspace"],
        call.path["client_role"],
        to=call.fields.get("name"),
        privileges=_set(call.fields, "privileges"),
    )
    return ok(_client_role(role))


def delete_client_role(call: ControlCall) -> Response:
    clients.delete_role(call.work, call.path["workspace"], call.path["client_role"])
    return empty()


def _set(fields: dict[str, Any], name: str) -> frozenset[str] | None:
    return frozenset(fields[name]) if name in fields else None


def _must_be_known(fields: dict[str, Any], name: str, known: tuple[str, ...]) -> None:
    for index, each in enumerate(fields.get(name, ())):
        if each not in known:
            raise UnusableValue(f"there is no {each!r}", f"{name}.{index}", nearest(each, known))


def _workspace(workspace: Workspace) -> dict[str, Any]:
    return {
        "name": workspace.slug,
        "id": workspace.id,
        "data_center": workspace.data_center,
        "permission_model": workspace.permission_model.value,
        "environments": list(workspace.environments),
        "plan": plan(workspace.plan),
        "client_roles": [
            _client_role(each) for each in sorted(workspace.client_roles.values(), key=lambda each: each.id)
        ],
        "api_clients": [
            _client(workspace, each) for each in sorted(workspace.clients.values(), key=lambda each: each.id)
        ],
        "scim": None if workspace.scim is None else show_settings(workspace.scim),
    }


def _client_role(role: ClientRole) -> dict[str, Any]:
    return {"id": role.id, "name": role.name, "privileges": sorted(role.privileges)}


def _client(workspace: Workspace, client: ApiClient) -> dict[str, Any]:
    role = None if client.role is None else workspace.client_roles[client.role]
    return {
        "id": client.id,
        "name": client.name,
        "token": client.token,
        "role": None if role is None else role.name,
        "privileges": [] if role is None else sorted(role.privileges),
        "environments": sorted(client.environments),
        "ip_allow_list": list(client.ip_allow_list),
    }


_CLIENT = "/workspaces/{workspace}/api_clients/{client}"
_CLIENT_ROLES = "/workspaces/{workspace}/client_roles"

ROUTES: Routes = (
    ("GET", "/workspaces", "listWorkspaces", list_workspaces),
    ("PATCH", _CLIENT, "changeApiClient", change_client),
    ("DELETE", _CLIENT, "revokeApiClient", revoke_client),
    ("POST", _CLIENT_ROLES, "createClientRole", create_client_role),
    ("PATCH", f"{_CLIENT_ROLES}/{{client_role}}", "changeClientRole", change_client_role),
    ("DELETE", f"{_CLIENT_ROLES}/{{client_role}}", "deleteClientRole", delete_client_role),
)
