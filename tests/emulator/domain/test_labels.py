"""The label on a guard or a choice, and the trace it leaves."""

import pytest

from workato_emulator.domain.refusals import Invalid
from workato_emulator.domain.rules import RuleOutcome, Trace, choice, rule, tracing


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
        assert trace.met == [("INV-2", RuleOutcome.HELD), ("INV-2", RuleOutcome.REFUSED)]
        assert refusal.value.rule is not None
        assert refusal.value.rule.id == "INV-2"

        with tracing(Trace(frozenset({"INV-2"}))) as trace:
            must_be_an_email("a")
        assert trace.met == [("INV-2", RuleOutcome.SUSPENDED)]

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
            assert trace.met == [("TEST-1", RuleOutcome.REFUSED)]
            assert refusal.value.rule is not None
            assert refusal.value.rule.id == "TEST-1"
            with tracing(Trace(frozenset({"TEST-1"}))):
                assert outer() == 1
            with tracing(Trace(frozenset({"TEST-2"}))):
                assert outer() == 2
        finally:
            CATALOGUE.clear()
            CATALOGUE.update(known)
