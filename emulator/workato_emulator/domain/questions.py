"""An open question about the live service, as the field of a dataclass of choices that it is."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Assumption:
    """One open question, for people."""

    id: str
    question: str
    default: str
    alternatives: tuple[str, ...]
    evidence: str
    probe: str


def assumption(default: str, question: str, *, evidence: str, probe: str) -> Any:  # noqa: ANN401  (a dataclass field)
    """A field that holds the choice made; its type is a `Literal` of all choices."""
    return field(default=default, metadata={"question": question, "evidence": evidence, "probe": probe})
