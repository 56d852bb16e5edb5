"""The parts that are clearer on their own: clock, windows, ids, the label on a rule, routing."""

from datetime import UTC, datetime, timedelta

import pytest

from workato_emulator import Clock
from workato_emulator.clock import EPOCH
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.limits import Kind, Window, must_have_quota_left
from workato_emulator.domain.refusals import Invalid, RequestsExhausted
from workato_emulator.domain.rules import Outcome, Trace, choice, rule, tracing
from workato_emulator.http.routing import Route, RouteTable

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

        assert len(window) == len(window.calls) == 60
        assert window.seen_at(NOON + 599 * SECOND, "sliding") is window

    def test_a_window_forgets_what_lies_ahead(self) -> None:
        """After the clock went back the place is free, and stays taken only by what is made then."""
        window = spend(Window(), NOON, 1, "sliding")
        window = spend(window, NOON - SECOND, 1, "sliding")
        with pytest.raises(RequestsExhausted) as refusal:
            spend(window, NOON, 1, "sliding")

        assert refusal.value.retry_after == 59


class TestIds:
    """Ids depend on a seed and a count, and on nothing else."""

    def test_numbers_go_up_and_handles_look_like_the_vendors(self) -> None:
        """`pf-` and eight and six letters or digits."""
        ids = IdFactory(0)
        assert [ids.number(), ids.number()] == [50002, 50003]
        prefix, middle, end = ids.handle("pf").split("-")
        assert (prefix, len(middle), len(end), ids.count) == ("pf", 8, 6, 3)
        assert (middle + end).isalnum()

    def test_the_seed_decides_handles(self) -> None:
        """The same seed and count give the same handle."""
        assert IdFactory(1).handle("am") == IdFactory(1).handle("am")
        assert IdFactory(1).handle("am") != IdFactory(2).handle("am")
        assert IdFactory(1, 5).handle("am") != IdFactory(1).handle("am")

    def test_a_number_somebody_brought_along_is_skipped(self) -> None:
        """And what is smaller than where we are changes nothing."""
        ids = IdFactory(0)
        ids.skip(50010)
        ids.skip(3)
        assert ids.number() == 50011


class TestRules:
    """The label on a guard or a choice. Ids of a family of their own, so that the catalogue's stay theirs."""

    def test_two_rules_cannot_share_an_id(self) -> None:
        """Whoever copies a rule has to give it another one."""
        with pytest.raises(ValueError, match="two rules claim INV-1"):
            rule("INV-1", "Something else.", source="here")

    def test_a_label_says_nothing_without_a_trace(self) -> None:
        """The function is itself; it carries the rule's record."""
        from workato_emulator.domain.people import must_be_an_email

        must_be_an_email("a@b")
        with pytest.raises(Invalid) as refusal:
            must_be_an_email("a")
        assert refusal.value.rule is None
        assert vars(must_be_an_email)["rule"].id == "INV-2"

    def test_a_trace_hears_held_refused_and_suspended(self) -> None:
        """And a refusal is stamped with the rule that spoke."""
        from workato_emulator.domain.people import must_be_an_email

        with tracing(Trace()) as trace:
            must_be_an_email("a@b")
            with pytest.raises(Invalid) as refusal:
                must_be_an_email("a")
        assert trace.met == [("INV-2", Outcome.HELD), ("INV-2", Outcome.REFUSED)]
        assert refusal.value.rule is not None
        assert refusal.value.rule.id == "INV-2"

        with tracing(Trace(frozenset({"INV-2"}))) as trace:
            must_be_an_email("a")
        assert trace.met == [("INV-2", Outcome.SUSPENDED)]

    def test_the_innermost_rule_owns_a_refusal(self) -> None:
        """A rule around it neither claims it nor is said to have held."""
        from workato_emulator.domain.rules import CATALOGUE

        known = dict(CATALOGUE)

        @rule("TEST-1", "Never.", source="this test")
        def never() -> None:
            raise Invalid("never")

        @choice("TEST-2", "What never says.", source="this test", otherwise=lambda: 2)
        def outer() -> int:
            never()
            return 1

        try:
            with tracing(Trace()) as trace, pytest.raises(Invalid) as refusal:
                outer()
            assert trace.met == [("TEST-1", Outcome.REFUSED)]
            assert refusal.value.rule is not None
            assert refusal.value.rule.id == "TEST-1"
            with tracing(Trace(frozenset({"TEST-1"}))):
                assert outer() == 1
            with tracing(Trace(frozenset({"TEST-2"}))):
                assert outer() == 2
        finally:
            CATALOGUE.clear()
            CATALOGUE.update(known)


class TestRouting:
    """A tree of segments."""

    def test_two_routes_for_one_operation_are_a_mistake(self) -> None:
        """Parameter names make no difference."""
        route = Route("GET", "/a/{b}", "one", str)
        with pytest.raises(ValueError, match="two routes for GET /a/"):
            RouteTable([route, Route("GET", "/a/{c}", "two", str)])

    def test_a_literal_segment_wins_over_a_parameter(self) -> None:
        """And a segment that looks like the parameter's mark is a value like any other."""
        table = RouteTable([Route("GET", "/a/{b}", "one", str), Route("GET", "/a/me", "two", str)])
        found = {path: table.find("GET", path) for path in ("/a/me", "/a/you", "/a/{}")}

        assert [each.route.operation for each in found.values() if each and each.route] == ["two", "one", "one"]
        assert [each.parameters for each in found.values() if each] == [{}, {"b": "you"}, {"b": "{}"}]
        assert [each.operation for each in table] == ["one", "two"]

    @pytest.mark.parametrize("path", ["/", "", "/a", "/a/", "/a/b/c", "/b"])
    def test_what_leads_nowhere_is_not_found(self, path: str) -> None:
        """An empty segment is no parameter's value."""
        assert RouteTable([Route("GET", "/a/{b}", "one", str)]).find("GET", path) is None

    def test_a_segment_is_decoded_and_stays_a_segment(self) -> None:
        """A slash in it is part of the name; dots, encoded or not, are nobody's name."""
        table = RouteTable([Route("GET", "/a/{b}", "one", str), Route("GET", "/a/{b}/c", "two", str)])
        found = table.find("GET", "/a/x%2Fc")

        assert (found and found.route and found.route.operation, found and found.parameters) == ("one", {"b": "x/c"})
        assert [table.find("GET", path) for path in ("/a%2Fx", "/a/..", "/a/%2E%2e/c", "/a/.")] == [None] * 4

    def test_what_leads_to_a_get_leads_to_a_head(self) -> None:
        """And a path says so of itself."""
        table = RouteTable([Route("GET", "/a", "one", str), Route("POST", "/b", "two", str)])
        found = table.find("HEAD", "/a")

        assert found is not None
        assert found.route is not None
        assert found.route.operation == "one"
        assert [each and each.allowed for each in (table.find("PUT", "/a"), table.find("HEAD", "/b"))] == [
            ("GET", "HEAD"),
            ("POST",),
        ]
