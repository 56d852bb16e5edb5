"""Project grants: given, read from every side, changed and ended."""

from datetime import datetime

import pytest
from immutables import Map

from workato_emulator.domain import collaborators, folders, grants
from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.values import Cloud, Workspace
from workato_emulator.service import grants as grant_acts
from workato_emulator.service import projects as project_acts
from workato_emulator.service.work import UnitOfWork
from workato_emulator.state.seeds import build, parse

from ...world import ADA, BEN, START, Json, World, title


@pytest.fixture
def world(world: World) -> World:
    """The small world, with a project."""
    world.make_project()
    return world


def _path(world: World) -> str:
    return f"/api/projects/{world.project()}/project_grants"


def _row(world: World, holder: int | str, **more: object) -> Json:
    kind = "UserGroup" if isinstance(holder, str) else "User"
    return {"assignment_type": kind, "assignment_id": holder, "project_role_id": world.project_role()} | more


def test_a_grant_is_for_a_collaborator_or_for_a_group(world: World) -> None:
    """The documented shape: project with its environment, role, and exactly one of the two holders."""
    ben, group = world.id_of(BEN), world.group()["id"]
    answer = world.acme.put(_path(world), json={"project_grants": [_row(world, group), _row(world, ben)]})
    environment = world.export()["workspaces"]["acme"]["environment_ids"]["dev"]

    of_group, of_ben = answer.json()["data"]
    shared = {
        "project": {"id": world.project(), "name": "Payroll", "environment": {"id": environment, "type": "dev"}},
        "project_role": {"id": world.project_role(), "name": "Builder"},
    }
    assert answer.status_code == 200
    assert answer.json().keys() == {"data"}
    user = {"id": ben, "name": "Ben", "email": BEN}
    assert of_ben == {"id": of_ben["id"], **shared, "user_group": None, "user": user}
    assert of_group == {"id": of_group["id"], **shared, "user_group": {"id": group, "name": "Builders"}, "user": None}
    assert of_ben["id"].startswith("pg-")
    for grant in (of_ben, of_group):
        assert world.acme.get(f"/api/project_grants/{grant['id']}").json() == {"data": grant}


def test_grants_are_listed_by_project_by_member_and_by_group(world: World) -> None:
    """Family A; collaborators come first, and what a group gives is no grant of the member's own."""
    ben, group = world.id_of(BEN), world.group()["id"]
    (of_group,), (of_ben,) = (world.grant(holder).json()["data"] for holder in (group, ben))
    page = {"number": 1, "size": 100}

    assert world.acme.get(_path(world)).json() == {"data": [of_ben, of_group], "total": 2, "page": page}
    second = world.acme.get(_path(world), params={"page[size]": 1, "page[number]": 2}).json()
    assert second == {"data": [of_group], "total": 2, "page": {"number": 2, "size": 1}}
    for path, grant in ((f"members/{ben}", of_ben), (f"user_groups/{group}", of_group)):
        listed = world.acme.get(f"/api/{path}/project_grants").json()
        assert listed == {"data": [grant], "total": 1, "page": page}


def test_a_second_grant_replaces_the_role_and_keeps_the_id(world: World) -> None:
    """Also within one request, where the last one counts and the answer has it once."""
    ben = world.id_of(BEN)
    first = world.grant(ben).json()["data"][0]
    rows = [_row(world, ben, project_role_id=world.project_role(name)) for name in ("Builder", "Project admin")]
    (second,) = world.acme.put(_path(world), json={"project_grants": rows}).json()["data"]

    assert second["id"] == first["id"]
    assert second["project_role"]["name"] == "Project admin"
    assert world.grants() == [second]


@pytest.mark.parametrize("form", ["handle", "number", "digits"])
@pytest.mark.parametrize("wrapped", [False, True], ids=["bare", "wrapped"])
def test_an_update_changes_the_role(world: World, form: str, wrapped: bool) -> None:
    """Roles are named in both forms that the documentation shows; nothing but the role changes."""
    grant = world.grant(world.id_of(BEN)).json()["data"][0]
    roles = world.export()["workspaces"]["acme"]["project_roles"]
    role = next(each for each in roles if each["name"] == "Project admin")
    named = {"handle": role["id"], "number": role["number"], "digits": str(role["number"])}[form]
    body: Json = {"project_role_id": named}
    answer = world.acme.put(f"/api/project_grants/{grant['id']}", json={"project_grant": body} if wrapped else body)

    assert answer.status_code == 200
    expected = grant | {"project_role": {"id": role["id"], "name": "Project admin"}}
    assert answer.json() == {"data": expected}
    assert world.grants() == [expected]


