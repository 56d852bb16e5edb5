"""A seed as YAML that reads the same by YAML 1.2 and by every other reading."""

import re
from typing import Any

import yaml

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_ /().-]*(?<! )")
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


class _Dumper(yaml.SafeDumper):
    """Quotes every text that is not a plain word, as a number or a date might be read of it."""


def _represent(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    is_plain = _PLAIN.fullmatch(text) is not None and text.lower() not in _WORDS
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if is_plain else '"')


_Dumper.add_representer(str, _represent)


def yaml_of(document: Any) -> str:  # noqa: ANN401  (plain data)
    return yaml.dump(document, Dumper=_Dumper, sort_keys=False, allow_unicode=False, width=120)
