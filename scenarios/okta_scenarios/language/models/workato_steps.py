"""What people do in Workato itself: invitees, and the workspace's administrators. One class per verb."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, ClassVar, Literal, NamedTuple

from pydantic import Field, model_validator

from okta_scenarios.language.models.claims import WorkatoExpect, WorkatoPersonExpect
from okta_scenarios.language.models.given import PermissionModel, Plan, Roles
from okta_scenarios.language.models.names import (
    ClientName,
    ClientRoleName,
    Environment,
    GroupName,
    NewName,
    PersonName,
    Privilege,
    WorkspaceName,
)
from okta_scenarios.language.models.steps import DuringStep, Needs, PeopleStep
from okta_scenarios.language.objections import objection
from workato_emulator.text.error_codes.scenarios import SCN_SHOWS_NOTHING

People = Annotated[tuple[PersonName, ...], Field(min_length=1)]


class Control(NamedTuple):
    """The request to the control plane that does what a verb says, below the step's workspace.

    `{key}` in the path is a key of the step. `body` says which key each field is taken from.
    """

    method: str
    path: str
    body: Mapping[str, str] = MappingProxyType({})


class WorkatoStep(DuringStep):
    control: ClassVar[Control]

    workspace: WorkspaceName | None = None
    """The workspace; the only one when left out."""
    expect: WorkatoExpect | None = None
    """What should follow."""


class WorkatoUserStep(PeopleStep, WorkatoStep):
    user: PersonName | None = None
    """The person, by short name."""
    users: People | None = None
    """In place of `user`, several people for whom the same is done, one after the other, until somebody is refused."""
    expect: WorkatoPersonExpect | None = None
    """What should follow, for this person and around."""


class WorkatoGroupStep(WorkatoStep):
    group: GroupName
    """The collaborator group."""


class WorkatoAcceptInvitation(WorkatoUserStep):
    """The invitee accepts."""

    needs = Needs.EMULATOR
    control = Control("POST", "/invitations/{user}/accept")
    says = "{who} accept{s} the invitation to {workspace}"
    workato: Literal["accept_invitation"]


class WorkatoDeclineInvitation(WorkatoUserStep):
    """The invitee declines."""

    needs = Needs.EMULATOR
    control = Control("POST", "/invitations/{user}/decline")
    says = "{who} decline{s} the invitation to {workspace}"
    workato: Literal["decline_invitation"]


class WorkatoCancelInvitation(WorkatoUserStep):
    """An administrator cancels an invitation."""

    needs = Needs.EMULATOR
    control = Control("POST", "/invitations/{user}/cancel")
    says = "{admin} cancels the invitation of {who}"
    workato: Literal["cancel_invitation"]


class WorkatoExpireInvitation(WorkatoUserStep):
    """An invitation lapses."""

    needs = Needs.EMULATOR
    control = Control("POST", "/invitations/{user}/expire")
    says = "The invitation of {who} to {workspace} lapses"
    workato: Literal["expire_invitation"]


class WorkatoAddCollaborator(WorkatoUserStep):
    """An administrator adds a collaborator by hand; nobody has to accept."""

    needs = Needs.EMULATOR
    control = Control("POST", "/collaborators", {"email": "user", "roles": "roles", "groups": "groups"})
    says = "{admin} adds {who} by hand, {roles}[, groups {groups}]"
    workato: Literal["add_collaborator"]
    roles: Roles
    """The role by environment."""
    groups: tuple[GroupName, ...] = ()
    """Collaborator groups the person comes into."""


class WorkatoRemoveCollaborator(WorkatoUserStep):
    """An administrator removes a collaborator by hand."""

    control = Control("DELETE", "/collaborators/{user}")
    says = "{admin} removes {who} by hand"
    workato: Literal["remove_collaborator"]


class WorkatoChangeRoles(WorkatoUserStep):
    """An administrator changes a collaborator's roles by hand."""

    control = Control("PUT", "/collaborators/{user}/roles", {"roles": "roles"})
    says = "{admin} changes the roles of {who} by hand to {roles}"
    workato: Literal["change_roles"]
    roles: Roles
    """The role by environment; environments left out keep theirs."""


