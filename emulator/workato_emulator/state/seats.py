"""Who is in a workspace and who is invited, in a form that is cheap to look at again and again."""

from collections.abc import Mapping
from typing import NamedTuple

from workato_emulator.domain.values import Cloud, Collaborator, EmailKey, Invitation, Workspace
from workato_emulator.state.seeds.members import role_names


class Seat(NamedTuple):
    """Somebody in a workspace, with the role by environment; `pending` while the invitation is not answered."""

    email: str
    name: str
    roles: Mapping[str, str]
    groups: tuple[str, ...] = ()
    pending: bool = False
    member_id: str | None = None
    """What the API calls a collaborator by; None while the invitation is not answered."""


class Seats:
    """A look at one workspace. What has not changed since the last look is not made again."""

    def __init__(self) -> None:
        self._workspace: Workspace | None = None
        self._seats: Mapping[str, Seat] = {}
        self._made_of: dict[EmailKey, tuple[Collaborator | Invitation, Seat]] = {}

    def of(self, cloud: Cloud, slug: str) -> Mapping[str, Seat]:
        """Seats by folded email; the same object while nothing is different."""
        before, workspace = self._workspace, cloud.workspaces[cloud.slugs[slug]]
        if workspace is before:
            return self._seats
        if before is None or workspace.roles is not before.roles or workspace.groups is not before.groups:
            self._made_of.clear()
        self._workspace = workspace
        members = {key: workspace.collaborators[member] for key, member in workspace.members_by_email.items()}
        made: dict[EmailKey, tuple[Collaborator | Invitation, Seat]] = {}
        for key, person in (*workspace.invitations.items(), *members.items()):
            held = self._made_of.get(key)
            made[key] = held if held is not None and held[0] is person else (person, _seat(workspace, person))
        self._made_of = made
        self._seats = {str(key): seat for key, (_, seat) in made.items()}
        return self._seats


def _seat(workspace: Workspace, person: Collaborator | Invitation) -> Seat:
    roles = role_names(workspace, person.roles)
    if isinstance(person, Invitation):
        groups = tuple(workspace.groups[each].name for each in person.groups if each in workspace.groups)
        return Seat(person.email, person.name, roles, groups, pending=True)
    groups = tuple(sorted(each.name for each in workspace.groups_of(person.id)))
    return Seat(person.email, person.name, roles, groups, member_id=str(person.id))