def test_a_removed_grant_is_gone(world: World) -> None:
    """204 without a body, and 404 from then on; other grants stay."""
    ben, ada = (world.grant(world.id_of(each)).json()["data"][0] for each in (BEN, ADA))
    answer = world.acme.delete(f"/api/project_grants/{ben['id']}")

    assert (answer.status_code, answer.content) == (204, b"")
    assert world.grants() == [ada]
    body = {"project_role_id": world.project_role()}
    for method in ("GET", "PUT", "DELETE"):
        assert world.acme.request(method, f"/api/project_grants/{ben['id']}", json=body).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "text"),
    [
        pytest.param({"assignment_id": 4711}, "User 4711 not found", id="nobody"),
        pytest.param({"assignment_id": "ben@example.test"}, "User ben@example.test not found", id="an email"),
        pytest.param({"assignment_type": "UserGroup"}, "User group {ben} not found", id="a user as a group"),
        pytest.param({"project_role_id": "pr-no-such"}, "Project role pr-no-such not found", id="no such role"),
        pytest.param({"project_role_id": 0}, "Project role 0 not found", id="no such number"),
    ],
)
def test_grants_are_given_all_or_none(world: World, wrong: Json, text: str) -> None:
    """One that cannot be keeps out those before it, whatever is wrong with it."""
    ada, ben = world.id_of(ADA), world.id_of(BEN)
    before = world.export()
    answer = world.acme.put(_path(world), json={"project_grants": [_row(world, ada), _row(world, ben, **wrong)]})

    assert (answer.status_code, title(answer)) == (400, text.format(ben=ben))
    assert world.export() == before


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(None, id="nothing"),
        pytest.param({"project_grants": []}, id="none"),
        pytest.param({"project_grants": [{"assignment_type": "User", "assignment_id": 1}]}, id="no role"),
        pytest.param({"project_grants": [{}]}, id="empty"),
        pytest.param({"project_grants": {}}, id="no list"),
        pytest.param(
            {"project_grants": [{"assignment_type": "Robot", "assignment_id": 1, "project_role_id": "x"}]}, id="robot"
        ),
    ],
)
def test_a_request_without_usable_grants_is_refused(world: World, body: Json) -> None:
    """400, and nothing has changed."""
    before = world.export()
    answer = world.acme.put(_path(world), json=body) if body is not None else world.acme.put(_path(world))

    assert answer.status_code == 400
    assert world.export() == before


@pytest.mark.parametrize(
    ("query", "status"),
    [
        pytest.param({"assignment_type": "User", "project_role_id": "role"}, 400, id="no holder"),
        pytest.param(
            {"assignment_type": "user", "assignment_id": "ben", "project_role_id": "role"}, 400, id="no such type"
        ),
        pytest.param(
            {"assignment_type": "User", "assignment_id": "ben", "project_role_id": "role"}, 200, id="complete"
        ),
    ],
)
def test_grants_may_stand_in_the_query(world: World, query: dict[str, str], status: int) -> None:
    """Where the reference files them: three lists of one length. What the query says counts beside the body."""
    known = {"ben": str(world.id_of(BEN)), "role": world.project_role()}
    params = {f"project_grants[][{key}]": known.get(value, value) for key, value in query.items()}
    answer = world.acme.put(_path(world), params=params, json={"project_grants": [_row(world, world.id_of(ADA))]})

    assert answer.status_code == status
    assert len(world.grants()) == (2 if status == 200 else 0)
    assert world.journal()[-2]["unread"] == []


def test_a_hundred_grants_at_most_in_one_request(world: World) -> None:
    """A hundred of them pass, and one more is refused."""
    rows = [_row(world, world.id_of(BEN))] * 100

    assert world.acme.put(_path(world), json={"project_grants": rows}).status_code == 200
    answer = world.acme.put(_path(world), json={"project_grants": [*rows, rows[0]]})
    assert answer.status_code == 400
    assert world.refused_by() == "GRT-3"


def test_project_privileges_come_directly_and_through_groups(world: World) -> None:
    """One row per grant with the role's configuration; the group of everybody counts for everybody."""
    everybody = world.acme.get("/api/user_groups").json()["data"][0]
    for holder, role in (
        (world.id_of(BEN), "Builder"),
        (world.group()["id"], "Project operator"),
        (everybody["id"], "Project admin"),
    ):
        world.grant(holder, role)
    roles = {each["name"]: each for each in world.export()["workspaces"]["acme"]["project_roles"]}

    def rows(email: str) -> Json:
        return world.acme.get(f"/api/members/{world.id_of(email)}/projects_privileges").json()["data"]

    through = {each["project_role"]["name"]: each["user_group"] and each["user_group"]["name"] for each in rows(BEN)}
    assert through == {"Builder": None, "Project operator": "Builders", "Project admin": "All collaborators"}
    (of_ada,) = rows(ADA)
    assert of_ada["privileges"] == roles["Project admin"]["config"]
    assert of_ada["project"] == world.grants()[0]["project"]