class WorkatoGenerateScimToken(WorkatoStep):
    """An administrator generates the SCIM token, or refreshes it: the one before opens nothing any more."""

    needs = Needs.EMULATOR
    control = Control("POST", "/scim/token", {"token": "token"})
    says = "{admin} generates another SCIM token of {workspace}"
    workato: Literal["generate_scim_token"]
    token: NewName
    """The new token, such as scim-second. An app instance has it once `configure_app` gives it to it."""


class WorkatoRevokeScimToken(WorkatoStep):
    """An administrator revokes the SCIM token, which switches SCIM off."""

    needs = Needs.EMULATOR
    control = Control("DELETE", "/scim/token")
    says = "{admin} revokes the SCIM token of {workspace}"
    workato: Literal["revoke_scim_token"]


class WorkatoChangeScim(WorkatoStep):
    """What the licence and the settings say of SCIM and SAML; what is left out stays."""

    needs = Needs.EMULATOR
    control = Control("PATCH", "/scim", {"licensed": "licensed", "sso": "sso", "jit": "jit", "role_sync": "role_sync"})
    says = (
        "{admin} changes SCIM of {workspace}[, licensed {licensed}][, sso {sso}][, jit {jit}][, role sync {role_sync}]"
    )
    workato: Literal["change_scim"]
    licensed: bool | None = None
    """Whether the licence includes SCIM."""
    sso: bool | None = None
    """Whether single sign-on by SAML works."""
    jit: bool | None = None
    """Whether a SAML sign-in lets people in who are no collaborators yet."""
    role_sync: bool | None = None
    """Whether a SAML sign-in sets roles."""

    @model_validator(mode="after")
    def _changes_something(self) -> "WorkatoChangeScim":
        if not self.model_fields_set & {"licensed", "sso", "jit", "role_sync"}:
            raise objection("changes nothing; name licensed, sso, jit or role_sync", code=SCN_SHOWS_NOTHING)
        return self


class WorkatoSignIn(WorkatoUserStep):
    """Somebody signs in by SAML. A stranger joins where that is allowed; roles count where they are synchronised."""

    needs = Needs.EMULATOR
    control = Control("POST", "/sign_ins", {"email": "user", "roles": "roles"})
    says = "{user} signs in to {workspace} by SAML[ with {roles}]"
    workato: Literal["sign_in"]
    roles: Roles | None = None
    """The roles that the assertion brings, by environment; environments left out keep theirs."""


class WorkatoAddEnvironment(WorkatoStep):
    """The workspace gets one more environment. Nobody has access there until somebody is given a role."""

    needs = Needs.EMULATOR
    control = Control("POST", "/environments", {"name": "environment"})
    says = "{workspace} gets the environment {environment}"
    workato: Literal["add_environment"]
    environment: Environment
    """The environment type that is added."""


class WorkatoCreateRole(WorkatoStep):
    """An administrator creates a custom role."""

    control = Control("POST", "/roles", {"name": "role"})
    says = "{admin} creates the role {role}"
    workato: Literal["create_role"]
    role: NewName
    """The role's name."""


class WorkatoRenameRole(WorkatoStep):
    """An administrator renames a custom role."""

    control = Control("PUT", "/roles/{role}", {"name": "to"})
    says = "{admin} renames the role {role} to {to}"
    workato: Literal["rename_role"]
    role: NewName
    """The role's name so far."""
    to: NewName
    """Its new name."""


class WorkatoDeleteRole(WorkatoStep):
    """An administrator deletes a custom role."""

    control = Control("DELETE", "/roles/{role}")
    says = "{admin} deletes the role {role}"
    workato: Literal["delete_role"]
    role: NewName
    """The role's name."""


class WorkatoCreateGroup(WorkatoStep):
    """An administrator creates a collaborator group."""

    control = Control("POST", "/groups", {"name": "group"})
    says = "{admin} creates the collaborator group {group}"
    workato: Literal["create_group"]
    group: NewName
    """The new group's name."""


class WorkatoDeleteGroup(WorkatoGroupStep):
    """An administrator deletes a collaborator group."""

    control = Control("DELETE", "/groups/{group}")
    says = "{admin} deletes the collaborator group {group}"
    workato: Literal["delete_group"]


