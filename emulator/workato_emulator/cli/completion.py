"""`workato-emulator completion`: what a shell needs to complete commands, options, rules, scenarios and codes."""

from collections.abc import Mapping

import click
from click.shell_completion import get_completion_class

from workato_emulator.cli.refused import OneOf

PROGRAM = "workato-emulator"
VARIABLE = "_WORKATO_EMULATOR_COMPLETE"
"""Set by the shell's script when it asks for completions; derived by click from the program's name."""

_KEEP: Mapping[str, str] = {
    "bash": '# in ~/.bashrc:  eval "$(workato-emulator completion bash)"',
    "zsh": '# in ~/.zshrc, after compinit:  eval "$(workato-emulator completion zsh)"',
    "fish": "# once:  workato-emulator completion fish > ~/.config/fish/completions/workato-emulator.fish",
}


@click.command()
@click.argument("shell", type=OneOf(tuple(_KEEP)))
def completion(shell: str) -> None:
    """Print the script that completes commands in bash, zsh or fish. Its last line says where it belongs."""
    found = get_completion_class(shell)
    if found is None:  # click knows these three
        raise click.UsageError(f"no completion for {shell}")
    click.echo(found(click.get_current_context().find_root().command, {}, PROGRAM, VARIABLE).source())
    click.echo(_KEEP[shell])
