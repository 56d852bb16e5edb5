"""Everything that goes over the wire, written down on its way."""

import httpx

from okta_scenarios.play.results import Exchange


class Recorder(httpx.BaseTransport):
    """Passes requests on and keeps what was said. Tokens are in headers, and headers are not kept."""

    def __init__(self, through: httpx.BaseTransport, exchanges: list[Exchange] | None = None) -> None:
        self._through = through
        self._exchanges: list[Exchange] = [] if exchanges is None else exchanges

    def from_elsewhere(self, through: httpx.BaseTransport) -> "Recorder":
        """A recorder on another way to the same service, which writes into the same book."""
        return Recorder(through, self._exchanges)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.raw_path.decode("ascii")
        sent = request.read().decode("utf-8", "replace")
        try:
            response = self._through.handle_request(request)
            response.read()
        except httpx.RequestError:
            self._exchanges.append(Exchange(request.method, path, sent, None, ""))
            raise
        received = response.content.decode("utf-8", "replace")
        self._exchanges.append(Exchange(request.method, path, sent, response.status_code, received))
        return response

    def taken(self) -> tuple[Exchange, ...]:
        """What was said since the last time somebody asked."""
        exchanges = tuple(self._exchanges)
        self._exchanges.clear()
        return exchanges
