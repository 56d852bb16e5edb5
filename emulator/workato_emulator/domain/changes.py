"""What a request says about a thing that is there: a field that is left out is not a field that is null."""

from datetime import datetime
from enum import Enum, auto
from typing import TypeVar

from workato_emulator.domain.copies import replace
from workato_emulator.domain.values import ApiClient, ClientRole, Folder, Group, ProjectRole, Role

Row = TypeVar("Row", ApiClient, ClientRole, Folder, Group, ProjectRole, Role)


class Absent(Enum):
    """The request leaves the field out: the field keeps its value."""

    ABSENT = auto()


ABSENT = Absent.ABSENT


def stamp_update(before: Row, after: Row, now: datetime) -> Row:
    """The row as it is after a change; `before` itself, its time included, where nothing in it is different."""
    return before if after == before else replace(after, updated_at=now)
