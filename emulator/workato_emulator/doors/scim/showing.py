"""People as SCIM shows them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b

from msgspec import UNSET, Struct, UnsetType, field

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.scim.people import Provisioned, id_of
from workato_emulator.domain.scim.roles import roles_shown
from workato_emulator.domain.values import Workspace
from workato_emulator.doors.scim.schema import CORE, ROLE
from workato_emulator.http.answers import encoded

_CORE_ONLY = (CORE,)
_BOTH = (CORE, ROLE)


class NameShown(Struct, gc=False):
    formatted: str
    givenName: str  # noqa: N815  (on the wire)
    familyName: str | UnsetType = UNSET  # noqa: N815


class EmailShown(Struct, gc=False):
    value: str
    type: str = "work"
    primary: bool = True


class MetaShown(Struct, gc=False):
    resourceType: str  # noqa: N815
    created: str
    lastModified: str  # noqa: N815
    location: str
    version: str | UnsetType = UNSET


class UserShown(Struct, gc=False):
    """A user, attributes in the order of RFC 7643's samples."""

    schemas: tuple[str, ...]
    id: str
    userName: str  # noqa: N815
    name: NameShown
    displayName: str  # noqa: N815
    emails: tuple[EmailShown, ...]
    active: bool
    meta: MetaShown
    externalId: str | UnsetType = UNSET  # noqa: N815
    roles: Mapping[str, str] | UnsetType = field(default=UNSET, name=ROLE)


def show(workspace: Workspace, person: Provisioned, base: str, assumed: Assumptions) -> UserShown:
    """`base` is the address of the door, as the caller has it."""
    member = person.member
    id_ = id_of(workspace.id, member.id, assumed)
    roles = roles_shown(workspace, member.roles, assumed)
    shown = UserShown(
        _BOTH if roles else _CORE_ONLY,
        id_,
        member.email,
        parts_of_name(member.name),
        member.name,
        (EmailShown(member.email),),
        person.active,
        MetaShown("User", instant(person.created_at), instant(person.updated_at), f"{base}/Users/{id_}"),
        UNSET if person.external_id is None else person.external_id,
        roles or UNSET,
    )
    if assumed.scim_etag == "weak":
        shown.meta.version = f'W/"{blake2b(encoded(shown), digest_size=8).hexdigest()}"'
    return shown


def parts_of_name(name: str) -> NameShown:
    """Workato has one name: it is split at its last space (assumption `scim_name`)."""
    given, _, family = name.rpartition(" ")
    return NameShown(name, given, family) if given and family else NameShown(name, name)


@lru_cache(maxsize=4096)
def instant(moment: datetime) -> str:
    """As RFC 7643, section 2.3.5, has a date: in UTC, with milliseconds."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='milliseconds')}Z"
