"""A part of a run, for machines that share it: every scenario is in exactly one shard."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from okta_scenarios.error_codes import RUN_UNUSABLE
from okta_scenarios.selection import Unusable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shard:
    """The `number`th of so many, from 1."""

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def share(self, things: Sequence[T]) -> tuple[T, ...]:
        """What is this shard's: every `of`th thing, so that the slow ones of a folder are spread."""
        return tuple(things[self.number - 1 :: self.of])


def shard(text: str) -> Shard:
    """What `2/4` means. Raises `Unusable`."""
    found = re.fullmatch(r"(\d{1,4})/(\d{1,4})", text, re.ASCII)
    number, of = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 1 <= number <= of:
        raise Unusable(f"--shard takes one such as 2/4, the second of four, not {text!r}", RUN_UNUSABLE)
    return Shard(number, of)
