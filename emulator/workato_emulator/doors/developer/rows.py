"""Rows of a long list as they were written last, so that a list that is asked for again is not written again.

A row is found by the identity of everything it shows: a value that is still the same object shows the same, and one
that changed is another object. So nothing has to say what changed, and no row is ever out of date.
"""

from msgspec import Raw, Struct

from workato_emulator.domain.values import Activity, Collaborator, MemberId, WorkspaceId

_FEW = 64


class Row(Struct, frozen=True, gc=False):
    """One collaborator in a list: what is shown of whom, and the bytes of it."""

    member: Collaborator
    latest: Activity | None
    written: Raw


class Rows:
    """The rows of each workspace that were written last."""

    __slots__ = ("_of",)

    def __init__(self) -> None:
        self._of: dict[WorkspaceId, tuple[tuple[object, ...], dict[MemberId, Row]]] = {}

    def of(self, workspace: WorkspaceId, alike: tuple[object, ...], shown: int) -> dict[MemberId, Row]:
        """The rows written while all that they share was the same objects as `alike`, for the caller to add to.

        They are forgotten when they are many more than the `shown` ones.
        """
        kept = self._of.get(workspace)
        if kept is not None:
            before, rows = kept
            if len(rows) <= 2 * shown + _FEW and all(map(_is, before, alike)):
                return rows
        rows = {}
        self._of[workspace] = (alike, rows)
        return rows


def _is(one: object, other: object) -> bool:
    return one is other
