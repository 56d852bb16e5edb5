"""One reference to what is gone from Workato stops nobody else who is in the same request."""

from dataclasses import dataclass, field

import httpx
import pytest

from okta_connector import FailureType, MembershipChange, OktaConnector

from .fake import ADA, INVITE, Row, Workato, ada, failure_of, group, member, refusal

MEMBERS = "/api/user_groups/pf-1/members"
GROUPS = "GET /api/user_groups?page[number]=1&page[size]=100"


@dataclass
class Strict(Workato):
    """Refuses a whole request for one unknown id in it, as the live service is assumed to."""

    status: int = 400
    in_group: set[str] = field(default_factory=set)

    def answer(self, request: httpx.Request, line: str) -> httpx.Response:
        if line.endswith("/members") and request.method in {"POST", "DELETE"}:
            return self.membership(request)
        if line == INVITE:
            return self.invitation(line)
        return super().answer(request, line)

    def membership(self, request: httpx.Request) -> httpx.Response:
        ids = set(request.url.params.get_list("user_ids"))
        if ids - {str(row["id"]) for row in self.members}:
            return refusal(self.status, "User not found")
        self.in_group = self.in_group | ids if request.method == "POST" else self.in_group - ids
        return httpx.Response(204)

    def invitation(self, line: str) -> httpx.Response:
        body = self.bodies[line]
        assert isinstance(body, dict)
        if set(body.get("user_group_ids", ())) - {str(row["id"]) for row in self.groups}:
            return refusal(self.status, "User group not found")
        return httpx.Response(200, json={"result": "ok"})


def people(*ids: int) -> list[Row]:
    return [member(number, f"p{number}@example.test") for number in ids]


@pytest.mark.parametrize("status", [400, 404, 422])
@pytest.mark.parametrize(
    "values", [("1", "9", "2"), ("9", "1", "2"), ("1", "2", "9")], ids=["between", "first", "last"]
)
def test_who_is_gone_keeps_nobody_out_of_a_group(values: tuple[str, ...], status: int) -> None:
    """The refused batch goes out again without them, and they are named."""
    workato = Strict(groups=[group()], members=people(1, 2), status=status)
    change = workato.connector().add_group_members("pf-1", values)

    assert change == MembershipChange(applied=("1", "2"), gone=("9",))
    assert change.ignored == ("9",)
    assert workato.in_group == {"1", "2"}
    assert [call.partition("?")[0] for call in workato.calls] == [
        "GET /api/user_groups/pf-1",
        f"POST {MEMBERS}",
        "GET /api/members",
        f"POST {MEMBERS}",
    ]


def test_who_is_gone_keeps_nobody_in_a_group() -> None:
    """A removal is as tolerant as an addition."""
    workato = Strict(groups=[group()], members=people(1, 2), in_group={"1", "2"})

    assert workato.connector().remove_group_members("pf-1", ["9", "1"]) == MembershipChange(("1",), gone=("9",))
    assert workato.in_group == {"2"}


def test_the_gone_and_the_invited_are_told_apart() -> None:
    """Both are ignored: one never came, the other left."""
    workato = Strict(groups=[group()], members=people(1))
    change = workato.connector().add_group_members("pf-1", ["bo@example.test", "P1@example.test", "9"])

    assert change == MembershipChange(("P1@example.test",), not_accepted=("bo@example.test",), gone=("9",))
    assert change.ignored == ("bo@example.test", "9")


def test_only_people_who_are_gone_means_nothing_more_is_sent() -> None:
    """An empty batch is no batch."""
    workato = Strict(groups=[group()], members=people(1))

    assert workato.connector().add_group_members("pf-1", ["8", "9"]) == MembershipChange((), gone=("8", "9"))
    assert len(workato.writes()) == 1


def test_each_batch_is_settled_by_itself() -> None:
    """Somebody gone in the second hundred costs the first hundred nothing."""
    workato = Strict(groups=[group()], members=people(*range(1, 251)))
    values = [str(number) for number in [*range(1, 151), 999, *range(151, 251)]]
    change = workato.connector().add_group_members("pf-1", values)

    assert change.gone == ("999",)
    assert workato.in_group == set(change.applied) == set(values) - {"999"}
    assert len(workato.writes()) == 4


@pytest.mark.parametrize("status", [400, 404])
def test_a_refusal_with_another_cause_stands(status: int) -> None:
    """Where everybody is known nothing is sent again, and Workato's words arrive."""
    workato = Strict(groups=[group()], members=people(1))
    workato.instead[f"POST {MEMBERS}"] = refusal(status, "Not on a Friday")
    failed = failure_of(lambda: workato.connector().add_group_members("pf-1", ["1"]))

    assert failed is not None
    assert (failed.summary, failed.http_status) == ("Not on a Friday", status)
    assert len(workato.writes()) == 1


@pytest.mark.parametrize(
    "answer",
    [httpx.Response(429), httpx.Response(500), httpx.Response(401), httpx.Response(403)],
    ids=lambda answer: str(answer.status_code),
)
def test_a_failure_that_blames_nobody_is_not_looked_into(answer: httpx.Response) -> None:
    """A limit, a fault or a missing privilege says nothing about who is in the batch."""
    workato = Strict(groups=[group()], instead={f"POST {MEMBERS}": answer})
    failed = failure_of(lambda: workato.connector().add_group_members("pf-1", ["9"]))

    assert failed is not None
    assert failed.type is not FailureType.RESOURCE_NOT_FOUND
    assert workato.calls[-1].startswith(f"POST {MEMBERS}")


@pytest.mark.parametrize("status", [400, 404])
def test_a_deleted_group_keeps_nobody_from_being_invited(status: int) -> None:
    """The invitation goes out again without it; the user that comes back has the groups that were sent."""
    workato = Strict(groups=[group("pf-1"), group("pf-2")], status=status)
    invited = workato.connector().create_user(ada(groups=("pf-1", "pf-9", "pf-2"), dev="Member"))

    assert invited == ada(ADA, groups=("pf-1", "pf-2"), dev="Member")
    assert workato.calls[-3:] == [INVITE, GROUPS, INVITE]
    assert sent_groups(workato) == ["pf-1", "pf-2"]


def test_an_invitation_whose_groups_are_all_gone_names_none() -> None:
    """No groups is a key left out, not an empty list."""
    workato = Strict()
    assert workato.connector().create_user(ada(groups=("pf-9",), dev="Member")).groups == ()
    assert sent_groups(workato) is None


@pytest.mark.parametrize("groups", [(), ("pf-1",)], ids=["no groups", "living groups"])
def test_an_invitation_refused_for_another_reason_is_sent_once(groups: tuple[str, ...]) -> None:
    """The words that arrive are those of the refusal."""
    workato = Strict(groups=[group()], instead={INVITE: refusal(400, "Role Builder not found")})
    connector: OktaConnector = workato.connector()
    failed = failure_of(lambda: connector.create_user(ada(groups=groups, dev="Builder")))

    assert failed is not None
    assert failed.summary == "Role Builder not found"
    assert workato.calls.count(INVITE) == 1
    assert (GROUPS in workato.calls) is bool(groups)


def sent_groups(workato: Workato) -> object:
    body = workato.bodies[INVITE]
    assert isinstance(body, dict)
    return body.get("user_group_ids")
