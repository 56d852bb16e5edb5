"""SCIM's side as values: what a server says of a resource, and all of what it said, because a PUT echoes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from okta_connector.parsing import JsonObject

CORE_USER = "urn:ietf:params:scim:schemas:core:2.0:User"
CORE_GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
WORKATO_ROLE = "urn:ietf:params:scim:schemas:workato:1.0:WorkatoRole"
LIST_RESPONSE = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"


@dataclass(frozen=True, slots=True)
class ScimUser:
    """A user as the server has it. `body` is the whole resource, unread attributes included."""

    id: str
    user_name: str
    active: bool
    email: str = ""
    given_name: str | None = None
    family_name: str | None = None
    display_name: str | None = None
    roles: Mapping[str, str] = field(default_factory=dict)
    """Workato's role by environment, where the server has the role extension."""
    body: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScimMember:
    value: str
    display: str | None = None


@dataclass(frozen=True, slots=True)
class ScimGroup:
    id: str
    display_name: str
    members: tuple[ScimMember, ...] = ()
    body: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScimAttribute:
    """One attribute of a schema that the server describes. `extension` is the URN of the schema, empty for core."""

    name: str
    type: str
    extension: str = ""
    required: bool = False
    multi_valued: bool = False
    writable: bool = True
    description: str = ""
