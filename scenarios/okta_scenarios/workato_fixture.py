"""What the `workato` fixture gives a test: an emulator, and short words for what tests do with one all the time."""

import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote

import httpx

from workato_emulator import Emulator
from workato_emulator.clock import machine_time
from workato_emulator.observed import ObservedProblem, read_observed

PATIENCE = 10.0
"""Seconds that a server on this machine may take to begin and to end."""


class Workato:
    """One emulator. `emulator` is the whole of it; the rest is here because tests say it so often.

    `seed` is a file, a document or None for the default seed; `assume` settles open questions, and so does
    `assume_file`, which `live drift` wrote, where `assume` does not; a `strict` one refuses
    what nobody reads. `workspace` is meant wherever a method is not told another: the first of the seed.
    """

    def __init__(
        self,
        seed: Mapping[str, Any] | Path | str | None = None,
        assume: Mapping[str, str] | None = None,
        *,
        assume_file: Path | str | None = None,
        strict: bool = False,
    ) -> None:
        self.emulator = Emulator(Path(seed) if isinstance(seed, str) else seed, strict=strict)
        self.control = self.emulator.control
        observed = {} if assume_file is None else _seen_in(Path(assume_file))
        if observed or assume:
            self._by_hand("PATCH", "/assumptions", {**observed, **(assume or {})})
        self.workspace = str(next(iter(self.emulator.export()["workspaces"])))

    @property
    def client(self) -> httpx.Client:
        """A client of the Developer API that bears the workspace's first token."""
        return self.client_of(self.workspace)

    @property
    def token(self) -> str:
        """The workspace's first token, for a client of your own."""
        return self.emulator.token(self.workspace)

    def client_of(self, workspace: str, api_client: str | None = None) -> httpx.Client:
        """The same of another workspace, or of another of its API clients. Raises `LookupError`."""
        return self.emulator.client(workspace, api_client=api_client)

    def invite(self, email: str, roles: Mapping[str, str], name: str | None = None) -> httpx.Response:
        """Invite somebody through the API: a role by environment, as in `{"dev": "Member"}`."""
        kind = self._workspace(self.workspace)["permission_model"]
        role_type = "environment" if kind == "environment_roles" else "privilege_group"
        rows = [{"environment_type": key, "name": role, "role_type": role_type} for key, role in roles.items()]
        body = {"name": name or email.partition("@")[0].title(), "email": email, "env_roles": rows}
        return self.client.post("/api/member_invitations", json=body)

    def accept(self, email: str, workspace: str | None = None) -> None:
        """Accept an invitation, as the invitee does. Raises `AssertionError` with the reason where that cannot be."""
        path = f"/workspaces/{workspace or self.workspace}/invitations/{quote(email, safe='')}/accept"
        self._by_hand("POST", path)

    def members(self, workspace: str | None = None) -> dict[str, dict[str, str]]:
        """The collaborators' roles by environment, by email."""
        there = self._workspace(workspace or self.workspace)["collaborators"]
        return {each["email"]: dict(each["roles"]) for each in there}

    def advance(self, by: timedelta | None = None, **units: float) -> None:
        """Move the clock: `advance(minutes=20)`, or by a `timedelta`."""
        self.emulator.clock.advance(timedelta(**units) if by is None else by)

    def fault(self, operation: str, **more: Any) -> None:  # noqa: ANN401  (fields of the control plane's contract)
        """Make the next calls of an operation go wrong: `fault("inviteCollaborator", status=502, count=2)`."""
        self._by_hand("POST", "/faults", {"operation": operation, **more})

    def journal(self, **filters: Any) -> Sequence[Mapping[str, Any]]:  # noqa: ANN401  (a number or a text)
        """What was asked and answered, the oldest first: `journal(status="4xx")`."""
        found: Sequence[Mapping[str, Any]] = self.control.get("/journal", params=filters).json()["data"]
        return found

    def _workspace(self, slug: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.emulator.export()["workspaces"][slug]
        return found

    def _by_hand(self, method: str, path: str, body: object = None) -> None:
        answer = self.control.request(method, path, json=body)
        if not answer.is_success:
            raise AssertionError(answer.json()["error"]["message"])


def _seen_in(file: Path) -> Mapping[str, str]:
    """What the file settles. Raises `AssertionError` with the reason where it is none."""
    try:
        return read_observed(file, machine_time().date()).choices()
    except ObservedProblem as problem:
        raise AssertionError(str(problem)) from None


@dataclass(frozen=True, slots=True)
class ServedWorkato:
    """The emulator of a test on a port: `url` is where, `workato` is the same emulator from inside."""

    url: str
    workato: Workato

    @property
    def token(self) -> str:
        """The workspace's first token."""
        return self.workato.token


@contextmanager
def serving(workato: Workato) -> Iterator[ServedWorkato]:
    """Serve the emulator on a free port of this machine, in a thread, until the context ends."""
    import uvicorn

    from workato_emulator.server import protocol

    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(
            workato.emulator.app,
            http=protocol(workato.emulator.app, PATIENCE),
            log_level="critical",
            lifespan="off",
            proxy_headers=False,
            date_header=False,
        )
    )
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        # The socket listens already, so whoever connects before uvicorn has begun is kept waiting, not refused.
        yield ServedWorkato(f"http://127.0.0.1:{listener.getsockname()[1]}", workato)
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        listener.close()
