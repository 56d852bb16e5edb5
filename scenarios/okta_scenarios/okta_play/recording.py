"""What the player says and hears, and a guard: nothing is written to what the player did not make."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

import httpx

WRITES = frozenset({"PUT", "PATCH", "DELETE"})
KINDS = frozenset({"Users", "Groups"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer. `path` is what stands behind the base URL; `status` is None without an answer."""

    act: str
    method: str
    path: str
    sent: Any
    status: int | None
    headers: Mapping[str, str]
    received: str
    trouble: str = ""

    @property
    def line(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def body(self) -> Any:  # noqa: ANN401 - whatever JSON the server sends
        """The answer as JSON; None where it is none."""
        try:
            return json.loads(self.received)
        except (ValueError, RecursionError):
            return None

    @property
    def said_yes(self) -> bool:
        return self.status is not None and httpx.codes.is_success(self.status)


@dataclass
class Guarded(httpx.BaseTransport):
    """Passes requests on one by one and keeps them. What was made is known by the answers to creations.

    A write to anything else is not sent: a server whose look-up finds the wrong user would have Okta overwrite them.
    """

    through: httpx.BaseTransport
    base: str = ""
    act: str = ""
    exchanges: list[Exchange] = field(default_factory=list)
    made: dict[tuple[str, str], None] = field(default_factory=dict)
    withheld: list[str] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        path = request.url.raw_path.decode("ascii").removeprefix(self.base)
        kind, _, resource = path.partition("?")[0].strip("/").partition("/")
        if request.method in WRITES and (kind, unquote(resource)) not in self.made:
            self.withheld.append(f"{request.method} {unquote(path)}")
            raise httpx.ConnectError("nothing was sent, because the player did not make this resource")
        try:
            response = self.through.handle_request(request)
            response.read()
        except httpx.RequestError as error:
            self._keep(request, path, None, str(error) or type(error).__name__)
            raise
        kept = self._keep(request, path, response, "")
        if request.method == "POST" and kept.said_yes and kind in KINDS and isinstance(kept.body, dict):
            made = kept.body.get("id")
            if isinstance(made, str) and made:
                self.made[kind, made] = None
        return response

    def _keep(self, request: httpx.Request, path: str, response: httpx.Response | None, trouble: str) -> Exchange:
        exchange = Exchange(
            self.act,
            request.method,
            unquote(path),
            json.loads(request.content) if request.content else None,
            None if response is None else response.status_code,
            {} if response is None else {name.lower(): value for name, value in response.headers.items()},
            "" if response is None else response.content.decode("utf-8-sig", "replace"),
            trouble,
        )
        self.exchanges.append(exchange)
        return exchange


def filter_by(user_name: str) -> str:
    condition = quote(f'userName eq "{user_name}"', safe="")
    return f"/Users?filter={condition}&startIndex=1&count=100"
