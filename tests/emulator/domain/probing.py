"""A probe: a small conversation, and what it comes to under each choice of an assumption."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..world import SEED, World


@dataclass(frozen=True)
class Probe:
    """`ask` is given a fresh world in which the assumption is switched; `answers` is what it says, by choice."""

    ask: Callable[[World], Any]
    answers: dict[str, Any]
    seed: dict[str, Any] = field(default_factory=lambda: SEED)
