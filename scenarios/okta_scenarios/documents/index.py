"""The index of a library: every scenario by family, with what it says and which rules it claims."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from os.path import relpath
from pathlib import Path

from okta_scenarios.bundled import FAMILIES, family_of, in_order
from okta_scenarios.language import Scenario


def families(scenarios: Iterable[Scenario]) -> Iterator[tuple[str, list[Scenario]]]:
    """Each folder with its scenarios: the library's families first, any other folder by name."""

    def numbered_first(scenario: Scenario) -> tuple[tuple[int, str], bool, str]:
        return in_order(family_of(scenario.file)), not scenario.id.startswith("SC-"), scenario.id

    ordered = sorted(scenarios, key=numbered_first)
    for folder, found in groupby(ordered, key=lambda scenario: family_of(scenario.file)):
        yield folder, list(found)


def index_text(scenarios: Iterable[Scenario]) -> Iterator[str]:
    """Lines for a terminal."""
    for folder, found in families(scenarios):
        yield f"{folder}  {FAMILIES.get(folder, '')}".rstrip()
        for each in found:
            yield f"  {each.id:16}  {each.title}" + (f"  [{', '.join(each.rules)}]" if each.rules else "")


def index_document(scenarios: Iterable[Scenario], beside: Path) -> str:
    """The document, for a place in the folder `beside`, from which its links lead to the files."""
    return "\n".join(_document(list(scenarios), beside.resolve())) + "\n"


def _document(scenarios: list[Scenario], beside: Path) -> Iterator[str]:
    yield "# The scenarios, by family"
    yield ""
    yield "Made by `workato-emulator index --markdown`; do not edit."
    for folder, found in families(scenarios):
        yield f"\n## {FAMILIES.get(folder, folder)} (`{folder}`)\n"
        yield "| id | what it shows | rules |"
        yield "| --- | --- | --- |"
        for each in found:
            link = Path(relpath(Path(each.file).resolve(), beside)).as_posix()
            yield f"| [{each.id}]({link}) | {_cell(each.title)} | {', '.join(each.rules)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
