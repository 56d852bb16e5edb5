"""`workato-emulator pull`: a live workspace as a seed, read slowly and with GET only."""

import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from workato_emulator.cli.refused import Refused
from workato_emulator.console import as_argument
from workato_emulator.interrupts import interruptible
from workato_emulator.text import counted
from workato_emulator.text.error_codes.commands import PULL_PLACE, PULL_TENANT, PULL_TOKEN
from workato_emulator.text.tokens import is_sendable

if TYPE_CHECKING:
    from workato_emulator.pulling.tenant import Pace

_PRIVATE = 0o600


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
@click.argument("people", nargs=-1, type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="[CSV]...")
def pull(host: str, token_env: str, output: Path, slug: str | None, anonymise: bool, people: tuple[Path, ...]) -> None:
    """Read a live workspace and write a seed that starts the emulator with its people and their access.

    It reads only: 30 requests a minute, one at a time. Interrupted, the same command goes on where it stopped. The
    files can be read by their owner only.
    """
    if people and not anonymise:
        raise click.UsageError("CSV files are read for --anonymise only")
    token = _token(token_env)
    base = _base(host)
    if output.exists():
        raise Refused(f"{output} exists; name another file, or delete it", PULL_PLACE)
    from workato_emulator.pulling.tenant import Pace

    with interruptible():
        _pull(base, token, output, slug, people if anonymise else None, Pace(time.monotonic, _wait))


def _wait(seconds: float) -> None:
    """A live workspace has a time of its own."""
    time.sleep(seconds)  # noqa: TID251


def _token(name: str) -> str:
    token = os.environ.get(name, "")
    if not is_sendable(token):
        raise Refused(f"the environment variable {name} is not set, or holds what is not a token", PULL_TOKEN)
    return token


def _base(host: str) -> str:
    """The address. Only a loopback one may be without TLS."""
    from workato_emulator.domain.data_centers import DATA_CENTERS
    from workato_emulator.http.origins import is_loopback

    if host in DATA_CENTERS:
        return f"https://{DATA_CENTERS[host].hosts[0]}"
    parts = urlsplit(host if "://" in host else f"https://{host}")
    is_bare = not parts.path.strip("/") and not parts.query and "@" not in parts.netloc
    may_be_asked = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    if parts.hostname and is_bare and may_be_asked:
        return f"{parts.scheme}://{parts.netloc}"
    allowed = f"{', '.join(DATA_CENTERS)}, or a host such as https://www.workato.com"
    raise Refused(f"the host is not one that a token may be sent to; write {allowed}", PULL_TENANT)


def _pull(base: str, token: str, output: Path, slug: str | None, people: Sequence[Path] | None, pace: "Pace") -> None:
    import yaml

    from workato_emulator.pulling.anonymise import StandIns
    from workato_emulator.pulling.seed import seed_of
    from workato_emulator.pulling.survey import survey
    from workato_emulator.pulling.tenant import Answers, Tenant, TenantUnreadable
    from workato_emulator.state.seeds import SeedProblem, parse

    answers = Answers(output.with_name(f"{output.name}.part"))
    try:
        with Tenant(base, token, answers, pace, lambda path: click.echo(f"GET {path}", err=True)) as tenant:
            found = survey(tenant)
        pulled = seed_of(found, urlsplit(base).hostname or "", tenant.refused, slug)
    except TenantUnreadable as error:
        raise Refused(str(error), PULL_TENANT) from None
    document = pulled.document
    if people is not None:
        stand_ins = StandIns()
        document = stand_ins.in_seed(document)
        for file in people:
            copy = file.with_name(f"{file.stem}.anonymised{file.suffix}")
            _write(copy, stand_ins.in_csv(file.read_text(encoding="utf-8-sig")))
            click.echo(f"wrote {copy}")
    text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=120)
    try:
        parse(document)
    except SeedProblem as problem:
        click.echo(f"serve will refuse it: {problem}", err=True)
    _write(output, f"# {counted(len(found.members), 'collaborator')} of {base}, pulled with workato-emulator\n{text}")
    answers.forget()
    click.echo(f"wrote {output}: {counted(len(found.members), 'collaborator')}, {counted(tenant.sent, 'request')}")
    click.echo("The API does not show:")
    for each in pulled.unshown:
        click.echo(f"  {each}")
    click.echo(f"Now\n  workato-emulator serve --seed {as_argument(str(output))}")


def _write(path: Path, text: str) -> None:
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise Refused(f"{path} cannot be written: {error.strerror}", PULL_PLACE) from None
