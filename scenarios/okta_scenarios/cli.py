"""How the scenario commands of `workato-emulator` are called: run, check, rules, index, schema, audit, coverage.

Exit codes: 0 everything passed and every claim was noticed, 1 something failed or a claim proves nothing, 2 nothing ran
or the input is unusable.

What they do is in `commands` and `lookups`, which are slow to import: a shell that completes a line needs only what is
here.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

import click
from click.core import ParameterSource

from okta_scenarios.completing import assumption_choices, rule_ids, scenario_words, tags_in_use
from workato_emulator.cli.assume_file import assume_file_option, observed_in
from workato_emulator.cli.refused import NamedPath, OneOf
from workato_emulator.cli.served import control_token_option
from workato_emulator.interrupts import hold_back

P = ParamSpec("P")
R = TypeVar("R")

_paths = click.argument("paths", nargs=-1, type=NamedPath(path_type=Path))
_seed = click.option("--seed", default=0, show_default=True, help="Another seed gives other surnames and ids.")
_processes = click.option(
    "-n",
    "processes",
    type=click.IntRange(min=1),
    metavar="N",
    help="Play in N processes. By default one per core, where there is enough to play.",
)
_cluster = click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Play on the workers of a Dask cluster, such as tcp://127.0.0.1:8786, instead of processes here.",
)


def _at_a_target(command: Callable[P, R]) -> Callable[P, R]:
    """The options of a command that plays at a served emulator as well."""
    for option in (
        click.option("--replace-state", is_flag=True, help="Play at --target although it keeps its state in a file."),
        control_token_option("the emulator at --target"),
        click.option(
            "--target",
            metavar="URL",
            help="Play at a served emulator, such as http://localhost:8086, and put back what was there before. `run` "
            "also takes the settings of a live workspace, such as live.toml, and plays what says `live: read` or "
            "`live: write`.",
        ),
    ):
        command = option(command)
    return command


@click.command()
@_paths
@click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="ID",
    shell_complete=rule_ids,
    help="Only scenarios that prove this rule.",
)
@click.option(
    "--tag", "tags", multiple=True, metavar="TAG", shell_complete=tags_in_use, help="Only scenarios with this tag."
)
@click.option(
    "--text",
    "texts",
    multiple=True,
    metavar="TEXT",
    shell_complete=scenario_words,
    help="Only scenarios with this in their id or title.",
)
@click.option("--failed", is_flag=True, help="Only scenarios that failed the last time they ran here.")
@click.option("--watch", is_flag=True, help="Run again whenever one of the files is saved, until Ctrl-C.")
@click.option("-q", "--quiet", is_flag=True, help="Only failures, in short, and the sum.")
@click.option("-v", "--verbose", is_flag=True, help="Every step, and every failure in full.")
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="KIND=FILE",
    help="Write a report: html=FILE, json=FILE, junit=FILE, tap=FILE.",
)
@click.option(
    "--against",
    metavar="FILE",
    type=NamedPath(path_type=Path, dir_okay=False),
    help="Compare with an earlier run, by its JSON report: what newly failed, what is fixed, which rules changed.",
)
@click.option("--audit/--no-audit", default=True, help="Break each claimed rule and see it noticed. On by default.")
@click.option(
    "--assume",
    "assumptions",
    multiple=True,
    metavar="NAME=VALUE",
    shell_complete=assumption_choices,
    help="Settle an open question for the scenarios that leave it open. Repeatable.",
)
@assume_file_option
@click.option(
    "--sweep",
    is_flag=True,
    help="Play again under every other answer to every open question, one at a time, and show what hangs on which. "
    "That something does is a finding, no failure.",
)
@click.option(
    "--strict",
    is_flag=True,
    help="Fail, too, where nothing failed but something is not shown: a scenario that is not playable at the target, a "
    "claimed rule that cannot be broken, a call that is answered 501 because it is not emulated, and, of the whole "
    "library, a rule that no scenario claims. Unnoticed rules fail a run with or without it; rules that are only "
    "assumed, and decisive assumptions, never do: no change to a scenario could help.",
)
@click.option("-x", "--exitfirst", is_flag=True, help="Stop at the first scenario that fails; nothing is broken then.")
@click.option(
    "--shard",
    "part",
    metavar="2/4",
    help="Only every fourth scenario, from the second: for machines that share a run. A rule is judged where the JSON "
    "reports are put together (`report merge`), so an unnoticed one fails no shard.",
)
@_at_a_target
@_cluster
@_processes
@_seed
def run(
    paths: tuple[Path, ...],
    rules: tuple[str, ...],
    tags: tuple[str, ...],
    texts: tuple[str, ...],
    failed: bool,
    watch: bool,
    quiet: bool,
    verbose: bool,
    reports: tuple[str, ...],
    against: Path | None,
    audit: bool,
    assumptions: tuple[str, ...],
    assume_file: Path | None,
    sweep: bool,
    strict: bool,
    exitfirst: bool,
    part: str | None,
    target: str | None,
    control_token: str | None,
    replace_state: bool,
    cluster: str | None,
    processes: int | None,
    seed: int,
) -> None:
    """Play scenarios, and show which documented rules hold.

    PATHS are scenario files or folders; without any, the scenarios that come with the tool.
    """
    with hold_back() as let_come:
        from okta_scenarios import commands
        from okta_scenarios.assumptions import okta_assumptions
        from okta_scenarios.memory import FOLDER, Memory
        from okta_scenarios.reports.comparison import read_earlier
        from okta_scenarios.reports.files import report_files
        from okta_scenarios.reports.terminal import Detail
        from okta_scenarios.selection import Selection
        from okta_scenarios.sharding import shard

    if strict and not audit:
        raise click.UsageError("--strict is about what is shown, and --no-audit shows nothing: leave out one of them")
    if quiet and verbose:
        raise click.UsageError("--quiet or --verbose, not both")
    if target is not None and sweep:
        raise click.UsageError(
            "--sweep plays in this process, where it can be seen what a scenario consults: leave out --target"
        )
    _must_be_one_place(cluster, target, processes)
    if target is not None and target.endswith(".toml"):
        audit = False  # no rule of a live workspace can be suspended
    observed = observed_in(assume_file, okta_assumptions())
    options = commands.RunOptions(
        seed,
        audit,
        Detail.QUIET if quiet else Detail.VERBOSE if verbose else Detail.NORMAL,
        commands.Place(processes, target, control_token, replace_state, cluster),
        report_files(reports),
        commands.assumptions_from((*observed.texts(), *assumptions)),
        sweep,
        None if against is None else read_earlier(against),
        strict,
        exitfirst,
        None if part is None else shard(part),
        observed,
    )
    memory = Memory(Path(FOLDER))

    def once() -> int:
        selection = Selection(rules, tags, texts, memory.failed_files() if failed else None)
        return commands.run(paths, selection, options, memory, let_come)

    if watch:
        commands.watch(paths, once)
    else:
        sys.exit(once())


def _must_not_be_given(*names: str) -> None:
    """Raises `UsageError` for an option that is about a --target and stands on the command line without one.

    A variable of the environment is for whoever needs it.
    """
    context = click.get_current_context()
    for option in context.command.params:
        if option.name in names and context.get_parameter_source(str(option.name)) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"{option.opts[0]} is about a served emulator: add --target URL, or leave it out")


def _must_be_one_place(cluster: str | None, target: str | None, processes: int | None) -> None:
    if target is None:
        _must_not_be_given("control_token", "replace_state")
    elif processes not in {None, 1}:
        raise click.UsageError("at a --target scenarios play one at a time: leave out -n")
    if cluster is not None and target is not None:
        raise click.UsageError("a --cluster plays in its own processes and not at a --target: leave out one of them")
    if cluster is not None and processes is not None:
        raise click.UsageError("a --cluster has workers of its own: leave out -n")


@click.command()
@_paths
def check(paths: tuple[Path, ...]) -> None:
    """Read scenarios and say what is wrong with them, without running any."""
    from okta_scenarios import lookups

    lookups.check(paths)


@click.command()
@click.argument("rule", required=False, shell_complete=rule_ids)
@click.option("--markdown", is_flag=True, help="All of them as the document emulator/RULES.md.")
@assume_file_option
def rules(rule: str | None, markdown: bool, assume_file: Path | None) -> None:
    """Explain a rule: what it says, how we know, how it is broken on purpose, which scenarios prove it."""
    if markdown:
        if rule is not None:
            raise click.UsageError("--markdown is about all rules: leave out the one")
        from okta_scenarios import commands
        from okta_scenarios.assumptions import okta_assumptions

        commands.rule_book(observed_in(assume_file, okta_assumptions()))
        return
    if assume_file is not None:
        raise click.UsageError("--assume-file is for --markdown: add it, or leave out the file")
    from okta_scenarios import lookups

    lookups.rules(rule)


@click.group()
def export() -> None:
    """Write scenarios in the form of another tool."""


@export.command()
@click.argument("file", type=NamedPath(path_type=Path, dir_okay=False))
@_paths
@click.option(
    "--contract", default="workato.yaml", show_default=True, help="Where the reader finds the OpenAPI contract."
)
def arazzo(file: Path, paths: tuple[Path, ...], contract: str) -> None:
    """Write the scenarios that are sequences of API calls to FILE, as Arazzo 1.0.1, and say why the others are not."""
    from okta_scenarios import commands

    commands.export_arazzo(file, paths, contract)


@click.command()
@_paths
@click.option("--markdown", is_flag=True, help="As the document scenarios/INDEX.md.")
def index(paths: tuple[Path, ...], markdown: bool) -> None:
    """List scenarios by family: id, title, and the rules that each claims."""
    from okta_scenarios import commands

    commands.index(paths, markdown=markdown)


@click.command()
@click.argument("of", type=OneOf(("scenario", "plan", "report", "rehearsal")), default="scenario")
@click.option("--markdown", is_flag=True, help="Scenario files as the document scenarios/REFERENCE.md.")
def schema(of: str, markdown: bool) -> None:
    """Print a JSON Schema: of scenario files or plans, for editors, or of the JSON report of a run or rehearsal."""
    from okta_scenarios import commands

    if markdown and of != "scenario":
        raise click.UsageError("--markdown is about scenario files")
    commands.schema(of, markdown=markdown)


@click.command()
@click.pass_context
def manual(context: click.Context) -> None:
    """Print the whole tool in one page, for agents and editors: commands, steps, keys, rules, codes, operations."""
    from okta_scenarios.documents.agents import agents_page

    tool = context.find_root().command
    assert isinstance(tool, click.Group)  # noqa: S101  (a command is called through the group it joined)
    click.echo(agents_page(tool), nl=False)


@click.command("audit")
@_paths
@_at_a_target
@_cluster
@_processes
@_seed
def audit(
    paths: tuple[Path, ...],
    target: str | None,
    control_token: str | None,
    replace_state: bool,
    cluster: str | None,
    processes: int | None,
    seed: int,
) -> None:
    """Break every rule on purpose and show which scenario notices, and where.

    Of scenarios of your own, every rule that they claim.
    """
    with hold_back() as let_come:
        from okta_scenarios import commands

    _must_be_one_place(cluster, target, processes)
    place = commands.Place(processes, target, control_token, replace_state, cluster)
    sys.exit(commands.audit(paths, seed, place, let_come))


@click.command()
@click.option("--markdown", is_flag=True, help="All of it as the document emulator/COVERAGE.md.")
def coverage(markdown: bool) -> None:
    """Show which documented operations are served, and which scenarios call each of them.

    Plays the scenarios that come with the tool.
    """
    from okta_scenarios import commands

    commands.coverage(markdown=markdown)
