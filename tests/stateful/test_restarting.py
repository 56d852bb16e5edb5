"""Whatever was done, the state file leads back to it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from .acts import Door
from .effort import percent
from .kept import KeptDoor
from .sequences import ACTS, play

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


def _lasting(door: Door) -> list[Any]:
    places = ("/export", "/clock", "/rules", "/assumptions", "/faults", "/snapshots")
    return [door.control.get(place).json() for place in places]


@settings(max_examples=percent(8))
@given(st.lists(st.tuples(SEQUENCES, st.sampled_from([0, 1_000])), max_size=3))
def test_a_restart_changes_nothing(sessions: list[tuple[list[tuple[Any, ...]], int]]) -> None:
    """Beside an emulator that was never stopped, over several sessions, with and without compaction."""
    with TemporaryDirectory() as folder:
        kept, untouched = KeptDoor(Path(folder) / "state"), Door()
        for acts, compact_after in sessions:
            for door in (kept, untouched):
                play(door, acts)
            assert _lasting(kept) == _lasting(untouched)
            kept.restart(compact_after)
            assert _lasting(kept) == _lasting(untouched)
        kept.stop()
