"""Where in its file a part of a seed stands. The file is read a second time for this, as only a mistake asks."""

from pathlib import Path

import yaml


def mark_of(path: Path, place: str) -> str:
    """`file:line:column` of what stands at a place such as `workspaces.acme.plan`, or of the nearest thing around it.

    Of a key and its value it is the key's place.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return str(path)  # it changed meanwhile
    if node is None:
        return f"{path}:1:1"
    mark, rest = node.start_mark, place
    while rest:
        found = _step(node, rest)
        if found is None:
            break
        key, node, rest = found
        mark = (key or node).start_mark
    return f"{path}:{mark.line + 1}:{mark.column + 1}"


def _step(node: yaml.Node, place: str) -> tuple[yaml.Node | None, yaml.Node, str] | None:
    """The part that a place begins with, its key if it has one, and the rest. A key may have dots in it."""
    if isinstance(node, yaml.MappingNode):
        for key, value in sorted(node.value, key=lambda pair: -len(str(pair[0].value))):
            if place == key.value or place.startswith(f"{key.value}."):
                return key, value, place[len(key.value) + 1 :]
    if isinstance(node, yaml.SequenceNode):
        index, _, rest = place.partition(".")
        if index.isdigit() and int(index) < len(node.value):
            return None, node.value[int(index)], rest
    return None
