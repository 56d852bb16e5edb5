"""The world that is measured: a workspace with so many members and a quota that nobody will spend."""

from itertools import count
from json import dumps
from typing import Any

WORKSPACE = "acme"
TOKEN = "wrkaus-acme-bench"
MEMBERS = "/api/members"
INVITATIONS = "/api/member_invitations"
_FIRST_MEMBER = 1_000_000
_number = count()


def seed(members: int) -> dict[str, Any]:
    """As plain data. Ids are given, so that a member's address is known before anything runs."""
    return {
        "workspaces": {
            WORKSPACE: {
                "environments": ["dev", "test", "prod"],
                "plan": {"collaborator_limit": 10**9, "requests_per_minute": 10**9},
                "collaborators": [
                    {
                        "id": _FIRST_MEMBER + number,
                        "name": f"Member {number:06}",
                        "email": f"member.{number:06}@example.test",
                        "roles": {"dev": "Member", "test": "Environment manager", "prod": "Member"},
                    }
                    for number in range(members)
                ],
                "api_clients": [{"name": "bench", "token": TOKEN}],
            }
        }
    }


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
