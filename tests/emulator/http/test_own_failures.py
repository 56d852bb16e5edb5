"""A mistake of the emulator's own: an answer in the door's words, a traceback in the log, the state as it was."""

import httpx
import pytest
from starlette.responses import Response

from workato_emulator import Clock
from workato_emulator.app import App, create_backend
from workato_emulator.domain.access import Privilege
from workato_emulator.doors.control.call import ControlCall, ControlHandler
from workato_emulator.doors.control.door import ControlDoor
from workato_emulator.doors.developer.call import Call, Endpoint
from workato_emulator.doors.developer.door import DeveloperDoor
from workato_emulator.http.backend import Backend
from workato_emulator.http.routing import Route, RouteTable
from workato_emulator.service import groups
from workato_emulator.state.seeds import parse
from workato_emulator.transport import InProcessTransport

from ..world import SEED


def _half_done(call: Call) -> Response:
    groups.create(call.work, call.caller.workspace.id, "Half done", None)
    raise RuntimeError("broken on purpose, with acme-okta in hand")


def _half_done_by_hand(call: ControlCall) -> Response:
    call.work.ids.number()
    raise RuntimeError("broken on purpose")


@pytest.fixture(name="backend")
def _backend() -> Backend:
    return create_backend(parse(SEED), clock=Clock.still())


@pytest.fixture(name="client")
def _client(backend: Backend) -> httpx.Client:
    developer = RouteTable(
        [Route("GET", "/api/users/me", "listRoles", Endpoint(_half_done, Privilege.LIST_ROLES, "x"))]
    )
    control: RouteTable[ControlHandler] = RouteTable(
        [Route("POST", "/_emulator/v1/reset", "reset", _half_done_by_hand)]
    )
    app = App(backend, (DeveloperDoor(backend, developer), ControlDoor(backend, routes=control)))
    headers = {"Authorization": "Bearer acme-okta"}
    return httpx.Client(transport=InProcessTransport(app), base_url="http://workato.example.test", headers=headers)


def test_the_developer_api_answers_in_the_vendors_words(
    backend: Backend, client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    """500 with a message and an id, and half the work is no work."""
    before = backend.store.read()
    answer = client.get("/api/users/me")

    assert "acme-okta" not in caplog.text
    assert (answer.status_code, answer.json()["message"]) == (500, "Server error")
    assert answer.json()["id"] == "00000000-0000-0000-0000-000000000001"
    assert "broken on purpose" in caplog.text
    assert backend.store.read() is before
    assert backend.journal.read()[2][0].status == 500


def test_the_control_plane_answers_in_its_own_words(
    backend: Backend, client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    """500, and the log says how."""
    before = backend.store.read()
    answer = client.post("/_emulator/v1/reset")

    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "emulator_error")
    assert "broken on purpose" in caplog.text
    assert backend.store.read() is before
