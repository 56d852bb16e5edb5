"""How an expectation is held against what is there."""

from typing import Any

import pytest

from okta_scenarios.language.models.matching import Lookup, Matcher
from okta_scenarios.play.matching import MISSING, compare, in_order, plain_expected
from okta_scenarios.play.results import Mismatch


def resolve(wanted: Lookup) -> Any:  # noqa: ANN401  (whatever is behind the word)
    return {"ada": 4711}.get(wanted.member_id or "")


def wrong(expected: Any, actual: Any, *, exact: bool = False) -> list[Mismatch]:  # noqa: ANN401  (JSON)
    return list(compare("expect.body", expected, actual, resolve, exact=exact))


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        pytest.param("a", "a", id="text"),
        pytest.param(1, 1, id="number"),
        pytest.param(1, 1.0, id="number-of-another-type"),
        pytest.param(True, True, id="true"),
        pytest.param(None, None, id="null"),
        pytest.param({"a": 1}, {"a": 1, "b": 2}, id="mapping-is-partial"),
        pytest.param({"a": {"b": 1}}, {"a": {"b": 1, "c": 2}}, id="mapping-is-partial-inside"),
        pytest.param({}, {"a": 1}, id="empty-mapping"),
        pytest.param({"a": None}, {}, id="null-is-missing"),
        pytest.param((), [], id="empty-list"),
        pytest.param(("a", {"b": 1}), ["a", {"b": 1, "c": 2}], id="list-of-partial-items"),
        pytest.param(Matcher(matches="a+$"), "xaaa", id="matches-anywhere"),
        pytest.param(Matcher(contains="bc"), "abcd", id="contains-text"),
        pytest.param(Matcher(contains="b"), ["a", "b"], id="contains-one-item"),
        pytest.param(Matcher(contains=("b", 1)), [1, "a", "b"], id="contains-items"),
        pytest.param(Matcher(one_of=("a", 1)), 1, id="one-of"),
        pytest.param(Matcher(one_of=("a", None)), None, id="one-of-null"),
        pytest.param(Matcher(at_least=2), 2, id="at-least-that"),
        pytest.param(Matcher(at_least=2), 2.5, id="at-least-more"),
        pytest.param(Matcher(absent=True), None, id="absent"),
        pytest.param({"id": Lookup(member_id="ada")}, {"id": 4711}, id="lookup"),
        pytest.param((Matcher(at_least=1),), [3], id="matcher-in-a-list"),
    ],
)
def test_an_expectation_is_met(expected: object, actual: object) -> None:
    """Nothing is said of what is as expected."""
    assert wrong(expected, actual) == []


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        pytest.param("a", "b", id="text"),
        pytest.param("a", "A", id="case"),
        pytest.param("1", 1, id="text-for-a-number"),
        pytest.param(1, True, id="one-is-not-true"),
        pytest.param(False, 0, id="false-is-not-zero"),
        pytest.param("a", None, id="missing"),
        pytest.param(None, "a", id="there"),
        pytest.param({"a": 1}, ["a"], id="mapping-for-a-list"),
        pytest.param({"a": 1}, "a", id="mapping-for-text"),
        pytest.param({"a": 1}, None, id="mapping-for-nothing"),
        pytest.param(("a",), "a", id="list-for-text"),
        pytest.param(("a",), {"a": 1}, id="list-for-a-mapping"),
        pytest.param(("a",), ["a", "b"], id="list-is-complete"),
        pytest.param(("a", "b"), ["a"], id="list-is-shorter"),
        pytest.param((), None, id="list-for-nothing"),
        pytest.param(Matcher(matches="^a"), "ba", id="matches"),
        pytest.param(Matcher(matches="1"), 1, id="matches-text-only"),
        pytest.param(Matcher(matches="."), None, id="matches-nothing"),
        pytest.param(Matcher(contains="x"), "abcd", id="contains-text"),
        pytest.param(Matcher(contains="b"), ["abc"], id="contains-whole-items"),
        pytest.param(Matcher(contains=("a", "x")), ["a"], id="contains-items"),
        pytest.param(Matcher(contains=("a",)), "abc", id="contains-items-of-text"),
        pytest.param(Matcher(contains="a"), {"a": 1}, id="contains-for-a-mapping"),
        pytest.param(Matcher(contains="a"), None, id="contains-for-nothing"),
        pytest.param(Matcher(contains=(1,)), [True], id="contains-one-is-not-true"),
        pytest.param(Matcher(one_of=("a", "b")), "c", id="one-of"),
        pytest.param(Matcher(one_of=(1, 2)), True, id="one-of-is-not-true"),
        pytest.param(Matcher(one_of=("a",)), None, id="one-of-nothing"),
        pytest.param(Matcher(at_least=2), 1.9, id="at-least"),
        pytest.param(Matcher(at_least=0), True, id="at-least-a-number"),
        pytest.param(Matcher(at_least=0), "1", id="at-least-for-text"),
        pytest.param(Matcher(at_least=0), None, id="at-least-for-nothing"),
        pytest.param(Matcher(absent=True), "", id="absent-but-empty"),
        pytest.param(Matcher(absent=True), 0, id="absent-but-zero"),
        pytest.param(Lookup(member_id="ada"), 4712, id="lookup"),
        pytest.param(Lookup(member_id="ada"), None, id="lookup-for-nothing"),
        pytest.param(Lookup(member_id="bob"), None, id="lookup-of-nobody"),
        pytest.param(Lookup(member_id="bob"), 4711, id="lookup-of-nobody-for-somebody"),
    ],
)
def test_an_expectation_is_not_met(expected: object, actual: object) -> None:
    """What is not as expected is said once, at its place."""
    assert [each.where for each in wrong(expected, actual)] == ["expect.body"]


