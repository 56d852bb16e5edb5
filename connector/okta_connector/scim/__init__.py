"""Okta's SCIM client: what an app with SCIM provisioning says to a server, and what it makes of the answers."""

from importlib import import_module
from typing import TYPE_CHECKING

from okta_connector.scim.answers import ANSWERS, Consequence, Step
from okta_connector.scim.decisions import ScimDecisions
from okta_connector.scim.mapping import DEFAULT_MAPPING, MAPPABLE, is_mappable
from okta_connector.scim.settings import AppKind, ScimSettings, ScimSwitches, Switches
from okta_connector.scim.values import ScimGroup, ScimMember, ScimUser

if TYPE_CHECKING:
    from okta_connector.scim.client import ScimClient, connect_scim
    from okta_connector.scim.connector import ScimConnector

__all__ = [
    "ANSWERS",
    "DEFAULT_MAPPING",
    "MAPPABLE",
    "AppKind",
    "Consequence",
    "ScimClient",
    "ScimConnector",
    "ScimDecisions",
    "ScimGroup",
    "ScimMember",
    "ScimSettings",
    "ScimSwitches",
    "ScimUser",
    "Step",
    "Switches",
    "connect_scim",
    "is_mappable",
]

_ON_HTTPX = {"ScimClient": "client", "ScimConnector": "connector", "connect_scim": "client"}
"""Where the names are that bring along `httpx`."""


def __getattr__(name: str) -> object:
    if name not in _ON_HTTPX:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ON_HTTPX[name]}"), name)


def __dir__() -> list[str]:
    return __all__
