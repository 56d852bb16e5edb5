"""Recordings as HTTP Archives, and archives of browsers and proxies as exchanges.

What comes in goes through the same gate as a probe's exchange: nothing of an archive is kept but what that lets
through.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from okta_scenarios.live.exchange import Exchange, Json
from okta_scenarios.live.recording import Recorded
from workato_emulator import EPOCH

_HOST = "https://workato.example.test"
_JSON = "application/json"


class HarProblem(Exception):
    """The file is not an archive, or has no request to Workato's API."""


def har_text(recorded: Recorded) -> str:
    """HAR 1.2. What it has no word for stands under names that begin with an underscore."""
    entries = [_entry(each) for each in recorded.exchanges]
    creator = {"name": "workato-emulator", "version": version("workato-emulator")}
    log = {"version": "1.2", "creator": creator, "comment": "Anonymised when it was captured.", "entries": entries}
    return json.dumps({"log": log}, indent=2, ensure_ascii=False) + "\n"


def _entry(line: Mapping[str, Any]) -> dict[str, Any]:
    request, response = line["request"], line["response"]
    query = [{"name": name, "value": str(each)} for name, each in request["query"].items()]
    body = _text(response["body"])
    asked: dict[str, Any] = {
        "method": request["method"],
        "url": _HOST + request["path"],
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": [],
        "queryString": query,
        "headersSize": -1,
        "bodySize": -1,
    }
    if request["body"] is not None:
        asked["postData"] = {"mimeType": _JSON, "params": [], "text": _text(request["body"])}
    return {
        "startedDateTime": (EPOCH + timedelta(seconds=line["at"])).isoformat(timespec="milliseconds"),
        "time": 0,
        "request": asked,
        "response": {
            "status": response["status"],
            "statusText": "",
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": [{"name": name, "value": each} for name, each in response["headers"].items()],
            "content": {"size": len(body), "mimeType": _JSON if body else "x-unknown", "text": body},
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": -1,
        },
        "cache": {},
        "timings": {"send": 0, "wait": 0, "receive": 0},
        **{f"_{name}": line[name] for name in ("probe", "step", "client", "foreseen", "verdicts")},
    }


def _text(body: Json) -> str:
    return "" if body is None else json.dumps(body, ensure_ascii=False)


def read_har(file: Path) -> tuple[Sequence[Exchange], datetime]:
    """The exchanges with the API, and when the first of them was. Raises `HarProblem`."""
    try:
        entries = json.loads(file.read_text("utf-8-sig"))["log"]["entries"]
        found = sorted(_exchanges(entries), key=lambda each: each[0])
    except OSError as error:
        raise HarProblem(f"{file} cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise HarProblem(f"{file} is not an HTTP Archive") from None
    if not found:
        raise HarProblem(f"{file} has no request to /api/")
    begun = found[0][0]
    return [Exchange(**{**said, "at": at - begun}) for at, said in found], begun


def _exchanges(entries: Sequence[Mapping[str, Any]]) -> Iterator[tuple[datetime, dict[str, Any]]]:
    """Time and fields of each; cookies, headers of requests, and all that is not listed here stay behind."""
    for entry in entries:
        request, response = entry["request"], entry["response"]
        address = urlsplit(request["url"])
        if not address.path.startswith("/api/") or not response["status"]:
            continue
        at = datetime.fromisoformat(entry["startedDateTime"])
        yield (
            at if at.tzinfo else at.replace(tzinfo=UTC),
            {
                "method": str(request["method"]),
                "path": address.path,
                "status": int(response["status"]),
                "query": _query(address.query),
                "body": _parsed(request.get("postData", {}).get("text", "")),
                "headers": {str(each["name"]): str(each["value"]) for each in response.get("headers", ())},
                "answer": _parsed(response.get("content", {}).get("text", "")),
            },
        )


def _query(query: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        found[name] = [*found[name], value] if isinstance(found.get(name), list) else value
        if name.endswith("[]") and not isinstance(found[name], list):
            found[name] = [value]
    return found


def _parsed(text: str) -> Json:
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return text
