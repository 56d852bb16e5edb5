"""The journal as an HTTP Archive, version 1.2: the form that browsers and proxies read.

Headers are not in it, because the journal keeps none. What HAR has no word for stands under names that begin with an
underscore, as its specification asks.
"""

import json
from collections.abc import Iterable
from http import HTTPStatus
from importlib.metadata import version
from typing import Any
from urllib.parse import parse_qsl, quote

from workato_emulator.web.journal import Entry, shown_body
from workato_emulator.web.secrets import text_without_secrets

_HOST = "http://workato.example.test"
"""HAR wants absolute addresses, and the journal keeps no host."""

_UNKNOWN = -1
_JSON = "application/json"
_NOTE = "Made by workato-emulator. Headers are not kept, and secrets are left out."


def as_har(entries: Iterable[Entry], dropped: int) -> dict[str, Any]:
    """The archive. `dropped` is how many older entries the journal no longer has."""
    return {
        "log": {
            "version": "1.2",
            "creator": {"name": "workato-emulator", "version": version("workato-emulator")},
            "comment": _NOTE,
            "entries": [_entry(each) for each in entries],
            "_dropped": dropped,
        }
    }


def _entry(entry: Entry) -> dict[str, Any]:
    shown = entry.as_json()
    mine = ("seq", "workspace", "client", "operation", "rules", "refused_by", "unread", "nearest", "fault")
    return {
        "startedDateTime": entry.at.isoformat(timespec="milliseconds"),
        "time": 0,  # on the emulator's clock an answer takes no time
        "request": _request(entry),
        "response": _response(entry),
        "cache": {},
        "timings": {"send": 0, "wait": 0, "receive": 0},
        **{f"_{name}": shown[name] for name in mine},
    }


def _request(entry: Entry) -> dict[str, Any]:
    path = quote(text_without_secrets(entry.path), safe="/%:@!$&'()*+,;=~[]")
    query = entry.shown_query
    request: dict[str, Any] = {
        "method": entry.method,
        "url": f"{_HOST}{path}?{query}" if query else f"{_HOST}{path}",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [],
        "queryString": [{"name": name, "value": value} for name, value in parse_qsl(query, keep_blank_values=True)],
        "headersSize": _UNKNOWN,
        "bodySize": len(entry.request),
    }
    if entry.request:
        request["postData"] = {"mimeType": _mime(entry.request), "params": [], "text": _text(entry.request)}
    return request


def _response(entry: Entry) -> dict[str, Any]:
    """What was answered; status 0, as browsers write it, where nothing was."""
    text = _text(entry.response)
    return {
        "status": entry.status,
        "statusText": _phrase(entry.status),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [],
        "content": {"size": len(entry.response), "mimeType": _mime(entry.response), "text": text},
        "redirectURL": "",
        "headersSize": _UNKNOWN,
        "bodySize": len(entry.response),
    }


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase if status in HTTPStatus.__members__.values() else ""


def _mime(body: bytes) -> str:
    if not body:
        return "x-unknown"
    return "text/plain" if isinstance(shown_body(body), str) else _JSON


def _text(body: bytes) -> str:
    shown = shown_body(body)
    if shown is None:
        return ""
    return shown if isinstance(shown, str) else json.dumps(shown, ensure_ascii=False)
