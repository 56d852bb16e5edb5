"""The one place that knows httpx: requests out, answers or errors back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import httpx

from okta_connector.errors import (
    Answered,
    Conflict,
    Forbidden,
    Garbled,
    NotFound,
    RateLimited,
    Rejected,
    ServerFault,
    TimedOut,
    Unauthorized,
    Unreachable,
)
from okta_connector.parsing import Malformed, document, vendor_text

T = TypeVar("T")

HttpClient: TypeAlias = httpx.Client
Query: TypeAlias = Mapping[str, str | int | Sequence[str]]

OK = range(200, 300)
REFUSED = range(400, 500)
FAULT = range(500, 600)

REFUSALS: dict[int, type[Answered]] = {401: Unauthorized, 403: Forbidden, 404: NotFound, 409: Conflict}


def connect(
    host: str, token: str, *, transport: httpx.BaseTransport | None = None, timeout: float = 60.0
) -> httpx.Client:
    """Open a client on one workspace: a token is bound to one, and so is everything done through it (PUD-6).

    `host` may come without `https://`. Sixty seconds is how long Okta waits for a provisioning call.
    """
    return httpx.Client(
        base_url=host if "://" in host else f"https://{host}",
        headers={"Authorization": f"Bearer {token}", "Accept": "application/json"},
        transport=transport,
        timeout=timeout,
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back with a status that says yes."""

    request: str
    status: int
    body: str

    def read(self, parse: Callable[[object], T]) -> T:
        try:
            return parse(document(self.body))
        except Malformed as error:
            raise Garbled(self.request, self.status, self.body, str(error)) from error


def send(http: HttpClient, method: str, path: str, query: Query | None = None, body: object = None) -> Answer:
    """Send one request, once. Whoever drives the connector decides what is worth a second try."""
    request = f"{method} {path}"
    try:
        response = http.request(method, path, params=query, json=body)
    except httpx.TimeoutException as error:
        raise TimedOut(request, f"no answer in time ({type(error).__name__})") from error
    except httpx.RequestError as error:
        raise Unreachable(request, str(error) or type(error).__name__) from error
    if response.status_code in OK:
        return Answer(request, response.status_code, response.text)
    if response.status_code in REFUSED or response.status_code in FAULT:
        raise refusal(request, response)
    raise Garbled(request, response.status_code, response.text, "the API never answers like this; check the host")


def refusal(request: str, response: httpx.Response) -> Answered:
    status, body = response.status_code, response.text
    text = vendor_text(body).strip() or f"HTTP {status}"
    request_id = response.headers.get("x-correlation-id")
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return RateLimited(request, status, text, body, request_id, response.headers.get("retry-after"))
    kind = REFUSALS.get(status, ServerFault if status in FAULT else Rejected)
    return kind(request, status, text, body, request_id)
