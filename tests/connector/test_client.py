import json
from collections.abc import Callable

import httpx
import pytest

from okta_connector import (
    EnvironmentRole,
    Garbled,
    GroupMember,
    LegacyRole,
    NotFound,
    Rejected,
    RoleAssignment,
    Unsendable,
    UserGroup,
    WorkatoClient,
    connect,
)

from .fake import Workato, group, member

ROLES = (RoleAssignment("dev", "Member", "environment"), RoleAssignment("prod", "NoAccess", "environment"))
SENT = [
    {"environment_type": "dev", "name": "Member", "role_type": "environment"},
    {"environment_type": "prod", "name": "NoAccess", "role_type": "environment"},
]


def test_an_invitation_names_the_person_and_their_roles() -> None:
    """Roles leave with `name`; groups are left out when there are none."""
    workato = Workato()
    workato.client().invite("Ada Lovelace", "ada@example.test", ROLES)

    assert workato.bodies == {
        "POST /api/member_invitations": {"name": "Ada Lovelace", "email": "ada@example.test", "env_roles": SENT}
    }


def test_an_invitation_may_name_groups() -> None:
    """Groups travel by id beside the roles."""
    workato = Workato()
    workato.client().invite("Ada Lovelace", "ada@example.test", ROLES, ("pf-1", "pf-2"))

    body = workato.bodies["POST /api/member_invitations"]
    assert isinstance(body, dict)
    assert body["user_group_ids"] == ["pf-1", "pf-2"]


def test_a_yes_that_says_no_is_a_refusal() -> None:
    """A write that answers 200 with `success` false has not happened."""
    answer = httpx.Response(200, json={"success": False, "message": "Not today"})

    with pytest.raises(Rejected, match="Not today"):
        Workato(instead={"POST /api/member_invitations": answer}).client().invite("Ada", "ada@example.test", ROLES)


@pytest.mark.parametrize("body", ["", "ok", '"ok"'], ids=["empty", "bare word", "text"])
def test_an_invitation_answered_with_garbage_is_not_taken_for_sent(body: str) -> None:
    """Whether the invitation went out is unknown, and said to be."""
    answer = httpx.Response(200, text=body)

    with pytest.raises(Garbled):
        Workato(instead={"POST /api/member_invitations": answer}).client().invite("Ada", "ada@example.test", ROLES)


def test_an_address_is_sent_encoded() -> None:
    """Plus signs and ampersands in an address stay part of it."""
    workato = Workato()
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.raw_path.decode())
        return workato(request)

    WorkatoClient(connect("workato.example.test", "t", transport=httpx.MockTransport(answer))).list_members(
        "a+b&c@x.test"
    )
    assert seen == ["/api/members?email=a%2Bb%26c%40x.test"]


def test_roles_are_replaced_by_put() -> None:
    """What the answer holds is not documented: an empty object will do."""
    workato = Workato(instead={"PUT /api/members/7": httpx.Response(200, json={"data": {}})})
    workato.client().update_member_roles("7", ROLES)

    assert workato.bodies == {"PUT /api/members/7": {"env_roles": SENT}}


@pytest.mark.parametrize("status", [200, 204], ids=str)
def test_a_removal_needs_no_body(status: int) -> None:
    """Nothing is read from the answer to a removal."""
    workato = Workato(instead={"DELETE /api/members/7": httpx.Response(status)})
    workato.client().delete_member("7")

    assert workato.calls == ["DELETE /api/members/7"]


def test_removing_nobody_is_not_found() -> None:
    """The client does not judge: an absent member is an error here and a matter of rules further up."""
    with pytest.raises(NotFound):
        Workato().client().delete_member("7")


def test_an_id_stays_one_segment_of_the_path() -> None:
    """Whatever an id holds, it cannot reach another resource."""
    workato = Workato()
    with pytest.raises(NotFound):
        workato.client().get_user_group("../members/7?x=1")

    assert workato.calls == ["GET /api/user_groups/..%2Fmembers%2F7%3Fx%3D1"]


@pytest.mark.parametrize("odd", ["", ".", ".."])
@pytest.mark.parametrize(
    "use",
    [
        lambda client, odd: client.get_member(odd),
        lambda client, odd: client.update_member_roles(odd, ROLES),
        lambda client, odd: client.delete_member(odd),
        lambda client, odd: client.member_privileges(odd),
        lambda client, odd: client.get_user_group(odd),
        lambda client, odd: client.update_user_group(odd, "Payroll"),
        lambda client, odd: client.delete_user_group(odd),
        lambda client, odd: client.list_group_members(odd),
        lambda client, odd: client.add_group_members(odd, ["7"]),
        lambda client, odd: client.remove_group_members(odd, ["7"]),
    ],
    ids=["member", "roles", "removal", "privileges", "group", "rename", "deletion", "members", "add", "remove"],
)
def test_what_no_segment_can_hold_is_not_sent(use: Callable[[WorkatoClient, str], object], odd: str) -> None:
    """An empty id and the dot segments would reach the list, or the resource above."""
    workato = Workato(groups=[group()], members=[member()])
    with pytest.raises(Unsendable, match="nothing was sent, because an id is empty or made of dots"):
        use(workato.client(), odd)

    assert workato.calls == []


