"""`workato-emulator fuzz`: generated requests against the contracts, in this process."""

import os
import sys
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from workato_emulator.cli.refused import Refused
from workato_emulator.explanations.command_line import FUZZ_EXTRA

if TYPE_CHECKING:
    from workato_emulator.fuzzing.profiles import Profile
    from workato_emulator.fuzzing.run import Finding, Report

_CLASSES = ("2xx", "3xx", "4xx", "5xx")


@click.command()
@click.option(
    "--requests", default=3_000, show_default=True, type=click.IntRange(1), help="Stop after about this many."
)
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0), help="Another seed, other requests.")
@click.option("--contract", type=click.Choice(["workato", "control"]), default="workato", show_default=True)
def fuzz(requests: int, seed: int, contract: str) -> None:
    """Fuzz the emulator against one of its contracts.

    Exit status: 0 when every answer was as written, 1 when one was not, 2 when nothing could run.
    """
    # Hypothesis keeps notes, by default where the command was given. Read when it is first imported.
    os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(Path(gettempdir(), "workato-emulator-hypothesis")))
    try:
        from workato_emulator.fuzzing.profiles import PROFILES
        from workato_emulator.fuzzing.run import fuzz as run  # slow to import, and optional
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "schemathesis":
            raise
        raise Refused(f"fuzzing needs schemathesis: {_how_to_install()}", FUZZ_EXTRA) from None
    profile = PROFILES[contract]
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(profile.contract, total=requests)
        report = run(
            profile, seed=seed, requests=requests, progress=lambda count: progress.update(task, completed=count)
        )
    command = f"workato-emulator fuzz --contract {contract} --seed {seed} --requests {requests}"
    tell(Console(highlight=False), profile, report, command)
    sys.exit(0 if report.is_clean else 1)


def _how_to_install() -> str:
    """The command that adds the extra: to the checkout that we run from, or else to the installed package."""
    checkout = Path(__file__).parents[3]
    if (checkout / "pyproject.toml").is_file():
        return f"pip install -e '{checkout}[fuzz]'"
    return "pip install 'workato-emulator[fuzz]'"


def tell(console: Console, profile: "Profile", report: "Report", command: str) -> None:
    """Print what a run did: the answers by operation and class, then each finding, then how to have the same again."""
    console.print(_table(report))
    phases = ", ".join(f"{phase} {count}" for phase, count in report.phases.items())
    console.print(f"{report.requests} requests: {phases}", soft_wrap=True)
    if report.only_refused:
        console.print(f"Only refused: {', '.join(report.only_refused)}", soft_wrap=True)
    for operation, reason in profile.left_out.items():
        console.print(f"Left out: {operation}, which {reason}", soft_wrap=True)
    for finding in report.findings.values():
        console.print(_told(finding), markup=False, soft_wrap=True)
    for error in report.errors:
        console.print(f"\nERROR  {error}", markup=False, soft_wrap=True)
    if report.is_clean:
        console.print("Every answer is as the contract says.")
    else:
        console.print(f"\n{len(report.findings)} failures, {len(report.errors)} errors. The same again:\n  {command}")


def _table(report: "Report") -> Table:
    table = Table("operation", box=None, pad_edge=False)
    for each in _CLASSES:
        table.add_column(each, justify="right")
    for operation, answers in sorted(report.answers.items()):
        table.add_row(operation, *(str(answers[each] or "") for each in _CLASSES))
    return table


def _told(finding: "Finding") -> str:
    message = "\n".join(f"  {line}" for line in finding.message.splitlines())
    curl = "\n".join(f"  {line}" for line in finding.curl.splitlines())
    return f"\nFAILED  {finding.operation}\n  {finding.check}: {finding.title}\n\n{message}\n\n{curl}"
