"""Where in its file a part of a seed stands."""

from workato_emulator.text import Mark, Row, Table, Value


def mark_of(table: Table, place: str) -> Mark:
    """Where the part at a place such as `workspaces.acme.plan` stands, or the nearest thing around it.

    Of a key and its value it is the key's place.
    """
    mark, here, rest = table.mark, table, place
    value: Value = here
    while rest:
        found = _step(value, rest)
        if found is None:
            break
        mark, value, rest = found
    return mark


def _step(value: Value, place: str) -> tuple[Mark, Value, str] | None:
    """Where the part that a place begins with stands, that part, and the rest. A key may have dots in it."""
    if isinstance(value, Table):
        for key in sorted(value, key=len, reverse=True):
            if place == key or place.startswith(f"{key}."):
                return value.key_marks[key], value[key], place[len(key) + 1 :]
    if isinstance(value, Row):
        index, _, rest = place.partition(".")
        if index.isdigit() and int(index) < len(value):
            return value.item_marks[int(index)], value[int(index)], rest
    return None
