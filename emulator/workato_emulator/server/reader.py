"""From bytes to requests: what is one, and how long, or long-winded, one may be."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

import httptools

from workato_emulator.app import Serves
from workato_emulator.http.exchange import Exchange
from workato_emulator.http.origins import is_well_formed

MAX_HEAD = 64 * 1024
"""Bytes of request line and headers, the double of what common servers take."""

Take = Callable[[Exchange, bytes | None, bool], None]
"""Who gets a request that is there in whole: with its body, or None for one that is too large, and whether the
connection is kept after it."""


class Refused(Exception):
    """This is no request that is answered. What came before it was."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class RequestReader:
    """The requests of one connection. Its `on_…` methods are what `httptools` calls.

    `caller` is the part of an ASGI scope that is the same for all of them. `complete` counts those that were there in
    whole, and `in_part` says whether another has begun. `expects_continue` says whether its sender waits to be told
    that the body may come.
    """

    def __init__(self, app: Serves, caller: dict[str, Any], take: Take) -> None:
        self._app = app
        self._scope = caller | _UNSAID
        self._take = take
        self._parser = _parser(self)
        self._reading_head = True
        self._asks_to_upgrade = False
        self._head = self._fed = self._size = 0
        self._url = b""
        self._headers: list[tuple[bytes, bytes]] = []
        self._chunks: list[bytes] = []
        self._exchange: Exchange | None = None
        self.in_part = False
        self.expects_continue = False
        self.stopped = False
        self.complete = 0

    @property
    def has_head(self) -> bool:
        """Whether the head of a request is there, and its body is not yet."""
        return self._exchange is not None

    def stop(self) -> None:
        """Read nothing more, and hold nothing of what was read."""
        self.stopped = True
        self._exchange = None
        self.in_part = False
        self._url, self._headers, self._chunks = b"", [], []

    def close(self) -> None:
        """Let go of those who hold this in turn: no collector of garbage should have to find them."""
        self.stop()
        self._parser = None
        self._take = _leave

    def feed(self, data: bytes) -> None:
        """Read on. Raises `Refused`."""
        while data and not self.stopped:
            if self._reading_head:  # of a head the parser gets no more than its limit
                room = MAX_HEAD - self._fed
                piece, data = data[:room], data[room:]
                self._fed += len(piece)
            else:
                piece, data = data, b""
            try:
                self._parser.feed_data(piece)
            except httptools.HttpParserUpgrade as upgrade:
                data = piece[upgrade.args[0] :] + data
                self._go_on_without_upgrade()
            except httptools.HttpParserError as error:
                raise _refusal(error) from None
            if self._reading_head and self._fed >= MAX_HEAD:
                raise _too_long()

    def _go_on_without_upgrade(self) -> None:
        """Read the head again as if it had not asked: a parser that has seen an upgrade takes no body for one."""
        self._asks_to_upgrade = False
        head = [self._parser.get_method(), b" ", self._url, b" HTTP/1.1\r\n"]
        for name, value in self._headers:
            if name == b"connection":
                options = [each for each in value.split(b",") if each.strip().lower() != b"upgrade"]
                head += [b"connection: ", b",".join(options), b"\r\n"]
            elif name != b"upgrade":
                head += [name, b": ", value, b"\r\n"]
        self._parser = _parser(self)
        try:
            self._parser.feed_data(b"".join([*head, b"\r\n"]))
        except httptools.HttpParserError as error:
            raise _refusal(error) from None

    # What the parser tells

    def on_message_begin(self) -> None:
        self.in_part = True
        self.expects_continue = False
        self._reading_head = True
        self._head = 0
        self._url = b""
        self._headers = []

    def on_url(self, url: bytes) -> None:
        self._head += len(url)
        if self._head > MAX_HEAD:  # a head that begins in the middle of what arrived shows its length only here
            raise _too_long()
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        self._head += len(name) + len(value) + 3  # the colon and the line's end
        if self._head > MAX_HEAD:
            raise _too_long()
        self._headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        method = self._parser.get_method()
        if method == b"CONNECT":
            raise Refused(400, "the emulator is not a proxy")
        if self._parser.should_upgrade():
            self._asks_to_upgrade = True
            return
        version = self._parser.get_http_version()
        if version not in {"1.1", "1.0"}:
            raise Refused(505, "the emulator speaks HTTP/1.1 and 1.0")
        self._settle_head(version)
        raw_path, query = _path_and_query(self._url)
        path = raw_path.decode("ascii")
        self._reading_head = False
        self._chunks = []
        self._size = 0
        scope = self._scope.copy()
        scope["http_version"] = version
        scope["method"] = method.decode("ascii")
        scope["path"] = unquote(path) if "%" in path else path
        scope["raw_path"] = raw_path
        scope["query_string"] = query
        scope["headers"] = self._headers
        self._exchange = exchange = self._app.begin(scope)
        if version != "1.0" and exchange.headers.get(b"expect", b"").lower() == b"100-continue":
            self.expects_continue = _is_welcome(exchange)
            if not self.expects_continue:
                self._take(exchange, None, False)
                self.stop()

    def _settle_head(self, version: str) -> None:
        """One host, as RFC 9112, section 3.2 has it, the target's own where it names one; and no unknown coding."""
        hosts = []
        for name, value in self._headers:
            if name == b"host":
                hosts.append(value)
            elif name == b"transfer-encoding" and value.lower() != b"chunked":
                raise Refused(501, "the only Transfer-Encoding that is read is chunked")
        if len(hosts) > 1:
            raise Refused(400, "there is more than one Host header")
        if not hosts and version == "1.1":
            raise Refused(400, "the Host header is missing")
        if hosts and not _names_a_host(hosts[0]):
            raise Refused(400, "the Host header names no host")
        if self._url == b"*" and self._parser.get_method() != b"OPTIONS":
            raise Refused(400, "* is asked for by OPTIONS only")
        if self._url[:1] not in {b"/", b"*"}:
            target = httptools.parse_url(self._url)
            if target.userinfo is not None:
                raise Refused(400, "an address that is asked for names no user")
            port = b":%d" % target.port if target.port else b""
            self._headers = [each for each in self._headers if each[0] != b"host"]
            host = target.host or b""
            self._headers.append((b"host", (b"[%b]" % host if b":" in host else host) + port))

    def on_body(self, body: bytes) -> None:
        self.expects_continue = False
        self._size += len(body)
        if self._exchange is not None and self._size <= self._exchange.most:
            self._chunks.append(body)

    def on_message_complete(self) -> None:
        if self._asks_to_upgrade:
            return
        exchange, self._exchange = self._exchange, None
        self.in_part = self.expects_continue = False
        self._reading_head = True
        self._fed = 0
        self.complete += 1
        chunks, self._chunks = self._chunks, []
        if exchange is not None and not self.stopped:
            body = b"".join(chunks) if self._size <= exchange.most else None
            keeps = exchange.scope["http_version"] != "1.0" and self._parser.should_keep_alive()
            self._take(exchange, body, keeps)


