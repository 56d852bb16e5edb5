"""Answers in JSON, and the time that every answer says."""

from datetime import datetime
from email.utils import formatdate
from functools import lru_cache
from typing import Any

from msgspec.json import Encoder
from starlette.responses import Response

from workato_emulator.http.values import Headers

encoded = Encoder().encode
"""A value as JSON, in UTF-8."""
_MEDIA_TYPE = (b"content-type", b"application/json; charset=utf-8")


class JsonResponse(Response):
    """A JSON body under the media type that Workato's introduction documents, and that suits the control plane too.

    Most answers have no header of their own, so the two that all have are written down here and not worked out anew.
    """

    media_type = "application/json; charset=utf-8"

    def __init__(self, content: Any, status_code: int = 200, headers: Headers | None = None) -> None:  # noqa: ANN401
        body = encoded(content)
        if headers:
            super().__init__(body, status_code, headers)
            return
        self.status_code = status_code
        self.background = None
        self.body = body
        self.raw_headers = [(b"content-length", b"%d" % len(body)), _MEDIA_TYPE]


def ok(data: Any, status: int = 200, headers: Headers | None = None) -> Response:  # noqa: ANN401  (anything JSON can say)
    return JsonResponse(data, status, headers)


def with_date(response: Response, now: datetime) -> Response:
    """The same answer with the emulator's time in its `Date`, unless a fault has put another one there."""
    headers = response.raw_headers
    for name, _ in headers:
        if name == b"date":
            return response
    headers.append((b"date", _http_date(int(now.timestamp()))))
    return response


@lru_cache(maxsize=4)
def _http_date(second: int) -> bytes:
    return formatdate(second, usegmt=True).encode()


def empty(status: int = 204) -> Response:
    return Response(None, status)
