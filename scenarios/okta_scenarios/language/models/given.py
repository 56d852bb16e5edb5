"""What is there before the first step."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema

from okta_scenarios.language.durations import Duration, Lapse, Period
from okta_scenarios.language.models.base import Shape
from okta_scenarios.language.models.names import (
    AssumptionId,
    ClientName,
    ClientRoleName,
    Email,
    Environment,
    GroupName,
    HostName,
    NewName,
    PersonName,
    Privilege,
    WorkspaceName,
)
from okta_scenarios.language.objections import objection
from okta_scenarios.language.vocabulary import Alternative
from workato_emulator.text.error_codes.scenarios import SCN_SHOWS_NOTHING
from workato_emulator.text.wording import show

PermissionModel = Literal["environment_roles", "legacy_roles"]
Writes = Literal["whole set", "configured environment"]
Count = Annotated[int, Field(ge=0)]
Roles = Mapping[Environment, str]
UserName = Annotated[str, Field(min_length=1, max_length=100)]


def _parse_instant(text: object) -> datetime:
    try:
        moment = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise objection(f"{show(text)} is not a moment with a zone; write one such as 2026-03-02T09:00:00Z")
    return moment


Instant = Annotated[datetime, BeforeValidator(_parse_instant), WithJsonSchema({"type": "string"})]


class Membership(Shape):
    roles: Roles = Field(default_factory=dict)
    """The role by environment."""
    groups: tuple[GroupName, ...] = ()
    """Collaborator groups the person belongs to, or is invited into."""


class Collaborating(Membership):
    moderator: bool = False
    """Whether the person moderates the workspace from its parent."""


class WorkatoGroup(Shape):
    """A collaborator group. A plain list of people in its place means its members."""

    description: str | None = None
    """What the group is for."""
    members: tuple[PersonName, ...] = ()
    """Collaborators in the group."""

    @model_validator(mode="before")
    @classmethod
    def _may_be_its_members(cls, written: Any) -> Any:  # noqa: ANN401  (whatever was written)
        """As in an Okta org, a group may be written as the list of the people in it."""
        return {"members": written} if isinstance(written, tuple) else written

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler.resolve_ref_schema(super().__get_pydantic_json_schema__(core_schema, handler))
        members = schema["properties"]["members"]
        return {"anyOf": [schema, {key: members[key] for key in ("type", "items", "description")}]}


class WorkatoProject(Shape):
    environment: Environment = "dev"
    """The environment the project is in."""
    grants: Mapping[PersonName, str] = {}
    """Collaborators with a grant of their own, and its project role."""
    group_grants: Mapping[GroupName, str] = {}
    """Collaborator groups with a grant, and its project role."""
    folders: tuple[NewName, ...] = ()
    """Folders right inside the project."""


class ClientRole(Shape):
    privileges: tuple[Privilege, ...] | None = None
    """What it allows; everything when left out."""


class Client(Shape):
    role: ClientRoleName | None = None
    """The client role it has; one of its own, of the client's name, when left out."""
    privileges: tuple[Privilege, ...] | None = None
    """What its own client role allows; everything when left out."""
    environments: tuple[Environment, ...] | None = None
    """The environments that the client reaches; all of them when left out."""
    ip_allow_list: tuple[str, ...] = ()
    """Addresses and networks it may call from; any when left out."""

    @model_validator(mode="after")
    def _has_one_role(self) -> "Client":
        if {"role", "privileges"} <= self.model_fields_set:
            raise objection("write role or privileges, not both", at=("privileges",))
        return self


class Plan(Shape):
    """What a licence allows. What is left out stays as the emulator has it."""

    nullable = frozenset({"churn_limit", "invitation_lifetime"})

    collaborator_limit: Count | None = None
    """How many collaborators the workspace may have."""
    churn_limit: Count | None = None
    """How often one person may be removed within the churn window; null for no limit."""
    churn_window: Lapse | None = None
    """The window of the churn limit."""
    requests_per_minute: Count | None = None
    """How many requests a minute an API client may send to one resource."""
    invitation_lifetime: Lapse | None = None
    """How long an invitation waits; null for as long as it takes."""
    invitation_cooldown: Duration | None = None
    """How long to wait between two invitations of one email."""


class Scim(Shape):
    """SCIM provisioning of a workspace, which has one SCIM token."""

    licensed: bool = True
    """Whether the workspace's licence includes SCIM."""
    sso: bool = True
    """Whether single sign-on by SAML works, without which SCIM cannot be set up."""
    jit: bool = False
    """Whether a SAML sign-in lets people in who are no collaborators yet."""
    role_sync: bool = False
    """Whether a SAML sign-in sets roles."""
    deactivated: Mapping[NewName, Membership] = {}
    """People whom SCIM has deactivated, with the roles that are remembered."""


