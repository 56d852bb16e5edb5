"""The people in the play: the invitee who answers, and the admin in Workato's own pages."""

from collections.abc import Callable

from starlette.responses import Response

from workato_emulator.domain.values import Invitation, PermissionModel
from workato_emulator.doors.control.call import ControlCall, ControlHandler, Routes
from workato_emulator.http.answers import empty, ok
from workato_emulator.service import collaborators, groups, invitations, roles, workspaces
from workato_emulator.service.work import UnitOfWork
from workato_emulator.state.seeds.build import plan_of
from workato_emulator.state.seeds.document import PlanSeed
from workato_emulator.state.seeds.export import group_names, plan
from workato_emulator.state.seeds.members import role_names


def list_invitations(call: ControlCall) -> Response:
    workspace = workspaces.one(call.work, call.path["workspace"])
    rows = [
        {
            "id": each.id,
            "email": each.email,
            "name": each.name,
            "roles": role_names(workspace, each.roles),
            "groups": group_names(workspace, each),
            "invited_at": each.invited_at.isoformat(),
            "expires_at": None if each.lapses_at is None else each.lapses_at.isoformat(),
        }
        for each in invitations.waiting(call.work, workspace.slug)
    ]
    return ok({"data": rows})


def _answer_with(act: Callable[[UnitOfWork, str, str], Invitation]) -> ControlHandler:
    def handler(call: ControlCall) -> Response:
        act(call.work, call.path["workspace"], call.path["invitation"])
        return empty()

    return handler


def add_collaborator(call: ControlCall) -> Response:
    fields = call.fields
    slug = call.path["workspace"]
    member = collaborators.add_by_hand(
        call.work, slug, fields["name"], fields["email"], fields.get("roles") or {}, fields.get("groups") or ()
    )
    workspace = workspaces.one(call.work, slug)
    return ok(
        {
            "id": member.id,
            "email": member.email,
            "name": member.name,
            "roles": role_names(workspace, member.roles),
            "groups": sorted(group.name for group in workspace.groups_of(member.id)),
        },
        201,
    )


def remove_collaborator(call: ControlCall) -> Response:
    collaborators.remove_by_hand(call.work, call.path["workspace"], call.path["email"])
    return empty()


def change_roles(call: ControlCall) -> Response:
    collaborators.change_roles_by_hand(call.work, call.path["workspace"], call.path["email"], call.fields["roles"])
    return empty()


def change_plan(call: ControlCall) -> Response:
    slug = call.path["workspace"]
    now = plan(workspaces.one(call.work, slug).plan)
    changed = plan_of(PlanSeed.read(now | call.fields))
    workspaces.change_plan(call.work, slug, changed)
    return ok(plan(changed))


def change_permission_model(call: ControlCall) -> Response:
    model = PermissionModel(call.fields["permission_model"])
    workspaces.change_permission_model(call.work, call.path["workspace"], model)
    return empty()


def add_environment(call: ControlCall) -> Response:
    workspaces.add_environment(call.work, call.path["workspace"], call.fields["name"])
    return empty()


def create_role(call: ControlCall) -> Response:
    granted = {label: tuple(can) for label, can in (call.fields.get("privileges") or {}).items()}
    role = roles.create_by_hand(call.work, call.path["workspace"], call.fields["name"], granted)
    return ok({"id": role.id, "name": role.name}, 201)


def rename_role(call: ControlCall) -> Response:
    roles.rename_by_hand(call.work, call.path["workspace"], call.path["role"], call.fields["name"])
    return empty()


def delete_role(call: ControlCall) -> Response:
    roles.delete_by_hand(call.work, call.path["workspace"], call.path["role"])
    return empty()


def create_group(call: ControlCall) -> Response:
    fields = call.fields
    group = groups.create_by_hand(call.work, call.path["workspace"], fields["name"], fields.get("description"))
    return ok({"id": group.id, "name": group.name}, 201)


def delete_group(call: ControlCall) -> Response:
    groups.delete_by_hand(call.work, call.path["workspace"], call.path["group"])
    return empty()


def change_group_members(call: ControlCall) -> Response:
    fields = call.fields
    groups.change_members_by_hand(
        call.work, call.path["workspace"], call.path["group"], fields.get("add", ()), fields.get("remove", ())
    )
    return empty()


_INVITATION = "/workspaces/{workspace}/invitations/{invitation}"
_COLLABORATOR = "/workspaces/{workspace}/collaborators/{email}"
_ROLE = "/workspaces/{workspace}/roles/{role}"
_GROUP = "/workspaces/{workspace}/groups/{group}"

ROUTES: Routes = (
    ("GET", "/workspaces/{workspace}/invitations", "listInvitations", list_invitations),
    ("POST", f"{_INVITATION}/accept", "acceptInvitation", _answer_with(invitations.accept)),
    ("POST", f"{_INVITATION}/decline", "declineInvitation", _answer_with(invitations.withdraw)),
    ("POST", f"{_INVITATION}/cancel", "cancelInvitation", _answer_with(invitations.withdraw)),
    ("POST", f"{_INVITATION}/expire", "expireInvitation", _answer_with(invitations.expire)),
    ("POST", "/workspaces/{workspace}/collaborators", "addCollaborator", add_collaborator),
    ("DELETE", _COLLABORATOR, "removeCollaboratorByHand", remove_collaborator),
    ("PUT", f"{_COLLABORATOR}/roles", "changeCollaboratorRoles", change_roles),
    ("PATCH", "/workspaces/{workspace}/plan", "changePlan", change_plan),
    ("PUT", "/workspaces/{workspace}/permission_model", "changePermissionModel", change_permission_model),
    ("POST", "/workspaces/{workspace}/environments", "addEnvironment", add_environment),
    ("POST", "/workspaces/{workspace}/roles", "createRole", create_role),
    ("PUT", _ROLE, "renameRole", rename_role),
    ("DELETE", _ROLE, "deleteRole", delete_role),
    ("POST", "/workspaces/{workspace}/groups", "createGroup", create_group),
    ("DELETE", _GROUP, "deleteGroup", delete_group),
    ("PATCH", f"{_GROUP}/members", "changeGroupMembers", change_group_members),
)