class WorkatoAddToGroup(WorkatoGroupStep):
    """An administrator puts collaborators into a group by hand."""

    control = Control("PATCH", "/groups/{group}/members", {"add": "members"})
    says = "{admin} puts {members} into the collaborator group {group} by hand"
    workato: Literal["add_to_group"]
    members: People
    """Who comes in."""


class WorkatoRemoveFromGroup(WorkatoGroupStep):
    """An administrator takes collaborators out of a group by hand."""

    control = Control("PATCH", "/groups/{group}/members", {"remove": "members"})
    says = "{admin} takes {members} out of the collaborator group {group} by hand"
    workato: Literal["remove_from_group"]
    members: People
    """Who goes."""


class WorkatoChangePlan(WorkatoStep, Plan):
    """The licence changes."""

    needs = Needs.EMULATOR
    control = Control("PATCH", "/plan")
    says = "The plan of {workspace} changes"
    workato: Literal["change_plan"]

    @model_validator(mode="after")
    def _changes_something(self) -> "WorkatoChangePlan":
        if not self.model_fields_set & Plan.model_fields.keys():
            raise objection(f"changes nothing; name one of {', '.join(Plan.model_fields)}", code=SCN_SHOWS_NOTHING)
        return self


class WorkatoChangePermissionModel(WorkatoStep):
    """The workspace moves to another permission model."""

    needs = Needs.EMULATOR
    control = Control("PUT", "/permission_model", {"permission_model": "to"})
    says = "{workspace} moves to the permission model {to}"
    workato: Literal["change_permission_model"]
    to: PermissionModel
    """The permission model from now on."""


_OF_A_CLIENT = ("token", "privileges", "environments", "role", "ip_allow_list")


class WorkatoChangeClient(WorkatoStep):
    """An administrator gives an API client a new token, or changes what it may do and from where."""

    needs = Needs.EMULATOR
    control = Control("PATCH", "/api_clients/{client}", {key: key for key in _OF_A_CLIENT})
    says = (
        "{admin} changes the API client {client}[, {token}][, privileges {privileges}]"
        "[, environments {environments}][, client role {role}][, addresses {ip_allow_list}]"
    )
    workato: Literal["change_client"]
    client: ClientName
    """The API client."""
    token: str | None = None
    """Its new token; the old one stops working."""
    privileges: tuple[Privilege, ...] | None = None
    """What its client role allows from now on."""
    environments: tuple[Environment, ...] | None = None
    """The environments it reaches from now on."""
    role: ClientRoleName | None = None
    """Its client role from now on."""
    ip_allow_list: tuple[str, ...] | None = None
    """Addresses and networks it may call from, from now on; any when empty."""

    @model_validator(mode="after")
    def _changes_something(self) -> "WorkatoChangeClient":
        if not self.model_fields_set & {*_OF_A_CLIENT}:
            *some, last = _OF_A_CLIENT
            raise objection(f"changes nothing; name {', '.join(some)} or {last}", code=SCN_SHOWS_NOTHING)
        return self


class WorkatoChangeClientRole(WorkatoStep):
    """An administrator ticks other boxes on a client role. Every API client that has it feels it at once."""

    needs = Needs.EMULATOR
    control = Control("PATCH", "/client_roles/{role}", {"privileges": "privileges"})
    says = "{admin} changes what the client role {role} allows to {privileges}"
    workato: Literal["change_client_role"]
    role: ClientRoleName
    """The client role."""
    privileges: tuple[Privilege, ...]
    """What it allows from now on."""


class WorkatoDeleteClientRole(WorkatoStep):
    """An administrator deletes a client role: the API clients that have it stop working."""

    needs = Needs.EMULATOR
    control = Control("DELETE", "/client_roles/{role}")
    says = "{admin} deletes the client role {role}"
    workato: Literal["delete_client_role"]
    role: ClientRoleName
    """The client role."""


class WorkatoRevokeClient(WorkatoStep):
    """An administrator revokes an API client: its token stops working."""

    needs = Needs.EMULATOR
    control = Control("DELETE", "/api_clients/{client}")
    says = "{admin} revokes the API client {client}"
    workato: Literal["revoke_client"]
    client: ClientName
    """The API client."""
