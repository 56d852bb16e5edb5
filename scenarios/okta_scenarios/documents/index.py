"""The index of a library: every scenario by family, with what it says and which rules it claims."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from os.path import relpath
from pathlib import Path

from okta_scenarios.language import Scenario

FAMILIES: Mapping[str, str] = {
    "recipes": "Lessons: the language, one thing after the other",
    "pnu": "Push new users",
    "ppu": "Push profile updates",
    "gov": "Several writers, one collaborator",
    "pud": "Push user deactivation",
    "inu": "Imports of users and of the schema",
    "em": "Entitlement management",
    "pg": "Push groups",
    "cfg": "The connection",
    "workato": "Workato's side, called directly",
}
"""What the folders of the library are about, in the order in which a reader meets them."""


def families(scenarios: Iterable[Scenario]) -> Iterator[tuple[str, list[Scenario]]]:
    """Each folder with its scenarios: the library's families first, any other folder by name."""
    order = list(FAMILIES)

    def place(scenario: Scenario) -> tuple[int, str]:
        folder = Path(scenario.file).resolve().parent.name
        return order.index(folder) if folder in order else len(order), folder

    def numbered_first(scenario: Scenario) -> tuple[tuple[int, str], bool, str]:
        return place(scenario), not scenario.id.startswith("SC-"), scenario.id

    for (_, folder), found in groupby(sorted(scenarios, key=numbered_first), key=place):
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
