"""Probes that send a write which is refused, or which changes nothing whichever way it goes."""

from okta_scenarios.live.probes.answers import has, status
from okta_scenarios.live.probes.model import Kind, Need, Probe, Reading, Step, needing, read, statuses

ENVELOPE = Reading("error_envelope", {"errors": has("errors.0"), "message": has("message")}, when=status(400))
_INVITE = "/api/member_invitations"


def _renamed(probe: str, name: str, path: str, wrapper: str, assumption: str) -> Probe:
    """Gives what the workspace has by itself the name that it has."""
    return Probe(
        probe,
        Kind.REFUSED,
        (
            read("listed", path, keeps={"id": f"data.[name={name}].id"}),
            Step(
                "same-name",
                "PUT",
                f"{path}/$id",
                body={wrapper: {"name": name}},
                may=statuses(400, 403),
                reads=(Reading(assumption, {"403": status(403), "400": status(400)}),),
            ),
        ),
        needing(Need.NEW_MODEL),
        note=f"{name} is renamed to the name that it has.",
    )


REFUSED = (
    Probe(
        "no-role",
        Kind.REFUSED,
        (
            Step(
                "no-role",
                "POST",
                _INVITE,
                body={"name": "Probe", "email": "$spare"},
                may=statuses(400),
                reads=(ENVELOPE,),
            ),
        ),
    ),
    Probe(
        "unknown-role",
        Kind.REFUSED,
        (
            Step(
                "unknown-role",
                "POST",
                _INVITE,
                body={
                    "name": "Probe",
                    "email": "$spare",
                    "env_roles": [{"environment_type": "dev", "name": "zz-no-such-role", "role_type": "environment"}],
                },
                may=statuses(400),
                reads=(ENVELOPE,),
            ),
        ),
        needing(Need.NEW_MODEL),
        note="If it is let through, one mailbox of yours has an invitation.",
    ),
    _renamed("system-role", "Member", "/api/environment_roles", "environment_role", "system_role_change"),
    _renamed("system-group", "All collaborators", "/api/user_groups", "user_group", "system_group_change"),
    Probe(
        "moderator",
        Kind.REFUSED,
        (
            read(
                "members",
                "/api/members",
                keeps={"member": "data.[email=$moderator].id", "role": "data.[email=$moderator].roles.0.role_name"},
            ),
            Step(
                "same-role",
                "PUT",
                "/api/members/$member",
                body={"env_roles": [{"environment_type": "dev", "name": "$role", "role_type": "environment"}]},
                may=statuses(200, 400, 403),
                reads=(Reading("moderator_change", {"403": status(403), "400": status(400), "allowed": status(200)}),),
            ),
        ),
        needing(Need.MODERATOR, Need.NEW_MODEL),
        note="The moderator is given the role that they have.",
    ),
)
