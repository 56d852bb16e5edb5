"""The admin's hand on SCIM: switching it on, and its token."""

from typing import Any

from starlette.responses import Response

from workato_emulator.domain.scim.access import base_url_of
from workato_emulator.domain.values import ScimSettings
from workato_emulator.doors.control.call import ControlCall, Routes
from workato_emulator.http.answers import empty, ok
from workato_emulator.service import scim_settings, workspaces
from workato_emulator.service import sign_in as saml
from workato_emulator.state.seeds.members import role_names


def change_settings(call: ControlCall) -> Response:
    return ok(show_settings(scim_settings.change(call.work, call.path["workspace"], call.fields)))


def generate_token(call: ControlCall) -> Response:
    """The one answer that shows the token."""
    slug = call.path["workspace"]
    token = scim_settings.generate_token(call.work, slug, (call.fields or {}).get("token"))
    workspace = workspaces.one(call.work, slug)
    return ok({"token": token, "base_url": base_url_of(workspace, call.work.assumptions)}, 201)


def revoke_token(call: ControlCall) -> Response:
    scim_settings.revoke_token(call.work, call.path["workspace"])
    return empty()


def sign_in(call: ControlCall) -> Response:
    fields = call.fields
    slug = call.path["workspace"]
    email = fields["email"]
    member = saml.sign_in(
        call.work, slug, email, fields.get("name") or email, fields.get("roles") or {}, fields.get("groups")
    )
    workspace = workspaces.one(call.work, slug)
    return ok(
        {
            "id": member.id,
            "email": member.email,
            "name": member.name,
            "roles": role_names(workspace, member.roles),
            "groups": sorted(group.name for group in workspace.groups_of(member.id)),
        }
    )


def show_settings(settings: ScimSettings) -> dict[str, Any]:
    """What SCIM's page says; of the tokens only how many there are, as each is shown once."""
    return {
        "licensed": settings.licensed,
        "sso": settings.sso,
        "jit": settings.jit,
        "role_sync": settings.role_sync,
        "tokens": len(settings.tokens),
    }


_SCIM = "/workspaces/{workspace}/scim"

ROUTES: Routes = (
    ("PATCH", _SCIM, "changeScim", change_settings),
    ("POST", f"{_SCIM}/token", "generateScimToken", generate_token),
    ("DELETE", f"{_SCIM}/token", "revokeScimToken", revoke_token),
    ("POST", "/workspaces/{workspace}/sign_ins", "signInBySaml", sign_in),
)
