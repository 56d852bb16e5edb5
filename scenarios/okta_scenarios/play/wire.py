"""Everything that goes over the wire, written down on its way."""

from collections.abc import Callable

import httpx

from okta_scenarios.play.results import Exchange


def _nothing(_request: httpx.Request) -> None:
    pass


class Recorder(httpx.BaseTransport):
    """Passes requests on and keeps what was said. Tokens are in headers, and headers are not kept.

    `answered` is told of each request between Workato's answer, or the lack of one, and the caller's getting it.
    """

    def __init__(
        self,
        through: httpx.BaseTransport,
        answered: Callable[[httpx.Request], None] = _nothing,
        exchanges: list[Exchange] | None = None,
    ) -> None:
        self._through = through
        self._answered = answered
        self._exchanges: list[Exchange] = [] if exchanges is None else exchanges

    def from_elsewhere(self, through: httpx.BaseTransport) -> "Recorder":
        """A recorder on another way to the same service, which writes into the same book."""
        return Recorder(through, self._answered, self._exchanges)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.raw_path.decode("ascii")
        sent = request.read().decode("utf-8", "replace")
        try:
            response = self._through.handle_request(request)
            response.read()
        except httpx.RequestError:
            self._exchanges.append(Exchange(request.method, path, sent, None, ""))
            self._answered(request)
            raise
        received = response.content.decode("utf-8", "replace")
        self._exchanges.append(Exchange(request.method, path, sent, response.status_code, received))
        self._answered(request)
        return response

    def take(self) -> tuple[Exchange, ...]:
        """What was said since the last time somebody asked."""
        exchanges = tuple(self._exchanges)
        self._exchanges.clear()
        return exchanges
