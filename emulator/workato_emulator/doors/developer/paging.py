"""The pagination families of the Developer API; each resource's page of the Workato API says which it has."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from msgspec import Struct
from starlette.datastructures import QueryParams

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.refusals import Invalid
from workato_emulator.http.query import whole_number

T = TypeVar("T")
MAX_PAGE = 100


class PageRequest(Struct, frozen=True):
    """Which page of how many rows; both at least 1."""

    number: int
    size: int

    def of(self, rows: Sequence[T]) -> Sequence[T]:
        start = (self.number - 1) * self.size
        return rows[start : start + self.size]


def page_request(query: QueryParams, assumed: Assumptions, number: str, size: str) -> PageRequest:
    """The page that a query names. Raises `Invalid` for what is no number, or out of range where that is refused."""
    return PageRequest(
        _in_range(number, whole_number(query, number, 1), None, assumed),
        _in_range(size, whole_number(query, size, MAX_PAGE), MAX_PAGE, assumed),
    )


def _in_range(name: str, value: int, most: int | None, assumed: Assumptions) -> int:
    nearest = max(1, value if most is None else min(value, most))
    if nearest != value and assumed.page_out_of_range == "refuse":
        raise Invalid(f"{name} is out of range")
    return nearest


def numbered_page(
    rows: Sequence[T], query: QueryParams, assumed: Assumptions, show: Callable[[T], Any]
) -> dict[str, Any]:
    """Family A: `page[number]` and `page[size]`, inside `{data, total, page}`."""
    asked = page_request(query, assumed, "page[number]", "page[size]")
    return {
        "data": [show(row) for row in asked.of(rows)],
        "total": len(rows),
        "page": {"number": asked.number, "size": asked.size},
    }


def classic_page(rows: Sequence[T], query: QueryParams, assumed: Assumptions, show: Callable[[T], Any]) -> list[Any]:
    """Family B: `page` and `per_page`, a bare array."""
    return [show(row) for row in page_request(query, assumed, "page", "per_page").of(rows)]


def cursor_page(
    rows: Sequence[T],
    query: QueryParams,
    assumed: Assumptions,
    id_of: Callable[[T], int],
    show: Callable[[T], Any],
    *,
    falling: bool,
) -> dict[str, Any]:
    """Family C: `page[size]` rows after the one whose id is `page[after]`, inside `{data, total}`.

    Rows are in the order of their ids, rising or falling. The id needs no row: a page goes on from where it would
    stand. `total` counts what the filters leave, whatever page is asked for.
    """
    size = _in_range("page[size]", whole_number(query, "page[size]", MAX_PAGE), MAX_PAGE, assumed)
    start = 0
    if "page[after]" in query:
        sign = -1 if falling else 1
        after = sign * whole_number(query, "page[after]", 0)
        start = bisect_right(rows, after, key=lambda row: sign * id_of(row))
    return {"data": [show(row) for row in rows[start : start + size]], "total": len(rows)}


def counted_page(
    rows: Sequence[T], query: QueryParams, assumed: Assumptions, show: Callable[[T], Any]
) -> dict[str, Any]:
    """Family B as API clients have it: inside `{result: {count, items}}`, where `count` is of all pages."""
    return {"result": {"count": len(rows), "items": classic_page(rows, query, assumed, show)}}
