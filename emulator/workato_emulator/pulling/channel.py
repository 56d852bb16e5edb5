"""Requests to a live host: one at a time, at half the documented rate, and never to another host than the one named."""

from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import urlsplit

import httpx

from workato_emulator.domain.data_centers import DATA_CENTERS, hosts_of
from workato_emulator.http.origins import is_loopback

SECONDS_BETWEEN = 2.0
"""Thirty requests a minute: half of what Workato's pages on rate limits allow."""
PATIENCE = 60.0
"""Seconds that one answer may take."""
MOST = 64 * 1024 * 1024
"""Bytes of one answer."""
LONGEST_WAIT = 120.0
"""Seconds that a `Retry-After` may ask for."""

Query = Mapping[str, str | int | Sequence[str | int]]


class Unanswered(Exception):
    """The host gave no answer that can be used. The message holds no token."""


class Pace(NamedTuple):
    """The time, in seconds, and a way to let it pass."""

    now: Callable[[], float]
    sleep: Callable[[float], object]


class Channel:
    """The way to one host. Use as a context manager. It follows no redirect and checks certificates.

    `told` hears of each request before it is sent. `tokens` are those that no message may repeat. Paths that begin as
    one of `elsewhere` are asked at the address that it has for them.
    """

    def __init__(
        self,
        base: str,
        pace: Pace,
        told: Callable[[str, str], None],
        tokens: Sequence[str],
        transport: httpx.BaseTransport | None = None,
        elsewhere: Mapping[str, str] | None = None,
    ) -> None:
        self.base = base
        self._elsewhere = elsewhere or {}
        self.sent = 0
        self.pace = pace
        self._told = told
        self._tokens = [*tokens]
        self._next = pace.now()
        self._http = httpx.Client(base_url=base, timeout=PATIENCE, follow_redirects=False, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def send(
        self,
        method: str,
        path: str,
        token: str | None,
        *,
        query: Query | None = None,
        json: object = None,
        headers: Mapping[str, str] | None = None,
        hurry: bool = False,
    ) -> httpx.Response:
        """The answer with its whole body, which may take so long and be so large. Raises `Unanswered`.

        In a `hurry` it is sent without waiting for its turn. Without a `token` nobody asks.
        """
        if not hurry:
            self.pace.sleep(max(0.0, self._next - self.pace.now()))
        begun = self.pace.now()
        self._next = begun + SECONDS_BETWEEN
        self._told(method, path)
        self.sent += 1
        body = bytearray()
        base, rest = self._place(path)
        bearer = {} if token is None else {"Authorization": f"Bearer {token}"}
        asked = self._http.build_request(
            method,
            f"{base}{rest}",
            params=dict(query or {}),
            json=json,
            headers={**bearer, **(headers or {})},
        )
        try:
            response = self._http.send(asked, stream=True)
            try:
                for piece in response.iter_bytes():
                    body += piece
                    if len(body) > MOST or self.pace.now() - begun > PATIENCE:
                        raise Unanswered(f"{method} {path} is answered with more than is waited for")
            finally:
                response.close()
        except httpx.HTTPError as error:
            why = self.without_tokens(str(error) or type(error).__name__)
            raise Unanswered(f"{base} cannot be read: {why}") from None
        kept = [each for each in response.headers.raw if each[0].lower() != b"content-encoding"]
        return httpx.Response(response.status_code, headers=kept, content=bytes(body), request=asked)

    def _place(self, path: str) -> tuple[str, str]:
        """The address at which a path is asked, and what is left of the path there."""
        for prefix, base in self._elsewhere.items():
            if path.startswith(f"{prefix}/"):
                return base, path.removeprefix(prefix)
        return self.base, path

    def keep_secret(self, token: str) -> None:
        """A token that was made meanwhile."""
        self._tokens.append(token)

    def without_tokens(self, text: str) -> str:
        for token in self._tokens:
            text = text.replace(token, "…")
        return text


def announced_wait(response: httpx.Response) -> float:
    """Seconds that an answer of 429 asks to wait; a minute where it does not say."""
    said = response.headers.get("retry-after", "")
    return min(float(said), LONGEST_WAIT) if said.isdecimal() else 60.0


def address_of(host: str) -> str | None:
    """The address of a data center or a host, None where no token may be sent there.

    Only a loopback address may be without TLS.
    """
    if host in DATA_CENTERS:
        return f"https://{DATA_CENTERS[host].hosts[0]}"
    try:
        parts = urlsplit(host if "://" in host else f"https://{host}")
    except ValueError:  # half of an IPv6 address
        return None
    is_bare = not parts.path.strip("/") and not parts.query and "@" not in parts.netloc
    may_be_asked = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    return f"{parts.scheme}://{parts.netloc}" if parts.hostname and is_bare and may_be_asked else None


def data_center_of(address: str) -> str:
    """The data center's name; `local` and `private` say no more than that."""
    host = urlsplit(address).hostname or ""
    names = (name for name in DATA_CENTERS if host in hosts_of(name))
    return next(names, "local" if is_loopback(host) else "private")


def allowed_hosts() -> str:
    """What a host may be, for messages."""
    return f"{', '.join(DATA_CENTERS)}, or a host such as https://www.workato.com"
