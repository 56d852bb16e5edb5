"""The command line. Commands of other packages join the group through the entry points `workato_emulator.commands`."""

from importlib import import_module

import click

_OWN = ("bench", "fuzz", "serve")
"""Each is a module here that holds a command of its own name."""


class _Commands(click.Group):
    """A group that finds further commands when they are asked for, and imports none of them before."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from importlib.metadata import entry_points

        return sorted({*_OWN, *super().list_commands(ctx), *entry_points(group="workato_emulator.commands").names})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _OWN:
            found = getattr(import_module(f"{__name__}.{cmd_name}"), cmd_name)
            return found if isinstance(found, click.Command) else None
        if cmd_name in self.commands:
            return super().get_command(ctx, cmd_name)
        from importlib.metadata import entry_points

        others = entry_points(group="workato_emulator.commands", name=cmd_name)
        loaded = next(iter(others)).load() if others else None
        return loaded if isinstance(loaded, click.Command) else None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="workato-emulator")
def main() -> None:
    """Rehearse Okta provisioning into Workato, offline."""
