"""The decisions of the connector, with the rules that each upholds."""

from dataclasses import fields

from okta_connector import Decisions


def seams() -> dict[str, tuple[str, ...]]:
    """The rules each decision upholds, by its name."""
    return {each.name: each.default.upholds for each in fields(Decisions)}  # type: ignore[union-attr]
