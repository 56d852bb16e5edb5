"""A door to an emulator with a state file, which can be stopped and started."""

from pathlib import Path

from workato_emulator.clock import Clock
from workato_emulator.recovery import begin, recover
from workato_emulator.state.log import Log
from workato_emulator.state.seeds import parse

from .acts import PLENTY, Door, seed


class KeptDoor(Door):
    def __init__(self, path: Path) -> None:
        self._path = path
        self._log = Log(path)
        self._enter(begin(self._log, parse(seed(PLENTY)), Clock.still()))

    def restart(self, compact_after: int) -> None:
        """All that was in memory is gone."""
        self._log.close()
        self._log = Log(self._path)
        self._enter(recover(self._log, Clock.still(), compact_after=compact_after))

    def stop(self) -> None:
        self._log.close()
