"""A served emulator as an app: what the engine asks in this process is asked there, over HTTP.

The emulator is leased meanwhile, as for a run of scenarios: what was there is put back at the end.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

import httpx
from starlette.types import Receive, Scope, Send

from workato_emulator.doors.control.resources import PREFIX
from workato_emulator.fuzzing.profiles import Profile
from workato_emulator.http.origins import server_at

PATIENCE = 60.0
"""Seconds for an answer."""

_NOT_PASSED_ON = frozenset({b"host", b"connection", b"content-length", b"transfer-encoding"})


class Unreachable(Exception):
    """No emulator can be fuzzed at this address, for this reason."""


@dataclass(frozen=True, slots=True)
class ServedApp:
    """An ASGI app whose answers are those of the emulator at the address."""

    client: httpx.Client
    holder: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = b""
        while (message := await receive())["type"] == "http.request":
            body += message.get("body", b"")
            if not message.get("more_body", False):
                break
        raw = scope.get("raw_path") or scope["path"].encode()
        query = scope["query_string"]
        headers = [(name, value) for name, value in scope["headers"] if name.lower() not in _NOT_PASSED_ON]
        try:
            answer = self.client.request(
                scope["method"],
                self.client.base_url.copy_with(raw_path=raw + (b"?" + query if query else b"")),
                headers=[*headers, (b"x-emulator-lease", self.holder.encode())],
                content=body,
            )
        except httpx.TransportError as error:
            raise Unreachable(f"{self.client.base_url} cannot be reached any more: {error}") from None
        await send({"type": "http.response.start", "status": answer.status_code, "headers": _passed_on(answer)})
        await send({"type": "http.response.body", "body": answer.content})


def _passed_on(answer: httpx.Response) -> list[tuple[bytes, bytes]]:
    return [(name.lower(), value) for name, value in answer.headers.raw if name.lower() != b"connection"]


@dataclass(frozen=True, slots=True)
class There:
    """An emulator at an address, which nobody else uses meanwhile."""

    client: httpx.Client
    bearer: dict[str, str]
    holder: str

    def app(self, profile: Profile) -> ServedApp:
        """The emulator in the profile's world, as new."""
        self.ask("PUT", "/seed", {**profile.world, "strict": False})
        return ServedApp(self.client, self.holder)

    def ask(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401  (JSON)
        """Ask the control plane. Raises `Unreachable` where it does not do as it is asked."""
        try:
            answer = self.client.request(method, f"{PREFIX}{path}", json=body, headers=self.bearer)
        except httpx.TransportError as error:
            raise Unreachable(f"{self.client.base_url} cannot be reached: {error}") from None
        try:
            said = answer.json() if answer.content else {}
            if answer.is_success:
                return said
            why = str(said["error"]["message"])
        except (ValueError, LookupError, TypeError):
            why = f"it answers {answer.status_code}, not as an emulator does"
        raise Unreachable(f"{self.client.base_url}: {why}")


@contextmanager
def leased(url: str, control_token: str | None = None) -> Iterator[There]:
    """The emulator at the address for oneself; what was there is put back. Raises `Unreachable`."""
    parts = server_at(url)
    if parts is None:
        raise Unreachable("this is not an emulator's address; write one such as http://localhost:8086")
    bearer = {} if control_token is None else {"Authorization": f"Bearer {control_token}"}
    with httpx.Client(base_url=f"{parts.scheme}://{parts.netloc}", timeout=PATIENCE, trust_env=False) as client:
        there = There(client, bearer, token_hex(16))
        if there.ask("GET", "/health").get("state_file"):
            raise Unreachable(f"{url} keeps its state in a file; serve one without --state to fuzz it")
        try:
            there.ask("PUT", "/lease", {"holder": there.holder, "ids_seed": 0})  # an interrupt may cut off the answer
            yield there
        finally:
            there.ask("DELETE", f"/lease?holder={there.holder}")
