"""What lies between two states, for a person to read: places with what stood there before and what stands there now.

States are compared as export documents. Rows are told apart by email or name, so that a row which moved has not
changed; an id is shown only where nothing else tells two rows apart.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workato_emulator.state.seeds.rows import every_row, shape_of

Data = Mapping[str, Any]

_NAMES = ("email", "name", "user", "group")
"""What a row can be known by, best first."""

_FURTHER = ("type", "environment", "role", "id")
"""What tells two rows of one name apart, best first."""

_IDS = frozenset(name for row in every_row() for name, field in shape_of(row).fields.items() if field.is_id)
_COUNTERS = frozenset({"ids"})
"""How many ids were given out is no state that anybody sees."""

_PLAIN = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class Change:
    """One place that differs. `added` and `removed` places have only one of the two values."""

    kind: str
    path: str
    before: Any = None
    after: Any = None

    def as_json(self) -> dict[str, Any]:
        values = {"added": {"after": self.after}, "removed": {"before": self.before}}
        return {"path": self.path, **values.get(self.kind, {"before": self.before, "after": self.after})}


def difference(before: Data, after: Data) -> dict[str, Any]:
    """`workspaces` by name and everything else under `emulator`, each with what was added, removed and changed.

    A workspace in which nothing differs is not there; two equal states have neither. Takes what `export` gives, with or
    without the people who are the same in both.
    """
    workspaces = {
        slug: _group(_compare(before["workspaces"].get(slug), after["workspaces"].get(slug), "", "workspace"))
        for slug in sorted({*before["workspaces"], *after["workspaces"]})
        if before["workspaces"].get(slug) != after["workspaces"].get(slug)
    }
    emulator = _group(_compare(_without(before), _without(after), "", ""))
    return {
        "workspaces": {slug: found for slug, found in workspaces.items() if any(found.values())},
        "emulator": emulator,
    }


def _without(document: Data) -> Data:
    return {key: value for key, value in document.items() if key not in _COUNTERS and key != "workspaces"}


def _group(changes: Iterator[Change]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {"added": [], "removed": [], "changed": []}
    for each in changes:
        found[each.kind].append(each.as_json())
    return found


def _compare(before: Any, after: Any, path: str, whole: str) -> Iterator[Change]:  # noqa: ANN401  (JSON)
    """The differences at and below this place; `whole` is what the place is called when it has no path of its own."""
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _fields(before, after, path)
    elif _are_rows(before) and _are_rows(after):
        keys = _keys([*before, *after], len(before))
        yield from _fields(
            dict(zip(keys[: len(before)], before, strict=True)),
            dict(zip(keys[len(before) :], after, strict=True)),
            path,
            rows=True,
        )
    elif before is None and isinstance(after, Mapping):
        yield Change("added", path or whole, after=_readable(after))
    elif after is None and isinstance(before, Mapping):
        yield Change("removed", path or whole, before=_readable(before))
    else:
        yield Change("changed", path or whole, _readable(before), _readable(after))


def _fields(before: Data, after: Data, path: str, *, rows: bool = False) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *after]):
        if not rows and key in _IDS and _has_name(before) and _has_name(after):
            continue
        place = _join(path, key, rows=rows)
        if key not in after:
            yield Change("removed", place, before=_readable(before[key]))
        elif key not in before:
            yield Change("added", place, after=_readable(after[key]))
        else:
            yield from _compare(before[key], after[key], place, "")


def _join(path: str, key: str, *, rows: bool) -> str:
    if rows or not _PLAIN.fullmatch(key):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else key


def _are_rows(value: Any) -> bool:  # noqa: ANN401  (JSON)
    return isinstance(value, list) and all(isinstance(each, Mapping) for each in value)


def _keys(rows: list[Data], first: int) -> list[str]:
    """What each row is known by, the `first` ones among themselves and the others among themselves.

    A row without a name, such as a line of the activity log, is known by its position.
    """
    keys = [
        next((str(row[name]) for name in _NAMES if row.get(name)), str(index if index < first else index - first))
        for index, row in enumerate(rows)
    ]
    for further in _FURTHER:
        twice = {key for half in (keys[:first], keys[first:]) for key, times in Counter(half).items() if times > 1}
        if not twice:
            break
        keys = [
            f"{key} ({row[further]})".strip() if key in twice and row.get(further) is not None else key
            for key, row in zip(keys, rows, strict=True)
        ]
    return keys


def _has_name(row: Data) -> bool:
    return any(row.get(name) for name in _NAMES)


def _readable(value: Any) -> Any:  # noqa: ANN401  (JSON in, JSON out)
    """The value without the ids of rows that have a name."""
    if isinstance(value, Mapping):
        named = _has_name(value)
        return {key: _readable(each) for key, each in value.items() if not (named and key in _IDS)}
    return [_readable(each) for each in value] if isinstance(value, list) else value
