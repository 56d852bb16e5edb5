"""The one place that knows httpx: requests out, answers or errors back."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias, TypeVar

import httpx

from okta_connector.connection import base_url, bearer
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
    Unsendable,
)
from okta_connector.parsing import Malformed, document, vendor_text

T = TypeVar("T")

HttpClient: TypeAlias = httpx.Client
Hide: TypeAlias = Callable[[str], str]
Query: TypeAlias = Mapping[str, str | int | Sequence[str]]

OK = range(200, 300)
REFUSED = range(400, 500)
FAULT = range(500, 600)

SAID_BESIDES = ("x-correlation-id", "retry-after")

SHORTEST_SECRET = 6
"""Characters. Real tokens are longer; replacing a letter or a word would spoil every text."""

REFUSALS: dict[int, type[Answered]] = {401: Unauthorized, 403: Forbidden, 404: NotFound, 409: Conflict}


def connect(
    host: str, token: str, *, transport: httpx.BaseTransport | None = None, timeout: float = 60.0
) -> httpx.Client:
    """Open a client on one workspace: a token is bound to one, and so is everything done through it (PUD-6).

    Host and token come as people paste them; `ActionFailed` says what is wrong with one that cannot be used. Sixty
    seconds is how long Okta waits for a provisioning call.
    """
    return httpx.Client(
        base_url=base_url(host),
        headers={"Authorization": f"Bearer {bearer(token)}", "Accept": "application/json"},
        transport=transport,
        timeout=timeout,
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back with a status that says yes. `hide` takes the token out of what goes into a message."""

    request: str
    status: int
    body: str
    hide: Hide

    def read(self, parse: Callable[[object], T]) -> T:
        try:
            return parse(document(self.body))
        except Malformed as error:
            raise Garbled(self.request, self.status, self.hide(self.body), str(error)) from error


def send(
    http: HttpClient,
    method: str,
    path: str,
    query: Query | None = None,
    body: object = None,
    *,
    media_type: str | None = None,
    said: Callable[[str], str] = vendor_text,
) -> Answer:
    """Send one request, once. Whoever drives the connector decides what is worth a second try.

    `media_type` is what the body is sent as, if not as plain JSON. `said` finds the sentence of a refusal in its body.
    """
    hide = partial(without_token, http)
    request = hide(f"{method} {path}")
    try:
        if media_type is None or body is None:
            response = http.send(http.build_request(method, _url(http, path, query), json=body))
        else:
            content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
            response = http.request(method, path, params=query, content=content, headers={"Content-Type": media_type})
    except httpx.TimeoutException as error:
        raise TimedOut(request, f"no answer in time ({type(error).__name__})") from error
    # A traceback shows the causes too, and these quote the header or the text that they cannot take.
    except (httpx.LocalProtocolError, httpx.UnsupportedProtocol, httpx.InvalidURL, UnicodeError, OverflowError):
        raise Unsendable(
            request, "nothing was sent, because the request holds what cannot be sent; check host, token and names"
        ) from None
    except httpx.ProtocolError as error:
        raise Unreachable(request, hide(str(error)) or type(error).__name__) from None
    except httpx.RequestError as error:
        raise Unreachable(request, hide(str(error)) or type(error).__name__) from error
    # JSON is UTF-8 whatever the header says, and codecs that a header may name are no text encodings.
    text = response.content.decode("utf-8-sig", "replace")
    if response.status_code in OK:
        return Answer(request, response.status_code, text, hide)
    if response.status_code in REFUSED or response.status_code in FAULT:
        raise refusal(request, response.status_code, hide(text), response.headers, hide, said)
    raise Garbled(request, response.status_code, hide(text), "the API never answers like this; check the host")


def _url(http: HttpClient, path: str, query: Query | None) -> str:
    """The whole address. Where httpx puts its parts together, it parses each of them and the whole again."""
    asked = "" if query is None else f"?{httpx.QueryParams(query)}"
    return f"{str(http.base_url).rstrip('/')}{path}{asked}"


def without_token(http: HttpClient, text: str) -> str:
    """Hide the client's own token, percent-encoded too, should an answer or an error repeat it."""
    token = http.headers.get("authorization", "").rpartition(" ")[2]
    if len(token) < SHORTEST_SECRET or ("%" not in text and token not in text):
        return text
    encoded = "".join(f"(?:{re.escape(each)}|(?i:%{ord(each):02x}))" for each in token)
    return re.sub(encoded, "[token]", text)


def refusal(
    request: str,
    status: int,
    body: str,
    headers: Mapping[str, str],
    hide: Hide,
    said: Callable[[str], str] = vendor_text,
) -> Answered:
    text = said(body).strip() or f"HTTP {status}"
    request_id, wait = (None if (value := headers.get(name)) is None else hide(value) for name in SAID_BESIDES)
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return RateLimited(request, status, text, body, request_id, wait)
    kind = REFUSALS.get(status, ServerFault if status in FAULT else Rejected)
    return kind(request, status, text, body, request_id)
