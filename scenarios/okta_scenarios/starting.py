"""`workato-emulator init` and `new`: a project, or a single scenario, to start from. Both pass as they are."""

import json
import re
import shutil
from pathlib import Path

import click

from okta_scenarios.bundled import starter
from okta_scenarios.completing import scenario_words
from okta_scenarios.error_codes import INIT_TAKEN
from workato_emulator import as_argument, one_line
from workato_emulator.cli.refused import NamedPath

SCHEMA = "scenario.schema.json"


@click.command()
@click.argument("folder", metavar="DIR", type=NamedPath(path_type=Path))
def init(folder: Path) -> None:
    """Write a starter project into DIR, which does not exist yet or is empty: a scenario, a seed, a test.

    Nothing is ever overwritten.
    """
    from okta_scenarios.documents.editor_schema import editor_schema
    from okta_scenarios.selection import Unusable

    try:
        if folder.exists() and not folder.is_dir():
            raise Unusable(f"{folder} is a file; name a new folder", INIT_TAKEN)
        if folder.exists() and any(folder.iterdir()):
            raise Unusable(f"{folder} is not empty; name a new folder", INIT_TAKEN)
        shutil.copytree(starter(), folder, ignore=shutil.ignore_patterns("__pycache__", ".*"), dirs_exist_ok=True)
        (folder / "scenarios" / SCHEMA).write_text(editor_schema(), encoding="utf-8")
    except OSError as error:
        raise Unusable(f"{error.filename or folder} cannot be written: {error.strerror or error}", INIT_TAKEN) from None
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        click.echo(one_line(f"wrote {file}"))
    click.echo(f"\nNow\n  cd {as_argument(folder)}\n  workato-emulator run scenarios\n  pytest\n\nREADME.md says more.")


@click.command()
@click.argument("id_", metavar="ID")
@click.option(
    "--recipe",
    default="RC-1-first-hire",
    show_default=True,
    metavar="ID",
    shell_complete=scenario_words,
    help="The scenario that it is made of: a lesson, or any other that comes with the tool.",
)
@click.option(
    "--in",
    "folder",
    default=".",
    type=NamedPath(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The folder that the file ID.yaml is written into.",
)
def new(id_: str, recipe: str, folder: Path) -> None:
    """Write one scenario, ID.yaml, from a recipe: it passes as it is. Nothing is ever overwritten."""
    from okta_scenarios.error_codes import RUN_UNKNOWN_ID
    from okta_scenarios.language.models.scenario import ID_IN_WORDS, ID_PATTERN
    from okta_scenarios.selection import Unusable, unknown
    from okta_scenarios.skimming import skim

    if re.fullmatch(ID_PATTERN, id_) is None:
        raise Unusable(f"{id_!r} is not a scenario id: {ID_IN_WORDS}", INIT_TAKEN)
    found = {each.id: each.file for each in skim()}
    if recipe not in found:
        raise Unusable(unknown("scenario", recipe, found), RUN_UNKNOWN_ID)
    text = found[recipe].read_text(encoding="utf-8")
    file = folder / f"{id_}.yaml"
    try:
        with file.open("x", encoding="utf-8") as written:
            written.write(_renamed(text, id_))
    except FileExistsError:
        raise Unusable(f"{file} exists already, and nothing is overwritten", INIT_TAKEN) from None
    except OSError as error:
        raise Unusable(f"{file} cannot be written: {error.strerror or error}", INIT_TAKEN) from None
    click.echo(one_line(f"wrote {file}"))
    if not (folder / SCHEMA).exists():
        click.echo(f"\nFor completion in your editor\n  workato-emulator schema > {as_argument(folder / SCHEMA)}")
    click.echo(f"\nNow\n  workato-emulator run {as_argument(file)}")


def _renamed(recipe: str, id_: str) -> str:
    """A recipe as somebody's own scenario: another id, no lesson, and the schema beside it for the editor."""
    found = re.search(r"^title: (.*)\n", recipe, re.MULTILINE)
    assert found is not None, "the library's files have a layout that a test holds"  # noqa: S101
    title = re.sub(r"^Lesson \d+: ", "", found[1].strip("\"'"))
    title = title[:1].upper() + title[1:]
    rest = recipe[found.end() :].replace("tags: [lesson]\n", "", 1)
    heading = (
        f"# yaml-language-server: $schema={SCHEMA}",
        f"scenario: {id_}",
        f"title: {json.dumps(title, ensure_ascii=False)}",
    )
    return "\n".join((*heading, rest))
