"""`POST /api/member_invitations` (Workato API: Workspace collaborators, Invite a collaborator)."""

from typing import NotRequired, TypedDict, cast

from starlette.responses import Response

from workato_emulator.domain.access import Privilege
from workato_emulator.domain.invitations import InvitationRequest
from workato_emulator.domain.values import GroupId
from workato_emulator.doors.developer.bodies import EnvRole, named_roles
from workato_emulator.doors.developer.call import Call, Endpoint
from workato_emulator.http.answers import ok
from workato_emulator.http.routing import Route
from workato_emulator.service import invitations


class Body(TypedDict):
    name: str
    email: str
    env_roles: NotRequired[list[EnvRole] | None]
    role_name: NotRequired[str | None]
    user_group_ids: NotRequired[list[str] | None]


def invite(call: Call) -> Response:
    """The answer is literally this and never more: there is no invitation id to be had."""
    body = cast("Body", call.body)
    request = InvitationRequest(
        name=body["name"],
        email=body["email"],
        env_roles=named_roles(body.get("env_roles")),
        role_name=body.get("role_name"),
        groups=tuple(GroupId(group) for group in body.get("user_group_ids") or ()),
    )
    invitations.invite(call.work, call.caller.workspace.id, request)
    return ok({"result": "ok"})


ROUTES = (
    Route(
        "POST",
        "/api/member_invitations",
        "inviteCollaborator",
        Endpoint(invite, Privilege.INVITE, "member_invitations"),
    ),
)
