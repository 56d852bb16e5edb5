"""A play: a few lines that tell whether a rule of the seam holds in a world."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .world import World

Acme = Mapping[str, object]


@dataclass(frozen=True)
class Play:
    """`acme` is how the workspace is at the start."""

    rule: str
    holds: Callable[[World], bool]
    acme: Acme = field(default_factory=dict)


def collaborator(person: str, **roles: str) -> dict[str, object]:
    return {"name": f"{person} Example", "email": f"{person}@example.test", "roles": roles}


ADA_IS_IN: Acme = {"collaborators": [collaborator("ada", dev="Member", prod="Member")]}
ADMINISTRATORS: Acme = {"collaborators": [collaborator(name, dev="Environment admin") for name in ("ada", "ben")]}
ADA_AND_BEN_ARE_IN: Acme = {"collaborators": [collaborator("ada", dev="Member"), collaborator("ben", dev="Member")]}
