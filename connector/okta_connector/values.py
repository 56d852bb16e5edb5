"""What Okta hands the connector and gets back: the shapes of Okta's integration contract, without its envelopes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entitlement:
    """One role in one environment. `type` is the environment type (`dev`), `value` the role's name in Workato."""

    type: str
    value: str


@dataclass(frozen=True, slots=True)
class User:
    """A person as Okta pushes or imports them.

    `id` is Okta's external id: the email until Workato reveals a member id, then that id as decimal digits.
    `attributes` carries everything else that a full profile push brings along; Workato keeps none of it (PPU-4).
    `groups` are collaborator group ids. `held_before`, in the answer to a creation, are the roles of somebody who was a
    collaborator already, before they became what Okta grants. `okta_id` is who the person is in Okta; only SCIM carries
    it, as `externalId`. `mapping` names the attributes that were mapped when Okta made the profile; None leaves it to
    the app's settings.
    """

    id: str | None
    user_name: str
    email: str
    display_name: str
    given_name: str | None = None
    family_name: str | None = None
    active: bool = True
    attributes: Mapping[str, str | None] = field(default_factory=dict)
    entitlements: tuple[Entitlement, ...] = ()
    groups: tuple[str, ...] = ()
    held_before: tuple[Entitlement, ...] = ()
    okta_id: str | None = None
    mapping: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A collaborator group. `system` groups are kept by Workato itself."""

    id: str | None
    display_name: str
    description: str | None = None
    system: bool = False


@dataclass(frozen=True, slots=True)
class MembershipPush:
    """What a push of a group's members asks for, as ids: whom to add, whom to remove, and who is there afterwards.

    `overwrite` is Push Now. `names` are the usernames of people by id.
    """

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    everybody: tuple[str, ...] = ()
    overwrite: bool = False
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MembershipChange:
    """What adding or removing group members came to; every value as the caller gave it.

    `gone` are member ids that Workato refused and that no member has: people who were removed from the workspace.
    """

    applied: tuple[str, ...]
    not_accepted: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def ignored(self) -> tuple[str, ...]:
        """Everybody that the group could not take or lose, for whatever reason."""
        return (*self.not_accepted, *self.gone)


PropertyType = Literal["STRING", "BOOLEAN", "EMAIL", "TIMEZONE", "DATE", "ARRAY"]
Scope = Literal["SELF", "SYSTEM", "NONE"]


@dataclass(frozen=True, slots=True)
class SchemaProperty:
    name: str
    type: PropertyType
    required: bool = False
    scope: Scope = "NONE"
    multi_valued: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True)
class SchemaPropertyValue:
    """One value that a property may take, such as a role."""

    id: str
    display_name: str
    schema_property_name: str
    type_name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a listing. `next_cursor` is None on the last one."""

    resources: tuple[T, ...]
    next_cursor: str | None = None
