"""The scenario language: YAML text in, scenarios or problems out.

    load(paths, vocabulary)     Library of Scenario values, or Problems
    sources(paths, fixtures)    every file that such a library is read from, and `library_digest` of them
    schema.schema()             the JSON Schema for editors
    Vocabulary, Operation       what the language has to be told about the world

The shapes are in `models`; how expected and actual are compared is said in `models.matching`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from okta_scenarios.language.files import library_digest, sources
    from okta_scenarios.language.loader import load
    from okta_scenarios.language.problems import Flaw, Problem, Problems
    from okta_scenarios.language.scenario import Library, Scenario
    from okta_scenarios.language.vocabulary import Operation, Vocabulary

__all__ = [
    "Flaw",
    "Library",
    "Operation",
    "Problem",
    "Problems",
    "Scenario",
    "Vocabulary",
    "library_digest",
    "load",
    "sources",
]

_HOMES = {
    "Flaw": "problems",
    "Library": "scenario",
    "Operation": "vocabulary",
    "Problem": "problems",
    "Problems": "problems",
    "Scenario": "scenario",
    "Vocabulary": "vocabulary",
    "library_digest": "files",
    "load": "loader",
    "sources": "files",
}
"""Where each name lives. It is imported when it is first used: whoever asks which files there are needs no models."""


def __getattr__(name: str) -> Any:  # noqa: ANN401  (whatever the name stands for)
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
