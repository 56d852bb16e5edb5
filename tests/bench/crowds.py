"""A workspace with very many members: what takes as long as there are people."""

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time

import httpx

from workato_emulator.emulator import Emulator

from . import world
from .rows import Row, absolute

AIMS = {
    "seed": 1.5,
    "list": 0.8,
    "list again": 0.8,
    "search by email": 0.005,
    "SCIM filter": 0.1,
    "export": 0.8,
    "diff": 1.5,
}
"""Seconds of processor time, of a hundred thousand members."""


def crowds(members: int) -> Iterator[Row]:
    """Each once: there is nothing to compare it with, and it takes long."""
    for what, seconds in _measured(members):
        yield absolute(f"{members:,} members, {what}", [seconds], AIMS[what])


def _measured(members: int) -> Iterator[tuple[str, float]]:
    with tempfile.TemporaryDirectory() as folder:
        seed = Path(folder) / "seed.json"
        seed.write_text(json.dumps(world.seed(members)), encoding="utf-8")
        began = process_time()
        emulator = Emulator(seed)
        yield "seed", process_time() - began
    with emulator.client(world.WORKSPACE) as client:
        for what in ("list", "list again"):
            yield what, _seconds(lambda: client.get(world.MEMBERS))
        last = {"email": world.email(members - 1)}
        yield "search by email", min(_seconds(lambda: client.get(world.MEMBERS, params=last)) for _ in range(3))
        yield "SCIM filter", _filtering(emulator, members)
        yield "export", _seconds(lambda: emulator.control.get("/export"))
        client.delete(world.member(0)).raise_for_status()
        yield "diff", _seconds(lambda: emulator.control.get("/diff", params={"from": "start", "to": "now"}))


def _filtering(emulator: Emulator, members: int) -> float:
    """One that is not `userName eq`, after another of its kind has loaded what reads filters."""
    with emulator.scim(world.WORKSPACE) as scim:
        nobody = {"filter": "not (userName pr)", "count": "0"}
        scim.get("/Users", params=nobody).raise_for_status()
        sought = {"filter": f'userName co "{world.email(members - 1)}"'}
        return _seconds(lambda: scim.get("/Users", params=sought))


def _seconds(ask: Callable[[], httpx.Response]) -> float:
    began = process_time()
    answer = ask()
    spent = process_time() - began
    answer.raise_for_status()
    return spent