class Workspace(Shape):
    data_center: str = "us"
    """Where the workspace lives: us, eu, jp, sg, au, il, cn, kr, uk, trial, or the host of a private one."""
    permission_model: PermissionModel = "environment_roles"
    """Which permission model the workspace is on."""
    environments: Annotated[tuple[Environment, ...], Field(min_length=1)] = ("dev", "test", "prod")
    """The environment types the workspace has."""
    parent: WorkspaceName | None = None
    """The automation-HQ workspace whose inheritable roles this one inherits."""
    home_assets: Count = 0
    """How many assets lie in the home folder, in no project."""
    collaborators: Mapping[NewName, Collaborating] = {}
    """People who are in."""
    invitations: Mapping[NewName, Membership] = {}
    """People who are invited and have not accepted."""
    groups: Mapping[NewName, WorkatoGroup] = {}
    """Collaborator groups, each with what is said of it or just with its members."""
    projects: Mapping[NewName, WorkatoProject] = {}
    """Projects, with those who are let in."""
    roles: tuple[NewName, ...] = ()
    """Names of custom roles."""
    project_roles: tuple[NewName, ...] = ()
    """Names of custom project roles."""
    plan: Plan = Plan()
    """What the licence allows."""
    client_roles: Mapping[NewName, ClientRole] = {}
    """Client roles, beside those that API clients have of their own."""
    clients: Mapping[NewName, Client] = {}
    """API clients, beside `default`, which may do everything."""
    scim: Scim | None = None
    """SCIM provisioning; with its defaults where an app instance takes that road, else never set up."""

    @model_validator(mode="after")
    def _has_what_its_model_has(self) -> "Workspace":
        if self.permission_model == "legacy_roles":
            projects = self.projects.items()
            granting = [
                (name, key) for name, each in projects for key in ("grants", "group_grants") if getattr(each, key)
            ]
            places: dict[str, tuple[str, ...]] = {
                **({"collaborator groups": ("groups",)} if self.groups else {}),
                **({"project roles": ("project_roles",)} if self.project_roles else {}),
                **({"project grants": ("projects", *granting[0])} if granting else {}),
            }
            for what, place in places.items():
                raise objection(
                    f"the legacy permission model has no {what}, and their endpoints answer 401; leave out "
                    "permission_model for a workspace that has migrated",
                    at=place,
                )
        return self


class Provisioning(Shape):
    """The switches of an app instance."""

    create: bool = True
    """Create Users."""
    update: bool = True
    """Update User Attributes."""
    deactivate: bool = True
    """Deactivate Users."""
    import_groups: bool = True
    """Import Groups; off when left out for a SCIM app."""
    push_groups: bool = True
    """Push Groups; off when left out for a SCIM app."""
    governance: bool = True
    """Entitlement Management; a SCIM app has none."""
    enabled: bool = True
    """Whether provisioning is switched on at all."""
    rename_app_groups: bool = True
    """Rename app groups to match the group's name in Okta."""
    push_pending_users: bool | None = None
    """Whether people who are still staged are pushed, or wait for their activation; if not given, the assumption
    `staged_users` decides."""
    update_username: bool = False
    """Whether the app username follows the Okta username: create and update, instead of create only."""
    exact_match: Literal["EMAIL", "USERNAME"] = "EMAIL"
    """What has to be equal for an import to match somebody exactly."""
    partial_match: bool = False
    """Whether an import also proposes somebody of the same name."""
    auto_confirm: bool = True
    """Whether an import confirms exact matches by itself."""
    auto_confirm_partial: bool = False
    """Whether an import confirms partial matches by itself."""
    auto_confirm_new: bool = True
    """Whether an import makes Okta users of people it does not know."""
    auto_activate_new: bool = False
    """Whether Okta users that an import makes are activated."""
    import_every: Period | None = None
    """How often the clock imports by itself."""


Road = Literal["catalogue", "scim"]
AppKind = Literal["custom", "catalogue_patch", "catalogue_put"]
MappedAttribute = Literal[
    "display_name",
    "locale",
    "time_zone",
    "title",
    "mobile_phone",
    "department",
    "division",
    "organization",
    "cost_center",
    "employee_number",
    "manager",
    "workato_role",
    "workato_role_test",
    "workato_role_prod",
]


