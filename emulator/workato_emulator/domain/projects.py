"""Folders and projects of a workspace, and which of them an API client reaches.

Every environment has its own tree of folders under its own home folder. A folder right under home is a project.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from immutables import Map

from workato_emulator.domain import grants
from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.copies import replace
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.refusals import FieldInvalid, NotFound, OutOfReach
from workato_emulator.domain.rules import Standing, choice, rule
from workato_emulator.domain.values import ApiClient, Folder, FolderId, Grant, Project, ProjectId, Workspace

HOME = "Home"
LONGEST_NAME = 255
DEEPEST = 20
"""How many levels of folders there may be below home. No page names a bound; this one keeps exports readable."""


def reaches(workspace: Workspace, client: ApiClient, place: Project | Folder) -> bool:
    """Whether this client acts here: in the environments and, where it has not all, the folders it was given.

    The one answer to this question. A folder brings along what is in it, and home is seen by everybody in its
    environment; who may see it may not yet make a project there.
    """
    if place.environment not in client.environments:
        return False
    folder = workspace.folders[place.folder] if isinstance(place, Project) else place
    if client.all_folders or folder.parent is None:
        return True
    return any(each.id in client.folder_ids for each in _and_those_around(workspace, folder))


def _and_those_around(workspace: Workspace, folder: Folder) -> Iterator[Folder]:
    """This folder, the one that it is in, and so on to home."""
    yield folder
    while folder.parent is not None:
        folder = workspace.folders[folder.parent]
        yield folder


def _all_projects(workspace: Workspace, client: ApiClient) -> list[Project]:
    return sorted(workspace.projects.values(), key=lambda project: project.id)


@choice(
    "PRJ-1",
    "A list of projects shows an API client those that it reaches.",
    source="Workato API: API clients, Project grants",
    otherwise=_all_projects,
)
def projects_reached(workspace: Workspace, client: ApiClient) -> list[Project]:
    return [project for project in _all_projects(workspace, client) if reaches(workspace, client, project)]


@rule(
    "PRJ-2",
    "An API client acts in no project, folder or grant outside the environments and folders it was given.",
    source="Workato API: Project grants; API clients page",
)
def must_reach(workspace: Workspace, client: ApiClient, place: Project | Folder) -> None:
    if not reaches(workspace, client, place):
        raise OutOfReach


def _made_a_folder(parent: Folder) -> bool:
    return False


@choice(
    "PRJ-3",
    "A folder created directly under home is a project; a deeper one is a folder.",
    source="workato-platform-cli: its OpenAPI file's sample of a new folder",
    standing=Standing.OBSERVED,
    otherwise=_made_a_folder,
)
def is_to_be_a_project(parent: Folder) -> bool:
    return parent.parent is None


@rule(
    "PRJ-5",
    "No two folders in one place share a name.",
    source="assumption folder_name_taken",
    standing=Standing.ASSUMED,
)
def must_have_a_free_name(workspace: Workspace, parent: Folder, name: str, assumptions: Assumptions) -> None:
    if is_taken(workspace, parent.id, name) and assumptions.folder_name_taken != "allowed":
        raise FieldInvalid("name", "has already been taken")


@rule(
    "PRJ-6",
    "The name of a folder or project holds neither / nor \\.",
    source="Workato API: Folders; the text of the refusal is ours",
)
def must_be_one_part_of_a_path(name: str) -> None:
    if not is_one_part_of_a_path(name):
        raise FieldInvalid("name", "can't contain / or \\")


def is_one_part_of_a_path(name: str) -> bool:
    return "/" not in name and "\\" not in name


def project_of(workspace: Workspace, client: ApiClient, project: ProjectId | None) -> Project:
    """The project with this id. Raises `NotFound` or `OutOfReach`."""
    found = None if project is None else workspace.projects.get(project)
    if found is None:
        raise NotFound
    must_reach(workspace, client, found)
    return found


def grant_reached(workspace: Workspace, client: ApiClient, grant: str) -> tuple[Grant, Project]:
    """The grant with this handle, and its project. Raises `NotFound` or `OutOfReach`."""
    found = grants.grant_of(workspace, grant)
    return found, project_of(workspace, client, found.project)


def grants_in_reach(workspace: Workspace, client: ApiClient, some: Iterable[Grant]) -> list[Grant]:
    """Those of some grants whose projects this client reaches."""
    visible = {project.id for project in projects_reached(workspace, client)}
    return [grant for grant in some if grant.project in visible]


def home_of(workspace: Workspace, client: ApiClient) -> FolderId:
    """The home folder of the client's environment, of the first of them where it has several. Raises `OutOfReach`."""
    environment = next((each for each in workspace.environments if each in client.environments), None)
    if environment is None:
        raise OutOfReach
    return workspace.homes[environment]


