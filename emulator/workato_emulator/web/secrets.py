"""What the journal must not repeat: tokens, passwords, and whatever else opens a door."""

import re
from typing import Any

REDACTED = "[redacted]"

_NAME = re.compile(r"token|secret|passw(?:or)?d|authorization|api_?key|credential", re.IGNORECASE)
_TOKEN = re.compile(r"\bwrka[a-z]{0,3}-[\w.~+/=-]+|\bBearer\s{1,9}\S+|\beyJ[\w-]{1,4000}\.[\w-]{1,4000}\.[\w-]*")
_NAMED = re.compile(
    r"""((?:token|secret|passw(?:or)?d|authorization|api_?key|credential)[\w.\[\]-]{0,40}["']?\s{0,9}[:=]\s{0,9}["']?)"""
    r"""([^"'&\s,;}<]+)""",
    re.IGNORECASE,
)
"""Repetitions are bounded, so that a text made for it cannot keep us busy."""


def without_secrets(value: Any, name: str = "") -> Any:  # noqa: ANN401  (JSON in, JSON of the same form out)
    """The same JSON with each secret text replaced: by the name it stands under, or by its own look."""
    secret = _NAME.search(name) is not None and not name.endswith("]")  # which is a row's name, and no field's
    if isinstance(value, dict):
        return {
            key: without_secrets(each, f"{name} token" if secret and key == "value" else key)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [without_secrets(each, name) for each in value]
    if isinstance(value, str):
        return REDACTED if secret and value else _TOKEN.sub(REDACTED, value)
    return value


def text_without_secrets(text: str) -> str:
    """The same for a text that is no JSON, a query string for one."""
    return _NAMED.sub(rf"\1{REDACTED}", _TOKEN.sub(REDACTED, text))
