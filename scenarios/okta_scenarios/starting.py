"""`workato-emulator init`: a project to start from, whose scenario and tests pass as they are."""

import shutil
from pathlib import Path

import click

from okta_scenarios.bundled import starter
from okta_scenarios.explanations import INIT_TAKEN
from okta_scenarios.language.schema import schema_text
from okta_scenarios.selection import Unusable


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Write a starter project into DIR, which does not exist yet or is empty: a scenario, a seed, a test.

    Nothing is ever overwritten.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Unusable(f"{folder} is there and not empty; name a new folder", INIT_TAKEN)
        shutil.copytree(starter(), folder, ignore=shutil.ignore_patterns("__pycache__", ".*"), dirs_exist_ok=True)
        (folder / "scenarios" / "scenario.schema.json").write_text(schema_text(), encoding="utf-8")
    except OSError as error:
        raise Unusable(f"{error.filename or folder} cannot be written: {error.strerror or error}", INIT_TAKEN) from None
    for file in sorted(each for each in folder.rglob("*") if each.is_file()):
        click.echo(f"wrote {file}")
    click.echo(f"\nNow\n  cd {folder}\n  workato-emulator run scenarios\n  pytest\n\nREADME.md says more.")