def folder_of(workspace: Workspace, client: ApiClient, folder: FolderId | None) -> Folder:
    """The folder with this id. Raises `NotFound` or `OutOfReach`."""
    found = None if folder is None else workspace.folders.get(folder)
    if found is None:
        raise NotFound
    must_reach(workspace, client, found)
    return found


def children_of(workspace: Workspace, folder: FolderId) -> list[Folder]:
    """The folders right in this one, in the order of their ids."""
    by_name: Map[str, Map[FolderId, None]] = workspace.children.get(folder, Map())
    return [workspace.folders[each] for each in sorted(each for ids in by_name.values() for each in ids)]


def below(workspace: Workspace, folder: FolderId) -> Iterator[Folder]:
    """Every folder in this one, at whatever depth; a folder comes before those inside it."""
    for each in children_of(workspace, folder):
        yield each
        yield from below(workspace, each.id)


def is_taken(workspace: Workspace, parent: FolderId, name: str) -> bool:
    """Whether a folder of this name stands right in `parent`."""
    return name in workspace.children.get(parent, ())


def depth_of(workspace: Workspace, folder: Folder) -> int:
    """How many folders deep below home this one is; home itself is 0."""
    return sum(1 for _ in _and_those_around(workspace, folder)) - 1


def must_be_a_folder_name(name: str) -> None:
    """Raises `FieldInvalid` for a name that no folder can have."""
    if not name.strip():
        raise FieldInvalid("name", "can't be blank")
    if len(name) > LONGEST_NAME:
        raise FieldInvalid("name", f"is too long (maximum is {LONGEST_NAME} characters)")
    must_be_one_part_of_a_path(name)


def create(
    workspace: Workspace, parent: Folder, name: str, *, now: datetime, ids: IdFactory, assumptions: Assumptions
) -> tuple[Workspace, Folder]:
    """The workspace with one more folder here: a project where `parent` is home.

    Raises `FieldInvalid` for a name that cannot be or is taken here, and for a parent that is too deep down.
    """
    must_be_a_folder_name(name)
    if depth_of(workspace, parent) >= DEEPEST:
        raise FieldInvalid("parent_id", f"is nested too deeply (maximum is {DEEPEST} levels)")
    must_have_a_free_name(workspace, parent, name, assumptions)
    folder = Folder(FolderId(ids.number()), name, parent.environment, parent.id, parent.project, now, now)
    if is_to_be_a_project(parent):
        folder = replace(folder, project=ProjectId(ids.number()))
        workspace = with_project(workspace, folder, None)
    return with_folder(workspace, folder), folder


def with_folder(workspace: Workspace, folder: Folder) -> Workspace:
    children = workspace.children
    if folder.parent is not None:
        siblings: Map[str, Map[FolderId, None]] = children.get(folder.parent, Map())
        namesakes: Map[FolderId, None] = siblings.get(folder.name, Map())
        children = children.set(folder.parent, siblings.set(folder.name, namesakes.set(folder.id, None)))
    return replace(workspace, folders=workspace.folders.set(folder.id, folder), children=children)


def without_folder(workspace: Workspace, folder: Folder) -> Workspace:
    """The workspace without this folder. Folders inside it are not looked at."""
    children = workspace.children
    if folder.parent is not None:
        siblings = children[folder.parent]
        namesakes = siblings[folder.name].delete(folder.id)
        siblings = siblings.set(folder.name, namesakes) if namesakes else siblings.delete(folder.name)
        children = children.set(folder.parent, siblings) if siblings else children.delete(folder.parent)
    return replace(workspace, folders=workspace.folders.delete(folder.id), children=children)


def with_project(workspace: Workspace, folder: Folder, description: str | None) -> Workspace:
    """The workspace in which this folder is the project whose id it carries."""
    if folder.project is None:
        raise ValueError("a project's folder carries the project's id")
    project = Project(folder.project, folder.name, description, folder.environment, folder.id)
    return replace(workspace, projects=workspace.projects.set(project.id, project))


def is_project(workspace: Workspace, folder: Folder) -> bool:
    """Whether this folder is a project, and not only in one."""
    return folder.project is not None and workspace.projects[folder.project].folder == folder.id
