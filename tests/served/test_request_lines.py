"""A served emulator prints a line for each request, and the reader of the lines keeps nobody waiting."""

import os
import re
import signal
import threading
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx
import pytest

from workato_emulator.cli.request_lines import Note, Noting, Writer, line_of
from workato_emulator.emulator import Emulator
from workato_emulator.http.secrets import Secrets

from .serving import serving

SEED = """
workspaces:
  acme:
    api_clients: [{name: "ok\\e[31mta", token: acme-okta-token}]
    collaborators: [{name: Ada, email: ada@example.test, roles: {dev: Member}}]
"""
INVITATION = {
    "name": "New",
    "email": "new@example.test",
    "env_roles": [{"environment_type": "dev", "name": "Member", "role_type": "environment"}],
}


def _said(tmp_path: Path, told: str, requests: Any) -> list[str]:  # noqa: ANN401  (a function)
    """What is printed of these requests."""
    seed = tmp_path / "seed.yaml"
    seed.write_text(SEED)
    with serving("--seed", str(seed), told=told) as served:
        with httpx.Client(base_url=served.url, headers={"Authorization": "Bearer acme-okta-token"}) as client:
            requests(client)
        code, out, logged = served.stop(signal.SIGINT)
    assert (code, logged) == (0, "")
    return out.splitlines()


@pytest.mark.socket
def test_each_request_has_a_line(tmp_path: Path) -> None:
    """Method, path, status, client, the rule that refused, and how long it took; in the order of the requests."""

    def requests(client: httpx.Client) -> None:
        for _ in range(2):
            client.post("/api/member_invitations", json=INVITATION)
        client.get("/_emulator/v1/health")
        client.get("/api/recipes", params={"token": "acme-okta-token", "note": "\x1b[2J\n"})

    lines = [re.sub(r"\d+\.\d ms$", "N ms", line) for line in _said(tmp_path, "", requests)]

    assert lines == [
        "POST /api/member_invitations  200  ok\\x1b[31mta of acme  N ms",
        "POST /api/member_invitations  429  ok\\x1b[31mta of acme  refused by INV-6  N ms",
        "GET /_emulator/v1/health  200  N ms",
        "GET /api/recipes?token=[redacted]&note=%1B%5B2J%0A  501  N ms",
    ]


@pytest.mark.socket
def test_verbose_shows_bodies_without_secrets(tmp_path: Path) -> None:
    """Each on a line of its own; control characters are escapes."""

    def requests(client: httpx.Client) -> None:
        client.post("/api/member_invitations", json=INVITATION | {"name": "\x1b[2J\n", "password": "hunter2"})
        client.post("/api/member_invitations", content=b"\x1b]0;x\x07 acme-okta-token")

    lines = _said(tmp_path, "--verbose", requests)

    assert [line[:4] for line in lines] == ["POST", "  > ", "  < ", "POST", "  > ", "  < "]
    assert '"password": "[redacted]"' in lines[1]
    assert "hunter2" not in "".join(lines)
    assert "acme-okta-token" not in "".join(lines)
    assert "\x1b" not in "".join(lines)


@pytest.mark.socket
def test_quiet_prints_nothing(tmp_path: Path) -> None:
    """Not a line."""
    assert _said(tmp_path, "--quiet", lambda client: client.get("/api/members")) == []


@pytest.mark.socket
def test_a_reader_who_reads_nothing_stops_nobody(tmp_path: Path) -> None:
    """The pipe is full after some hundreds of lines; requests are answered all the same, and the end comes soon."""
    seed = tmp_path / "seed.yaml"
    seed.write_text(SEED)
    with serving("--seed", str(seed), "--verbose", told="", bound=60) as served:
        with httpx.Client(base_url=served.url, timeout=10) as client:
            for _ in range(300):
                assert client.get(f"/api/{'z' * 500}").status_code == 501
        begun = perf_counter()
        code, _, logged = served.stop(signal.SIGTERM)

    assert (code, logged) == (0, "")
    assert perf_counter() - begun < 10


def test_a_writer_takes_no_more_than_it_can_hold() -> None:
    """What a slow reader has not read is bounded; who stops listening ends the writing."""
    out, into = os.pipe()
    writer = Writer(into)
    taken = sum(writer.offer(b"x" * 65536) for _ in range(1_000))
    assert 200 <= taken < 300

    os.close(out)  # the write that waits fails, and the thread ends
    writer.close()
    with suppress(OSError):
        os.close(into)
    assert "request lines" not in {each.name for each in threading.enumerate()}


def test_a_line_tells_of_a_fault_and_of_no_answer() -> None:
    """Nothing was sent, and why."""
    emulator = Emulator()
    emulator.control.post("/faults", json={"operation": "listCollaborators", "effect": "drop_before_work"})
    notes: list[Note] = []
    noting = Noting(emulator.app, notes.append)
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/api/members",
        "raw_path": b"/api/members",
        "query_string": b"",
        "headers": [(b"authorization", b"Bearer wrkaus-acme-okta")],
        "client": ("127.0.0.1", 1),
    }
    noting.finish(noting.begin(scope), b"")

    assert line_of(notes[0], Secrets()).startswith("GET /api/members  no answer  fault drop_before_work  ")
