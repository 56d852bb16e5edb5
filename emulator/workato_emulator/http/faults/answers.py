"""Wrong answers: any status, a refusal for too many requests in each of its forms, and garbage."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import ClassVar, Literal

from starlette.responses import Response

from workato_emulator.http.answers import JsonResponse
from workato_emulator.http.dialect import Dialect
from workato_emulator.http.faults.effect import Arrives, Proceed
from workato_emulator.http.values import Json

_WITHOUT_BODY = frozenset({204, 205, 304})
_TOO_MANY = 429
_GARBAGE = '{"data": [{"id": 51877, "na\ufffd\u0000<html><body>'


@dataclass(frozen=True, slots=True)
class Status:
    """This status instead of the work. A text `body` goes out as it is, all else as JSON; none is the door's own."""

    name: ClassVar[str] = "status"
    arrives: ClassVar[Arrives] = "all"

    status: int
    body: Json = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def answer(self, proceed: Proceed, now: datetime, dialect: Dialect) -> Response:  # noqa: ARG002
        return _answer(self.status, self.body, dict(self.headers), dialect)


RetryAfter = Literal["seconds", "http_date", "none", "garbage"]


@dataclass(frozen=True, slots=True)
class RateLimited:
    """429 instead of the work, with Retry-After in one of the forms that clients have to live with."""

    name: ClassVar[str] = "rate_limited"
    arrives: ClassVar[Arrives] = "all"

    retry_after_seconds: int = 30
    retry_after_form: RetryAfter = "seconds"
    body: Json = None

    def answer(self, proceed: Proceed, now: datetime, dialect: Dialect) -> Response:  # noqa: ARG002
        headers = dict(dialect.out_of_quota)
        if self.retry_after_form != "none":
            headers["Retry-After"] = self._retry_after(now)
        return _answer(_TOO_MANY, self.body, headers, dialect)

    def _retry_after(self, now: datetime) -> str:
        if self.retry_after_form == "garbage":
            return "in a while"
        if self.retry_after_form == "http_date":
            return format_datetime(now + timedelta(seconds=self.retry_after_seconds), usegmt=True)
        return str(self.retry_after_seconds)


@dataclass(frozen=True, slots=True)
class Garbage:
    """The work is done and its status is true; the body is no JSON, or the text given here."""

    name: ClassVar[str] = "garbage"
    arrives: ClassVar[Arrives] = "all"

    body: str = _GARBAGE

    def answer(self, proceed: Proceed, now: datetime, dialect: Dialect) -> Response:  # noqa: ARG002
        true = proceed()
        if true.status_code in _WITHOUT_BODY:
            return true
        return Response(self.body, true.status_code, media_type="application/json; charset=utf-8")


def _answer(status: int, body: Json, headers: dict[str, str], dialect: Dialect) -> Response:
    if status in _WITHOUT_BODY:
        return Response(None, status, headers)
    if isinstance(body, str):
        kind = "application/json; charset=utf-8" if body[:1] in {"{", "["} else "text/html"
        return Response(body, status, headers, media_type=kind)
    return JsonResponse(dialect.plain(status) if body is None else body, status, headers)
