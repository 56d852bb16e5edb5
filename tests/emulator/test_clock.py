"""The two kinds of clock, and what restores them."""

from datetime import UTC, datetime, timedelta

import pytest

from workato_emulator import Clock
from workato_emulator.clock import EPOCH

SECOND = timedelta(seconds=1)
NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


class TestClock:
    """Two kinds that differ in who moves them."""

    def test_a_still_clock_moves_only_when_told_to(self) -> None:
        """Forward by a step, anywhere by being set."""
        clock = Clock.still()
        assert (clock.kind, clock.now()) == ("still", EPOCH)
        assert clock.advance(SECOND) == EPOCH + SECOND
        assert clock.set(EPOCH - SECOND) == EPOCH - SECOND
        assert clock.now() == EPOCH - SECOND

    def test_a_system_clock_follows_its_source_with_a_lead(self) -> None:
        """What is added stays added while the machine's time goes on."""
        machine = [NOON]
        clock = Clock.system(lambda: machine[0])
        assert (clock.kind, clock.now()) == ("system", NOON)
        clock.advance(timedelta(hours=1))
        machine[0] += SECOND
        assert clock.now() == NOON + timedelta(hours=1) + SECOND
        clock.set(NOON)
        machine[0] += SECOND
        assert clock.now() == NOON + SECOND

    def test_the_machines_time_is_the_default_source(self) -> None:
        """It goes on, and it knows its zone."""
        before, after = Clock.system().now(), Clock.system().now()

        assert before <= after
        assert before.tzinfo is UTC

    def test_time_does_not_go_back_by_a_step(self) -> None:
        """Only `set` and a restored snapshot turn it back."""
        with pytest.raises(ValueError, match="time does not go back"):
            Clock.still().advance(-SECOND)

    def test_a_reading_restores_either_kind(self) -> None:
        """A still clock to its instant, a system clock to its lead."""
        still, system = Clock.still(NOON), Clock.system(lambda: NOON)
        for clock in (still, system):
            clock.advance(SECOND)
            reading = clock.read()
            clock.set(NOON + timedelta(days=1))
            clock.restore(reading)
            assert clock.now() == NOON + SECOND