@pytest.mark.parametrize(
    ("odd", "segment"),
    [
        ("%2e%2e", "%252e%252e"),
        ("%2E", "%252E"),
        ("...", "..."),
        (".. ", "..%20"),
        ("../members", "..%2Fmembers"),
        ("a/b", "a%2Fb"),
        ("a\\b", "a%5Cb"),
        ("a?b=1", "a%3Fb%3D1"),
        ("a#b", "a%23b"),
        ("a;b", "a%3Bb"),
        ("a\nb", "a%0Ab"),
        ("\ud800", "%ED%A0%80"),
    ],
    ids=ascii,
)
def test_whatever_else_an_id_holds_stays_one_segment(odd: str, segment: str) -> None:
    """The path is the group's, with one segment for its id."""
    workato = Workato()
    with pytest.raises(NotFound):
        workato.client().get_user_group(odd)

    assert workato.calls == [f"GET /api/user_groups/{segment}"]


def test_no_request_says_null() -> None:
    """What there is nothing to say about is left out of every body."""
    workato = Workato(groups=[group()], members=[member()])
    client = workato.client()
    client.invite("Ada Lovelace", "ada@example.test", ROLES)
    client.update_member_roles("51877", ROLES)
    client.create_user_group("Auditors")
    client.update_user_group("pf-1", "Payroll")

    assert len(workato.bodies) == 4
    assert "null" not in json.dumps(list(workato.bodies.values()))


def test_one_environment_role_is_read_by_id() -> None:
    """The detail answer comes in an envelope."""
    answer = httpx.Response(200, json={"data": {"id": 7, "name": "Release manager", "config": {}, "type": "custom"}})
    workato = Workato(instead={"GET /api/environment_roles/7": answer})

    assert workato.client().get_environment_role(7) == EnvironmentRole(7, "Release manager", "custom")


def test_environment_roles_are_filtered_by_name() -> None:
    """The filter is passed on; what it matches is for the caller to check."""
    workato = Workato()
    workato.client().list_environment_roles("Member")

    assert workato.calls == ["GET /api/environment_roles?page[number]=1&page[size]=100&name=Member"]


def numbered(total: int | None, *, ignores_page: bool = False) -> Workato:
    """A workspace with 250 environment roles, or rather its pages."""

    class Paged(Workato):
        def answer(self, request: httpx.Request, line: str) -> httpx.Response:
            del line
            number = 1 if ignores_page else int(request.url.params["page[number]"])
            rows = [{"id": n, "name": f"Role {n}"} for n in range(number * 100 - 99, min(number * 100, 250) + 1)]
            return httpx.Response(200, json={"data": rows, "total": total})

    return Paged()


@pytest.mark.parametrize("total", [250, None], ids=["with a total", "without a total"])
def test_pages_are_followed_to_the_end(total: int | None) -> None:
    """All rows arrive, in order, with no request too many."""
    workato = numbered(total)

    assert [role.id for role in workato.client().list_environment_roles()] == list(range(1, 251))
    assert len(workato.calls) == 3


def test_a_server_that_ignores_the_page_is_not_asked_for_ever() -> None:
    """A page without anything new is the last."""
    workato = numbered(250, ignores_page=True)

    assert len(workato.client().list_environment_roles()) == 100
    assert len(workato.calls) == 2


def test_an_empty_page_ends_a_list_whose_total_has_shrunk() -> None:
    """A total that is never reached does not keep the client asking."""
    workato = numbered(300)

    assert len(workato.client().list_environment_roles()) == 250
    assert len(workato.calls) == 4


def test_legacy_roles_are_listed_page_by_page() -> None:
    """The older endpoint pages by other names."""
    workato = Workato(legacy_roles=["Finance builder"])

    assert workato.client().list_roles() == (LegacyRole(1, "Finance builder"),)
    assert workato.calls == ["GET /api/roles?page=1&per_page=100"]


def test_groups_are_listed_read_made_changed_and_removed() -> None:
    """One request for each."""
    workato = Workato(groups=[group()])
    client = workato.client()

    assert client.list_user_groups() == (UserGroup("pf-1", "Payroll builders"),)
    assert client.get_user_group("pf-1") == UserGroup("pf-1", "Payroll builders")
    assert client.create_user_group("Auditors", "Year end") == UserGroup("pf-new", "Auditors", "Year end")
    assert client.update_user_group("pf-1", "Payroll") == UserGroup("pf-1", "Payroll")
    client.delete_user_group("pf-1")

    assert workato.calls == [
        "GET /api/user_groups?page[number]=1&page[size]=100",
        "GET /api/user_groups/pf-1",
        "POST /api/user_groups",
        "PUT /api/user_groups/pf-1",
        "DELETE /api/user_groups/pf-1",
    ]
    assert workato.bodies["POST /api/user_groups"] == {"user_group": {"name": "Auditors", "description": "Year end"}}


def test_group_members_travel_in_the_query() -> None:
    """Each id is a `user_ids` of its own."""
    workato = Workato()
    workato.client().add_group_members("pf-1", ["1", "2"])
    workato.client().remove_group_members("pf-1", ["3"])

    assert workato.calls == [
        "POST /api/user_groups/pf-1/members?user_ids=1&user_ids=2",
        "DELETE /api/user_groups/pf-1/members?user_ids=3",
    ]


def test_group_members_are_listed_by_id() -> None:
    """Nothing else about them is certain to be listed."""
    answer = httpx.Response(200, json={"data": [member(7), {"id": 8}]})
    workato = Workato(instead={"GET /api/user_groups/pf-1/members": answer})

    assert workato.client().list_group_members("pf-1") == (GroupMember(7), GroupMember(8))
