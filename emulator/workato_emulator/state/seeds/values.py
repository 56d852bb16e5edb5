"""The values that seeds are written with: names, emails, ids, instants, privileges."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any

from workato_emulator.clock import LATEST
from workato_emulator.domain.access import Privilege
from workato_emulator.domain.clients import network
from workato_emulator.domain.data_centers import DATA_CENTERS, is_public_host
from workato_emulator.domain.people import EMAIL_PATTERN
from workato_emulator.state.seeds import kinds
from workato_emulator.state.seeds.kinds import wrong
from workato_emulator.text import nearest

LONGEST_SPAN = 3_155_760_000
"""Seconds: a hundred years."""
LARGEST_ID = 10**15

EVERY_PRIVILEGE = frozenset(Privilege)
PRIVILEGE_SETS: Mapping[str, frozenset[Privilege]] = {
    "all": EVERY_PRIVILEGE,
    "okta": frozenset(
        {
            Privilege.INVITE,
            Privilege.LIST_COLLABORATORS,
            Privilege.UPDATE_ROLES,
            Privilege.COLLABORATOR_PRIVILEGES,
            Privilege.DELETE_COLLABORATOR,
            Privilege.LIST_ROLES,
            Privilege.ENVIRONMENT_ROLES,
            Privilege.READ_GROUPS,
            Privilege.WRITE_GROUPS,
        }
    ),
}
"""Ready-made client roles. `okta` is what Okta's page asks for: collaborators, their roles, their groups."""


class _Boxes(kinds.Many):
    """The privileges of a client role: a list, or the name of a ready-made one."""

    def __init__(self) -> None:
        super().__init__(kinds.OneOf(Privilege))

    def read(self, value: Any) -> frozenset[Privilege]:  # type: ignore[override]  # noqa: ANN401
        if not isinstance(value, str):
            return frozenset(super().read(value))
        if value not in PRIVILEGE_SETS:
            raise wrong("should be 'all', 'okta' or a list", nearest(value, PRIVILEGE_SETS))
        return PRIVILEGE_SETS[value]


def _must_be_a_data_center(value: str) -> None:
    """A public data center by its name, or a private one by its host."""
    if value in DATA_CENTERS:
        return
    if "." not in value:
        raise wrong(f"no data center called {value!r}; {', '.join(DATA_CENTERS)}, or a private one by its host")
    if is_public_host(value):
        raise wrong("that host is a public data center's; name the data center")


def _must_be_an_address(value: str) -> None:
    if network(value) is None:
        raise wrong("that is not an IP address or network")


TEXT = kinds.Chars(1, 255)
Text = Annotated[str, TEXT]
Slug = Annotated[str, kinds.Chars(1, 63, (r"[a-z0-9][a-z0-9_-]*", "be small letters, digits, - and _, such as acme"))]
Email = Annotated[str, kinds.Chars(1, 254, (EMAIL_PATTERN, "look like an email, such as ada@example.test"))]
Token = Annotated[str, kinds.Chars(1, 1000, (r"[!-~]+", "be visible ASCII, without spaces, such as wrkaus-acme-okta"))]
Address = Annotated[str, kinds.Chars(check=_must_be_an_address)]
DataCenterName = Annotated[
    str, kinds.Chars(1, 253, (r"[a-z0-9.-]+", "be small letters, digits, . and -, such as eu"), _must_be_a_data_center)
]
Boxes = Annotated[frozenset[Privilege], _Boxes()]
RolesByEnvironment = Annotated[Mapping[str, str], kinds.Repeated(kinds.Chars(), TEXT)]

Count = Annotated[int, kinds.Whole(0)]
Id = Annotated[int, kinds.Own(1, LARGEST_ID)]
OthersId = Annotated[int, kinds.Whole(1, LARGEST_ID)]
"""The id of what may be there or not."""

Seconds = Annotated[float, kinds.Number(0, LONGEST_SPAN)]
SomeSeconds = Annotated[float, kinds.Number(0.001, LONGEST_SPAN)]
_MOMENT = kinds.Moment(LATEST, "moments go from 1970 to 9000")
Moment = Annotated[datetime, _MOMENT]
Moments = Annotated[tuple[datetime, ...], kinds.OneOrMany(_MOMENT)]
Lapse = Annotated[
    datetime,
    kinds.Moment(LATEST + timedelta(seconds=LONGEST_SPAN), "invitations lapse between 1970 and 9100"),
]
"""When an invitation lapses: up to a lifetime after the last moment."""
