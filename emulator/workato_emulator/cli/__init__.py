"""The command line. Commands of other packages join the group through the entry points `workato_emulator.commands`."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem

from workato_emulator.cli.refused import complaints_with_codes
from workato_emulator.explanations import with_code
from workato_emulator.explanations.command_line import OPT_OUTPUT

_OWN = ("assumptions", "bench", "completion", "doctor", "fuzz", "serve")
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

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Names of commands, for which none of them has to be imported."""
        names = [CompletionItem(name) for name in self.list_commands(ctx) if name.startswith(incomplete)]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  (whatever a command returns)
        with complaints_with_codes(), _output_that_may_end():
            return super().invoke(ctx)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:  # noqa: ANN401  (click's own)
        with complaints_with_codes():
            return super().make_context(*args, **kwargs)


READER_GONE = 141
"""What a shell reports of a command that a closed pipe ended: 128 and the number of SIGPIPE."""


@contextmanager
def _output_that_may_end() -> Iterator[None]:
    """The one place for output that cannot be written: a full disk, or a reader such as `head` that has seen enough."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()  # here and not at exit, where nothing could be said of it any more
    except BrokenPipeError:
        _drop_output()
        sys.exit(READER_GONE)
    except OSError as error:
        if error.filename is not None:  # a file, not the output
            raise
        _drop_output()
        click.echo(with_code(f"the output cannot be written: {error.strerror}", OPT_OUTPUT), err=True)
        sys.exit(2)


def _drop_output() -> None:
    """Let what is still to be flushed go nowhere, so that Python does not complain of it at exit."""
    try:
        output = sys.stdout.fileno()
    except (OSError, ValueError):  # no real file, as in a test
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, output)
    os.close(nowhere)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="workato-emulator")
def main() -> None:
    """Rehearse Okta provisioning into Workato, offline."""
