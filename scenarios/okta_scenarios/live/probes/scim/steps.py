"""What probes of SCIM are put together from."""

from collections.abc import Mapping, Sequence
from typing import Any

from okta_scenarios.live.exchange import SCIM, Json
from okta_scenarios.live.probes.answers import Answers, Check
from okta_scenarios.live.probes.model import Made, Step, read

USERS = f"{SCIM}/Users"
CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
ROLE = "urn:ietf:params:scim:schemas:workato:1.0:WorkatoRole"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
FIRST, SECOND, NONE = "Member", "Environment manager", "No access"
"""Roles that every workspace has: the one that is given by default, another, and what the Developer API calls none."""
JOINS = Made("collaborator", "", "/api/members")
CHANGED = frozenset({200, 204})
PURGED = frozenset({204, 400, 403, 404, 405, 501})
_ANNOUNCED = {"Content-Type": "application/scim+json"}


def ask(name: str, path: str, **more: Any) -> Step:  # noqa: ANN401  (fields of a Step)
    """A read of SCIM, by the identity provider's token unless another is named."""
    return read(name, f"{SCIM}{path}", **{"client": "scim", **more})


def send(name: str, method: str, path: str, body: Json = None, **more: Any) -> Step:  # noqa: ANN401  (fields of a Step)
    """A write to SCIM, announced as what it is unless `headers` say otherwise."""
    return Step(name, method, f"{SCIM}{path}", body=body, **{"client": "scim", "headers": _ANNOUNCED, **more})


def listed(answers: Answers, step: str | None = None) -> Sequence[Mapping[str, Json]]:
    """The users of a list."""
    found = answers.at("Resources", step)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def kind_of_json(answers: Answers, step: str) -> str:
    """The media type of an earlier answer."""
    answer = answers.earlier.get(step)
    said = "" if answer is None else answer.headers.get("content-type", "")
    return said.partition(";")[0].strip().lower()


def earlier(step: str, *codes: int) -> Check:
    return lambda answers: answers.status(step) in codes


# People


def person(mail: str, roles: Mapping[str, Json] | None = None, **more: Json) -> dict[str, Json]:
    """Somebody as an identity provider describes them; without `roles`, without the role extension."""
    body = {"schemas": [CORE], "userName": mail, "name": {"givenName": "$name:person", "familyName": "Probe"}, **more}
    return body if roles is None else body | {"schemas": [CORE, ROLE], ROLE: dict(roles)}


def create(name: str, mail: str, roles: Mapping[str, Json] | None = None, as_: str = "user", **more: Any) -> Step:  # noqa: ANN401  (fields of a Step)
    """Makes somebody who is removed by their mailbox; the id of SCIM's is kept."""
    body = {**person(mail, roles, active=True, emails=[{"value": mail, "type": "work", "primary": True}])}
    return send(
        name,
        "POST",
        "/Users",
        body | more.pop("body", {}),
        makes=JOINS,
        joins=mail,
        **{"may": frozenset({201}), "keeps": {as_: "id"}, **more},
    )


def put(name: str, body: Mapping[str, Json], **more: Any) -> Step:  # noqa: ANN401  (fields of a Step)
    return send(name, "PUT", "/Users/$user", dict(body), **{"may": frozenset({200}), **more})


def patch(name: str, operation: Mapping[str, Json], **more: Any) -> Step:  # noqa: ANN401  (fields of a Step)
    body = {"schemas": [PATCH], "Operations": [dict(operation)]}
    return send(name, "PATCH", "/Users/$user", body, **{"may": CHANGED, **more})


def activate(name: str, *, active: bool, **more: Any) -> Step:  # noqa: ANN401  (fields of a Step)
    """As Okta's catalogue apps write it."""
    return patch(name, {"op": "replace", "value": {"active": active}}, **more)


def members(name: str, **more: Any) -> Step:  # noqa: ANN401  (fields of a Step)
    """The collaborators, as the Developer API has them."""
    return read(name, "/api/members", **more)


def purge(mail: str = "$mail1", as_: str = "user", end: str = "") -> tuple[Step, Step]:
    """Has SCIM forget whom the probe made, under the id that they have now. What is left is removed by the mailbox."""
    look = ask(
        f"found{end}",
        "/Users",
        query={"filter": f'userName eq "{mail}"'},
        keeps={as_: f"Resources.[userName={mail}].id"},
    )
    return look, send(f"purge{end}", "DELETE", f"/Users/${as_}", may=PURGED, headers={})


def role_of(answers: Answers, step: str | None = None, mail: str = "$mail1") -> Json:
    """The role that a collaborator has in DEV; None for whom the list does not have."""
    return answers.at(f"data.[email={mail}].roles.[environment_type=dev].role_name", step)


def has_role(name: str, step: str | None = None) -> Check:
    return lambda answers: role_of(answers, step) == name
