"""The cloud that is there when nobody asks for another: two workspaces, one per permission model.

Names come from Faker under a fixed seed. Tokens are fixed and readable, so that a command in a document works by copy
and paste.
"""

from functools import cache
from typing import Any

from workato_emulator.seeds.document import SeedDocument, parse

ACME_TOKEN = "wrkaus-acme-okta"  # noqa: S105  (invented, and meant to be copied)
NORTHWIND_TOKEN = "wrkaus-northwind-okta"  # noqa: S105
_FAKER_SEED = 2026


@cache
def default_document() -> SeedDocument:
    """Workspaces `acme` (environment roles, three environments) and `northwind` (legacy roles, two)."""
    from faker import Faker  # slow to import, and only needed here

    faker = Faker("en_US")
    faker.seed_instance(_FAKER_SEED)

    def person() -> dict[str, Any]:
        first, last = faker.unique.first_name(), faker.unique.last_name()
        return {"name": f"{first} {last}", "email": f"{first}.{last}@example.test".lower()}

    shared = person()
    return parse(
        {
            "workspaces": {
                "acme": {
                    "name": "Acme Automation",
                    "owner": {"name": "Acme Root", "email": "root@acme.example.test"},
                    "roles": [{"name": "Release manager", "privileges": {"Workspace settings": ["read"]}}],
                    "groups": [{"name": "Payroll builders", "description": "Everybody who builds payroll recipes"}],
                    "collaborators": [
                        person() | {"roles": {"dev": "Environment admin", "test": "Environment admin"}},
                        person() | {"roles": {"dev": "Member"}, "groups": ["Payroll builders"]},
                        shared | {"roles": {"dev": "Environment manager", "prod": "Member"}},
                    ],
                    "invitations": [person() | {"roles": {"dev": "Member"}}],
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
                        person() | {"roles": {"dev": "Admin", "prod": "Admin"}},
                        person() | {"roles": {"dev": "Finance builder", "prod": "Operator"}},
                        shared | {"roles": {"dev": "Operator"}},
                    ],
                    "api_clients": [{"name": "okta", "token": NORTHWIND_TOKEN}],
                },
            }
        }
    )
