"""How requests are counted in windows of a minute, fixed and sliding."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workato_emulator.domain.limits import REMEMBERED, Kind, Window, free_at, must_have_quota_left
from workato_emulator.domain.refusals import RequestsExhausted

SECOND = timedelta(seconds=1)
NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


def spend(window: Window, now: datetime, quota: int, kind: Kind) -> Window:
    """The window after one more call, as the limiter does it. Raises `RequestsExhausted`."""
    seen = window.seen_at(now)
    must_have_quota_left(seen, seen.recent(now, kind), now, quota, kind)
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

        assert (window.recent(NOON, "sliding"), refusal.value.retry_after) == (3, 60)

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

    def test_a_window_remembers_so_much_of_what_is_over(self) -> None:
        """It does not grow for ever, and is the same value where nothing lies ahead."""
        window = Window()
        for second in range(10 * REMEMBERED):
            window = spend(window, NOON + second * SECOND, 100, "sliding")
        last = NOON + (10 * REMEMBERED - 1) * SECOND

        assert window.recent(last, "sliding") == 60
        assert REMEMBERED <= window.end - window.first <= len(window.calls) <= 2 * REMEMBERED + 1
        assert window.seen_at(last) is window

    def test_what_is_over_counts_again_when_the_clock_goes_back(self) -> None:
        """Although calls were counted since."""
        window = Window()
        for second in (0, 0, 61, 200):
            window = spend(window, NOON + second * SECOND, 2, "sliding")
        with pytest.raises(RequestsExhausted) as refusal:
            spend(window, NOON + 30 * SECOND, 2, "sliding")

        assert refusal.value.retry_after == 30
        assert spend(window, NOON + 60 * SECOND, 2, "sliding").end == 3

    def test_a_minute_with_more_calls_than_are_remembered_is_whole(self) -> None:
        """The bound is for what is over only."""
        window = Window()
        for call in range(3 * REMEMBERED):
            window = spend(window, NOON + call * SECOND / 1000, 5 * REMEMBERED, "sliding")

        assert window.recent(NOON + 3 * SECOND, "sliding") == 3 * REMEMBERED

    def test_a_busy_client_has_its_calls_copied_no_more_than_once_a_minute(self) -> None:
        """With a large quota it makes as many as it likes, and each costs the same."""
        window = Window()
        lists = [window.calls]
        for call in range(5 * 60 * 50):
            window = window.with_call(NOON + call * SECOND / 50)
            if window.calls is not lists[-1]:
                lists.append(window.calls)

        assert len(lists) <= 5

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


@given(
    instants=st.lists(st.integers(0, 40)),
    now=st.integers(0, 40),
    span=st.integers(0, 12),
    limit=st.integers(1, 4),
)
def test_a_place_is_free_at_the_first_moment_with_fewer_than_the_limit(
    instants: list[int], now: int, span: int, limit: int
) -> None:
    """Whatever lies before and ahead: every second in between is looked at."""
    found = free_at([NOON + each * SECOND for each in instants], NOON + now * SECOND, span * SECOND, limit)

    first = next(
        second for second in range(now, 100) if sum(second - span < each <= second for each in instants) < limit
    )
    assert found == NOON + first * SECOND