class App(Shape):
    workspace: WorkspaceName
    """The workspace that the app instance's token belongs to."""
    road: Road = "catalogue"
    """How Okta reaches Workato: by its integration, which calls the Developer API, or by SCIM."""
    kind: AppKind | None = None
    """Of a SCIM app: made with the App Integration Wizard, which only sends PUT, or taken from the catalogue, with
    PATCH or PUT; if not given, the assumption `okta_app_kind` decides."""
    mapping: tuple[MappedAttribute, ...] | None = None
    """Of a SCIM app: what is sent beside username, first and last name and email; if not given, the display name and
    the three roles. Without the roles it is a hybrid workspace, where SAML brings them."""
    environment: Environment = "dev"
    """The app instance's environment type."""
    client: ClientName = "default"
    """The API client whose token the app instance holds."""
    host: HostName | None = None
    """The host that the app instance calls; when left out, the usual one of the workspace's data center."""
    writes: Writes = "whole set"
    """What an update sends: roles of every environment of the member, or only the configured environment's."""
    provisioning: Provisioning = Provisioning()
    """The app instance's provisioning switches."""
    user_names: Mapping[PersonName, UserName] = {}
    """The app username that an assignment gives somebody, where it is not the Okta username."""

    @model_validator(mode="after")
    def _has_what_its_road_has(self) -> "App":
        others = ("environment", "writes", "client") if self.road == "scim" else ("kind", "mapping")
        for key in others:
            if key in self.model_fields_set:
                needed = "catalogue" if self.road == "scim" else "scim"
                raise objection(f"{key} belongs to the road {needed}; this app takes the road {self.road}", at=(key,))
        if self.road == "scim" and "governance" in self.provisioning.model_fields_set and self.provisioning.governance:
            raise objection("a SCIM app has no entitlement management", at=("provisioning", "governance"))
        return self


class Org(Shape):
    apps: Mapping[NewName, App] = {}
    """App instances by label."""
    people: tuple[NewName, ...] = ()
    """Short names of the people in this org."""
    groups: Mapping[NewName, tuple[PersonName, ...]] = {}
    """Okta groups and the people in them."""


class Profile(Shape):
    """Attributes of an Okta profile. null empties one; what is left out stays."""

    first_name: str | None = None
    """First name."""
    last_name: str | None = None
    """Last name."""
    email: Email | None = None
    """Primary email."""
    display_name: str | None = None
    """Display name."""
    title: str | None = None
    """Job title."""
    department: str | None = None
    """Department."""
    division: str | None = None
    """Division."""
    organization: str | None = None
    """Organization."""
    cost_center: str | None = None
    """Cost center."""
    employee_number: str | None = None
    """Employee number; quote it."""
    manager: str | None = None
    """Manager."""
    mobile_phone: str | None = None
    """Mobile phone."""
    time_zone: str | None = None
    """Time zone."""
    locale: str | None = None
    """Locale."""

    @model_validator(mode="after")
    def _names_an_attribute(self) -> "Profile":
        if not self.model_fields_set:
            raise objection("names no attribute", code=SCN_SHOWS_NOTHING)
        return self


Profile.nullable = frozenset(Profile.model_fields)


OktaStatus = Literal[
    "STAGED", "PROVISIONED", "ACTIVE", "RECOVERY", "PASSWORD_EXPIRED", "LOCKED_OUT", "SUSPENDED", "DEPROVISIONED"
]


class Person(Shape):
    """What should not be made up about a person. The rest follows from the short name and the seed."""

    name: NewName | None = None
    """First and last name."""
    email: Email | None = None
    """The email; otherwise the short name at example.test."""
    user_name: NewName | None = None
    """The Okta username; otherwise the email."""
    attributes: Profile | None = None
    """Further attributes of the Okta profile."""
    status: OktaStatus = "ACTIVE"
    """The state in which the scenario finds the Okta user."""


class ClockStart(Shape):
    start: Instant
    """The moment at which the scenario starts."""


class Given(Shape):
    fixture: NewName | None = None
    """A file under fixtures/ whose `given` lies beneath this one."""
    workspaces: Mapping[NewName, Workspace] = {}
    """Workato workspaces by slug."""
    okta: Mapping[NewName, Org] = {}
    """Okta orgs by name."""
    people: Mapping[NewName, Person] = {}
    """People about whom something has to be said."""
    assumptions: Mapping[AssumptionId, Alternative] = {}
    """Alternatives chosen for open questions about the live service and about Okta."""
    clock: ClockStart | None = None
    """Where the clock starts."""
