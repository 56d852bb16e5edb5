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

from workato_emulator.http.journal import Entry
from workato_emulator.http.secrets import Secrets

_HOST = "http://workato.example.test"
"""HAR wants absolute addresses, and the journal keeps no host."""

_UNKNOWN = -1
_JSON = "application/json"
_NOTE = "Made by workato-emulator. Headers are not kept, and secrets are left out."


def as_har(entries: Iterable[Entry], dropped: int, secrets: Secrets) -> dict[str, Any]:
    """The archive. `dropped` is how many older entries the journal no longer has."""
    return {
        "log": {
            "version": "1.2",
            "creator": {"name": "workato-emulator", "version": version("workato-emulator")},
            "comment": _NOTE,
            "entries": [_entry(each, secrets) for each in entries],
            "_dropped": dropped,
        }
    }


def _entry(entry: Entry, secrets: Secrets) -> dict[str, Any]:
    shown = entry.as_json(secrets)
    mine = ("seq", "workspace", "client", "operation", "rules", "refused_by", "unread", "nearest", "fault")
    return {
        "startedDateTime": entry.at.isoformat(timespec="milliseconds"),
        "time": 0,  # on the emulator's clock an answer takes no time
        "request": _request(entry, shown, secrets),
        "response": _response(entry, shown),
        "cache": {},
        "timings": {"send": 0, "wait": 0, "receive": 0},
        **{f"_{name}": shown[name] for name in mine},
    }


def _request(entry: Entry, shown: dict[str, Any], secrets: Secrets) -> dict[str, Any]:
    query = secrets.out_of_text(entry.query)
    request: dict[str, Any] = {
        "method": shown["method"],
        "url": _HOST + quote(shown["path"], safe="/%:?@!$&'()*+,;=~[]"),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [],
        "queryString": [
            {"name": secrets.out_of_text(name), "value": secrets.out_of(value, name)}
            for name, value in parse_qsl(query, keep_blank_values=True)
        ],
        "headersSize": _UNKNOWN,
        "bodySize": len(entry.request),
    }
    if entry.request:
        request["postData"] = {"mimeType": _mime(shown["request"]), "params": [], "text": _text(shown["request"])}
    return request


def _response(entry: Entry, shown: dict[str, Any]) -> dict[str, Any]:
    """What was answered; status 0, as browsers write it, where nothing was."""
    text = _text(shown["response"])
    return {
        "status": entry.status,
        "statusText": _phrase(entry.status),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [],
        "content": {"size": len(entry.response), "mimeType": _mime(shown["response"]), "text": text},
        "redirectURL": "",
        "headersSize": _UNKNOWN,
        "bodySize": len(entry.response),
    }


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase if status in HTTPStatus.__members__.values() else ""


def _mime(shown: object) -> str:
    if shown is None:
        return "x-unknown"
    return "text/plain" if isinstance(shown, str) else _JSON


def _text(shown: object) -> str:
    if shown is None:
        return ""
    return shown if isinstance(shown, str) else json.dumps(shown, ensure_ascii=False)
