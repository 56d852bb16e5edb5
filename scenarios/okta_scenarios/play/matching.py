"""Comparing what is expected with what is there, by the rule that `language.models.matching` states."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from okta_scenarios.language.expressions import expression
from okta_scenarios.language.models.matching import Lookup, Matcher
from okta_scenarios.play.results import Mismatch, Plain

MISSING = "(absent)"
"""How a report shows that a thing is not there."""

Resolve = Callable[[Lookup], Any]


def compare(where: str, expected: Any, actual: Any, resolve: Resolve, *, exact: bool = False) -> Iterator[Mismatch]:  # noqa: ANN401
    """What is not as expected, piece by piece. `actual` is None for what is not there."""
    if isinstance(expected, Lookup):
        found = resolve(expected)
        if found is None:  # nothing equals what cannot be found, least of all a thing that is not there
            yield Mismatch(where, plain_expected(expected), plain_actual(actual))
            return
        expected = found
    if isinstance(expected, Matcher):
        if not _matches(expected, actual):
            yield Mismatch(where, plain_expected(expected), plain_actual(actual))
    elif isinstance(expected, Mapping):
        yield from _compare_mappings(where, expected, actual, resolve, exact=exact)
    elif _is_list(expected):
        if not _is_list(actual) or len(actual) != len(expected):
            yield Mismatch(where, plain_expected(expected), plain_actual(actual))
            return
        for index, (want, have) in enumerate(zip(expected, actual, strict=True)):
            yield from compare(f"{where}.{index}", want, have, resolve, exact=exact)
    elif not _equal(expected, actual):
        yield Mismatch(where, expected, plain_actual(actual))


def _compare_mappings(
    where: str,
    expected: Mapping[Any, Any],
    actual: Any,  # noqa: ANN401
    resolve: Resolve,
    *,
    exact: bool,
) -> Iterator[Mismatch]:
    if not isinstance(actual, Mapping):
        yield Mismatch(where, plain_expected(expected), plain_actual(actual))
        return
    for key, value in expected.items():
        yield from compare(f"{where}.{key}", value, actual.get(key), resolve, exact=exact)
    for key in sorted(actual.keys() - expected.keys()) if exact else ():
        yield Mismatch(f"{where}.{key}", MISSING, plain_actual(actual[key]))


def _equal(expected: Any, actual: Any) -> bool:  # noqa: ANN401
    """Whether two plain values are the same in JSON, where `true` is no number."""
    return bool(expected == actual) and isinstance(expected, bool) == isinstance(actual, bool)


def _holds(items: Any, wanted: Any) -> bool:  # noqa: ANN401
    return any(_equal(wanted, each) for each in items)


def _is_list(value: Any) -> bool:  # noqa: ANN401
    return isinstance(value, Sequence) and not isinstance(value, str)


def _matches(matcher: Matcher, actual: Any) -> bool:  # noqa: ANN401
    if matcher.absent is not None:
        return actual is None
    if matcher.one_of is not None:
        return _holds(matcher.one_of, actual)
    if matcher.at_least is not None:
        return isinstance(actual, int | float) and not isinstance(actual, bool) and actual >= matcher.at_least
    if matcher.matches is not None:
        return isinstance(actual, str) and expression(matcher.matches).is_valid(actual)
    wanted = matcher.contains
    if isinstance(actual, str):
        return isinstance(wanted, str) and wanted in actual
    items = (wanted,) if isinstance(wanted, str) else wanted or ()
    return _is_list(actual) and all(_holds(actual, each) for each in items)


def plain_expected(expected: Any) -> Plain:  # noqa: ANN401
    """An expectation as plain data for a report: a matcher as the word it was written with."""
    if isinstance(expected, Matcher | Lookup):
        return {key: plain_expected(value) for key, value in expected.model_dump(exclude_unset=True).items()}
    if isinstance(expected, Mapping):
        return {str(key): plain_expected(value) for key, value in expected.items()}
    if isinstance(expected, Sequence) and not isinstance(expected, str):
        return [plain_expected(each) for each in expected]
    plain: Plain = expected
    return plain


def plain_actual(actual: Any) -> Plain:  # noqa: ANN401
    return MISSING if actual is None else plain_expected(actual)


def in_order(wanted: Sequence[str], there: Sequence[str], agrees: Callable[[str, str], bool]) -> bool:
    """Whether all that is wanted is there in this order, with anything between."""
    rest = iter(there)
    return all(any(agrees(want, have) for have in rest) for want in wanted)
