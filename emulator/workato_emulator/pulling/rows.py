"""The rows that a seed is made of: what is kept of an answer, and what it has to be. Other fields are left out."""

from typing import Any

from msgspec import Struct


class HeldRole(Struct, omit_defaults=True):
    environment_type: str
    role_name: str
    role_type: str | None = None


class Named(Struct, omit_defaults=True):
    id: int | str
    name: str


class Dated(Named, omit_defaults=True, kw_only=True):
    created_at: str | None = None
    updated_at: str | None = None


class WorkspaceRow(Struct, omit_defaults=True):
    id: int
    name: str | None = None


class MemberRow(Struct, omit_defaults=True):
    id: int
    name: str
    email: str
    roles: list[HeldRole] | None = None
    grant_type: str | None = None
    external_id: str | None = None
    time_zone: str | None = None
    created_at: str | None = None


class RoleRow(Dated, omit_defaults=True, kw_only=True):
    type: str = "custom"
    config: Any = None
    privileges: dict[str, list[str]] | None = None
    all_folders: bool | None = None
    folder_ids: list[int] | None = None


class GroupRow(Dated, omit_defaults=True, kw_only=True):
    id: str
    description: str | None = None
    system: bool = False


class GroupMemberRow(Struct, omit_defaults=True):
    id: int


class ProjectRow(Struct, omit_defaults=True):
    id: int
    name: str
    description: str | None = None
    folder_id: int | None = None


class EnvironmentRow(Struct, omit_defaults=True):
    type: str


class ProjectOfGrant(Struct, omit_defaults=True):
    environment: EnvironmentRow | None = None


class GrantRow(Struct, omit_defaults=True):
    id: str
    project_role: Named
    project: ProjectOfGrant | None = None
    user: GroupMemberRow | None = None
    user_group: Named | None = None


class FolderRow(Dated, omit_defaults=True, kw_only=True):
    id: int
    parent_id: int | None = None
    is_project: bool = False
    project_id: int | None = None


class ClientRoleRow(Dated, omit_defaults=True, kw_only=True):
    id: int


class ClientRow(Dated, omit_defaults=True, kw_only=True):
    id: int
    api_privilege_group_id: int | None = None
    all_folders: bool | None = None
    folder_ids: list[int] | None = None
    environment_name: str | None = None
    ip_allow_list: str | list[str] | None = None
