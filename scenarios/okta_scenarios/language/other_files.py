"""Which YAML files of a folder are no scenarios: seeds, contracts, playbooks and whatever else lies beside them."""

import re

from okta_scenarios.language.yaml_nodes import Table, parse

_OF_A_SCENARIO = frozenset({"scenario", "title", "given", "steps"})
_TOP_KEY = re.compile(r"^['\"]?(\w+)['\"]?\s*:(?:\s|$)", re.MULTILINE)
_KEY_SOMEWHERE = re.compile(rf"(?:^|[\s{{,])['\"]?(?:{'|'.join(sorted(_OF_A_SCENARIO))})['\"]?\s*:", re.MULTILINE)
"""Looked for where the file cannot be read, so that a slip of the pen does not make a scenario vanish."""


def is_something_else(raw: bytes) -> bool:
    """Whether the top of a file has no key of a scenario, as far as that can be seen; its encoding may be any."""
    text = raw.decode("utf-8-sig", "ignore").replace("\0", "")  # UTF-16 is ASCII with zeros in between
    if keys := {match[1] for match in _TOP_KEY.finditer(text)}:
        return keys.isdisjoint(_OF_A_SCENARIO)
    value, _, problems = parse(text, "")
    if problems:
        return _KEY_SOMEWHERE.search(text) is None
    return not isinstance(value, Table) or _OF_A_SCENARIO.isdisjoint(value)
