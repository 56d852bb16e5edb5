"""The toy's door. `/toy/v1/teams` are the collaborator groups of the first workspace, for whoever asks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeAlias, cast

from starlette.responses import Response

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.refusals import NameTaken, Refusal
from workato_emulator.domain.values import WorkspaceId
from workato_emulator.http.answers import ok
from workato_emulator.http.backend import Backend
from workato_emulator.http.bodies import BodyTooLarge
from workato_emulator.http.contract import operations_of
from workato_emulator.http.dialect import Dialect, entry_for
from workato_emulator.http.door import Door
from workato_emulator.http.exchange import Exchange
from workato_emulator.http.routing import Route, RouteTable
from workato_emulator.http.values import Json
from workato_emulator.service import groups
from workato_emulator.service.work import UnitOfWork

CONTRACT: dict[str, Any] = {
    "paths": {
        "/toy/v1/teams": {
            "get": {"operationId": "listTeams"},
            "post": {
                "operationId": "formTeam",
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "properties": {"called": {"type": "string"}},
                                "required": ["called"],
                                "additionalProperties": False,
                            }
                        }
                    },
                },
            },
            "delete": {"operationId": "breakUp"},
        }
    }
}
STATUSES: dict[type[Refusal], int] = {NameTaken: 418, BodyTooLarge: 413, Refusal: 400}


@dataclass(slots=True)
class ToyCall:
    work: UnitOfWork
    workspace: WorkspaceId
    body: Json


def listing(call: ToyCall) -> Response:
    held = call.work.cloud.workspaces[call.workspace]
    return ok({"teams": sorted(group.name for group in held.groups.values())})


def form(call: ToyCall) -> Response:
    name = cast("dict[str, str]", call.body)["called"]
    return ok({"team": groups.create(call.work, call.workspace, name, None).name}, 201)


def break_up(call: ToyCall) -> Response:
    groups.create(call.work, call.workspace, "Half done", None)
    raise RuntimeError("broken on purpose")


Handler: TypeAlias = Callable[[ToyCall], Response]
ROUTES: tuple[Route[Handler], ...] = (
    Route("GET", "/toy/v1/teams", "listTeams", listing),
    Route("POST", "/toy/v1/teams", "formTeam", form),
    Route("DELETE", "/toy/v1/teams", "breakUp", break_up),
)


class ToyDialect(Dialect):
    def refusal(self, refusal: Refusal, assumed: Assumptions) -> Response:  # noqa: ARG002
        return ok({"oops": refusal.text}, entry_for(refusal, STATUSES))

    def failure(self, number: int) -> Response:
        return ok({"oops": f"exchange {number} broke"}, 500)

    def plain(self, status: int) -> Json:
        return {"oops": status}


class ToyDoor(Door[Handler]):
    name: ClassVar[str] = "toy"
    prefix: ClassVar[str] = "/toy/v1"

    def __init__(self, backend: Backend) -> None:
        super().__init__(RouteTable(ROUTES), operations_of(CONTRACT), ToyDialect(), backend)

    def handle(self, exchange: Exchange) -> Response:
        assert exchange.route is not None
        workspace = min(exchange.work.cloud.workspaces)
        answer: Response = exchange.route.handler(ToyCall(exchange.work, workspace, exchange.json))
        return answer
