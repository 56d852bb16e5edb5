"""YAML, strictly."""

from typing import Any

import yaml

NotYaml = yaml.YAMLError


def read(text: str) -> Any:  # noqa: ANN401  (whatever the text says)
    """The data in a YAML or JSON text. Raises `NotYaml`, with its place, also for a key that stands twice."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506  (a safe loader underneath)


class _Loader(yaml.CSafeLoader):
    """YAML in which a key that stands twice in one mapping is a mistake, not a silent choice of the second."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen and isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value!r} stands there twice", key.start_mark
                )
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)
