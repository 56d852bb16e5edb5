"""The cloud that is there when nobody asks for another: two workspaces that share a person.

Both are on the new permission model, as every new workspace is; the legacy one was announced to end in August 2026.

Names are Faker's choice, made once: its set-up takes longer than all of ours. Tokens are fixed and readable, so that a
command in a document works by copy and paste.
"""

from functools import cache

from workato_emulator.state.seeds.document import (
    AccountSeed,
    ApiClientSeed,
    CollaboratorSeed,
    GrantSeed,
    GroupSeed,
    InvitationSeed,
    ProjectSeed,
    RoleSeed,
    SeedDocument,
    WorkspaceSeed,
)

ACME_TOKEN = "wrkaus-acme-okta"  # noqa: S105  (invented, and meant to be copied)
NORTHWIND_TOKEN = "wrkaus-northwind-okta"  # noqa: S105
PEOPLE = ("David Shaw", "William Heath", "Curtis Walker", "Carolyn Hawkins", "Krista Kelley", "Jessica Tate")
"""What `Faker("en_US")` answers under seed 2026."""


@cache
def default_document() -> SeedDocument:
    """Workspaces `acme` (three environments) and `northwind` (two).

    Put together and not parsed: preparing the validators is half of a start, and a test holds this to them.
    """
    shared, admin, member, invitee, other_admin, builder = PEOPLE
    acme = WorkspaceSeed.model_construct(
        name="Acme Automation",
        owner=_account("Acme Root", "root@acme.example.test"),
        roles=[RoleSeed.model_construct(name="Release manager", privileges={"Workspace settings": ["read"]})],
        groups=[GroupSeed.model_construct(name="Payroll builders", description="Everybody who builds payroll recipes")],
        collaborators=[
            _collaborator(admin, dev="Environment admin", test="Environment admin"),
            _collaborator(member, "Payroll builders", dev="Member"),
            _collaborator(shared, dev="Environment manager", prod="Member"),
        ],
        invitations=[InvitationSeed.model_construct(name=invitee, email=_email(invitee), roles={"dev": "Member"})],
        projects=[
            ProjectSeed.model_construct(
                name="Payroll",
                description="Recipes that pay salaries",
                grants=[GrantSeed.model_construct(role="Builder", group="Payroll builders")],
            )
        ],
        api_clients=[ApiClientSeed.model_construct(name="okta", token=ACME_TOKEN)],
    )
    northwind = WorkspaceSeed.model_construct(
        name="Northwind Integrations",
        environments=["dev", "prod"],
        owner=_account("Northwind Root", "root@northwind.example.test"),
        roles=[RoleSeed.model_construct(name="Finance lead", privileges={"Activity audit": ["all"]})],
        collaborators=[
            _collaborator(other_admin, dev="Environment admin", prod="Environment admin"),
            _collaborator(builder, dev="Finance lead", prod="Member"),
            _collaborator(shared, dev="Member"),
        ],
        api_clients=[ApiClientSeed.model_construct(name="okta", token=NORTHWIND_TOKEN)],
    )
    return SeedDocument.model_construct(workspaces={"acme": acme, "northwind": northwind})


def _collaborator(name: str, *groups: str, **roles: str) -> CollaboratorSeed:
    return CollaboratorSeed.model_construct(name=name, email=_email(name), roles=roles, groups=list(groups))


def _account(name: str, email: str) -> AccountSeed:
    return AccountSeed.model_construct(name=name, email=email)


def _email(name: str) -> str:
    return f"{name.replace(' ', '.').lower()}@example.test"
