"""From bodies that satisfy the contract to the domain's values."""

from collections.abc import Mapping
from typing import NotRequired, TypedDict

from workato_emulator.domain.roles import RoleNamed
from workato_emulator.domain.values import RoleType

_ROLE_TYPES: Mapping[str, RoleType] = {each.value: each for each in RoleType}


class EnvRole(TypedDict):
    environment_type: str
    name: str
    role_type: NotRequired[str]


class RoleFields(TypedDict):
    """What stands inside `environment_role` or `project_role`."""

    name: NotRequired[str]
    config: NotRequired[dict[str, object]]
    inheritable: NotRequired[bool]


def named_roles(env_roles: list[EnvRole] | None) -> tuple[RoleNamed, ...]:
    return tuple(
        [
            RoleNamed(
                each["environment_type"], each["name"], _ROLE_TYPES[each["role_type"]] if "role_type" in each else None
            )
            for each in env_roles or ()
        ]
    )
