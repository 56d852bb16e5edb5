"""`/api/projects` (Workato API: Folders). A project is made by creating a folder under home."""

from typing import Any, TypedDict, cast

from starlette.responses import Response

from workato_emulator.domain.access import Privilege
from workato_emulator.domain.changes import ABSENT
from workato_emulator.domain.ids import number_in
from workato_emulator.domain.projects import projects_reached
from workato_emulator.domain.values import Project, ProjectId
from workato_emulator.doors.developer.call import Call, Endpoint, Handler
from workato_emulator.doors.developer.paging import classic_page
from workato_emulator.http.answers import ok
from workato_emulator.http.routing import Route
from workato_emulator.service import projects


def listing(call: Call) -> Response:
    return ok(classic_page(projects_reached(call.workspace, call.caller.client), call.query, call.assumed, _show))


class ProjectChangeBody(TypedDict, total=False):
    name: str
    description: str | None


def update(call: Call) -> Response:
    """What is left out stays; a description of null is none."""
    body = cast("ProjectChangeBody", call.body)
    project = projects.update_project(
        call.work,
        call.caller.workspace.id,
        call.caller.client,
        project_id(call.path["id"]),
        name=body.get("name"),
        description=body.get("description", ABSENT),
    )
    return ok(_show(project))


def delete(call: Call) -> Response:
    projects.delete_project(call.work, call.caller.workspace.id, call.caller.client, project_id(call.path["id"]))
    return ok({"success": True})


def project_id(text: str) -> ProjectId | None:
    """The id in a path; None for a text that can be no project's id."""
    number = number_in(text)
    return None if number is None else ProjectId(number)


def _show(project: Project) -> dict[str, Any]:
    return {
        "id": project.id,
        "description": project.description,
        "folder_id": project.folder,
        "name": project.name,
    }


def _route(method: str, path: str, operation: str, handler: Handler, privilege: Privilege) -> Route[Endpoint]:
    """One quota with the folders: the page limits all of its endpoints together."""
    return Route(method, f"/api/projects{path}", operation, Endpoint(handler, privilege, "folders", needs_dev=False))


ROUTES = (
    _route("GET", "", "listProjects", listing, Privilege.LIST_PROJECTS),
    _route("PUT", "/{id}", "updateProject", update, Privilege.UPDATE_PROJECT),
    _route("DELETE", "/{id}", "deleteProject", delete, Privilege.DELETE_PROJECT),
)
