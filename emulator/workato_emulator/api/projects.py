"""`/api/projects`: listing and deleting (fact sheet 3.17). A project is made by creating a folder under home."""

from typing import Any

from starlette.responses import Response

from workato_emulator.domain.access import Privilege
from workato_emulator.domain.ids import number_in
from workato_emulator.domain.projects import projects_reached
from workato_emulator.domain.values import Project, ProjectId
from workato_emulator.service import projects
from workato_emulator.web.answers import ok
from workato_emulator.web.call import Call, Endpoint
from workato_emulator.web.paging import classic
from workato_emulator.web.routing import Route


def listing(call: Call) -> Response:
    return ok(classic(projects_reached(call.workspace, call.caller.client), call.query, call.assumed, _shown))


def delete(call: Call) -> Response:
    projects.delete_project(call.work, call.caller.workspace.id, call.caller.client, project_id(call.path["id"]))
    return ok({"success": True})


def project_id(text: str) -> ProjectId | None:
    """The id in a path; None for a text that can be no project's id."""
    number = number_in(text)
    return None if number is None else ProjectId(number)


def _shown(project: Project) -> dict[str, Any]:
    return {
        "id": project.id,
        "description": project.description,
        "folder_id": project.folder,
        "name": project.name,
    }


ROUTES = (
    Route(
        "GET",
        "/api/projects",
        "listProjects",
        Endpoint(listing, Privilege.LIST_PROJECTS, "projects", needs_dev=False),
    ),
    Route(
        "DELETE",
        "/api/projects/{id}",
        "deleteProject",
        Endpoint(delete, Privilege.DELETE_PROJECT, "projects", needs_dev=False),
    ),
)
