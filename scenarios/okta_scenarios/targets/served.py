"""An emulator at an address, reached through HTTP alone.

It is leased for as long as it is used (`/_emulator/v1/lease`): what was there before is set aside and put back at the
end, time stands still, and requests may come from any address. Nobody waits for latency: the clock is moved instead, as
far as the caller has patience.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from secrets import token_hex
from types import TracebackType
from typing import Any, Self

import httpx

from okta_scenarios.targets.target import EVERYTHING, Ability, CannotBegin, Service, TargetUnusable, seats_in
from workato_emulator import Seat, Secrets, assumptions, is_sendable, server_at

CONTROL = "/_emulator/v1"
PATIENCE = 60.0
"""Seconds that the control plane may take for an answer."""
UNUSABLE = 422


class Served:
    """Use as a context manager. Raises `TargetUnusable` wherever the emulator cannot be used, at first or later on."""

    def __init__(self, url: str, control_token: str | None = None, *, replace_state: bool = False) -> None:
        if "@" in url:  # a report shows the address
            raise TargetUnusable(
                "an emulator's address has no user and no password; write one such as http://localhost:8086"
            )
        parts = server_at(url)
        if parts is None:
            shown = re.split("[?#]", url)[0]  # what stands behind may be a secret
            raise TargetUnusable(f"{shown!r} is not an emulator's address; write one such as http://localhost:8086")
        if control_token is not None and not is_sendable(control_token):
            raise TargetUnusable("the control token is empty, or holds a blank or what is not ASCII")
        self.name = f"{parts.scheme}://{parts.netloc}"
        self._replace_state = replace_state
        self._holder = token_hex(16)
        self._leased_for: int | None = None
        self._transport = httpx.HTTPTransport()
        bearer = {} if control_token is None else {"Authorization": f"Bearer {control_token}"}
        self._control = httpx.Client(
            transport=self._transport, base_url=f"{self.name}{CONTROL}", headers=bearer, timeout=PATIENCE
        )

    @property
    def abilities(self) -> frozenset[Ability]:
        return EVERYTHING

    @property
    def terms(self) -> None:
        return None

    def __enter__(self) -> Self:
        try:
            self._must_be_usable()
        except BaseException:
            self._control.close()
            raise
        return self

    def _must_be_usable(self) -> None:
        try:
            health = self.ask("GET", "/health").json()
        except ValueError:
            raise TargetUnusable(f"{self.name} does not answer as an emulator does") from None
        if health.get("leased"):
            raise TargetUnusable(
                f"another run has a lease on {self.name}; if none is under way any more, "
                f"DELETE {self.name}{CONTROL}/lease puts back what was there"
            )
        if health.get("state_file") and not self._replace_state:
            raise TargetUnusable(f"{self.name} keeps its state in a file; --replace-state plays there all the same")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._give_back()
        except TargetUnusable:
            if error is None:
                raise
        except KeyboardInterrupt:  # in the middle of giving back; asked twice, it does no harm
            self._give_back()
            raise
        finally:
            self._control.close()

    def begin(self, document: Mapping[str, Any], *, at: datetime, ids_seed: int) -> Service:
        if self._leased_for != ids_seed:
            self._give_back()
            self._leased_for = ids_seed  # before it is asked for: an interrupt may cut off the answer only
            self.ask("PUT", "/lease", {"holder": self._holder, "ids_seed": ids_seed})
        self.ask("PUT", "/clock", {"now": at.isoformat()})
        seeded = self.answer("PUT", "/seed", {**document, "strict": False})
        if seeded.status_code == UNUSABLE:
            raise CannotBegin("; ".join(each["message"] for each in seeded.json()["error"]["problems"]))
        self._must_succeed(seeded)
        return _There(self, self._transport, self.name, self._holder, at)

    def _give_back(self) -> None:
        """End the lease, if it was asked for. Somebody else's, who was quicker, stays."""
        if self._leased_for is not None:
            self.ask("DELETE", f"/lease?holder={self._holder}")
            self._leased_for = None

    def ask(self, method: str, path: str, body: object = None) -> httpx.Response:
        """Ask the control plane for what it has no reason to refuse."""
        return self._must_succeed(self.answer(method, path, body))

    def answer(self, method: str, path: str, body: object = None) -> httpx.Response:
        """The control plane's answer, whatever it is."""
        try:
            return self._control.request(method, path, json=body)
        except httpx.RequestError as error:
            why = str(error) if isinstance(error, httpx.ConnectError) else type(error).__name__
            raise TargetUnusable(f"{self.name} cannot be reached: {why}") from None

    def _must_succeed(self, response: httpx.Response) -> httpx.Response:
        if response.is_success:
            return response
        try:
            said = response.json()["error"]["message"]
        except (ValueError, LookupError, TypeError):
            said = f"it answers {response.status_code}, not as an emulator does"
        raise TargetUnusable(f"{self.name}: {said}")


