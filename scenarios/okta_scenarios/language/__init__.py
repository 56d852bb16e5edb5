"""The scenario language: YAML text in, scenarios or problems out.

    load(paths, vocabulary)     Library of Scenario values, or Problems
    sources(paths, fixtures)    every file that such a library is read from
    schema()                    the JSON Schema for editors
    Vocabulary, Operation       what the language has to be told about the world

The shapes are in `models`; how expected and actual are compared is said in `models.matching`.
"""

from okta_scenarios.language.loader import load, sources
from okta_scenarios.language.problems import Flaw, Problem, Problems
from okta_scenarios.language.scenario import Library, Scenario
from okta_scenarios.language.schema import schema
from okta_scenarios.language.vocabulary import Operation, Vocabulary

__all__ = ["Flaw", "Library", "Operation", "Problem", "Problems", "Scenario", "Vocabulary", "load", "schema", "sources"]
