"""`GET /api/users/me`: the workspace that a token belongs to (Workato API: Workspace details)."""

from starlette.responses import Response

from workato_emulator.domain.access import Privilege, must_reach_dev
from workato_emulator.domain.clients import environment_of
from workato_emulator.domain.projects import home_of
from workato_emulator.domain.values import DEV
from workato_emulator.doors.developer.call import Call, Endpoint
from workato_emulator.doors.developer.timestamps import month_of, timestamp
from workato_emulator.http.answers import ok
from workato_emulator.http.routing import Route
from workato_emulator.service import collaborators


def me(call: Call) -> Response:
    """The workspace's root account. What has nothing to do with people and access is null, as the reference allows.

    Plan, billing period and numbers of recipes are filled in (assumption `account_details`).
    """
    if call.assumed.me_id_per_environment == "no":
        must_reach_dev(call.caller.client)
    workspace = call.workspace
    begins, ends = month_of(call.work.now)
    filled = call.work.assumptions.account_details == "filled"
    owner = collaborators.owner_of(call.work, workspace)
    return ok(
        {
            "id": _id(call),
            "name": workspace.name,
            "created_at": timestamp(workspace.created_at),
            "plan_id": "business" if filled else None,
            "current_billing_period_start": timestamp(begins) if filled else None,
            "current_billing_period_end": timestamp(ends) if filled else None,
            "expert": None,
            "avatar_url": None,
            "recipes_count": 0 if filled else None,
            "interested_applications": None,
            "company_name": None,
            "location": None,
            "last_seen": None,
            "contact_phone": None,
            "contact_email": None,
            "about_me": None,
            "email": owner.email,
            "phone": None,
            "active_recipes_count": 0 if filled else None,
            "root_folder_id": home_of(workspace, call.caller.client),
        }
    )


def _id(call: Call) -> int:
    """The workspace's id; by assumption `me_id_per_environment` that of the client's environment, for all but dev."""
    environment = environment_of(call.workspace, call.caller.client)
    if call.assumed.me_id_per_environment == "no" or environment is None or environment == DEV:
        return call.workspace.id
    return call.workspace.environment_ids[environment]


ROUTES = (
    Route(
        "GET",
        "/api/users/me",
        "getWorkspaceDetails",
        Endpoint(me, Privilege.WORKSPACE_DETAILS, "users", needs_dev=False),
    ),
)
