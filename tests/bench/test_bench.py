"""The bench runs, and says what it measured. Whether figures are good is for people to judge, not for a test."""

import json
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from .__main__ import bench
from .load import Load, WrongAnswer, get
from .sampling import Pair, turn_by_turn
from .serving import bare

ROWS = [
    *("served, GET one member",) * 2,
    *("served, POST an invitation",) * 2,
    *("served, list of 100 members",) * 2,
    *("served, SCIM userName eq",) * 2,
    *("served, SCIM GET one user",) * 2,
    "in process, GET one member",
    "in process, POST an invitation",
    "in process, list of 100 members",
    "POST an invitation among 1,000",
    "SCIM userName eq among 1,000",
    "SCIM GET one user among 1,000",
    "all routes",
    "start to first answer",
    "resident memory at rest",
    "1,000 members, seed",
    "1,000 members, list",
    "1,000 members, list again",
    "1,000 members, search by email",
    "1,000 members, SCIM filter",
    "1,000 members, export",
    "1,000 members, diff",
]
COMMANDS = ["--help", "check", "explain INV-6", "rules PNU-1", "run -n 1 --quiet --text RC-1-first-hire"]


@pytest.mark.socket
@pytest.mark.long
def test_the_bench_measures_everything(tmp_path: Path) -> None:
    """Every row is there, in the table and in the file, with a figure for both sides."""
    file = tmp_path / "bench.json"
    result = CliRunner().invoke(bench, ["--quick", "--json", str(file)], env={"COLUMNS": "160"})
    assert result.exit_code == 0, result.output
    rows = json.loads(file.read_text(encoding="utf-8"))["rows"]

    assert [row["what"] for row in rows if not row["what"].endswith("processor time")] == ROWS
    timed = [row["what"] for row in rows if row["what"].startswith("`")]
    assert timed == [f"`{words}`, processor time" for words in COMMANDS]
    assert all(min(row["ours"], row["theirs"]) > 0 for row in rows)
    assert [name for name in ROWS if name not in result.stdout] == []


def test_sides_take_turns() -> None:
    """The first turn warms up and is dropped; whoever went first goes second in the next."""
    seen: list[str] = []

    def side(name: str) -> float:
        seen.append(name)
        return float(len(seen))

    pair = turn_by_turn(lambda: side("A"), lambda: side("B"), 2)

    assert seen == ["B", "A", "A", "B", "B", "A"]
    assert pair == Pair([3.0, 6.0], [4.0, 5.0])


def test_a_ratio_is_the_median_of_the_turns() -> None:
    """One disturbed turn moves the noise, not the ratio."""
    pair = Pair([2.0, 2.0, 90.0, 2.0, 2.0], [1.0, 1.0, 1.0, 1.0, 1.0])

    assert (pair.ratio, pair.noise) == (2.0, 0.0)
    assert Pair([1.0, 3.0], [1.0, 1.0]).noise == 0.25
    assert Pair([1.0], [1.0]).noise == 0.0


@pytest.mark.socket
def test_an_answer_that_is_no_200_is_no_measurement() -> None:
    """A server that fails quickly must not look fast."""
    with (
        bare("GET", "/api/members", 100_000) as server,
        Load(server.url) as load,
    ):
        assert load.seconds_for(iter([get("/api/members", "t")] * 20), 20) > 0
        with pytest.raises(WrongAnswer, match="404 Not Found"):
            load.seconds_for(iter([get("/api/other", "t")] * 9), 9)


@pytest.mark.socket
@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"", id="before it said anything"),
        pytest.param(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf", id="in the middle of an answer"),
    ],
)
def test_a_connection_that_the_server_closed_is_noticed(said: bytes) -> None:
    """The bench stops with an error at once; it neither waits nor turns in circles."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with Load(f"http://127.0.0.1:{port}", connections=1) as load:
            peer, _ = server.accept()
            with peer:
                peer.sendall(said)
                peer.shutdown(socket.SHUT_WR)
                with pytest.raises(WrongAnswer, match="the connection was closed"):
                    load.seconds_for(iter([get("/", "t")]), 1)
