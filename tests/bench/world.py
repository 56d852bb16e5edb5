"""The world that is measured: a workspace with so many members and a quota that nobody will spend."""

from itertools import count
from json import dumps
from typing import Any
from urllib.parse import urlencode

WORKSPACE = "acme"
TOKEN = "wrkaus-acme-bench"
SCIM_TOKEN = "scim-acme-bench"
MEMBERS = "/api/members"
INVITATIONS = "/api/member_invitations"
USERS = "/scim/v2/Users"
_FIRST_MEMBER = 1_000_000
_number = count()


def seed(members: int) -> dict[str, Any]:
    """As plain data. Ids are given, so that a member's address is known before anything runs.

    No plan raises the limit of SCIM's requests, so there is none.
    """
    return {
        "assumptions": {"scim_rate_limit": "none"},
        "workspaces": {
            WORKSPACE: {
                "environments": ["dev", "test", "prod"],
                "plan": {"collaborator_limit": 10**9, "requests_per_minute": 10**9},
                "collaborators": [
                    {
                        "id": _FIRST_MEMBER + number,
                        "name": f"Member {number:06}",
                        "email": email(number),
                        "roles": {"dev": "Member", "test": "Environment manager", "prod": "Member"},
                    }
                    for number in range(members)
                ],
                "api_clients": [{"name": "bench", "token": TOKEN}],
                "scim": {"token": SCIM_TOKEN},
            }
        },
    }


def email(number: int) -> str:
    return f"member.{number:06}@example.test"


def user_named(number: int) -> str:
    """The path with the filter by which Okta looks for one person."""
    sought = f'userName eq "{email(number)}"'
    return f"{USERS}?{urlencode({'filter': sought})}"


def member(number: int) -> str:
    """The path of one member."""
    return f"{MEMBERS}/{_FIRST_MEMBER + number}"


def invitation() -> bytes:
    """The body of an invitation for somebody who was never invited before."""
    number = next(_number)
    rows = [{"environment_type": each, "name": "Member", "role_type": "environment"} for each in ("dev", "prod")]
    return dumps(
        {"name": f"Invitee {number:08}", "email": f"invitee.{number:08}@example.test", "env_roles": rows}
    ).encode()
