"""What a handler of the Developer API is handed."""

from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct
from starlette.datastructures import QueryParams
from starlette.responses import Response

from workato_emulator.domain.access import Caller, Privilege
from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.values import PermissionModel, Workspace
from workato_emulator.doors.developer.rows import Rows
from workato_emulator.http.values import Json
from workato_emulator.service.emails import Emails
from workato_emulator.service.work import UnitOfWork


class Call(Struct):
    """One request that was let in: who asks, for what, and the transaction that the answer may change.

    `body` satisfies the contract's schema for this operation, so that a handler may rely on its types.
    """

    work: UnitOfWork
    caller: Caller
    path: dict[str, str]
    query: QueryParams
    body: Json
    rows: Rows
    emails: Emails

    @property
    def assumed(self) -> Assumptions:
        return self.work.assumptions

    @property
    def workspace(self) -> Workspace:
        """The caller's workspace as it is now, changes of this transaction included."""
        return self.work.cloud.workspaces[self.caller.workspace.id]


Handler: TypeAlias = Callable[[Call], Response]


class Endpoint(Struct, frozen=True):
    """A handler with what has to be true before it is asked.

    `resource` names the quota its calls count against; `model` is None where both permission models have it. Where
    `needs_dev` is false, a client acts in whatever environments it was given.
    """

    answer: Handler
    privilege: Privilege
    resource: str
    model: PermissionModel | None = None
    needs_dev: bool = True

    def __call__(self, call: Call) -> Response:
        return self.answer(call)
