"""The cloud that is there when nobody asks for another: two workspaces that share a person.

Both are on the new permission model, as every new workspace is; the legacy one was announced to end in August 2026.

Names are Faker's choice, made once: its set-up takes longer than all of ours. Tokens are fixed and readable, so that a
command in a document works by copy and paste.
"""

from functools import cache
from typing import Any

from workato_emulator.state.seeds.document import SeedDocument
from workato_emulator.state.seeds.reading import parse

ACME_TOKEN = "wrkaus-acme-okta"  # noqa: S105  (invented, and meant to be copied)
NORTHWIND_TOKEN = "wrkaus-northwind-okta"  # noqa: S105
ACME_SCIM_TOKEN = "scim-acme"  # noqa: S105
PEOPLE = ("David Shaw", "William Heath", "Curtis Walker", "Carolyn Hawkins", "Krista Kelley", "Jessica Tate")
"""What `Faker("en_US")` answers under seed 2026."""


@cache
def default_document() -> SeedDocument:
    """Workspaces `acme` (three environments) and `northwind` (two)."""
    shared, admin, member, invitee, other_admin, builder = PEOPLE
    acme = {
        "name": "Acme Automation",
        "owner": {"name": "Acme Root", "email": "root@acme.example.test"},
        "roles": [{"name": "Release manager", "privileges": {"Workspace settings": ["read"]}}],
        "groups": [{"name": "Payroll builders", "description": "Everybody who builds payroll recipes"}],
        "collaborators": [
            _person(admin, dev="Environment admin", test="Environment admin"),
            _person(member, dev="Member") | {"groups": ["Payroll builders"]},
            _person(shared, dev="Environment manager", prod="Member"),
        ],
        "invitations": [_person(invitee, dev="Member")],
        "projects": [
            {
                "name": "Payroll",
                "description": "Recipes that pay salaries",
                "grants": [{"role": "Builder", "group": "Payroll builders"}],
            }
        ],
        "api_clients": [{"name": "okta", "token": ACME_TOKEN}],
        "scim": {"token": ACME_SCIM_TOKEN},
    }
    northwind = {
        "name": "Northwind Integrations",
        "environments": ["dev", "prod"],
        "owner": {"name": "Northwind Root", "email": "root@northwind.example.test"},
        "roles": [{"name": "Finance lead", "privileges": {"Activity audit": ["all"]}}],
        "collaborators": [
            _person(other_admin, dev="Environment admin", prod="Environment admin"),
            _person(builder, dev="Finance lead", prod="Member"),
            _person(shared, dev="Member"),
        ],
        "api_clients": [{"name": "okta", "token": NORTHWIND_TOKEN}],
    }
    return parse({"workspaces": {"acme": acme, "northwind": northwind}})


def _person(name: str, **roles: str) -> dict[str, Any]:
    return {"name": name, "email": f"{name.replace(' ', '.').lower()}@example.test", "roles": roles}
