"""One request and its answer, as it was: never to be written down in this form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeAlias

Json: TypeAlias = Any
"""What came off the wire or goes onto it."""

SCIM = "/scim/v2"
"""What paths of SCIM begin with, wherever its base URL is."""
NEITHER = "neither"
"""What a foreseen question is answered with where no alternative fits."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """`foreseen` are the assumptions that the answer was read for, each with all its choices; `verdicts` what it said.

    `at` is the time since the run began. `path` has no query. An answer that is not JSON is a string.
    """

    method: str
    path: str
    status: int
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Json = None
    headers: Mapping[str, str] = field(default_factory=dict)
    answer: Json = None
    probe: str = ""
    step: str = ""
    client: str = ""
    at: timedelta = timedelta(0)
    foreseen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    verdicts: Mapping[str, str] = field(default_factory=dict)
