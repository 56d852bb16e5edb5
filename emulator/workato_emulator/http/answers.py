"""Answers in JSON, and the time that every answer says."""

from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from json import JSONEncoder
from typing import Any

from starlette.responses import Response

from workato_emulator.http.values import Headers

_encoded = JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode
_MEDIA_TYPE = (b"content-type", b"application/json; charset=utf-8")


class JsonResponse(Response):
    """A JSON body under the media type that Workato's introduction documents, and that suits the control plane too.

    Most answers have no header of their own, so the two that all have are written down here and not worked out anew.
    """

    media_type = "application/json; charset=utf-8"

    def __init__(self, content: Any, status_code: int = 200, headers: Headers | None = None) -> None:  # noqa: ANN401
        body = _encoded(content).encode()
        if headers:
            super().__init__(body, status_code, headers)
            return
        self.status_code = status_code
        self.background = None
        self.body = body
        self.raw_headers = [(b"content-length", b"%d" % len(body)), _MEDIA_TYPE]


def ok(data: Any, status: int = 200, headers: Headers | None = None) -> Response:  # noqa: ANN401  (anything JSON can say)
    return JsonResponse(data, status, headers)


def dated(response: Response, now: datetime) -> Response:
    """The same answer with the emulator's time in its `Date`, unless a fault has put another one there."""
    if all(name != b"date" for name, _ in response.raw_headers):
        response.raw_headers.append((b"date", _http_date(now.replace(microsecond=0))))
    return response


@lru_cache(maxsize=4)
def _http_date(second: datetime) -> bytes:
    return format_datetime(second, usegmt=True).encode()


def empty(status: int = 204) -> Response:
    return Response(None, status)