def test_grants_do_not_count_on_the_legacy_model(world: World) -> None:
    """Their endpoints are closed there, the audit of a collaborator is empty, and moving back finds them again.

    An administrator of the legacy model comes back with a grant, as the migration gives one.
    """
    ben = world.id_of(BEN)
    world.grant(ben)
    before = world.grants()
    path = _path(world)
    world.control.put("/workspaces/acme/permission_model", json={"permission_model": "legacy_roles"})

    assert world.acme.get(path).status_code == 401
    assert world.refused_by() == "AUTH-4"
    assert world.acme.get(f"/api/members/{ben}/projects_privileges").json() == {"data": []}
    world.control.put("/workspaces/acme/permission_model", json={"permission_model": "environment_roles"})
    assert [each for each in world.grants() if each["user"]["id"] == ben] == before


@pytest.mark.parametrize("leave", ["member", "group"])
def test_a_grant_ends_with_its_holder(world: World, leave: str) -> None:
    """Whoever comes back, or a new group of that name, has no access; what others hold stays."""
    ben, group = world.id_of(BEN), world.group()["id"]
    of_ben, of_group, of_ada = (world.grant(each).json()["data"][0] for each in (ben, group, world.id_of(ADA)))
    if leave == "member":
        world.remove(BEN)
        world.add_by_hand(BEN)
        left = [of_ada, of_group]
    else:
        world.acme.delete(f"/api/user_groups/{group}")
        left = [of_ada, of_ben]

    assert world.grants() == left


@pytest.mark.parametrize(
    "path",
    [
        "/api/projects/4711/project_grants",
        "/api/projects/Payroll/project_grants",
        "/api/members/4711/project_grants",
        "/api/members/4711/projects_privileges",
        "/api/user_groups/pf-no-such/project_grants",
        "/api/project_grants/4711",
    ],
)
def test_what_is_not_there_is_not_found(world: World, path: str) -> None:
    """404 from every side."""
    assert world.acme.get(path).status_code == 404


def test_acts_on_projects_are_written_down() -> None:
    """Who did what to which resource, in which environment."""
    cloud = _many(1)
    (workspace,) = cloud.workspaces.values()
    (client,) = workspace.clients.values()
    work = UnitOfWork(cloud, workspace.created_at, IdFactory(0, 1000), Assumptions())
    folder = project_acts.create_folder(work, workspace.id, client, None, "Travel")
    project_acts.create_folder(work, workspace.id, client, folder.id, "Bookings")
    (project,) = workspace.projects
    builder, admin = (_role(workspace, name) for name in ("Builder", "Project admin"))
    asked = (grants.GrantRequest(grants.HolderType.USER, str(min(workspace.collaborators)), builder),)
    (grant,) = grant_acts.put(work, workspace.id, client, project, asked)  # it is there already
    grant_acts.change_role(work, workspace.id, client, grant.id, builder)
    grant_acts.remove(work, workspace.id, client, grant.id)
    (grant,) = grant_acts.put(work, workspace.id, client, project, asked)
    grant_acts.change_role(work, workspace.id, client, grant.id, admin)
    grant_acts.remove(work, workspace.id, client, grant.id)
    project_acts.delete_project(work, workspace.id, client, project)

    log = work.cloud.workspaces[workspace.id].activity
    assert [(log[id_].event, log[id_].resource.type, log[id_].environment) for id_ in sorted(log)] == [
        ("project_created", "Project", "dev"),
        ("folder_created", "Folder", "dev"),
        ("project_grant_deleted", "ProjectGrant", "dev"),
        ("project_grant_created", "ProjectGrant", "dev"),
        ("project_grant_updated", "ProjectGrant", "dev"),
        ("project_grant_deleted", "ProjectGrant", "dev"),
        ("project_deleted", "Project", "dev"),
    ]


def _role(workspace: Workspace, name: str) -> str:
    return next(role.id for role in workspace.project_roles.values() if role.name == name)


def _many(count: int) -> Cloud:
    """A workspace in which so many collaborators each have a grant in one project."""
    people = [{"name": f"P{each}", "email": f"p{each}@example.test"} for each in range(count)]
    held = [{"user": each["email"], "role": "Builder"} for each in people]
    document = parse(
        {"workspaces": {"acme": {"collaborators": people, "projects": [{"name": "Payroll", "grants": held}]}}}
    )
    return build(document, now=datetime.fromisoformat(START), ids=IdFactory(0), assumptions=Assumptions())


def test_a_removal_touches_nobody_elses_grants() -> None:
    """The indexes lead to the leaver's own grants, and are afterwards as if these had never been."""
    cloud = _many(30)
    (workspace,) = cloud.workspaces.values()
    (project,) = workspace.projects.values()
    leaver = min(workspace.collaborators)
    after = collaborators.remove(
        cloud, workspace.id, leaver, now=workspace.created_at, assumptions=Assumptions()
    ).workspaces[workspace.id]

    assert leaver not in after.grants_held
    assert len(after.grants) == len(after.grants_in[project.id]) == len(after.grants_held) == 29
    emptied = folders.delete_project(after, project, Assumptions())
    assert (emptied.grants, emptied.grants_in, emptied.grants_held) == (Map(), Map(), Map())
