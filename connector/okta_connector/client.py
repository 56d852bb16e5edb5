"""The people-and-access part of Workato's Developer API, one typed method per operation."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar
from urllib.parse import quote

from okta_connector import parsing
from okta_connector.errors import Rejected, Unsendable
from okta_connector.resources import (
    EnvironmentPrivileges,
    EnvironmentRole,
    GroupMember,
    LegacyRole,
    Member,
    RoleAssignment,
    Rows,
    UserGroup,
    Workspace,
)
from okta_connector.transport import Answer, HttpClient, Query, send

PAGE_SIZE = 100
"""Both the default and the most that Workato gives on one page."""

NO_IDS = frozenset({"", ".", ".."})
"""What no encoding keeps in its place: an empty segment vanishes, and RFC 3986 reads `%2E` as a dot."""


class Identified(Protocol):
    @property
    def id(self) -> int | str: ...


Row = TypeVar("Row", bound=Identified)


class WorkatoClient:
    """Each method is one request, but for the lists that come in pages, which are followed to their end.

    Nothing is retried and nothing is remembered. Failures are the family of `WorkatoError`.
    """

    def __init__(self, http: HttpClient) -> None:
        """Take a client whose base URL and credentials are set, as `connect` returns it."""
        self._http = http

    # Collaborators

    def invite(self, name: str, email: str, roles: Sequence[RoleAssignment], group_ids: Sequence[str] = ()) -> None:
        """Send an invitation. Workato answers with neither an invitation nor a member: neither has an id yet."""
        body: dict[str, object] = {"name": name, "email": email, "env_roles": [_env_role(role) for role in roles]}
        if group_ids:
            body["user_group_ids"] = list(group_ids)
        _must_have_succeeded(self._send("POST", "/api/member_invitations", body=body))

    def list_members(self, email: str | None = None) -> tuple[Member, ...]:
        """List collaborators; Workato does not page them. `email` filters for addresses that *contain* it."""
        query: Query | None = None if email is None else {"email": email}
        return self._send("GET", "/api/members", query).read(parsing.data_list(parsing.member)).rows

    def get_member(self, member_id: str) -> Member:
        return self._send("GET", f"/api/members/{_segment(member_id)}").read(parsing.single(parsing.member))

    def update_member_roles(self, member_id: str, roles: Sequence[RoleAssignment]) -> None:
        """Replace the role in each environment named. What the answer holds is not documented, so nobody reads it."""
        body = {"env_roles": [_env_role(role) for role in roles]}
        _must_have_succeeded(self._send("PUT", f"/api/members/{_segment(member_id)}", body=body))

    def delete_member(self, member_id: str) -> None:
        """Remove a collaborator from the workspace for good: Workato has no soft variant."""
        self._send("DELETE", f"/api/members/{_segment(member_id)}")

    def member_privileges(self, member_id: str) -> tuple[EnvironmentPrivileges, ...]:
        answer = self._send("GET", f"/api/members/{_segment(member_id)}/privileges")
        return answer.read(parsing.data_list(parsing.environment_privileges)).rows

    # Roles

    def list_roles(self) -> tuple[LegacyRole, ...]:
        """List the custom roles of the older permission model; the built-in ones are never listed."""

        def page(number: int) -> Rows[LegacyRole]:
            query: Query = {"page": number, "per_page": PAGE_SIZE}
            return self._send("GET", "/api/roles", query).read(parsing.bare_list(parsing.legacy_role))

        return _all_pages(page)

    def list_environment_roles(self, name: str | None = None) -> tuple[EnvironmentRole, ...]:
        """List the roles of the newer permission model. Whether `name` is an exact filter is not documented."""
        return _all_pages(lambda number: self.environment_roles_page(number, PAGE_SIZE, name))

    def environment_roles_page(self, number: int, size: int, name: str | None = None) -> Rows[EnvironmentRole]:
        query = _page_query(number, size, name)
        return self._send("GET", "/api/environment_roles", query).read(parsing.data_list(parsing.environment_role))

    def get_environment_role(self, role_id: int) -> EnvironmentRole:
        answer = self._send("GET", f"/api/environment_roles/{role_id}")
        return answer.read(parsing.single(parsing.environment_role))

    # Collaborator groups

    def list_user_groups(self, name: str | None = None) -> tuple[UserGroup, ...]:
        """List collaborator groups, the system group among them. `name` filters for names that *contain* it."""

        def page(number: int) -> Rows[UserGroup]:
            query = _page_query(number, PAGE_SIZE, name)
            return self._send("GET", "/api/user_groups", query).read(parsing.data_list(parsing.user_group))

        return _all_pages(page)

    def get_user_group(self, group_id: str) -> UserGroup:
        return self._send("GET", _group(group_id)).read(parsing.single(parsing.user_group))

    def create_user_group(self, name: str, description: str | None = None) -> UserGroup:
        body = {"user_group": _group_fields(name, description)}
        return self._send("POST", "/api/user_groups", body=body).read(parsing.single(parsing.user_group))

    def update_user_group(self, group_id: str, name: str, description: str | None = None) -> UserGroup:
        """Rename a group; without a description it keeps the one it has, and an empty one takes it away."""
        body = {"user_group": _group_fields(name, description)}
        return self._send("PUT", _group(group_id), body=body).read(parsing.single(parsing.user_group))

    def delete_user_group(self, group_id: str) -> None:
        self._send("DELETE", _group(group_id))

    def list_group_members(self, group_id: str) -> tuple[GroupMember, ...]:
        def page(number: int) -> Rows[GroupMember]:
            answer = self._send("GET", f"{_group(group_id)}/members", _page_query(number, PAGE_SIZE))
            return answer.read(parsing.data_list(parsing.group_member))

        return _all_pages(page)

    def add_group_members(self, group_id: str, member_ids: Sequence[str]) -> None:
        """Put collaborators into a group. Workato takes the ids from the query, one `user_ids` each."""
        self._send("POST", f"{_group(group_id)}/members", {"user_ids": member_ids})

    def remove_group_members(self, group_id: str, member_ids: Sequence[str]) -> None:
        self._send("DELETE", f"{_group(group_id)}/members", {"user_ids": member_ids})

    # The workspace itself

    def current_user(self) -> Workspace:
        return self._send("GET", "/api/users/me").read(parsing.single(parsing.workspace))

    def _send(self, method: str, path: str, query: Query | None = None, body: object = None) -> Answer:
        if not NO_IDS.isdisjoint(path.split("/")[1:]):
            raise Unsendable(f"{method} {path}", "nothing was sent, because an id is empty or made of dots")
        return send(self._http, method, path, query, body)


def _all_pages(fetch: Callable[[int], Rows[Row]]) -> tuple[Row, ...]:
    """Follow the pages until `total` is reached, or until a short page where Workato names no total.

    A page that brings nothing new also ends it: a server that ignores the page number must not be asked for ever.
    """
    found: dict[int | str, Row] = {}
    number, complete = 0, False
    while not complete:
        number, before = number + 1, len(found)
        page = fetch(number)
        found.update({row.id: row for row in page.rows})
        all_here = len(page.rows) < PAGE_SIZE if page.total is None else len(found) >= page.total
        complete = all_here or len(found) == before
    return tuple(found.values())


def _must_have_succeeded(answer: Answer) -> None:
    """Make sure that a yes is one: some of Workato's writes answer 200 with `success` false."""
    if answer.read(parsing.an_object).get("success") is False:
        shown = answer.hide(answer.body)
        raise Rejected(answer.request, answer.status, parsing.vendor_text(shown), shown)


def _env_role(role: RoleAssignment) -> dict[str, str]:
    return {"environment_type": role.environment_type, "name": role.name, "role_type": role.role_type}


def _group_fields(name: str, description: str | None) -> dict[str, str]:
    """Leave out what nothing is said about: a null would be a statement."""
    return {"name": name} if description is None else {"name": name, "description": description}


def _page_query(number: int, size: int, name: str | None = None) -> Query:
    paging: dict[str, str | int] = {"page[number]": number, "page[size]": size}
    return paging if name is None else {**paging, "name": name}


def _group(group_id: str) -> str:
    return f"/api/user_groups/{_segment(group_id)}"


def _segment(value: str) -> str:
    """Keep an id in its place: whatever it holds, it stays one segment of the path."""
    return quote(value, safe="", errors="surrogatepass")
