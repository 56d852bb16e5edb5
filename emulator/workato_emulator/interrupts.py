"""How a command is stopped from outside: Ctrl-C, `kill`, a terminal that closes. All three end it in the same way."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_STOPPING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
_SHELL = 128
"""What a shell adds to the number of the signal that ended a command."""


class Interrupted(KeyboardInterrupt):
    """The command was stopped by this signal."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = _SHELL + number


def exit_code_of(interrupt: KeyboardInterrupt) -> int:
    """What the process exits with: 130 after Ctrl-C, 143 after SIGTERM."""
    return interrupt.exit_code if isinstance(interrupt, Interrupted) else _SHELL + signal.SIGINT


@contextmanager
def hold_back() -> Iterator[Callable[[], None]]:
    """Inside, what stops the command waits: for what must not be cut off, such as loading it.

    The function that this gives lets it come, in a place that knows what to tell.
    """
    received: list[int] = []
    before = {number: signal.getsignal(number) for number in _STOPPING}
    is_main = threading.current_thread() is threading.main_thread()  # only there Python allows it
    ours = [number for number, handler in before.items() if is_main and handler not in {signal.SIG_IGN, None}]
    for number in ours:
        signal.signal(number, lambda number, _: received.append(number))

    def let_come() -> None:
        while received:
            signal.raise_signal(received.pop())

    try:
        yield let_come
    finally:
        for number in ours:
            signal.signal(number, before[number])


@contextmanager
def interruptible() -> Iterator[None]:
    """Inside, whatever stops the command raises `KeyboardInterrupt`; what leaves is an `Interrupted`.

    The second signal ends the process at once. What is ignored, as under `nohup`, stays ignored.
    """
    received: list[int] = []
    before = {number: signal.getsignal(number) for number in _STOPPING}
    is_main = threading.current_thread() is threading.main_thread()  # only there Python allows it
    ours = [number for number, handler in before.items() if is_main and handler not in {signal.SIG_IGN, None}]

    def stop(number: int, _frame: FrameType | None) -> None:
        received.append(number)
        for each in ours:
            signal.signal(each, signal.SIG_DFL)
        raise KeyboardInterrupt

    for number in ours:
        signal.signal(number, stop)
    try:
        yield
    except KeyboardInterrupt:
        raise Interrupted(received[0] if received else signal.SIGINT) from None
    finally:
        for number in ours:
            signal.signal(number, before[number])