_UNSAID = dict.fromkeys(("http_version", "method", "path", "raw_path", "query_string", "headers"))
"""What a request says itself of an ASGI scope."""


def _path_and_query(url: bytes) -> tuple[bytes, bytes]:
    if url[:1] == b"/" and url.find(b"#") < 0:  # as nearly always: no need to look for a host in it
        path, _, query = url.partition(b"?")
        return path, query
    target = httptools.parse_url(url)
    return target.path or b"/", target.query or b""


def _leave(_exchange: Exchange, _body: bytes | None, _keeps: bool) -> None:
    """Nobody is there any more to answer."""


def _is_welcome(exchange: Exchange) -> bool:
    """Whether the body is wanted, or the answer is clear without it."""
    return exchange.turned_away is None and int(exchange.headers.get(b"content-length", b"0")) <= exchange.most


@lru_cache(maxsize=64)
def _names_a_host(said: bytes) -> bool:
    return is_well_formed(said.decode("latin-1"))


def _parser(reader: RequestReader) -> Any:  # noqa: ANN401  (the library says nothing of its types)
    parser = httptools.HttpRequestParser(reader)
    parser.set_dangerous_leniencies(lenient_data_after_close=True)
    return parser


def _refusal(error: Exception) -> Refused:
    """What went wrong in one of the calls above, or else in the parser itself."""
    cause = error.__context__
    return cause if isinstance(cause, Refused) else Refused(400, "this is not an HTTP request")


def _too_long() -> Refused:
    return Refused(431, f"the request line and the headers are longer than {MAX_HEAD} bytes")
