"""What a state file keeps of a request that changed something: enough to ask it again and get the same answer."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.types import Scope

from workato_emulator.http.bodies import MAX_BODY
from workato_emulator.http.exchange import Exchange

Data = dict[str, Any]
RECORDED = frozenset({b"host", b"user-agent", b"content-type", b"content-encoding", b"authorization"})
"""The headers that an answer may depend on, beside those whose names begin with `x-`."""


def to_record(
    exchange: Exchange, headers: frozenset[bytes], at: datetime, status: int, ids: int, *, limited: bool = False
) -> Data:
    """As plain data, with the time underneath the clock, the answer's status and how many ids have ever been spent.

    `headers` are those that this door's answers depend on. `limited` says that it was refused for its quota: such a
    request may still have spent a fault.
    """
    scope = exchange.scope
    client = scope.get("client")
    record: Data = {
        "at": at.isoformat(),
        "door": exchange.door,
        "method": scope["method"],
        "path": scope["path"],
        "raw_path": scope.get("raw_path", scope["path"].encode()).decode("latin-1"),
        "status": status,
        "ids": ids,
        "headers": [
            [name.decode("latin-1"), value.decode("latin-1")]
            for name, value in scope["headers"]
            if name in headers or name.startswith(b"x-")
        ],
    }
    if scope["query_string"]:
        record["query"] = scope["query_string"].decode("latin-1")
    if client is not None:
        record["client"] = client[0]
    if exchange.larger_than is not None:
        record["too_large"] = True
    if limited:
        record["limited"] = True
    try:
        record["body"] = exchange.body.decode("utf-8")
    except UnicodeDecodeError:
        record["body_base64"] = b64encode(exchange.body).decode("ascii")
    return record


@dataclass(frozen=True, slots=True)
class RecordedRequest:
    """One request of a state file, ready to be asked again; `at` is what the clock's source said then."""

    exchange: Exchange
    at: datetime
    status: int
    ids: int
    limited: bool = False


def from_record(record: Data) -> RecordedRequest:
    """The other way. Raises `KeyError`, `TypeError` or `ValueError` for what `to_record` never wrote."""
    scope: Scope = {
        "type": "http",
        "http_version": "1.1",
        "method": record["method"],
        "path": record["path"],
        "raw_path": record["raw_path"].encode("latin-1"),
        "query_string": record.get("query", "").encode("latin-1"),
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in record["headers"]],
        "client": (record["client"], 0) if "client" in record else None,
    }
    body = b64decode(record["body_base64"]) if "body_base64" in record else record["body"].encode("utf-8")
    exchange = Exchange(record["door"], scope, body, MAX_BODY if record.get("too_large", False) else None)
    at, status, ids = datetime.fromisoformat(record["at"]), int(record["status"]), int(record["ids"])
    return RecordedRequest(exchange, at, status, ids, bool(record.get("limited", False)))
