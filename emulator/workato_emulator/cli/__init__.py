"""The command line. Commands of other packages join the group through the entry points `workato_emulator.commands`."""

from importlib.metadata import entry_points

import click

from workato_emulator.cli.bench import bench
from workato_emulator.cli.fuzz import fuzz
from workato_emulator.cli.serve import serve


class _Commands(click.Group):
    """A group that finds further commands when they are asked for, and imports none of them before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *entry_points(group="workato_emulator.commands").names})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        own = super().get_command(ctx, cmd_name)
        if own is not None:
            return own
        found = entry_points(group="workato_emulator.commands", name=cmd_name)
        loaded = next(iter(found)).load() if found else None
        return loaded if isinstance(loaded, click.Command) else None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="workato-emulator")
def main() -> None:
    """Rehearse Okta provisioning into Workato, offline."""


main.add_command(bench)
main.add_command(fuzz)
main.add_command(serve)
