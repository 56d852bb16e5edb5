"""`workato-emulator fuzz`: generated requests against the contracts, in this process."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

import click

from workato_emulator.cli.refused import OneOf, Refused
from workato_emulator.cli.served import control_token_option
from workato_emulator.console import as_argument, why_unwritable
from workato_emulator.interrupts import interruptible
from workato_emulator.text import counted, visible
from workato_emulator.text.error_codes.commands import FUZZ_EXTRA, FUZZ_REPORT, FUZZ_URL

if TYPE_CHECKING:
    from rich.console import Console
    from starlette.types import ASGIApp

    from workato_emulator.fuzzing.profiles import Profile
    from workato_emulator.fuzzing.run import Finding, Report

_CLASSES = ("2xx", "3xx", "4xx", "5xx")
READABLE = 66
"""Columns that the table of answers needs."""


@click.command()
@click.option(
    "--requests", default=3_000, show_default=True, type=click.IntRange(1), help="Stop after about this many."
)
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0), help="Another seed, other requests.")
@click.option(
    "--contract",
    type=OneOf(["workato", "scim", "control"]),
    default="workato",
    show_default=True,
    help="The contract of the Developer API, of SCIM, or of the control plane.",
)
@click.option(
    "--url", metavar="URL", help="Fuzz a served emulator, such as http://localhost:8086, and put back what was there."
)
@control_token_option("the emulator at --url")
@click.option("--report", "report_file", metavar="junit=FILE", help="Write a report for a CI server: junit=FILE.")
def fuzz(
    requests: int, seed: int, contract: str, url: str | None, control_token: str | None, report_file: str | None
) -> None:
    """Fuzz the emulator against one of its contracts, in this process or at a --url.

    Exit status: 0 when every answer was as written, 1 when one was not, 2 when nothing could run.
    """
    from rich.console import Console  # slow to import
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    # Hypothesis keeps notes, by default where the command was given. Read when it is first imported.
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(Path(gettempdir(), "workato-emulator-hypothesis")))
    try:
        from workato_emulator.fuzzing.profiles import PROFILES
        from workato_emulator.fuzzing.run import fuzz as run  # slow to import, and optional
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "schemathesis":
            raise
        raise Refused(f"fuzzing needs schemathesis: {_how_to_install()}", FUZZ_EXTRA) from None
    from workato_emulator.fuzzing.junit import junit
    from workato_emulator.fuzzing.served import Unreachable, leased

    if url is not None and contract == "control":
        raise click.UsageError(
            "the control plane is fuzzed in this process only: at a --url it would end the lease it works under"
        )
    written = _report_file(report_file)
    profile = PROFILES[contract]
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with interruptible():
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task(profile.contract, total=requests)

            def spend(app: "Callable[[], ASGIApp] | None" = None) -> "Report":
                return run(
                    profile,
                    seed=seed,
                    requests=requests,
                    app=app,
                    progress=lambda count: progress.update(task, completed=count),
                )

            try:
                if url is None:
                    report = spend()
                else:
                    with leased(url, control_token) as there:
                        report = spend(lambda: there.app(profile))
            except Unreachable as error:
                raise Refused(str(error), FUZZ_URL) from None
        command = f"workato-emulator fuzz --contract {contract} --seed {seed} --requests {requests}"
        command += "" if url is None else f" --url {as_argument(url)}"
        if written is not None:
            written.write_text(junit(report, profile.contract), encoding="utf-8")
        tell(Console(highlight=False, emoji=False), profile, report, command)
        if report.interrupted:
            raise KeyboardInterrupt
    sys.exit(0 if report.is_clean else 1)


def _report_file(text: str | None) -> Path | None:
    """The file of `junit=FILE`. Raises `Refused` where it could not be written."""
    if text is None:
        return None
    kind, _, name = text.partition("=")
    if kind != "junit" or not name:
        raise Refused(f"--report takes junit=FILE, not {text!r}", FUZZ_REPORT)
    reason = why_unwritable(Path(name))
    if reason is not None:
        raise Refused(f"--report {text}: {reason}", FUZZ_REPORT)
    return Path(name)


def _how_to_install() -> str:
    """The command that adds the extra: to the checkout that we run from, or else to the installed package."""
    checkout = Path(__file__).parents[3]
    if (checkout / "pyproject.toml").is_file():
        return f"pip install -e {as_argument(f'{checkout}[fuzz]')}"
    return "pip install 'workato-emulator[fuzz]'"


def tell(console: "Console", profile: "Profile", report: "Report", command: str) -> None:
    """Print what a run did: the answers by operation and class, then each finding, then how to have the same again."""
    from workato_emulator.console.tables import print_table

    print_table(console, ("operation", *_CLASSES), _rows(report), room=READABLE, numbers=True)
    phases = ", ".join(f"{phase} {count}" for phase, count in report.phases.items())
    requests = counted(report.requests, "request")
    console.print(f"{requests}: {phases}" if phases else requests, soft_wrap=True)
    if report.only_refused:
        console.print(f"Only refused: {', '.join(report.only_refused)}", soft_wrap=True)
    for operation, reason in profile.left_out.items():
        console.print(f"Left out: {operation}, which {reason}", soft_wrap=True)
    for finding in report.findings.values():
        console.print(visible(_finding_text(finding)), markup=False, soft_wrap=True)
    for error in report.errors:
        console.print(visible(f"\nERROR  {error}"), markup=False, soft_wrap=True)
    if report.interrupted:
        console.print("interrupted: this is what was asked by then")
    if not report.is_clean:
        found = f"{counted(len(report.findings), 'failure')}, {counted(len(report.errors), 'error')}"
        console.print(f"\n{found}. The same again:\n  {command}", soft_wrap=True)
    elif not report.interrupted:
        console.print("Every answer is as the contract says.")


def _rows(report: "Report") -> Iterator[Sequence[str]]:
    for operation, answers in sorted(report.answers.items()):
        yield operation, *(str(answers[each] or "") for each in _CLASSES)


def _finding_text(finding: "Finding") -> str:
    message = "\n".join(f"  {line}" for line in finding.message.splitlines())
    curl = "\n".join(f"  {line}" for line in finding.curl.splitlines())
    return f"\nFAILED  {finding.operation}\n  {finding.check}: {finding.title}\n\n{message}\n\n{curl}"
