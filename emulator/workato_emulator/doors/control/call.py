"""What a handler of the control plane is handed."""

from collections.abc import Callable
from typing import Any, TypeAlias, cast

from msgspec import Struct
from starlette.datastructures import QueryParams
from starlette.responses import Response

from workato_emulator.http.backend import Backend
from workato_emulator.http.values import Json
from workato_emulator.service.work import UnitOfWork


class ControlCall(Struct):
    """One request to the control plane: the emulator's parts, a transaction, and the request's own words."""

    backend: Backend
    work: UnitOfWork
    path: dict[str, str]
    query: QueryParams
    body: Json

    @property
    def fields(self) -> dict[str, Any]:
        """The body as the object that the contract says it is."""
        return cast("dict[str, Any]", self.body)


ControlHandler: TypeAlias = Callable[[ControlCall], Response]
Routes: TypeAlias = tuple[tuple[str, str, str, ControlHandler], ...]
