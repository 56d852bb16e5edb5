"""`/api/folders`: the folders of one environment's tree (fact sheet 3.17)."""

from typing import Any, NotRequired, TypedDict, cast

from starlette.responses import Response

from workato_emulator.domain.access import Privilege
from workato_emulator.domain.ids import number_in
from workato_emulator.domain.projects import children_of, folder_of, home_of, is_project, reaches
from workato_emulator.domain.refusals import NotFound
from workato_emulator.domain.values import Folder, FolderId
from workato_emulator.service import projects
from workato_emulator.web.answers import ok
from workato_emulator.web.call import Call, Endpoint
from workato_emulator.web.paging import classic, whole_number
from workato_emulator.web.routing import Route
from workato_emulator.web.timestamps import timestamp


class FolderBody(TypedDict):
    name: str
    parent_id: NotRequired[str | int | None]


def listing(call: Call) -> Response:
    workspace, client = call.workspace, call.caller.client
    home = home_of(workspace, client)
    parent = folder_of(workspace, client, FolderId(whole_number(call.query, "parent_id", home)))
    inside = [each for each in children_of(workspace, parent.id) if reaches(workspace, client, each)]
    return ok(classic(inside, call.query, call.assumed, lambda each: _shown(call, each)))


def create(call: Call) -> Response:
    body = cast("FolderBody", call.body)
    folder = projects.create_folder(
        call.work, call.caller.workspace.id, call.caller.client, _parent(body.get("parent_id")), body["name"]
    )
    return ok(_shown(call, folder))


def _parent(sent: str | int | None) -> FolderId | None:
    """The folder's id, None where none was sent. Raises `NotFound` for a text that can be no folder's id."""
    if sent is None:
        return None
    number = number_in(str(sent))
    if number is None:
        raise NotFound
    return FolderId(number)


def _shown(call: Call, folder: Folder) -> dict[str, Any]:
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


ROUTES = (
    Route("GET", "/api/folders", "listFolders", Endpoint(listing, Privilege.LIST_FOLDERS, "folders", needs_dev=False)),
    Route(
        "POST", "/api/folders", "createFolder", Endpoint(create, Privilege.CREATE_FOLDER, "folders", needs_dev=False)
    ),
)
