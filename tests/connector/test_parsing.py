from collections.abc import Callable

import httpx
import pytest

from okta_connector import EnvironmentPrivileges, Garbled, Member, RoleHeld, WorkatoClient, Workspace

from .fake import Workato

Read = Callable[[WorkatoClient], object]


def reading(line: str, body: str, read: Read) -> object:
    return read(Workato(instead={line: httpx.Response(200, text=body)}).client())


def read_privileges(body: str) -> tuple[EnvironmentPrivileges, ...]:
    line = "GET /api/members/1/privileges"
    return Workato(instead={line: httpx.Response(200, text=body)}).client().member_privileges("1")


def members(client: WorkatoClient) -> object:
    return client.list_members()


@pytest.mark.parametrize(
    ("body", "why"),
    [
        pytest.param("", "not JSON", id="empty"),
        pytest.param("<html>", "not JSON", id="HTML"),
        pytest.param("[" * 100_000, "not JSON", id="bottomless"),
        pytest.param("[]", "the body must be an object", id="bare list"),
        pytest.param("{}", "data must be a list", id="no data"),
        pytest.param('{"data":{}}', "data must be a list", id="data is an object"),
        pytest.param('{"data":[1]}', "an element of data must be an object", id="element is a number"),
        pytest.param('{"data":[],"total":"1"}', "total must be a whole number", id="total is text"),
        pytest.param('{"data":[{}]}', "id is missing", id="no id"),
        pytest.param('{"data":[{"id":"1"}]}', "id must be a whole number", id="id is text"),
        pytest.param('{"data":[{"id":true}]}', "id must be a whole number", id="id is true"),
        pytest.param('{"data":[{"id":1,"email":5}]}', "email must be a string", id="email is a number"),
        pytest.param('{"data":[{"id":1,"roles":{}}]}', "roles must be a list", id="roles is an object"),
        pytest.param('{"data":[{"id":1,"roles":["Admin"]}]}', "a role must be an object", id="role is text"),
        pytest.param('{"data":[{"id":1,"roles":[{}]}]}', "environment_type is missing", id="role without environment"),
    ],
)
def test_what_is_not_as_documented_is_garbled(body: str, why: str) -> None:
    """An answer that cannot be understood says where it went wrong and keeps the body."""
    with pytest.raises(Garbled, match=why) as caught:
        reading("GET /api/members", body, members)
    assert (caught.value.status, caught.value.body) == (200, body)


def test_a_member_is_read_whole() -> None:
    """All fields of a collaborator arrive; a role's name is called role_name on this side."""
    body = """{"data":[{"id":51877,"grant_type":"federation_manager","external_id":"x-1","name":"Ada Lovelace",
      "email":"ada@example.test","time_zone":"Pacific Time (US & Canada)","created_at":"2025-11-20T07:40:10.004-08:00",
      "last_activity_log":null,"roles":[{"environment_type":"dev","role_name":"Member","role_type":"environment"}]}],
      "total":1}"""

    expected = Member(
        51877,
        "ada@example.test",
        "Ada Lovelace",
        (RoleHeld("dev", "Member", "environment"),),
        "federation_manager",
        "x-1",
        "Pacific Time (US & Canada)",
        "2025-11-20T07:40:10.004-08:00",
    )
    assert reading("GET /api/members", body, members) == (expected,)


@pytest.mark.parametrize(
    "row",
    [
        pytest.param('{"id":1,"email":null,"name":null,"roles":null,"grant_type":null}', id="null"),
        pytest.param('{"id":1}', id="absent"),
    ],
)
def test_what_may_be_missing_is_empty(row: str) -> None:
    """Everything about a collaborator but the id may be withheld."""
    assert reading("GET /api/members", f'{{"data":[{row}]}}', members) == (Member(1, "", ""),)


@pytest.mark.parametrize("kind", ['"role_type":null', '"role_type":""', '"x":0'], ids=["null", "empty", "absent"])
def test_a_role_without_type_is_a_privilege_group(kind: str) -> None:
    """Rows of the older permission model do not say what they are; a nameless one gives no access."""
    body = f'{{"data":[{{"id":1,"roles":[{{"environment_type":"dev",{kind}}}]}}]}}'

    assert reading("GET /api/members", body, members) == (Member(1, "", "", (RoleHeld("dev", "", "privilege_group"),)),)


@pytest.mark.parametrize("body", ['{"data":{"id":7}}', '{"id":7}'], ids=["in an envelope", "bare"])
def test_one_member_may_come_with_or_without_envelope(body: str) -> None:
    """No page shows which it is, so both are read."""
    assert reading("GET /api/members/7", body, lambda client: client.get_member("7")) == Member(7, "", "")


def test_privileges_are_read_by_environment() -> None:
    """One row for each environment; folder ids are there on some hosts only."""
    body = """{"data":[
      {"environment_type":"dev","name":"Admin","privileges":{"Recipes":["read","run"]},"folder_ids":[3]},
      {"environment_type":"prod","name":"Operator","privileges":{}}]}"""

    first, second = read_privileges(body)
    assert (first.role_name, first.privileges, first.folder_ids) == ("Admin", {"Recipes": ("read", "run")}, (3,))
    assert (second.environment_type, second.privileges, second.folder_ids) == ("prod", {}, ())


@pytest.mark.parametrize(
    ("rest", "why"),
    [
        pytest.param("", "privileges must be an object", id="no privileges"),
        pytest.param(',"privileges":{"Recipes":"all"}', "Recipes must be a list", id="actions are text"),
        pytest.param(',"privileges":{},"folder_ids":["3"]', "folder_ids must be a whole number", id="folder is text"),
        pytest.param(',"privileges":{},"folder_ids":3', "folder_ids must be a list", id="folders are a number"),
    ],
)
def test_privileges_of_another_shape_are_garbled(rest: str, why: str) -> None:
    """Privileges are lists of actions by group, and folders are numbers."""
    with pytest.raises(Garbled, match=why):
        read_privileges(f'{{"data":[{{"environment_type":"dev","name":"Admin"{rest}}}]}}')


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            '{"id":88001,"name":"Northwind","email":"root@example.test"}',
            (88001, "Northwind", "root@example.test"),
            id="told",
        ),
        pytest.param('{"id":null,"name":null,"email":null}', (None, None, None), id="withheld"),
    ],
)
def test_the_current_user_is_the_workspace(body: str, expected: tuple[int | None, str | None, str | None]) -> None:
    """A token speaks for a workspace, any field of which may be null."""
    assert reading("GET /api/users/me", body, lambda client: client.current_user()) == Workspace(*expected)


@pytest.mark.parametrize("body", ['{"data":[]}', '["Admin"]'], ids=["an envelope", "elements are text"])
def test_legacy_roles_are_a_bare_list(body: str) -> None:
    """The older endpoint answers with a list and no envelope around it."""
    with pytest.raises(Garbled):
        reading("GET /api/roles", body, lambda client: client.list_roles())
