"""YAML or JSON: a text is JSON where it is well-formed JSON, or where its file says so."""

from typing import Any

from workato_emulator.text import json_nodes
from workato_emulator.text.nodes import Reading


def read(text: str, file: str) -> Reading:
    """The value of the YAML or JSON in `text`, with places in `file`, and everything that is wrong with it."""
    named = file.lower().endswith(".json")
    if named or text.lstrip("\ufeff \t\r\n")[:1] in {"{", "["}:
        reading = json_nodes.read(text, file)
        if named or reading.well_formed:
            return reading
    from workato_emulator.text import yaml_nodes  # a start without a file needs no YAML

    return yaml_nodes.read(text, file)


def read_plainly(text: str, file: str) -> Any:  # noqa: ANN401  (JSON)
    """What a JSON file holds, without its places. Raises `ValueError` for any other, and where `read` may complain."""
    if not file.lower().endswith(".json"):
        raise ValueError("not a file of JSON")
    return json_nodes.read_plainly(text)
