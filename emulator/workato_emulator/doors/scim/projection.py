"""Which attributes an answer holds: all, some, or all but some (RFC 7644, section 3.9)."""

from typing import Any

from msgspec import Struct, to_builtins
from starlette.datastructures import QueryParams

from workato_emulator.domain.scim.refusals import Kind, ScimInvalid
from workato_emulator.doors.scim.schema import CORE, ENTERPRISE, ROLE

_ALWAYS = frozenset({"schemas", "id"})
_URNS = tuple(each.lower() for each in (CORE, ROLE, ENTERPRISE))


class Projection(Struct, frozen=True):
    """Paths in lower case, each an attribute or an attribute and a part of it. None where the query says nothing."""

    wanted: frozenset[tuple[str, str]] | None = None
    unwanted: frozenset[tuple[str, str]] | None = None

    @classmethod
    def of(cls, query: QueryParams) -> "Projection":
        """Raises `ScimInvalid` where a query wants some and excludes some."""
        if not query:
            return _WHOLE
        wanted, unwanted = query.get("attributes"), query.get("excludedAttributes")
        if wanted and unwanted:
            raise ScimInvalid(Kind.VALUE, "attributes and excludedAttributes exclude each other; send one of them")
        return cls(_paths(wanted), _paths(unwanted))

    @property
    def is_whole(self) -> bool:
        return self.wanted is None and self.unwanted is None

    def of_user(self, user: Any) -> Any:  # noqa: ANN401  (a user, or the part of it that is asked for)
        return user if self.is_whole else self.of_object(to_builtins(user))

    def of_object(self, whole: dict[str, Any]) -> dict[str, Any]:
        if self.is_whole:
            return whole
        shown = {name: self._part(name, value) for name, value in whole.items() if name not in _ALWAYS}
        return {
            name: value if name in _ALWAYS else shown[name]
            for name, value in whole.items()
            if name in _ALWAYS or shown[name] is not None
        }

    def _part(self, name: str, value: Any) -> Any:  # noqa: ANN401
        """What is left of an attribute; None for nothing."""
        attribute = name.lower()
        if self.wanted is not None:
            if (attribute, "") in self.wanted:
                return value
            return _parts_of(value, lambda part: (attribute, part.lower()) in self.wanted)
        assert self.unwanted is not None  # noqa: S101  (whoever wants all does not come here)
        if (attribute, "") in self.unwanted:
            return None
        return _parts_of(value, lambda part: (attribute, part.lower()) not in self.unwanted)


_WHOLE = Projection()


def _parts_of(value: Any, keep: Any) -> Any:  # noqa: ANN401
    """The parts of a complex value, or of each of several, that are kept; a simple value has none but itself."""
    if isinstance(value, dict):
        return {name: each for name, each in value.items() if keep(name)} or None
    if isinstance(value, list | tuple):
        rows = [_parts_of(each, keep) for each in value]
        return [each for each in rows if each] or None
    return value if keep("") else None


def _paths(text: str | None) -> frozenset[tuple[str, str]] | None:
    if not text:
        return None
    return frozenset(_path(each.strip()) for each in text.split(",") if each.strip())


def _path(text: str) -> tuple[str, str]:
    """The attribute and its part; a URN before them says which schema they are of."""
    lower = text.lower()
    for urn in _URNS:
        if lower == urn:
            return (urn, "")
        if lower.startswith(f"{urn}:"):
            attribute, _, part = lower[len(urn) + 1 :].partition(".")
            return (attribute, part) if urn == _URNS[0] else (urn, attribute)
    attribute, _, part = lower.partition(".")
    return attribute, part
