"""The words that scenarios borrow from elsewhere, handed in so that the language knows no emulator."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, Self

Alternative = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the contract: `GET` and `/api/members/{id}`."""

    method: str
    path: str

    @property
    def parameters(self) -> frozenset[str]:
        return frozenset(part[1:-1] for part in self.path.split("/") if part.startswith("{"))

    def answers(self, method: str, path: str) -> bool:
        """Whether a request line means this operation. A `{parameter}` takes any segment; so does a written `*`."""
        ours, theirs = self.path.split("/"), path.partition("?")[0].split("/")
        return (
            self.method == method
            and len(ours) == len(theirs)
            and all(left == right or left.startswith("{") for left, right in zip(ours, theirs, strict=True))
        )


class Fields(Protocol):
    """The fields of an object that somebody reads, or of the elements of a list. `names` is None where any will do."""

    @property
    def names(self) -> frozenset[str] | None: ...

    @property
    def inside(self) -> Mapping[str, Self]: ...

    @property
    def items(self) -> Self | None: ...


class Named(Protocol):
    """The names that an operation knows: query parameters, fields of body and answers, headers.

    Without a `body` it takes none.
    """

    @property
    def query(self) -> frozenset[str]: ...

    @property
    def body(self) -> Fields | None: ...

    @property
    def answer(self) -> frozenset[str]: ...

    @property
    def headers(self) -> frozenset[str]: ...


def _no_names(_operation: str) -> Named | None:
    return None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Ids and names that exist outside of scenario files, by what they name.

    `events` may be None where nobody keeps a list of System Log event types: then any will do.
    """

    operations: Mapping[str, Operation]
    emulator_rules: frozenset[str]
    seam_rules: frozenset[str]
    assumptions: Mapping[str, tuple[Alternative, ...]]
    privileges: frozenset[str]
    environments: tuple[str, ...] = ("dev", "test", "prod")
    hosts: frozenset[str] = frozenset()
    events: frozenset[str] | None = None
    named: Callable[[str], Named | None] = _no_names
    """What an operation knows, asked for when a call is read; None where nobody can tell."""
    fixtures: Path | None = None
    """The folder of fixtures that every scenario may name, beside those of its own folder."""
    rules: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rules", self.emulator_rules | self.seam_rules)
