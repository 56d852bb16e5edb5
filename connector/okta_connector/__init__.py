"""Okta's integration actions, carried out against Workato's Developer API."""

from importlib import import_module
from typing import TYPE_CHECKING

from okta_connector.decisions import Decisions
from okta_connector.errors import (
    ActionFailed,
    Answered,
    Conflict,
    FailureType,
    Forbidden,
    Garbled,
    NotFound,
    RateLimited,
    Rejected,
    ServerFault,
    TimedOut,
    Unauthorized,
    Unreachable,
    Unsendable,
    WorkatoError,
)
from okta_connector.resources import (
    EnvironmentPrivileges,
    EnvironmentRole,
    GroupMember,
    LegacyRole,
    Member,
    RoleAssignment,
    RoleHeld,
    UserGroup,
    Workspace,
)
from okta_connector.rules import upholds
from okta_connector.settings import ConnectorSettings
from okta_connector.values import (
    Entitlement,
    Group,
    MembershipChange,
    MembershipPush,
    Page,
    SchemaProperty,
    SchemaPropertyValue,
    User,
)

if TYPE_CHECKING:
    from okta_connector.client import WorkatoClient
    from okta_connector.connector import OktaConnector
    from okta_connector.transport import connect

__all__ = [
    "ActionFailed",
    "Answered",
    "Conflict",
    "ConnectorSettings",
    "Decisions",
    "Entitlement",
    "EnvironmentPrivileges",
    "EnvironmentRole",
    "FailureType",
    "Forbidden",
    "Garbled",
    "Group",
    "GroupMember",
    "LegacyRole",
    "Member",
    "MembershipChange",
    "MembershipPush",
    "NotFound",
    "OktaConnector",
    "Page",
    "RateLimited",
    "Rejected",
    "RoleAssignment",
    "RoleHeld",
    "SchemaProperty",
    "SchemaPropertyValue",
    "ServerFault",
    "TimedOut",
    "Unauthorized",
    "Unreachable",
    "Unsendable",
    "User",
    "UserGroup",
    "WorkatoClient",
    "WorkatoError",
    "Workspace",
    "connect",
    "upholds",
]

_ON_HTTPX = {"OktaConnector": "connector", "WorkatoClient": "client", "connect": "transport"}
"""Where the names are that bring along `httpx`: whoever only speaks of errors and values has no use for it."""


def __getattr__(name: str) -> object:
    if name not in _ON_HTTPX:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ON_HTTPX[name]}"), name)


def __dir__() -> list[str]:
    return __all__
