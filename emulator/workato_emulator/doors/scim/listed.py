"""The people of a workspace in the order of its lists, worked out anew only when somebody has changed.

An import asks for page after page: only the first of them has to sort everybody.
"""

from collections.abc import Sequence

from workato_emulator.domain.scim.people import Provisioned
from workato_emulator.domain.values import Workspace
from workato_emulator.service import scim
from workato_emulator.service.work import UnitOfWork

_Key = tuple[object, ...]


class Listed:
    __slots__ = ("_key", "_people")

    def __init__(self) -> None:
        self._key: _Key = ()
        self._people: Sequence[Provisioned] = ()

    def of(self, work: UnitOfWork, workspace: Workspace) -> Sequence[Provisioned]:
        """Everybody whom a list shows. Those of the last workspace that was asked for are kept."""
        seen = workspace.collaborators, workspace.scim_people, workspace.invitations, work.cloud.accounts
        rest = workspace.id, workspace.owner, work.assumptions.scim_lists
        key = (*seen, *rest)
        if (
            len(key) != len(self._key)
            or not all(a is b for a, b in zip(seen, self._key, strict=False))
            or (self._key[len(seen) :] != rest)
        ):
            self._key, self._people = key, scim.everybody(work, workspace)
        return self._people
