"""`workato-emulator report`: what is done with the reports of runs that are over."""

import sys
from pathlib import Path

import click

from workato_emulator.cli.refused import NamedPath


@click.group()
def report() -> None:
    """Put the reports of several runs together."""


@report.command()
@click.argument("files", nargs=-1, required=True, type=NamedPath(path_type=Path, dir_okay=False))
@click.option(
    "-o", "--output", required=True, type=NamedPath(path_type=Path, dir_okay=False), help="The file that is written."
)
def merge(files: tuple[Path, ...], output: Path) -> None:
    """Put the JSON reports FILES of one run's shards together: the same report as of the whole run, but for its timing.

    Ends as the whole run would have: with 1 where a scenario failed or a rule is unnoticed. Where a shard is missing
    the report says that it is not complete. Reports of different suites follow one another.
    """
    from okta_scenarios.error_codes import RUN_REPORT
    from okta_scenarios.reports.json_report import report_text
    from okta_scenarios.reports.merging import merged, read_report
    from okta_scenarios.selection import Unusable
    from workato_emulator import counted, one_line

    whole = merged([read_report(file) for file in files])
    try:
        output.write_text(report_text(whole), encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise Unusable(f"{output}: {error.strerror or error}", RUN_REPORT) from None
    scenarios, rules = whole.summary.scenarios, whole.summary.rules
    complete = "" if whole.summary.complete else ", not complete"
    click.echo(one_line(f"{output}: {counted(len(files), 'report')} put together{complete}"))
    click.echo(f"scenarios  {scenarios.passed} passed, {scenarios.failed} failed")
    click.echo(f"rules      {rules.verified} verified, {rules.unnoticed} unnoticed")
    sys.exit(1 if scenarios.failed or rules.unnoticed or whole.summary.shortcomings else 0)
