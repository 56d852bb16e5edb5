"""The command line. Commands of other packages join the group through the entry points `workato_emulator.commands`."""

import sys
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from workato_emulator.cli.refused import complaints_with_codes, must_stand_somewhere, unknown_command
from workato_emulator.cli.streams import make_usable, output_that_may_end
from workato_emulator.interrupts import exit_code_of

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

_OWN = ("assumptions", "completion", "doctor", "fuzz", "journal", "pull", "serve")
"""Each is a module here that holds a command of its own name."""
_WHOLE = 500
"""Characters, more than any command's first sentence has."""


class _Commands(click.Group):
    """A group that finds further commands when they are asked for, and imports none of them before."""

    @cached_property
    def _others(self) -> "dict[str, EntryPoint]":
        """Commands of other packages, looked up once: every package that is installed is asked."""
        from importlib.metadata import entry_points

        return {each.name: each for each in entry_points(group="workato_emulator.commands")}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*_OWN, *super().list_commands(ctx), *self._others})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _OWN:
            found = getattr(import_module(f"{__name__}.{cmd_name}"), cmd_name)
            return found if isinstance(found, click.Command) else None
        if cmd_name in self.commands:
            return super().get_command(ctx, cmd_name)
        loaded = self._others[cmd_name].load() if cmd_name in self._others else None
        return loaded if isinstance(loaded, click.Command) else None

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names of commands, for which none of them has to be imported."""
        names = [CompletionItem(name) for name in self.list_commands(ctx) if name.startswith(incomplete)]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names. One that nobody has is told the nearest of all, not only of ours."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise unknown_command(error, args[0], self.list_commands(ctx)) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Every command with its whole first sentence: click would cut it where the terminal is narrow."""
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, found.get_short_help_str(limit=_WHOLE)) for name, found in commands if found is not None]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  (whatever a command returns)
        try:
            with complaints_with_codes(), output_that_may_end():
                must_stand_somewhere()
                return super().invoke(ctx)
        except KeyboardInterrupt as interrupt:
            click.echo("interrupted", err=True)
            sys.exit(exit_code_of(interrupt))

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:  # noqa: ANN401  (click's own)
        with complaints_with_codes(), output_that_may_end():  # `--help` is written here
            return super().make_context(*args, **kwargs)

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  (click's own)
        make_usable()
        return super().main(*args, **kwargs)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="workato-emulator")
def main() -> None:
    """Rehearse Okta provisioning into Workato, offline."""