def test_each_wrong_piece_is_named_by_its_place() -> None:
    """Several things may be wrong; each is said where it is, keys and numbers of items joined by dots."""
    expected = {"data": ({"name": "Ada", "id": 1}, {"name": "Bob"}), "total": 2}
    actual = {"data": [{"name": "Ada", "id": 7}, {}], "total": 3}

    assert wrong(expected, actual) == [
        Mismatch("expect.body.data.0.id", 1, 7),
        Mismatch("expect.body.data.1.name", "Bob", MISSING),
        Mismatch("expect.body.total", 2, 3),
    ]


def test_exact_names_what_is_too_much() -> None:
    """With `exact` a key that nobody wrote is a mismatch, on every level, in the order of the alphabet."""
    assert wrong({"a": {"b": 1}}, {"a": {"b": 1, "z": None, "c": [2]}, "d": 3}, exact=True) == [
        Mismatch("expect.body.a.c", MISSING, [2]),
        Mismatch("expect.body.a.z", MISSING, MISSING),
        Mismatch("expect.body.d", MISSING, 3),
    ]
    assert wrong(({"a": 1},), [{"a": 1, "b": 2}], exact=True) == [Mismatch("expect.body.0.b", MISSING, 2)]
    assert wrong({"a": 1}, {"a": 1}, exact=True) == []


def test_expectations_are_described_as_they_were_written() -> None:
    """A report shows a matcher or a lookup as the word that stands in the file."""
    written = {"a": Matcher(matches="x"), "b": (Lookup(member_id="ada"), "c", None), "d": Matcher(contains=("e", 1))}

    assert plain_expected(written) == {
        "a": {"matches": "x"},
        "b": [{"member_id": "ada"}, "c", None],
        "d": {"contains": ["e", 1]},
    }


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        pytest.param([], True, id="nothing"),
        pytest.param(["a", "c"], True, id="with-others-between"),
        pytest.param(["c", "a"], False, id="in-another-order"),
        pytest.param(["a", "a"], False, id="twice"),
        pytest.param(["d"], False, id="not-there"),
    ],
)
def test_things_are_found_in_their_order(wanted: list[str], *, found: bool) -> None:
    """All that is wanted is there in this order; what stands between does not matter."""
    assert in_order(wanted, ["a", "b", "c"], str.__eq__) is found


@pytest.mark.parametrize("expression", ["^(a+)+$", "(a|aa)+$", "^(a|a)*$", "(?=a)(a+)+\\1$", "(?P<x>a+)+\\Z"])
def test_no_expression_keeps_a_run_busy(expression: str) -> None:
    """Where Python would try for ever, the text is not found."""
    assert wrong(Matcher(matches=expression), "a" * 60 + "b") != []


@pytest.mark.parametrize(
    "expression",
    ["^Ad", "da$", "(?i)ADA", r"\bAda\b", "A.a", "^(Ada|Ben)$", "(?P<x>d)a\\Z", r"\AAda", "(?<=A)d", "d(?!d)"],
)
def test_an_expression_is_found_anywhere(expression: str) -> None:
    """In the usual ways of writing one."""
    assert wrong(Matcher(matches=expression), "Ada") == []
