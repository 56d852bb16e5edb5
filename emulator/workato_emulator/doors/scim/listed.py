"""The people of a workspace in the order of its lists, worked out anew only when somebody has changed.

An import asks for page after page: only the first of them has to sort everybody.
"""

from collections.abc import Sequence
from operator import is_

from workato_emulator.domain.scim.people import Provisioned, who_is_listed
from workato_emulator.domain.values import Workspace
from workato_emulator.service import scim
from workato_emulator.service.work import UnitOfWork


class Listed:
    __slots__ = ("_people", "_same", "_seen")

    def __init__(self) -> None:
        self._seen: tuple[object, ...] = ()
        self._same: tuple[object, ...] = ()
        self._people: Sequence[Provisioned] = ()

    def of(self, work: UnitOfWork, workspace: Workspace) -> Sequence[Provisioned]:
        """Everybody whom a list shows. Those of the last workspace that was asked for are kept."""
        listed = who_is_listed(work.assumptions)
        seen = workspace.id, workspace.owner, listed
        same = workspace.collaborators, workspace.scim_people, workspace.invitations, work.cloud.accounts
        if seen != self._seen or not all(map(is_, same, self._same)):
            self._seen, self._same, self._people = seen, same, scim.everybody(work, workspace, listed)
        return self._people
