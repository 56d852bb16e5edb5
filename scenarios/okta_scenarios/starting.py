"""`workato-emulator init`: a project to start from, whose scenario and tests pass as they are."""

import shutil
from pathlib import Path

import click

from okta_scenarios.bundled import starter
from okta_scenarios.error_codes import INIT_TAKEN
from workato_emulator import as_argument, one_line
from workato_emulator.cli.refused import NamedPath


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
        (folder / "scenarios" / "scenario.schema.json").write_text(editor_schema(), encoding="utf-8")
    except OSError as error:
        raise Unusable(f"{error.filename or folder} cannot be written: {error.strerror or error}", INIT_TAKEN) from None
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        click.echo(one_line(f"wrote {file}"))
    click.echo(f"\nNow\n  cd {as_argument(folder)}\n  workato-emulator run scenarios\n  pytest\n\nREADME.md says more.")
