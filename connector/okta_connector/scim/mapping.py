"""Which attributes of an Okta profile travel in SCIM, under which name and in which namespace.

Username, first and last name and email are mapped in every app. The rest is the admin's choice on the page To App: an
attribute that is not mapped, or has no value, is simply absent from what is sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from okta_connector.scim.values import ENTERPRISE, WORKATO_ROLE
from okta_connector.values import User

ROLE = "workato_role"
"""The role in DEV, or in the only environment; every other environment has its type behind it."""


@dataclass(frozen=True, slots=True)
class External:
    """Where an attribute goes: its SCIM name, and the namespace if that is not the core schema's."""

    name: str
    namespace: str = ""


MAPPABLE: Mapping[str, External] = {
    "display_name": External("displayName"),
    "locale": External("locale"),
    "time_zone": External("timezone"),
    "title": External("title"),
    "mobile_phone": External("phoneNumbers"),
    "department": External("department", ENTERPRISE),
    "division": External("division", ENTERPRISE),
    "organization": External("organization", ENTERPRISE),
    "cost_center": External("costCenter", ENTERPRISE),
    "employee_number": External("employeeNumber", ENTERPRISE),
    "manager": External("manager", ENTERPRISE),
}
"""Attributes of an Okta profile that can be mapped, besides the roles (`workato_role`, `workato_role_test`, …)."""

DEFAULT_MAPPING = ("display_name", "workato_role", "workato_role_test", "workato_role_prod")
"""As Workato's guide has it where roles are provisioned by SCIM."""


def environment_of(attribute: str) -> str | None:
    """Name the environment whose role an attribute carries; None where it carries no role."""
    if attribute == ROLE:
        return "dev"
    start, _, environment = attribute.partition(f"{ROLE}_")
    return environment if not start and environment else None


def is_mappable(attribute: str) -> bool:
    return attribute in MAPPABLE or environment_of(attribute) is not None


def external(attribute: str) -> External:
    """Say where an attribute goes. Raises `KeyError` for one that cannot be mapped."""
    return External(attribute, WORKATO_ROLE) if environment_of(attribute) is not None else MAPPABLE[attribute]


def value_of(user: User, attribute: str) -> object:
    """Read the value of a mapped attribute off a profile, in SCIM's form; None where it is empty."""
    environment = environment_of(attribute)
    if environment is not None:
        return next((each.value for each in user.entitlements if each.type == environment and each.value), None)
    value = user.display_name if attribute == "display_name" else user.attributes.get(attribute)
    if not value:
        return None
    match attribute:
        case "mobile_phone":
            return [{"value": value, "type": "mobile"}]
        case "manager":
            return {"displayName": value}
        case _:
            return value
