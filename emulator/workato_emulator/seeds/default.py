"""The cloud that is there when nobody asks for another: two workspaces, one per permission model.

Names are Faker's choice, made once. Tokens are fixed and readable, so that a command in a document works by copy and
paste.
"""

from functools import cache
from typing import Any

from workato_emulator.seeds.document import SeedDocument, parse

ACME_TOKEN = "wrkaus-acme-okta"  # noqa: S105  (invented, and meant to be copied)
NORTHWIND_TOKEN = "wrkaus-northwind-okta"  # noqa: S105
PEOPLE = ("David Shaw", "William Heath", "Curtis Walker", "Carolyn Hawkins", "Krista Kelley", "Jessica Tate")
"""What `Faker("en_US")` answers under seed 2026. Written down, because Faker's set-up takes longer than all of ours."""


@cache
def default_document() -> SeedDocument:
    """Workspaces `acme` (environment roles, three environments) and `northwind` (legacy roles, two)."""
    shared, admin, member, invitee, legacy_admin, builder = (_person(name) for name in PEOPLE)
    return parse(
        {
            "workspaces": {
                "acme": {
                    "name": "Acme Automation",
                    "owner": {"name": "Acme Root", "email": "root@acme.example.test"},
                    "roles": [{"name": "Release manager", "privileges": {"Workspace settings": ["read"]}}],
                    "groups": [{"name": "Payroll builders", "description": "Everybody who builds payroll recipes"}],
                    "collaborators": [
                        admin | {"roles": {"dev": "Environment admin", "test": "Environment admin"}},
                        member | {"roles": {"dev": "Member"}, "groups": ["Payroll builders"]},
                        shared | {"roles": {"dev": "Environment manager", "prod": "Member"}},
                    ],
                    "invitations": [invitee | {"roles": {"dev": "Member"}}],
                    "projects": [
                        {
                            "name": "Payroll",
                            "description": "Recipes that pay salaries",
                            "grants": [{"group": "Payroll builders", "role": "Builder"}],
                        }
                    ],
                    "api_clients": [{"name": "okta", "token": ACME_TOKEN}],
                },
                "northwind": {
                    "name": "Northwind Integrations",
                    "permission_model": "legacy_roles",
                    "environments": ["dev", "prod"],
                    "owner": {"name": "Northwind Root", "email": "root@northwind.example.test"},
                    "roles": [{"name": "Finance builder", "privileges": {"Recipes": ["read", "run"]}}],
                    "collaborators": [
                        legacy_admin | {"roles": {"dev": "Admin", "prod": "Admin"}},
                        builder | {"roles": {"dev": "Finance builder", "prod": "Operator"}},
                        shared | {"roles": {"dev": "Operator"}},
                    ],
                    "api_clients": [{"name": "okta", "token": NORTHWIND_TOKEN}],
                },
            }
        }
    )


def _person(name: str) -> dict[str, Any]:
    return {"name": name, "email": f"{name.replace(' ', '.').lower()}@example.test"}
