"""What a handler of SCIM is handed."""

from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct
from starlette.datastructures import QueryParams
from starlette.responses import Response

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.values import Workspace, WorkspaceId
from workato_emulator.doors.scim.answers import ScimResponse
from workato_emulator.doors.scim.listed import Listed
from workato_emulator.http.values import Headers, Json
from workato_emulator.service.work import UnitOfWork

NOBODYS = WorkspaceId(0)
"""The workspace of whoever has no token, who reads only what is about none."""


class ScimCall(Struct):
    """One request that was let in: for which workspace, and the transaction that the answer may change.

    `base` is the address of the door as the caller has it. `conditions` are the versions in `If-Match` and
    `If-None-Match`.
    """

    work: UnitOfWork
    workspace_id: WorkspaceId
    path: dict[str, str]
    query: QueryParams
    body: Json
    base: str
    listed: Listed
    if_match: str | None = None
    if_none_match: str | None = None

    @property
    def assumed(self) -> Assumptions:
        return self.work.assumptions

    @property
    def workspace(self) -> Workspace:
        """The workspace as it is now, changes of this transaction included."""
        return self.work.cloud.workspaces[self.workspace_id]

    def answer(self, content: object, status: int = 200, headers: Headers | None = None) -> Response:
        return ScimResponse(content, status, self.assumed, headers)


ScimHandler: TypeAlias = Callable[[ScimCall], Response]
