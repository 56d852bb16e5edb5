"""How `workato-emulator live` is called: plan, probe, clean-up, okta, drift, har."""

import sys
from pathlib import Path

import click

from workato_emulator.cli.refused import NamedPath, OneOf
from workato_emulator.cli.served import control_token_option, url_option
from workato_emulator.interrupts import hold_back

_settings = click.argument("settings", type=NamedPath(path_type=Path, dir_okay=False))
_write = click.option("--write", is_flag=True, help="Also probes that make and remove things of their own.")
_people = click.option(
    "--writes-people",
    is_flag=True,
    help="Also probes that invite the mailboxes of the settings, or make them by SCIM, and remove them.",
)
_only = click.option("--only", multiple=True, metavar="PROBE", help="Only this probe. Repeatable.")
_smallest = click.option("--smallest", is_flag=True, help="The smallest useful set: ten minutes and one click.")
_workspace = click.option(
    "--workspace", metavar="NAME", help="What the workspace is called. Asked for the first time, and then known."
)


@click.group()
def live() -> None:
    """Ask a live workspace what no page says, carefully, and see what is different from what was assumed."""


@live.command()
@_settings
@_write
@_people
@_only
@_smallest
def plan(settings: Path, write: bool, writes_people: bool, only: tuple[str, ...], smallest: bool) -> None:
    """Show what `live probe` would send to the workspace of SETTINGS, and what that would settle. Sends nothing."""
    from okta_scenarios.live import commands

    wanted = commands.wanted(only, smallest=smallest, write=write, writes_people=writes_people)
    commands.show_plan(settings, wanted)


@live.command()
@_settings
@click.argument("recording", type=NamedPath(path_type=Path, file_okay=False))
@_write
@_people
@_only
@_smallest
@_workspace
def probe(
    settings: Path,
    recording: Path,
    write: bool,
    writes_people: bool,
    only: tuple[str, ...],
    smallest: bool,
    workspace: str | None,
) -> None:
    """Send the probes to the workspace of SETTINGS and record the answers, without anything personal, in RECORDING.

    It reads only, unless more is asked for. It makes only what begins with `zz-probe-`, removes what it made, sends 30
    requests a minute, and stops at the first answer to a write that was not foreseen.
    """
    with hold_back() as let_come:
        from okta_scenarios.live import commands

    wanted = commands.wanted(only, smallest=smallest, write=write, writes_people=writes_people)
    commands.send_probes(settings, recording, wanted, workspace, let_come)


@live.command("clean-up")
@_settings
@click.argument("recording", type=NamedPath(path_type=Path, file_okay=False))
@_workspace
def clean_up(settings: Path, recording: Path, workspace: str | None) -> None:
    """Remove what an interrupted `live probe` left in the workspace of SETTINGS: what it made, and nothing else."""
    from okta_scenarios.live import commands

    commands.remove_what_is_left(settings, recording, workspace)


@live.command()
@click.argument("recording", type=NamedPath(path_type=Path, file_okay=False))
@click.option(
    "--app", type=OneOf(("custom", "catalogue")), required=True, help="The kind of app that was set up in Okta."
)
@url_option
@control_token_option()
def okta(recording: Path, app: str, url: str, control_token: str | None) -> None:
    """Record what a real Okta asked at the SCIM door of the emulator served at URL, anonymised, in RECORDING.

    It takes the requests from the emulator's journal, and adds what each says of Okta's client.
    """
    from okta_scenarios.live import commands

    commands.record_okta(recording, app, url, control_token)


@live.command()
@click.argument("recordings", nargs=-1, required=True, type=NamedPath(path_type=Path, file_okay=False))
@click.option("--form", type=OneOf(("text", "markdown", "json")), default="text", show_default=True, help="The form.")
@click.option(
    "--settled",
    type=NamedPath(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write what was seen there, beside what it has; other commands take it with --assume-file.",
)
def drift(recordings: tuple[Path, ...], form: str, settled: Path | None) -> None:
    """Show what RECORDINGS say of each assumption, and where answers are not as the contract says.

    Ends with 1 where something differs.
    """
    from okta_scenarios.live import commands

    sys.exit(commands.show_drift(recordings, form, settled))


@live.group()
def har() -> None:
    """Exchange recordings with tools that speak HAR, the HTTP Archive form."""


@har.command("export")
@click.argument("recording", type=NamedPath(path_type=Path, file_okay=False))
@click.argument("file", type=NamedPath(path_type=Path, dir_okay=False))
def export_har(recording: Path, file: Path) -> None:
    """Write RECORDING to FILE as HAR 1.2."""
    from okta_scenarios.live import commands

    commands.export_har(recording, file)


@har.command("import")
@click.argument("file", type=NamedPath(path_type=Path, dir_okay=False))
@click.argument("recording", type=NamedPath(path_type=Path, file_okay=False))
@click.option("--data-center", required=True, metavar="CODE", help="Where it was captured, such as eu or trial.")
def import_har(file: Path, recording: Path, data_center: str) -> None:
    """Take what a browser or proxy captured in FILE into RECORDING, anonymised: requests to /api/ and nothing else."""
    from okta_scenarios.live import commands

    commands.import_har(file, recording, data_center)
