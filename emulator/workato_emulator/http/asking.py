"""What one door asks of another without knowing it: the request that a client would have sent there."""

from collections.abc import Callable
from typing import Any, TypeAlias
from urllib.parse import quote

from starlette.responses import Response

from workato_emulator.http.answers import encoded
from workato_emulator.http.door import Door
from workato_emulator.http.exchange import Exchange
from workato_emulator.http.values import Json

Ask: TypeAlias = Callable[[str, str, Json], Response]
"""Method, path and body of a request, None for no body; and its answer."""
_JSON = [(b"content-type", b"application/json")]


def ask_of(door: Door[Any], client: tuple[str, int] | None, method: str, path: str, body: Json = None) -> Response:
    """The door's answer, with all its consequences: it goes into a state file as if `client` had sent it.

    `path` begins behind the door's prefix and is percent-encoded. Who may come in was asked at the door that asks this.
    """
    target, _, query = path.partition("?")
    raw = f"{door.prefix}{target}"
    scope = {
        "type": "http",
        "method": method,
        "path": raw,
        "raw_path": raw.encode("ascii"),
        "query_string": query.encode("ascii"),
        "headers": [] if body is None else _JSON,
        "client": client,
    }
    return door.respond(Exchange(door.name, scope, b"" if body is None else encoded(body)))


def segment(text: str) -> str:
    """The text as one segment of a path."""
    return quote(text, safe="")
