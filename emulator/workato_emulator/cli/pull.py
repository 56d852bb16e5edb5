"""`workato-emulator pull`: a live workspace as a seed, read slowly and with GET only."""

import os
import re
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from workato_emulator.cli.refused import Refused
from workato_emulator.console import as_argument
from workato_emulator.interrupts import interruptible
from workato_emulator.text import counted, visible
from workato_emulator.text.error_codes.commands import PULL_PLACE, PULL_SEED, PULL_TENANT, PULL_TOKEN
from workato_emulator.text.tokens import is_sendable

if TYPE_CHECKING:
    from workato_emulator.pulling.anonymise import StandIns

_PRIVATE = 0o600
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")


@click.command()
@click.option(
    "--host", required=True, help="The workspace's host, or its data center: us, eu, jp, sg, au, il, trial, …"
)
@click.option(
    "--token-env", required=True, metavar="NAME", help="The environment variable that holds an API client's token."
)
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The seed to write."
)
@click.option("--slug", help="What the seed calls the workspace; otherwise it follows from its name.")
@click.option(
    "--anonymise",
    is_flag=True,
    help="Write stand-ins for people's names and addresses, also in copies of the CSV files that are named.",
)
@click.option(
    "--keep", multiple=True, metavar="COLUMN", help="With --anonymise: a column of the CSV files to copy as it is."
)
@click.argument("people", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="[CSV]...")
def pull(
    host: str,
    token_env: str,
    output: Path,
    slug: str | None,
    anonymise: bool,
    keep: tuple[str, ...],
    people: tuple[Path, ...],
) -> None:
    """Read a live workspace and write a seed that starts the emulator with its people and their access.

    It reads only: 30 requests a minute, one at a time. Interrupted, the same command goes on where it stopped. The
    files can be read by their owner only.
    """
    if (people or keep) and not anonymise:
        raise click.UsageError("CSV files, and --keep, are for --anonymise only")
    if slug is not None and not _SLUG.fullmatch(slug):
        raise click.UsageError("--slug should be small letters, digits, - and _, such as acme")
    token = _token(token_env)
    base = _base(host)
    _must_be_free(output)
    stand_ins = None
    if anonymise:
        from workato_emulator.pulling.anonymise import StandIns

        stand_ins = StandIns(keep)
    copies = {} if stand_ins is None else _copies(people)
    with interruptible():
        _pull(base, token, output, slug, copies, stand_ins)


def _wait(seconds: float) -> None:
    """A live workspace has a time of its own."""
    time.sleep(seconds)  # noqa: TID251


def _token(name: str) -> str:
    token = os.environ.get(name, "")
    if not is_sendable(token):
        raise Refused(f"the environment variable {name} is not set, or holds what is not a token", PULL_TOKEN)
    return token


def _base(host: str) -> str:
    from workato_emulator.pulling.channel import address_of, allowed_hosts

    address = address_of(host)
    if address is None:
        raise Refused(f"the host is not one that a token may be sent to; write {allowed_hosts()}", PULL_TENANT)
    return address


def _copies(people: Sequence[Path]) -> dict[Path, str]:
    """Each table by the place of its copy. What is wrong with one is told before anything is asked."""
    from workato_emulator.pulling.anonymise import NoTable, StandIns

    copies = {}
    for file in people:
        copy = file.with_name(f"{file.stem}.anonymised{file.suffix}")
        _must_be_free(copy)
        try:
            copies[copy] = file.read_text(encoding="utf-8-sig")
            StandIns().in_csv(copies[copy])
        except UnicodeDecodeError:
            raise Refused(f"{file} is not UTF-8", PULL_PLACE) from None
        except NoTable as problem:
            raise Refused(f"{file} {problem}", PULL_PLACE) from None
        except OSError as error:
            raise Refused(f"{file} cannot be read: {error.strerror}", PULL_PLACE) from None
    return copies


def _pull(
    base: str, token: str, output: Path, slug: str | None, copies: Mapping[Path, str], stand_ins: "StandIns | None"
) -> None:
    from workato_emulator.pulling.channel import Pace
    from workato_emulator.pulling.seed import seed_of
    from workato_emulator.pulling.survey import survey
    from workato_emulator.pulling.tenant import Answers, Tenant, TenantUnreadable
    from workato_emulator.pulling.writing import yaml_of
    from workato_emulator.state.seeds import SeedProblem, read_seed

    answers, pace = Answers(output.with_name(f"{output.name}.part")), Pace(time.monotonic, _wait)
    try:
        with Tenant(base, token, answers, pace, lambda path: click.echo(f"GET {path}", err=True)) as tenant:
            found = survey(tenant)
    except TenantUnreadable as error:
        raise Refused(visible(str(error)), PULL_TENANT) from None
    except OSError as error:
        raise Refused(f"{answers.path} cannot be written: {error.strerror}", PULL_PLACE) from None
    document, unshown = seed_of(found, urlsplit(base).hostname or "", tenant.refused, slug)
    if stand_ins is not None:
        document = stand_ins.in_seed(document)
        for table in copies.values():
            stand_ins.learn(table)
    people = counted(len(found.members), "collaborator")
    _write(output, f"# {people} of {base}, pulled with workato-emulator\n{yaml_of(document)}")
    for copy, table in copies.items():
        assert stand_ins is not None  # noqa: S101  (or there are no copies)
        _write(copy, stand_ins.in_csv(table))
        click.echo(f"wrote {copy}")
    answers.forget()
    click.echo(f"wrote {output}: {people}, {counted(tenant.sent, 'request')}")
    if stand_ins is not None and stand_ins.emptied:
        emptied = ", ".join(sorted(stand_ins.emptied))
        click.echo(visible(f"Nothing is known of these columns, so they are empty (--keep NAME copies one): {emptied}"))
    click.echo("The API does not show:")
    for each in unshown:
        click.echo(visible(f"  {each}"))
    try:
        read_seed(output)
    except SeedProblem as problem:
        raise Refused(f"serve would refuse it, so mend this first: {problem.with_codes()}", PULL_SEED) from None
    click.echo(f"Now\n  workato-emulator serve --seed {as_argument(str(output))}")


def _must_be_free(path: Path) -> None:
    if path.exists():
        raise Refused(f"{path} exists; name another file, or delete it", PULL_PLACE)
    if not path.parent.is_dir():
        raise Refused(f"{path} cannot be written: no such folder", PULL_PLACE)


def _write(path: Path, text: str) -> None:
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}", PULL_PLACE) from None
