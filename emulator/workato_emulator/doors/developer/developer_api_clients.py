"""`/api/developer_api_clients` and `/api/developer_api_client_roles`: API clients (Workato API: API clients)."""

from typing import Any, TypedDict, cast

from starlette.responses import Response

from workato_emulator.domain.access import Privilege
from workato_emulator.domain.changes import ABSENT
from workato_emulator.domain.clients import ClientChange, client_of, environment_name, environment_of
from workato_emulator.domain.ids import number_in
from workato_emulator.domain.values import ApiClient, ClientRole, FolderId
from workato_emulator.doors.developer.call import Call, Endpoint, Handler
from workato_emulator.doors.developer.paging import counted_page
from workato_emulator.doors.developer.timestamps import timestamp
from workato_emulator.http.answers import empty, ok
from workato_emulator.http.routing import Route
from workato_emulator.service import clients


class ClientBody(TypedDict, total=False):
    name: str
    api_privilege_group_id: int | None
    all_folders: bool
    folder_ids: list[int]
    environment: str | None
    environment_name: str | None
    ip_allow_list: str | list[str] | None


def listing(call: Call) -> Response:
    found = sorted(call.workspace.clients.values(), key=lambda client: client.id)
    return ok(counted_page(found, call.query, call.assumed, lambda client: _show(call, client)))


def one(call: Call) -> Response:
    return ok({"result": _show(call, client_of(call.workspace, _number(call)))})


def create(call: Call) -> Response:
    client = clients.create(call.work, call.caller.workspace.id, _change(call))
    return ok(_with_token(call, client))


def update(call: Call) -> Response:
    client = clients.update(
        call.work, call.caller.workspace.id, _number(call), _change(call), caller=call.caller.client.id
    )
    return ok({"result": _show(call, client)})


def delete(call: Call) -> Response:
    clients.delete(call.work, call.caller.workspace.id, _number(call), caller=call.caller.client.id)
    return empty() if call.assumed.client_deletion_answer == "204" else ok({"result": "ok"})


def regenerate(call: Call) -> Response:
    client = clients.regenerate(call.work, call.caller.workspace.id, _number(call), caller=call.caller.client.id)
    return ok(_with_token(call, client))


def list_roles(call: Call) -> Response:
    found = sorted(call.workspace.client_roles.values(), key=lambda role: role.id)
    return ok(counted_page(found, call.query, call.assumed, _show_role))


def copy_role(call: Call) -> Response:
    copy = clients.copy_role(call.work, call.caller.workspace.id, _number(call))
    return ok({"result": _show_role(copy)})


def _number(call: Call) -> int | None:
    return number_in(call.path["id"])


def _change(call: Call) -> ClientChange:
    fields = cast("ClientBody", call.body)
    environments = [fields[key] for key in ("environment", "environment_name") if key in fields]
    return ClientChange(
        name=fields.get("name"),
        role=fields.get("api_privilege_group_id", ABSENT),
        environments=tuple(environments),
        all_folders=fields.get("all_folders"),
        folder_ids=tuple(FolderId(each) for each in fields["folder_ids"]) if "folder_ids" in fields else None,
        ip_allow_list=_addresses(fields["ip_allow_list"]) if "ip_allow_list" in fields else None,
    )


def _addresses(sent: str | list[str] | None) -> tuple[str, ...]:
    """The entries of an allow list, which is a text in the documentation and an array in a client; null is none."""
    text = ",".join(sent) if isinstance(sent, list) else sent or ""
    return tuple(each.strip() for each in text.split(",") if each.strip())


def _with_token(call: Call, client: ApiClient) -> dict[str, Any]:
    """The one answer that shows the token. No list and no reading shows it again."""
    shown = _show(call, client)
    if call.assumed.new_token_place == "token":  # noqa: S105  (a place, no token)
        return {"result": shown, "token": client.token}
    return {"result": {**shown, "token": {**shown["token"], "value": client.token}}}


def _show(call: Call, client: ApiClient) -> dict[str, Any]:
    environment = environment_of(call.workspace, client)
    return {
        "id": client.id,
        "name": client.name,
        "api_privilege_group_id": client.role,
        "created_at": timestamp(client.created_at),
        "updated_at": timestamp(client.updated_at),
        "all_folders": client.all_folders,
        "folder_ids": list(client.folder_ids),
        "environment_name": None if environment is None else environment_name(environment),
        "environment_id": None if environment is None else call.workspace.environment_ids.get(environment),
        "ip_allow_list": ",".join(client.ip_allow_list) or None,
        "token": {"updated_at": timestamp(client.token_updated_at)},
    }


def _show_role(role: ClientRole) -> dict[str, Any]:
    return {
        "id": role.id,
        "name": role.name,
        "created_at": timestamp(role.created_at),
        "updated_at": timestamp(role.updated_at),
    }


def _route(method: str, path: str, operation: str, handler: Handler, privilege: Privilege) -> Route[Endpoint]:
    return Route(
        method, f"/api/developer_api_client{path}", operation, Endpoint(handler, privilege, "developer_api_clients")
    )


ROUTES = (
    _route("GET", "s", "listApiClients", listing, Privilege.LIST_CLIENTS),
    _route("POST", "s", "createApiClient", create, Privilege.CREATE_CLIENT),
    _route("GET", "s/{id}", "getApiClient", one, Privilege.LIST_CLIENTS),
    _route("PUT", "s/{id}", "updateApiClient", update, Privilege.UPDATE_CLIENT),
    _route("DELETE", "s/{id}", "deleteApiClient", delete, Privilege.DELETE_CLIENT),
    _route("POST", "s/{id}/regenerate", "regenerateApiClientToken", regenerate, Privilege.REGENERATE_TOKEN),
    _route("GET", "_roles", "listClientRoles", list_roles, Privilege.LIST_CLIENT_ROLES),
    _route("POST", "_roles/{id}/copy", "copyClientRole", copy_role, Privilege.COPY_CLIENT_ROLE),
)
