"""No change makes a request dearer unseen."""

import shutil
from json import dumps
from pathlib import Path

import pytest

from . import world
from .instructions import MORE, of_bare, of_emulator
from .load import get, post
from .serving import emulator

GET, POST = 1.29, 2.42
"""How many times the instructions of bare Starlette a request takes. Whoever makes one cheaper writes the less here."""
MARGIN = 1.05

_needs_valgrind = pytest.mark.skipif(shutil.which("valgrind") is None, reason="valgrind is not installed")


@pytest.mark.long
@pytest.mark.socket
@_needs_valgrind
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_request_takes_as_many_instructions_as_before(method: str, tmp_path: Path) -> None:
    """Against bare Starlette in the same run, so that another Python or framework moves both sides."""
    seed = tmp_path / "seed.json"
    seed.write_text(dumps(world.seed(100)), encoding="utf-8")
    if method == "GET":
        path, size, limit = world.member(42), 500, GET
        requests = [get(path, world.TOKEN)] * MORE
    else:
        path, size, limit = world.INVITATIONS, 15, POST
        requests = [post(path, world.TOKEN, world.invitation()) for _ in range(MORE)]
    with emulator(seed):  # byte code is written by the first start after a change
        pass
    ours, theirs = of_emulator(seed, requests), of_bare(method, path, size, requests)
    print(f"{method}: {ours:,.0f} instructions, bare Starlette {theirs:,.0f}, {ours / theirs:.2f} times as many")  # noqa: T201

    assert ours / theirs < limit * MARGIN
