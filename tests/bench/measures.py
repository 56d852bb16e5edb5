"""What is measured, one function per kind. Each yields rows for the table."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import repeat
from json import dumps
from pathlib import Path
from statistics import median
from time import process_time
from urllib.parse import urlsplit

import httpx

from workato_emulator.app import create_app
from workato_emulator.clock import Clock
from workato_emulator.doors.developer.resources import developer_routes
from workato_emulator.emulator import HOST, Emulator
from workato_emulator.http.routing import RouteTable
from workato_emulator.state.seeds import parse
from workato_emulator.transport import InProcessTransport

from . import serving, world
from .commands import commands
from .crowds import crowds
from .load import Load, get, post
from .rows import Row, cost
from .sampling import Pair, turn_by_turn

READ, WRITE = "GET one member", "POST an invitation"
FIND, READ_USER = "SCIM userName eq", "SCIM GET one user"
BARE, CONSTANT = "bare Starlette", "a constant under our protocol"


@dataclass(frozen=True, slots=True)
class Effort:
    """How often things are done: `turns` samples of each side, `calls` per sample, `starts` of each server or command.

    `many` are the members of a large workspace, and with `library` all scenarios are played.
    """

    turns: int
    calls: int
    starts: int
    many: int
    library: bool


FULL = Effort(turns=15, calls=400, starts=9, many=100_000, library=True)
QUICK = Effort(turns=1, calls=10, starts=1, many=1_000, library=False)
"""Shows that everything runs; the figures mean nothing."""


def every(effort: Effort) -> Iterator[Row]:
    """All rows, as they are measured."""
    with tempfile.TemporaryDirectory() as folder:
        seed = Path(folder) / "seed.json"
        seed.write_text(dumps(world.seed(100)), encoding="utf-8")
        yield from served(effort, seed)
    yield from in_process(effort)
    yield from sizes(effort)
    yield from sizes_by_scim(effort)
    yield from routes(effort)
    yield from starting(effort)
    yield from commands(effort.starts, library=effort.library)
    yield from crowds(effort.many)


def served(effort: Effort, seed: Path) -> Iterator[Row]:
    """Requests a second over a socket, against bare Starlette."""
    read = get(world.member(42), world.TOKEN)
    listing = get(world.MEMBERS, world.TOKEN)

    def writes() -> Iterator[bytes]:
        while True:
            yield post(world.INVITATIONS, world.TOKEN, world.invitation())

    with (
        serving.emulator(seed) as ours,
        httpx.Client(base_url=ours.url, headers=_bearer()) as client,
        httpx.Client(base_url=ours.url, headers=_bearer(world.SCIM_TOKEN)) as scim,
    ):
        found = scim.get(world.user_named(42))
        user = urlsplit(found.json()["Resources"][0]["meta"]["location"]).path
        find, read_user = get(world.user_named(42), world.SCIM_TOKEN), get(user, world.SCIM_TOKEN)
        cases = (
            (f"served, {READ}", "GET", world.member(42), client.get(world.member(42)), repeat(read), 5, 1.2),
            (
                f"served, {WRITE}",
                "POST",
                world.INVITATIONS,
                client.post(world.INVITATIONS, content=world.invitation()),
                writes(),
                5,
                0.5,
            ),
            ("served, list of 100 members", "GET", world.MEMBERS, client.get(world.MEMBERS), repeat(listing), 1, 0.55),
            (f"served, {FIND}", "GET", world.USERS, found, repeat(find), 5, 0.5),
            (f"served, {READ_USER}", "GET", user, scim.get(user), repeat(read_user), 5, 0.5),
        )
        for what, method, path, answer, requests, weight, aim in cases:
            size, calls = len(answer.content), effort.calls * weight
            with serving.bare(method, path, size) as theirs:
                yield from _throughput(what, BARE, ours, theirs, requests, calls, effort.turns, aim)
            with serving.constant(size) as theirs:
                yield from _throughput(what, CONSTANT, ours, theirs, requests, calls, effort.turns)


def _throughput(
    what: str,
    against: str,
    ours: serving.Server,
    theirs: serving.Server,
    requests: Iterator[bytes],
    calls: int,
    turns: int,
    aim: float | None = None,
) -> Iterator[Row]:
    used: dict[int, list[float]] = {ours.pid: [], theirs.pid: []}

    def rate(server: serving.Server) -> Callable[[], float]:
        def sample() -> float:
            with Load(server.url) as load:  # anew: a server closes what was idle during a long turn of the other side
                before = server.processor_seconds()
                per_second = calls / load.seconds_for(requests, calls)
                after = server.processor_seconds()
            if before is not None and after is not None:
                used[server.pid].append((after - before) / calls * 1e6)
            return per_second

        return sample

    pair = turn_by_turn(rate(ours), rate(theirs), turns)
    yield Row(what, against, median(pair.ours), median(pair.theirs), "/s", pair.ratio, pair.noise)
    if used[ours.pid]:
        spent = Pair(used[theirs.pid][1:], used[ours.pid][1:])  # the other way round, so that more is better here too
        mine, other = median(spent.theirs), median(spent.ours)
        yield Row(f"{what}, processor time", against, mine, other, "µs", spent.ratio, spent.noise, at_least=aim)


def in_process(effort: Effort) -> Iterator[Row]:
    """The same client over the emulator and over a constant."""
    emulator = Emulator(world.seed(100))
    for what, act, aim in (
        (READ, _reading(), 1.35),
        (WRITE, _writing(), 1.7),
        ("list of 100 members", _listing(), 1.75),
    ):
        with emulator.client(world.WORKSPACE) as ours:
            answer = act(ours)
            with _constant(answer) as theirs:
                pair = turn_by_turn(_timed(act, ours, effort.calls), _timed(act, theirs, effort.calls), effort.turns)
        yield cost(f"in process, {what}", "MockTransport", pair, "µs", scale=1e6, at_most=aim)


def sizes(effort: Effort) -> Iterator[Row]:
    """One write among many members, against the same among a hundred."""
    act = _writing()
    few, many = Emulator(world.seed(100)), Emulator(world.seed(effort.many))
    with few.client(world.WORKSPACE) as theirs, many.client(world.WORKSPACE) as ours:
        pair = turn_by_turn(_timed(act, ours, effort.calls), _timed(act, theirs, effort.calls), effort.turns)
    yield cost(f"{WRITE} among {effort.many:,}", "among 100", pair, "µs", scale=1e6, at_most=1.5)


def sizes_by_scim(effort: Effort) -> Iterator[Row]:
    """What Okta asks of one person among many, against the same among a hundred."""
    few, many = Emulator(world.seed(100)), Emulator(world.seed(effort.many))
    with few.scim(world.WORKSPACE) as theirs, many.scim(world.WORKSPACE) as ours:
        found = theirs.get(f"{HOST}{world.user_named(42)}").raise_for_status().json()["Resources"][0]
        for what, path in ((FIND, world.user_named(42)), (READ_USER, f"{world.USERS}/{found['id']}")):
            act = _getting(f"{HOST}{path}")
            pair = turn_by_turn(_timed(act, ours, effort.calls), _timed(act, theirs, effort.calls), effort.turns)
            yield cost(f"{what} among {effort.many:,}", "among 100", pair, "µs", scale=1e6, at_most=1.3)


def routes(effort: Effort) -> Iterator[Row]:
    """All routes against a table that holds the one that is asked for."""
    act = _reading()
    document = parse(world.seed(100))
    alone = RouteTable(route for route in developer_routes() if route.operation == "getCollaborator")
    app = create_app(document, clock=Clock.still(), routes=alone)
    with (
        Emulator(document).client(world.WORKSPACE) as ours,
        httpx.Client(transport=InProcessTransport(app), base_url=HOST, headers=_bearer()) as theirs,
    ):
        pair = turn_by_turn(_timed(act, ours, effort.calls), _timed(act, theirs, effort.calls), effort.turns)
    yield cost("all routes", "1 route", pair, "µs", scale=1e6)


def starting(effort: Effort) -> Iterator[Row]:
    """From nothing to the first answer, and what the process weighs then."""
    kib = Pair([], [])

    def ours() -> float:
        with serving.emulator() as server:
            seconds = serving.first_answer(server, get(world.MEMBERS, "wrkaus-acme-okta"))
            kib.ours.append(server.resident_kib())
        return seconds

    def theirs() -> float:
        with serving.bare("GET", world.MEMBERS, 1_000) as server:
            seconds = serving.first_answer(server, get(world.MEMBERS, world.TOKEN))
            kib.theirs.append(server.resident_kib())
        return seconds

    pair = turn_by_turn(ours, theirs, effort.starts)
    yield cost("start to first answer", BARE, pair, "ms", scale=1e3, at_most=1.3)
    yield cost("resident memory at rest", BARE, kib, "MiB", scale=1 / 1024, at_most=1.4)


def _timed(act: Callable[[httpx.Client], httpx.Response], client: httpx.Client, calls: int) -> Callable[[], float]:
    def sample() -> float:
        started = process_time()
        for _ in range(calls):
            act(client)
        return (process_time() - started) / calls

    return sample


def _reading() -> Callable[[httpx.Client], httpx.Response]:
    return _getting(world.member(42))


def _getting(path: str) -> Callable[[httpx.Client], httpx.Response]:
    return lambda client: client.get(path).raise_for_status()


def _listing() -> Callable[[httpx.Client], httpx.Response]:
    return lambda client: client.get(world.MEMBERS).raise_for_status()


def _writing() -> Callable[[httpx.Client], httpx.Response]:
    kind = {"Content-Type": "application/json"}
    return lambda client: client.post(world.INVITATIONS, content=world.invitation(), headers=kind).raise_for_status()


def _constant(answer: httpx.Response) -> httpx.Client:
    """A client like the emulator's whose transport says the same to everything."""
    body, headers = answer.content, answer.headers.raw
    transport = httpx.MockTransport(lambda _request: httpx.Response(200, headers=headers, content=body))
    return httpx.Client(transport=transport, base_url=HOST, headers=_bearer())


def _bearer(token: str = world.TOKEN) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