class _There:
    """The emulator in the state that one scenario is given."""

    def __init__(self, served: Served, through: httpx.BaseTransport, base: str, holder: str, now: datetime) -> None:
        self._served = served
        self._through = through
        self._base = httpx.URL(base)
        self._holder = holder
        self._now = now
        self._exported: Mapping[str, Any] | None = None
        self._tokens: set[str] = set()
        self._may_be_late = False
        self.transport: httpx.BaseTransport = _Way(self, None)

    def transport_from(self, address: str) -> httpx.BaseTransport:
        return _Way(self, address)

    def now(self) -> datetime:
        return self._now

    def move_clock(self, to: datetime) -> None:
        self._served.ask("PUT", "/clock", {"now": to.isoformat()})
        self._now = to

    def control(self, method: str, path: str, body: object = None) -> httpx.Response:
        if method != "GET":
            self._exported = None
        self._may_be_late = self._may_be_late or (isinstance(body, Mapping) and bool(body.get("latency_seconds")))
        return self._served.answer(method, path, body)

    def export(self) -> Mapping[str, Any]:
        if self._exported is None:
            exported: Mapping[str, Any] = self._served.ask("GET", "/export").json()
            clients = (client for each in exported["workspaces"].values() for client in each["api_clients"])
            self._tokens.update(client["token"] for client in clients)
            self._exported = exported
        return self._exported

    def seats(self, workspace: str) -> Mapping[str, Seat]:
        return seats_in(self.export(), workspace)

    def consulted(self) -> frozenset[str]:
        return frozenset(each.id for each in assumptions())

    def secrets(self, also: Iterable[str]) -> Secrets:
        self.export()
        return Secrets((*self._tokens, *also))

    def send(self, request: httpx.Request, address: str | None) -> httpx.Response:
        """Send a request to the Developer API, and let the time pass that its answer would take."""
        self._exported = None
        sent = self._redirect(request, address)
        armed = self._faults() if self._may_be_late else ()
        failure: httpx.RequestError | None = None
        response: httpx.Response | None = None
        try:
            response = self._through.handle_request(sent)
            response.read()
        except httpx.RequestError as error:
            failure = error
        if armed:
            self._pass(_seconds_late(armed, self._faults()), request)
        if response is None or failure is not None:
            raise failure or httpx.ReadError("nothing arrived", request=request)
        return httpx.Response(response.status_code, headers=response.headers.raw, content=response.content)

    def _redirect(self, request: httpx.Request, address: str | None) -> httpx.Request:
        """The request as it goes to the emulator, whatever host it is meant for."""
        headers = [*request.headers.raw, (b"X-Emulator-Lease", self._holder.encode())]
        if address is not None:
            headers.append((b"X-Emulator-From", address.encode()))
        url = request.url.copy_with(scheme=self._base.scheme, host=self._base.host, port=self._base.port)
        return httpx.Request(
            request.method, url, headers=headers, content=request.read(), extensions=request.extensions
        )

    def _faults(self) -> Sequence[Mapping[str, Any]]:
        found: Sequence[Mapping[str, Any]] = self._served.ask("GET", "/faults").json()["data"]
        return found

    def _pass(self, seconds: float, request: httpx.Request) -> None:
        """Let so much time pass on the way. Raises what `httpx` raises when it is more than the caller waits."""
        if not seconds:
            return
        patience = request.extensions.get("timeout", {}).get("read")
        in_time = patience is None or seconds <= patience
        self.move_clock(self._now + timedelta(seconds=seconds if in_time else patience))
        if not in_time:
            raise httpx.ReadTimeout("timed out", request=request)


class _Way(httpx.BaseTransport):
    """The way to the Developer API, for callers from this address."""

    def __init__(self, there: _There, address: str | None) -> None:
        self._there = there
        self._address = address

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._there.send(request, self._address)


def _seconds_late(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> float:
    """How late an answer is: as the one fault says that struck between these two looks at what is armed."""
    left = [*after, *[None] * (len(before) - len(after))]
    struck = next((armed for armed, each in zip(before, left, strict=True) if armed != each), None)
    return 0.0 if struck is None else float(struck["latency_seconds"])
