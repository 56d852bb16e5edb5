"""What was sent and nobody will look at: parameters and fields that the contract does not know.

The journal names them. A strict emulator refuses them, since a client that misspells a field hears nothing of it from
the live service.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from workato_emulator.domain.refusals import shorten
from workato_emulator.http.bodies import Malformed
from workato_emulator.http.schemas import resolve
from workato_emulator.http.values import Json
from workato_emulator.text import nearest

_NAMED = 10
"""So many are named in a refusal, and the rest counted."""

_LISTED = 100
"""So many the journal names."""

_KINDS = {"query": "query parameter", "body": "body field", "header": "header"}


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in a request that has no effect, and the names that would have one in its place."""

    where: Literal["query", "body", "header"]
    place: str
    name: str
    known: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.where} {shorten(self.place)}{shorten(self.name)}".rstrip()

    def with_hint(self) -> str:
        """What it is, in words, with the nearest name that is known."""
        if not self.name:
            return f"{self.where} (the operation takes none)"
        meant = nearest(self.name, self.known)
        hint = "" if meant is None else f" (did you mean {meant!r}?)"
        return f"{_KINDS[self.where]} '{shorten(self.place)}{shorten(self.name)}'{hint}"


def list_names(unread: Sequence[Unread]) -> list[str]:
    """For the journal: the first of them by name, and how many more there are."""
    named = [str(each) for each in unread[:_LISTED]]
    return named if len(unread) <= _LISTED else [*named, f"and {len(unread) - _LISTED} more"]


class UnreadRefused(Malformed):
    """A strict emulator refuses what has no effect."""

    def __init__(self, unread: Sequence[Unread]) -> None:
        named = [each.with_hint() for each in islice(unread, _NAMED)]
        more = len(unread) - len(named)
        super().__init__(f"Unknown {', '.join(named)}{f' and {more} more' if more else ''}")


@dataclass(frozen=True, slots=True)
class Known:
    """The names that a schema knows, what it knows inside of some, and what it knows of each element of an array."""

    names: frozenset[str] | None
    inside: Mapping[str, "Known"]
    items: "Known | None"

    def __bool__(self) -> bool:
        return self.names is not None or self.items is not None

    @classmethod
    def of(cls, schema: Mapping[str, Any], components: Mapping[str, Any]) -> "Known":
        parts = list(_parts(schema, components))
        properties = {name: each for part in parts for name, each in part.get("properties", {}).items()}
        inside = {name: cls.of(each, components) for name, each in properties.items()}
        items = next((part["items"] for part in parts if "items" in part), None)
        return cls(
            frozenset(properties) if properties else None,  # an object whose fields nobody names may hold anything
            {name: each for name, each in inside.items() if each},
            None if items is None else cls.of(items, components),
        )

    def knows(self, value: Json) -> bool:
        """Whether the schema knows every name in this value: a quick yes for most."""
        if isinstance(value, dict) and self.names is not None:
            if not value.keys() <= self.names:
                return False
            for name, known in self.inside.items():
                if name in value and not known.knows(value[name]):
                    return False
        elif isinstance(value, list) and self.items is not None:
            return all(map(self.items.knows, value))
        return True

    def note_others(self, value: Json, place: str, unknown: list[Unread]) -> None:
        """Append what the schema does not know in this value."""
        if isinstance(value, list) and self.items is not None:
            for index, each in enumerate(value):
                self.items.note_others(each, f"{place}{index}.", unknown)
        elif isinstance(value, dict) and self.names is not None:
            for name, known in self.inside.items():
                if name in value:
                    known.note_others(value[name], f"{place}{name}.", unknown)
            if not value.keys() <= self.names:
                unknown += [Unread("body", place, name, self.names) for name in value if name not in self.names]


def _parts(schema: Mapping[str, Any], components: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The schema and those it is made of."""
    schema = resolve(schema, components)
    yield schema
    for word in ("allOf", "anyOf", "oneOf"):
        for each in schema.get(word, ()):
            yield from _parts(each, components)
