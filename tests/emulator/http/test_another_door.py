"""A third door is a folder and a line: what all doors share is there without another word."""

from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import pytest

from workato_emulator.app import App, create_app
from workato_emulator.clock import EPOCH, Clock
from workato_emulator.recovery import MakeApp, begin, recover
from workato_emulator.state.log import Log, StateProblem
from workato_emulator.state.seeds import SeedDocument, parse
from workato_emulator.transport import InProcessTransport

from ..toy.door import ToyDoor
from ..world import SEED

TEAMS = "/toy/v1/teams"


def with_toy(document: SeedDocument, *, clock: Clock, ids_seed: int = 0, strict: bool = False) -> App:
    """The emulator as it comes, and the line that a third door takes."""
    app = create_app(document, clock=clock, ids_seed=ids_seed, strict=strict)
    return App(app.backend, (*app.doors.values(), ToyDoor(app.backend)))


class Client:
    """One app, asked through each of its doors."""

    def __init__(self, app: App) -> None:
        self.app = app
        host = "http://workato.example.test"
        transport = InProcessTransport(app)
        self.toy = httpx.Client(transport=transport, base_url=host)
        self.api = httpx.Client(transport=transport, base_url=host, headers={"Authorization": "Bearer acme-okta"})
        self.control = httpx.Client(transport=transport, base_url=f"{host}/_emulator/v1")

    def teams(self) -> list[str]:
        return list(self.toy.get(TEAMS).json()["teams"])

    def groups(self) -> set[str]:
        return {each["name"] for each in self.api.get("/api/user_groups").json()["data"]}


@pytest.fixture(name="world")
def _world() -> Client:
    return Client(with_toy(parse(SEED), clock=Clock.still()))


@contextmanager
def kept(path: Path, make: MakeApp = with_toy) -> Iterator[Client]:
    """The emulator of this state file, until the end of the block."""
    log = Log(path)
    try:
        app = recover(log, Clock.still(), make) if log.exists() else begin(log, parse(SEED), Clock.still(), make)
        yield Client(app)
    finally:
        log.close()


def test_all_doors_lead_into_one_house(world: Client) -> None:
    """What is made at one door is there at the others; the doors that were there answer as before."""
    made = world.toy.post(TEAMS, json={"called": "Payroll"})

    assert (made.status_code, made.json()) == (201, {"team": "Payroll"})
    assert "Payroll" in world.groups()
    assert "Payroll" in world.teams()
    assert world.control.get("/health").json()["status"] == "ok"


def test_it_has_the_emulators_time(world: Client) -> None:
    """The Date header follows the clock that the control plane moves."""
    assert parsedate_to_datetime(world.toy.get(TEAMS).headers["Date"]) == EPOCH
    world.control.post("/clock/advance", json={"seconds": 90})
    assert (parsedate_to_datetime(world.toy.get(TEAMS).headers["Date"]) - EPOCH).total_seconds() == 90


def test_it_refuses_in_its_own_words(world: Client) -> None:
    """A rule of the domain, with the status of this door's table; nothing has changed."""
    before = world.control.get("/export").json()
    answer = world.toy.post(TEAMS, json={"called": "Builders"}, headers={"X-Emulator-Rules": "?"})

    assert (answer.status_code, answer.json()) == (418, {"oops": "Name Builders has already been taken"})
    assert "=refused" in answer.headers["X-Emulator-Rules"]
    assert world.control.get("/export").json() == before


@pytest.mark.parametrize(
    ("content", "headers", "status", "words"),
    [
        pytest.param(b"{teams", {}, 400, "body is not JSON", id="no-json"),
        pytest.param(b'{"caled": "Payroll"}', {}, 400, "unknown key 'caled'", id="unknown-key"),
        pytest.param(b"{}", {"Content-Encoding": "gzip"}, 400, "Content-Encoding gzip", id="compressed"),
        pytest.param(b"[" * 70 + b"]" * 70, {}, 400, "nested too deeply", id="too-deep"),
        pytest.param(b"," * 20_001, {}, 400, "more than 20000 values", id="too-many"),
        pytest.param(b" " * (1024 * 1024 + 1), {}, 413, "larger than 1048576 bytes", id="too-large"),
    ],
)
def test_it_holds_bodies_to_its_contract(
    world: Client, content: bytes, headers: dict[str, str], status: int, words: str
) -> None:
    """Every limit of a body, in this door's words."""
    answer = world.toy.post(TEAMS, content=content, headers=headers)

    assert answer.status_code == status
    assert words in answer.json()["oops"]


def test_it_refuses_a_query_that_has_no_effect(world: Client) -> None:
    """An unknown query parameter is told, whatever the door."""
    answer = world.toy.get(TEAMS, params={"called": "Payroll"})

    assert (answer.status_code, answer.json()) == (400, {"oops": "called: unknown query parameter 'called'"})


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        pytest.param("GET", "/toy/v1/team", 501, "not_emulated", id="misspelt"),
        pytest.param("GET", "/toy/v1/teams%2F1", 404, "not_found", id="slash"),
        pytest.param("PUT", TEAMS, 405, "method_not_allowed", id="method"),
    ],
)
def test_what_it_does_not_serve_is_loud(world: Client, method: str, path: str, status: int, code: str) -> None:
    """In the emulator's words, so that they are not taken for the door's."""
    answer = world.toy.request(method, path)

    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_its_mistakes_leave_no_trace_but_in_the_log(world: Client, caplog: pytest.LogCaptureFixture) -> None:
    """500 in its words; the traceback is the operator's; half the work is no work."""
    before = world.control.get("/export").json()
    answer = world.toy.delete(TEAMS)

    assert (answer.status_code, answer.json()) == (500, {"oops": "exchange 1 broke"})
    assert "Traceback" in caplog.text
    assert "broken on purpose" in caplog.text
    assert world.control.get("/export").json() == before


def test_faults_strike_there(world: Client) -> None:
    """Its operations can be armed by name, and answer with its plain body."""
    armed = world.control.post("/faults", json={"operation": "formTeam", "status": 503})
    struck = world.toy.post(TEAMS, json={"called": "Payroll"})

    assert armed.status_code == 201
    assert (struck.status_code, struck.json()) == (503, {"oops": 503})
    assert "Payroll" not in world.teams()


def test_the_journal_shows_what_was_asked_there(world: Client) -> None:
    """With its operation, which the filter knows too."""
    world.toy.post(TEAMS, json={"called": "Payroll"})
    world.teams()
    shown = world.control.get("/journal", params={"operation": "formTeam"}).json()["data"]

    assert [(each["method"], each["path"], each["status"]) for each in shown] == [("POST", TEAMS, 201)]
    assert shown[0]["request"] == {"called": "Payroll"}


def test_a_state_file_keeps_what_was_changed_there(tmp_path: Path) -> None:
    """Asked again at the same door, it leads to the same state; a door that has gone is told by its name."""
    file = tmp_path / "acme.state"
    with kept(file) as first:
        first.toy.post(TEAMS, json={"called": "Payroll"})
        first.toy.post(TEAMS, json={"called": "Builders"})
        then = first.control.get("/export").json()
    with kept(file) as second:
        assert second.control.get("/export").json() == then
        assert "Payroll" in second.groups()
    with pytest.raises(StateProblem, match="no door is called 'toy'"), kept(file, create_app):
        pass
