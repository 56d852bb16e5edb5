"""Whatever was done, the state file leads back to it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from workato_emulator.clock import Clock
from workato_emulator.recovery import begun, recovered
from workato_emulator.seeds import parse
from workato_emulator.store.log import Log

from .acts import Door, seed
from .sequences import ACTS, play

PLENTY = 1_000_000
"""Quotas do not outlive the process, so nobody may come near them here."""

AGAIN = st.sampled_from(
    [
        ("control", ("POST", "/reset", None)),
        ("control", ("PUT", "/snapshots/another", None)),
        ("control", ("POST", "/snapshots/another/restore", None)),
        ("control", ("DELETE", "/snapshots/another", None)),
        ("control", ("POST", "/rules/INV-3/resume", None)),
    ]
)
SEQUENCES = st.lists(ACTS | AGAIN, max_size=10).map(
    lambda acts: [each for each in acts if "requests_per_minute" not in str(each)]
)


class KeptDoor(Door):
    """A door to an emulator with a state file, which can be killed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log = Log(path)
        self._enter(begun(self._log, parse(seed(PLENTY)), Clock.still()))

    def restart(self, compact_after: int) -> None:
        """All that was in memory is gone."""
        self._log.close()
        self._log = Log(self._path)
        self._enter(recovered(self._log, Clock.still(), compact_after=compact_after))

    def stop(self) -> None:
        self._log.close()


def _lasting(door: Door) -> list[Any]:
    places = ("/export", "/clock", "/rules", "/assumptions", "/faults", "/snapshots")
    return [door.control.get(place).json() for place in places]


@settings(max_examples=25)
@given(st.lists(st.tuples(SEQUENCES, st.sampled_from([0, 1_000])), max_size=3))
def test_a_restart_changes_nothing(sessions: list[tuple[list[tuple[Any, ...]], int]]) -> None:
    """Beside an emulator that was never stopped, over several sessions, with and without compaction."""
    with TemporaryDirectory() as folder:
        kept, untouched = KeptDoor(Path(folder) / "state"), Door(PLENTY)
        for acts, compact_after in sessions:
            for door in (kept, untouched):
                play(door, acts)
            assert _lasting(kept) == _lasting(untouched)
            kept.restart(compact_after)
            assert _lasting(kept) == _lasting(untouched)
        kept.stop()
