"""What a state file keeps of a request that changed something: enough to ask it again and get the same answer."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from starlette.types import Scope

Door = Literal["developer", "control"]
Data = dict[str, Any]
_KEPT = frozenset({b"host", b"user-agent", b"content-type", b"content-encoding"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a door got it: the ASGI scope, and a body that may have been too large to keep."""

    door: Door
    scope: Scope
    body: bytes
    too_large: bool = False


def written(asked: Asked, at: datetime, status: int, ids: int, *, limited: bool = False) -> Data:
    """As plain data, with the time underneath the clock, the answer's status and how many ids have ever been spent.

    `limited` says that it was refused for its quota: such a request may still have spent a fault.

    Of the headers only those that an answer may depend on. The control plane's own token is none of them: it opens the
    door and is no part of what is emulated, so it has no business in a file.
    """
    scope = asked.scope
    kept = _KEPT if asked.door == "control" else _KEPT | {b"authorization"}
    client = scope.get("client")
    record: Data = {
        "at": at.isoformat(),
        "door": asked.door,
        "method": scope["method"],
        "path": scope["path"],
        "raw_path": scope.get("raw_path", scope["path"].encode()).decode("latin-1"),
        "status": status,
        "ids": ids,
        "headers": [
            [name.decode("latin-1"), value.decode("latin-1")]
            for name, value in scope["headers"]
            if name in kept or name.startswith(b"x-")
        ],
    }
    if scope["query_string"]:
        record["query"] = scope["query_string"].decode("latin-1")
    if client is not None:
        record["client"] = client[0]
    if asked.too_large:
        record["too_large"] = True
    if limited:
        record["limited"] = True
    try:
        record["body"] = asked.body.decode("utf-8")
    except UnicodeDecodeError:
        record["body_base64"] = b64encode(asked.body).decode("ascii")
    return record


@dataclass(frozen=True, slots=True)
class Recorded:
    """One request of a state file, ready to be asked again; `at` is what the clock's source said then."""

    asked: Asked
    at: datetime
    status: int
    ids: int
    limited: bool = False


def read(record: Data) -> Recorded:
    """The other way. Raises `KeyError`, `TypeError` or `ValueError` for what `written` never wrote."""
    door: Door = record["door"]
    if door not in {"developer", "control"}:
        raise ValueError(f"no door is called {door!r}")
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": record["method"],
        "scheme": "http",
        "path": record["path"],
        "raw_path": record["raw_path"].encode("latin-1"),
        "query_string": record.get("query", "").encode("latin-1"),
        "root_path": "",
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in record["headers"]],
        "client": (record["client"], 0) if "client" in record else None,
    }
    body = b64decode(record["body_base64"]) if "body_base64" in record else record["body"].encode("utf-8")
    asked = Asked(door, scope, body, record.get("too_large", False))
    at, status, ids = datetime.fromisoformat(record["at"]), int(record["status"]), int(record["ids"])
    return Recorded(asked, at, status, ids, bool(record.get("limited", False)))
