"""Reset equals fresh, and restore equals the snapshot, after whatever happened in between."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from .acts import WORKSPACES, Door
from .effort import percent
from .sequences import ACTS, play

QUOTA = 8
"""Few enough that a dozen acts use it up."""
SEQUENCES = st.lists(ACTS, max_size=12)


def _the_same_from_here_on(one: Door, other: Door, acts: list[tuple[Any, ...]]) -> None:
    """What shows only when it is used, such as limits and the next id, is the same as well."""
    for door in (one, other):
        for slug in WORKSPACES:
            for _ in range(QUOTA):
                door.api(slug).get("/api/members")
        play(door, acts)
    assert one.everything() == other.everything()


@settings(max_examples=percent(8))
@given(SEQUENCES, SEQUENCES)
def test_reset_equals_fresh(past: list[tuple[Any, ...]], future: list[tuple[Any, ...]]) -> None:
    """To the last byte, and in everything that follows."""
    door = Door(QUOTA)
    play(door, past)
    door.control.post("/reset")

    assert door.everything() == Door(QUOTA).everything()
    assert door.control.get("/snapshots").json() == {"data": []}
    _the_same_from_here_on(door, Door(QUOTA), future)


@settings(max_examples=percent(8))
@given(SEQUENCES, SEQUENCES, SEQUENCES)
def test_restore_equals_the_snapshot(
    past: list[tuple[Any, ...]], meanwhile: list[tuple[Any, ...]], future: list[tuple[Any, ...]]
) -> None:
    """Whatever was done since is undone, and nothing before it."""
    door, untouched = Door(QUOTA), Door(QUOTA)
    for each in (door, untouched):
        play(each, past)
        each.control.put("/snapshots/then")
    play(door, meanwhile)
    door.control.post("/snapshots/then/restore")

    assert door.everything() == untouched.everything()
    _the_same_from_here_on(door, untouched, future)


@settings(max_examples=percent(8))
@given(SEQUENCES)
def test_an_export_can_always_be_seeded_again(past: list[tuple[Any, ...]]) -> None:
    """Under rules that hold, whatever happened: the seed it makes is the state it came from."""
    door = Door(QUOTA)
    play(door, [each for each in past if "suspend" not in str(each)])
    exported = door.export()

    assert door.control.put("/seed", json=exported).status_code == 200
    assert door.export() == exported
