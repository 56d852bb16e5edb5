"""What the connector is about to send that changes something, as data."""

from dataclasses import dataclass

from okta_connector.resources import RoleAssignment
from okta_connector.values import Group


@dataclass(frozen=True, slots=True)
class Invite:
    name: str
    address: str
    roles: tuple[RoleAssignment, ...]
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UpdateRoles:
    member_id: str
    roles: tuple[RoleAssignment, ...]


@dataclass(frozen=True, slots=True)
class RemoveMember:
    member_id: str


@dataclass(frozen=True, slots=True)
class CreateGroup:
    group: Group


@dataclass(frozen=True, slots=True)
class UpdateGroup:
    group_id: str
    group: Group


@dataclass(frozen=True, slots=True)
class RemoveGroup:
    group_id: str


@dataclass(frozen=True, slots=True)
class AddMembers:
    group_id: str
    member_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RemoveMembers:
    group_id: str
    member_ids: tuple[str, ...]


GroupWrite = CreateGroup | UpdateGroup | RemoveGroup
MembershipWrite = AddMembers | RemoveMembers
Write = Invite | UpdateRoles | RemoveMember | GroupWrite | MembershipWrite
