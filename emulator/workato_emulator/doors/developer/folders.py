"""`/api/folders`: the folders of one environment's tree (Workato API: Folders)."""

from typing import Any, NotRequired, TypedDict, cast

from starlette.responses import Response

from workato_emulator.domain.access import Privilege
from workato_emulator.domain.ids import number_in
from workato_emulator.domain.projects import below, children_of, folder_of, home_of, is_project, reaches
from workato_emulator.domain.refusals import FieldInvalid, NotFound
from workato_emulator.domain.values import Folder, FolderId
from workato_emulator.doors.developer.call import Call, Endpoint, Handler
from workato_emulator.doors.developer.paging import classic_page
from workato_emulator.doors.developer.timestamps import timestamp
from workato_emulator.http.answers import ok
from workato_emulator.http.query import truth, whole_number
from workato_emulator.http.routing import Route
from workato_emulator.service import projects


class FolderBody(TypedDict):
    name: str
    parent_id: NotRequired[str | int | None]


class FolderChangeBody(TypedDict, total=False):
    name: str
    parent_id: str | int | None


def listing(call: Call) -> Response:
    """The folders in a folder; with `with_nested_folders`, those inside them too."""
    workspace, client = call.workspace, call.caller.client
    home = home_of(workspace, client)
    parent = folder_of(workspace, client, FolderId(whole_number(call.query, "parent_id", home)))
    if truth(call.query, "with_nested_folders", default=call.assumed.nested_folders_default == "nested"):
        root = [parent] if call.assumed.nested_folders_root == "included" else []
        found = [*root, *sorted(below(workspace, parent.id), key=lambda each: each.id)]
    else:
        found = children_of(workspace, parent.id)
    inside = [each for each in found if reaches(workspace, client, each)]
    return ok(classic_page(inside, call.query, call.assumed, lambda each: _show(call, each)))


def one(call: Call) -> Response:
    return ok(_show(call, folder_of(call.workspace, call.caller.client, _folder_id(call))))


def create(call: Call) -> Response:
    body = cast("FolderBody", call.body)
    folder = projects.create_folder(
        call.work, call.caller.workspace.id, call.caller.client, _parent(body.get("parent_id")), body["name"]
    )
    return ok(_show(call, folder))


def update(call: Call) -> Response:
    """What is left out stays. Raises `FieldInvalid` for a parent of null, which only the home folder has."""
    body = cast("FolderChangeBody", call.body)
    folder = folder_of(call.workspace, call.caller.client, _folder_id(call))
    parent = _parent(body.get("parent_id"))
    if "parent_id" in body and parent is None and folder.parent is not None:
        raise FieldInvalid("parent_id", "can't be blank")
    changed = projects.update_folder(
        call.work, call.caller.workspace.id, call.caller.client, folder.id, name=body.get("name"), parent=parent
    )
    return ok(_show(call, changed))


def delete(call: Call) -> Response:
    projects.delete_folder(call.work, call.caller.workspace.id, call.caller.client, _folder_id(call))
    return ok({"success": True})


def _folder_id(call: Call) -> FolderId | None:
    """The id in the path; None for a text that can be no folder's id."""
    number = number_in(call.path["id"])
    return None if number is None else FolderId(number)


def _parent(sent: str | int | None) -> FolderId | None:
    """The folder's id, None where none was sent. Raises `NotFound` for a text that can be no folder's id."""
    if sent is None:
        return None
    number = number_in(str(sent))
    if number is None:
        raise NotFound
    return FolderId(number)


def _show(call: Call, folder: Folder) -> dict[str, Any]:
    project = is_project(call.workspace, folder)
    shows_project = project or call.assumed.subfolder_project_id == "project"
    return {
        "id": folder.id,
        "name": folder.name,
        "parent_id": folder.parent,
        "is_project": project,
        "project_id": folder.project if shows_project else None,
        "created_at": timestamp(folder.created_at),
        "updated_at": timestamp(folder.updated_at),
    }


def _route(method: str, path: str, operation: str, handler: Handler, privilege: Privilege) -> Route[Endpoint]:
    return Route(method, f"/api/folders{path}", operation, Endpoint(handler, privilege, "folders", needs_dev=False))


ROUTES = (
    _route("GET", "", "listFolders", listing, Privilege.LIST_FOLDERS),
    _route("POST", "", "createFolder", create, Privilege.CREATE_FOLDER),
    _route("GET", "/{id}", "getFolder", one, Privilege.GET_FOLDER),
    _route("PUT", "/{id}", "updateFolder", update, Privilege.UPDATE_FOLDER),
    _route("DELETE", "/{id}", "deleteFolder", delete, Privilege.DELETE_FOLDER),
)
