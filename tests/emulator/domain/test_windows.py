"""How requests are counted in windows of a minute, fixed and sliding."""

from datetime import UTC, datetime, timedelta

import pytest

from workato_emulator.domain.limits import Kind, Window, must_have_quota_left
from workato_emulator.domain.refusals import RequestsExhausted

SECOND = timedelta(seconds=1)
NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


def spend(window: Window, now: datetime, quota: int, kind: Kind) -> Window:
    """The window after one more call, as the limiter does it. Raises `RequestsExhausted`."""
    seen = window.seen_at(now, kind)
    must_have_quota_left(seen, now, quota, kind)
    return seen.with_call(now)


class TestWindow:
    """The last minute, as a value."""

    def test_the_quota_is_exact(self) -> None:
        """So many and no more; a refusal leaves the window alone."""
        window = Window()
        for _ in range(3):
            window = spend(window, NOON, 3, "sliding")
        with pytest.raises(RequestsExhausted) as refusal:
            spend(window, NOON, 3, "sliding")

        assert (len(window), refusal.value.retry_after) == (3, 60)

    @pytest.mark.parametrize(
        ("kind", "calls", "at", "wait"),
        [
            pytest.param("sliding", [50, 55], 56, 54, id="sliding: the oldest that counts frees the place"),
            pytest.param("sliding", [50, 55], 109.5, 1, id="sliding: rounded up"),
            pytest.param("fixed", [50, 55], 56, 4, id="fixed: the minute ends"),
            pytest.param("fixed", [60, 61], 62, 58, id="fixed: the minute began just now"),
        ],
    )
    def test_the_wait_is_exact(self, kind: Kind, calls: list[int], at: float, wait: int) -> None:
        """Until it is over the call is refused, when it is over the call passes."""
        window = Window()
        for each in calls:
            window = spend(window, NOON + each * SECOND, 2, kind)
        now = NOON + at * SECOND
        with pytest.raises(RequestsExhausted) as refusal:
            spend(window, now, 2, kind)

        assert refusal.value.retry_after == wait
        spend(window, now + wait * SECOND, 2, kind)

    def test_a_window_forgets_what_is_over(self) -> None:
        """It stays as small as its minute, and is the same value where nothing was forgotten."""
        window = Window()
        for second in range(600):
            window = spend(window, NOON + second * SECOND, 100, "sliding")

        assert len(window) == 60
        assert len(window.calls) <= 60 + 64 + 1
        assert window.seen_at(NOON + 599 * SECOND, "sliding") is window

    def test_a_window_forgets_what_lies_ahead(self) -> None:
        """After the clock went back the place is free, and stays taken only by what is made then."""
        window = spend(Window(), NOON, 1, "sliding")
        window = spend(window, NOON - SECOND, 1, "sliding")
        with pytest.raises(RequestsExhausted) as refusal:
            spend(window, NOON, 1, "sliding")

        assert refusal.value.retry_after == 59

    def test_two_windows_go_on_from_one_and_know_nothing_of_each_other(self) -> None:
        """A snapshot keeps what it saw, whoever went on from it and in whichever order."""
        first = spend(Window(), NOON, 100, "sliding")
        left = spend(first, NOON + SECOND, 100, "sliding")
        right = spend(first, NOON + 2 * SECOND, 100, "sliding")
        further = spend(left, NOON + 3 * SECOND, 100, "sliding")

        seen = [
            [(at - NOON) // SECOND for at in each.calls[each.first : each.end]]
            for each in (first, left, right, further)
        ]
        assert seen == [[0], [0, 1], [0, 2], [0, 1, 3]]
        assert spend(first, NOON + SECOND, 100, "sliding") == left
        assert left != right
