"""People of whom something is said and who never appear: a name that is misspelt there would change somebody else."""

from collections.abc import Iterator
from pathlib import Path

from okta_scenarios.language.models.names import Names
from okta_scenarios.language.problems import Problem, nearest
from okta_scenarios.language.yaml_nodes import Row, Table, Value
from workato_emulator.text.error_codes.scenarios import SCN_UNKNOWN_NAME


def strangers(document: Table, path: Path, names: Names) -> Iterator[Problem]:
    """A problem for each entry of the file's own `people` that nothing else speaks of; fixtures serve many files."""
    given = document.get("given")
    people = given.get("people") if isinstance(given, Table) else None
    if not isinstance(given, Table) or not isinstance(people, Table):
        return
    rest = [value for key, value in given.items() if key != "people"]
    rest += [value for key, value in document.items() if key != "given"]
    spoken_of = {word for value in rest for text in _texts(value) for word in (text, *text.split("/"))}
    for name, mark in people.key_marks.items():
        if name not in spoken_of and mark.file == str(path):
            others = [each for each in names.kinds["person"] if each not in people]
            nobody = f"{name!r} appears nowhere else in this scenario"
            yield Problem.at(mark, nobody, nearest(name, others), SCN_UNKNOWN_NAME)


def _texts(value: Value) -> Iterator[str]:
    """Every text in a value, keys included."""
    if isinstance(value, Table):
        for key, each in value.items():
            yield key
            yield from _texts(each)
    elif isinstance(value, Row):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield value
