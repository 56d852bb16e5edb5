"""What became here of each operation that Workato documents for people and access.

The vendor's list stands beside the contract and is not made from it: only so can it show what is missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from re import sub
from typing import Literal

from workato_emulator.doors.developer.vendor_operations import DECLINED, OPERATIONS
from workato_emulator.http.contract import Operation, load

Status = Literal["served", "declined", "not done"]


@dataclass(frozen=True, slots=True)
class DocumentedOperation:
    """One operation of the vendor's pages. `serves` is ours that answers it; `declined` why none ever will."""

    group: str
    method: str
    path: str
    serves: Operation | None
    declined: str | None

    @property
    def status(self) -> Status:
        if self.serves is not None:
            return "served"
        return "not done" if self.declined is None else "declined"


def documented() -> tuple[DocumentedOperation, ...]:
    """Every documented operation, page by page, and after them what is served although no page of Workato's has it."""
    ours = {(each.method, _shape(each.path)): each for each in load("workato.yaml").values()}
    listed = tuple(_list_documented(ours))
    beyond = (
        DocumentedOperation("Known from clients only", each.method, each.path, each, None) for each in ours.values()
    )
    return (*listed, *beyond)


def _list_documented(ours: dict[tuple[str, str], Operation]) -> Iterator[DocumentedOperation]:
    """The documented ones. What serves them is taken out of `ours`."""
    for group, operations in OPERATIONS.items():
        for text in operations:
            method, path = text.split()
            yield DocumentedOperation(group, method, path, ours.pop((method, _shape(path)), None), declined(path))


def declined(path: str) -> str | None:
    """Why an operation on this path is declined, if it is."""
    segments = path.split("/")
    return next((why for prefix, why in DECLINED.items() if _begins(segments, prefix.split("/"))), None)


def _begins(segments: list[str], prefix: list[str]) -> bool:
    """Whether a path begins with these segments; one in braces is any."""
    return len(segments) >= len(prefix) and all(
        part.startswith("{") or part == segment for segment, part in zip(segments, prefix, strict=False)
    )


def _shape(path: str) -> str:
    """A path without the names of its parameters, which both sides choose freely."""
    return sub(r"\{[^}]*\}", "{}", path)
