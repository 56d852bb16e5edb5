"""References inside a contract, followed."""

from collections.abc import Mapping
from typing import Any


def resolve(item: Mapping[str, Any], components: Mapping[str, Any]) -> Mapping[str, Any]:
    """What `item` says, or what it refers to among the components."""
    while "$ref" in item:
        found: Any = {"components": components}
        for part in str(item["$ref"]).removeprefix("#/").split("/"):
            found = found[part]
        item = found
    return item
