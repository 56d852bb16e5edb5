"""Wherever a walk through both doors leads, the state can be exported, seeded and taken up from its file."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from workato_emulator import Clock, Emulator
from workato_emulator.recovery import begin, recover
from workato_emulator.state.log import Log
from workato_emulator.state.seeds import parse

from .effort import percent
from .walks import ACTS, DISTURBANCES, SEED, Act, Walker


@settings(max_examples=percent(25))
@given(acts=st.lists(ACTS, min_size=1, max_size=25))
def test_every_state_can_be_exported_and_seeded_again(acts: list[Act]) -> None:
    """While no rule is suspended; and the state that comes of the seed is the same, to the last id."""
    emulator = Emulator(SEED)
    walker = Walker(emulator.app)
    for act in acts:
        walker.play(act)
    before = walker.export()

    answer = walker.control.put("/seed", json=before)
    assert answer.status_code == 200, answer.text
    assert walker.export() == before


@settings(max_examples=percent(15))
@given(
    sessions=st.lists(
        st.tuples(st.lists(ACTS | DISTURBANCES, max_size=12), st.sampled_from([0, 1_000])), min_size=1, max_size=3
    )
)
def test_every_state_is_there_after_a_restart(sessions: list[tuple[list[Act], int]]) -> None:
    """In every order of acts, faults, suspended rules, quotas that are used up, and clocks that go back."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "state"
        log = Log(path)
        app = begin(log, parse(SEED), Clock.still())
        for acts, compact_after in sessions:
            walker = Walker(app)
            for act in acts:
                walker.play(act)
            before = walker.lasting()
            log.close()
            log = Log(path)
            app = recover(log, Clock.still(), compact_after=compact_after)
            assert Walker(app).lasting() == before
        log.close()
