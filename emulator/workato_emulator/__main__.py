"""Where the command begins, also as `python -m workato_emulator`."""

import gc
import os
import signal


def main() -> None:
    """Load the command line and hand over. Ctrl-C in the middle of an import ends the process without a traceback.

    Most of what a command makes it needs to its end, so the collector of garbage looks for cycles less often.
    """
    gc.set_threshold(20_000, 50, 100)
    handler = signal.getsignal(signal.SIGINT)
    if handler is signal.default_int_handler:
        signal.signal(signal.SIGINT, lambda _number, _frame: _end())
    from workato_emulator.cli import main as command

    signal.signal(signal.SIGINT, handler)
    command(prog_name="workato-emulator")


def _end() -> None:
    os.write(2, b"interrupted\n")
    os._exit(128 + signal.SIGINT)


if __name__ == "__main__":
    main()
