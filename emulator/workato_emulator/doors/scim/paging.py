"""The page of a list that is asked for (RFC 7644, section 3.4.2.4)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from starlette.datastructures import QueryParams

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.refusals import Invalid
from workato_emulator.domain.scim.refusals import Kind, ScimInvalid
from workato_emulator.domain.scim.rules import page_size
from workato_emulator.doors.scim.schema import LIST
from workato_emulator.http.query import clamped_number

T = TypeVar("T")


def page(rows: Sequence[T], query: QueryParams, assumed: Assumptions, show: Callable[[T], Any]) -> Mapping[str, Any]:
    """The rows from `startIndex` on, at most `count` and never more than the maximum. Raises `ScimInvalid`."""
    start = max(1, _number(query, "startIndex") or 1)
    size = page_size(_number(query, "count"), assumed)
    shown = [show(row) for row in rows[start - 1 : None if size is None else start - 1 + size]]
    return list_of(shown, len(rows), start)


def list_of(shown: Sequence[Any], total: int, start: int = 1) -> Mapping[str, Any]:
    return {
        "schemas": [LIST],
        "totalResults": total,
        "startIndex": start,
        "itemsPerPage": len(shown),
        "Resources": shown,
    }


def _number(query: QueryParams, name: str) -> int | None:
    try:
        return clamped_number(query, name)
    except Invalid as refusal:
        raise ScimInvalid(Kind.VALUE, refusal.text) from None
