"""Every way of being refused.

    Refusal
    ├── Unauthenticated          nobody we know
    │   └── ElsewhereAtHome      known in another data center
    ├── NotPermitted             known, but not for this
    │   ├── WrongPermissionModel
    │   ├── DeletionNotTicked    a client role that ticks other boxes of projects and folders, and not this one
    │   └── AddressNotAllowed    not from there
    ├── OutOfReach               known, but in an environment or a project that is not the client's
    ├── NotFound                 no such thing here
    ├── Invalid                  what was sent cannot be
    │   ├── RolesMissing
    │   ├── EmailInvalid
    │   ├── RoleNotFound
    │   ├── EnvironmentNotFound
    │   ├── ClientRoleNotFound
    │   └── FieldInvalid         told with the field's name
    ├── AlreadyCollaborator
    ├── InvitationLapsed
    ├── NameTaken
    ├── Protected                Workato manages this role or group itself
    │   ├── RoleProtected
    │   ├── LastAdmin
    │   ├── OwnerProtected
    │   ├── ModeratorProtected
    │   ├── FolderProtected
    │   └── OwnClient            an API client that would cut off its own branch
    ├── SeatsExhausted
    └── Limited                  not now; `retry_after` says when
        ├── RequestsExhausted
        ├── InvitedTooSoon
        └── ChurnExhausted

A refusal says what is wrong in the vendor's words where they are known. It knows its rule (stamped by `rules.rule`)
and nothing of status codes: a table per door, in `doors/*/dialect.py`, turns it into an answer.
"""

from collections.abc import Iterable
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from workato_emulator.text.wording import shorten as shorten  # noqa: PLC0414  (a refusal quotes what was sent)

if TYPE_CHECKING:
    from workato_emulator.domain.rules import Rule


class Refusal(Exception):
    """An act that a rule does not allow. Nothing has changed."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text
        self.rule: Rule | None = None


class Unauthenticated(Refusal):
    def __init__(self) -> None:
        super().__init__("Unauthorized")


class ElsewhereAtHome(Unauthenticated):
    pass


class NotPermitted(Refusal):
    def __init__(self) -> None:
        super().__init__("Unauthorized")


class WrongPermissionModel(NotPermitted):
    pass


class DeletionNotTicked(NotPermitted):
    pass


class AddressNotAllowed(NotPermitted):
    pass


class OutOfReach(Refusal):
    def __init__(self) -> None:
        super().__init__("Forbidden")


class NotFound(Refusal):
    """Nothing is there. Workato does not say what; the control plane does, with the nearest of those `known`."""

    def __init__(self, what: str = "", name: str = "", known: Iterable[str] = ()) -> None:
        super().__init__("Not found")
        self.what = what
        self.name = name
        self.known = known


class Invalid(Refusal):
    pass


class RolesMissing(Invalid):
    def __init__(self) -> None:
        super().__init__("role_name or env_roles is required")


class EmailInvalid(Invalid):
    def __init__(self) -> None:
        super().__init__("Email is invalid")


class RoleNotFound(Invalid):
    def __init__(self, name: str) -> None:
        super().__init__(f"Role {shorten(name)} not found")


class EnvironmentNotFound(Invalid):
    def __init__(self, name: str) -> None:
        super().__init__(f"Environment {shorten(name)} not found")


class ClientRoleNotFound(Invalid):
    def __init__(self) -> None:
        super().__init__("API privilege group not found")


class FieldInvalid(Invalid):
    """What one field holds cannot be. `problem` reads on from the field's name, as in "can't be blank"."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__("Validation failed")
        self.field = field
        self.problem = problem


class AlreadyCollaborator(Refusal):
    def __init__(self) -> None:
        super().__init__("User is already a collaborator")


class InvitationLapsed(Refusal):
    def __init__(self) -> None:
        super().__init__("Invitation has expired")


class NameTaken(Refusal):
    def __init__(self, name: str) -> None:
        super().__init__(f"Name {shorten(name)} has already been taken")


class Protected(Refusal):
    pass


class RoleProtected(Protected):
    pass


class LastAdmin(Protected):
    def __init__(self, *, demoted: bool) -> None:
        done = "given another role" if demoted else "removed"
        super().__init__(f"The last administrator of a workspace cannot be {done}")


class OwnerProtected(Protected):
    def __init__(self) -> None:
        super().__init__("The owner of a workspace can neither be removed nor given other roles")


class ModeratorProtected(Protected):
    def __init__(self) -> None:
        super().__init__("A moderator can only be changed in the parent workspace")


class FolderProtected(Protected):
    """`done` is what cannot be done to the folder; "destroy" is the vendor's word for deleting one."""

    def __init__(self, done: str = "destroy") -> None:
        super().__init__(f"Cannot {done} folder")


class OwnClient(Protected):
    def __init__(self) -> None:
        super().__init__("An API client cannot change itself")


class SeatsExhausted(Refusal):
    def __init__(self, limit: int) -> None:
        super().__init__(f"Collaborator limit of {limit} reached")


class Limited(Refusal):
    """Too much or too soon. `retry_after` is the whole number of seconds, at least 1, after which it would pass."""

    def __init__(self, text: str, wait: timedelta) -> None:
        super().__init__(text)
        self.retry_after = max(1, ceil(wait.total_seconds()))


class RequestsExhausted(Limited):
    def __init__(self, wait: timedelta) -> None:
        super().__init__("Too many requests", wait)


class InvitedTooSoon(Limited):
    def __init__(self, wait: timedelta) -> None:
        super().__init__("Too many requests", wait)


class ChurnExhausted(Limited):
    def __init__(self, wait: timedelta) -> None:
        super().__init__("Too many requests: this person was added and removed too often for your plan", wait)
