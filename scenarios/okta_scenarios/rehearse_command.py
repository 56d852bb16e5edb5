"""`workato-emulator rehearse`: a rollout on the company's own data, offline."""

import re
from pathlib import Path

import click

from okta_scenarios.bundled import example_plan
from okta_scenarios.completing import assumption_choices
from workato_emulator.cli.assume_file import assume_file_option, observed_in
from workato_emulator.cli.refused import NamedPath
from workato_emulator.interrupts import hold_back


@click.command()
@click.argument("plan", required=False, type=NamedPath(path_type=Path, dir_okay=False))
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="KIND=FILE",
    help="Write a report: html=FILE, json=FILE, csv=FILE. Several may follow one another: html=FILE,csv=FILE.",
)
@click.option(
    "--against",
    metavar="PLAN",
    type=NamedPath(path_type=Path, dir_okay=False),
    help="Play this plan, too, and say what is different in the first.",
)
@click.option(
    "--alternatives/--no-alternatives",
    default=True,
    help="Play again under each alternative of each assumption that was consulted. On by default.",
)
@click.option(
    "--assume",
    "assumptions",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=assumption_choices,
    help="Settle an open question that the plan leaves open. Repeatable.",
)
@assume_file_option
@click.option(
    "-n",
    "processes",
    type=click.IntRange(min=1),
    metavar="N",
    help="Play alternatives in N processes. By default one per core.",
)
@click.option("--seed", default=0, show_default=True, help="Another seed gives other ids.")
def rehearse(
    plan: Path | None,
    reports: tuple[str, ...],
    against: Path | None,
    alternatives: bool,
    assumptions: tuple[str, ...],
    assume_file: Path | None,
    processes: int | None,
    seed: int,
) -> None:
    """Play a rollout on your own data, and say what becomes of everybody.

    PLAN is a YAML file: Workato's side, Okta's side, what is assigned and what happens. Without one, the example that
    comes with the tool is played.
    """
    with hold_back() as let_come:
        from okta_scenarios import rehearsing
        from okta_scenarios.assumptions import okta_assumptions
        from okta_scenarios.commands import assumptions_from
        from okta_scenarios.reports.files import report_files

    files = report_files([each for several in reports for each in _parted(several)], rehearsing.REPORTS)
    chosen = assumptions_from((*observed_in(assume_file, okta_assumptions()).texts(), *assumptions))
    options = rehearsing.RehearseOptions(seed, chosen, alternatives, processes, against, files)
    rehearsing.rehearse_plan(plan or example_plan(), options, let_come)


def _parted(reports: str) -> list[str]:
    """Several reports in one argument, parted by commas that a kind follows."""
    return re.split(r",(?=[a-z]+=)", reports)
