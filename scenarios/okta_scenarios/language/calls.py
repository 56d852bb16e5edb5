"""What a call sends and expects, held against the names that its operation knows.

A misspelt field is read by nobody, a misspelt look-up is sent as it is written, and a misspelt key is absent whatever
happens: each would be green.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from okta_scenarios.language.models.matching import Lookup, Matcher, is_absence
from okta_scenarios.language.models.steps import CallStep, Step
from okta_scenarios.language.problems import join_choices, nearest
from okta_scenarios.language.references import Complain
from okta_scenarios.language.vocabulary import Fields, Vocabulary
from workato_emulator.text.error_codes.scenarios import SCN_UNKNOWN_KEY

Path = tuple[str | int, ...]

A_SLIP = 0.75
"""How like a look-up word a key has to be, to be taken for it: bodies may have any keys."""
MANY = 12
"""More names than this are not listed: nobody reads them."""


def check_calls(steps: Sequence[Step], vocabulary: Vocabulary, complain: Complain) -> None:
    """Whether calls say what somebody reads, and claim the absence of what could be there."""
    for number, step in enumerate(steps):
        if isinstance(step, CallStep):
            _check_call(step, ("steps", number), vocabulary, complain)


def _check_call(step: CallStep, at: Path, vocabulary: Vocabulary, complain: Complain) -> None:
    named = vocabulary.named(step.call)

    def unknown(place: Path, message: str, meant: str | None) -> None:
        complain((*at, *place), message, meant, SCN_UNKNOWN_KEY)

    _check_parameters(step, unknown)
    if named is None:
        return
    for name in step.query if step.strict else ():
        if name not in named.query:
            _complain_of_name(unknown, ("query", name), f"query parameter of {step.call}", named.query)
    if step.strict and named.body is None and "body" in step.model_fields_set:
        unknown(("body",), f"{step.call} takes no body; `strict: false` sends it all the same", None)
    _check_sent(step, step.body, ("body",), named.body, unknown)
    if step.expect is not None:
        _check_expected(step.expect.body, ("expect", "body"), step.call, named.answer, unknown)
        _check_headers(step.expect.headers or {}, named.headers, unknown)


Unknown = Callable[[Path, str, str | None], None]


def _check_parameters(step: CallStep, unknown: Unknown) -> None:
    """A parameter is a value or a look-up: any other mapping is a look-up that is misspelt."""
    for part, sent in (("path", step.path), ("query", step.query)):
        for name, value in sent.items():
            for inner, where in _tables(value, (part, name)):
                key = str(next(iter(inner), ""))
                unknown(where, f"{key!r} is not a look-up word; {part} parameters hold no mapping", _lookup(key))


def _check_headers(claims: Mapping[str, object], names: Collection[str], unknown: Unknown) -> None:
    for name, claim in claims.items():
        meant = nearest(name, names, A_SLIP)
        if is_absence(claim) and meant is not None and meant.lower() != name.lower():
            message = f"{name!r} is a header of no answer, so that it is absent shows nothing"
            unknown(("expect", "headers", name), message, meant)


def _check_sent(step: CallStep, value: Any, at: Path, fields: Fields | None, unknown: Unknown) -> None:  # noqa: ANN401
    if isinstance(value, list | tuple):
        for index, each in enumerate(value):
            _check_sent(step, each, (*at, index), None if fields is None else fields.items, unknown)
    if not isinstance(value, Mapping):
        return
    names = None if fields is None else fields.names
    for name, each in value.items():
        if names is not None and name in names:
            inside = fields.inside.get(name) if fields is not None else None
            _check_sent(step, each, (*at, name), inside, unknown)
        elif len(value) == 1 and isinstance(each, str) and _lookup(name) is not None:
            unknown((*at, name), f"{name!r} is not a look-up word", _lookup(name))
        elif names is not None and step.strict:
            _complain_of_name(unknown, (*at, name), f"field of {step.call}", names)
        else:
            _check_sent(step, each, (*at, name), None, unknown)


def _check_expected(value: Any, at: Path, call: str, names: Collection[str], unknown: Unknown) -> None:  # noqa: ANN401
    for table, where in _tables(value, at):
        for name, each in table.items():
            if name in names:
                continue
            if is_absence(each) and nearest(name, names) is not None:
                message = f"{name!r} is in no answer of {call}, so that it is absent shows nothing"
                unknown((*where, name), message, nearest(name, names))
            elif len(table) == 1 and isinstance(each, str) and _lookup(name, Matcher) is not None:
                unknown((*where, name), f"{name!r} is neither a look-up nor a matcher", _lookup(name, Matcher))


def _tables(value: Any, at: Path) -> Iterator[tuple[Mapping[str, Any], Path]]:  # noqa: ANN401  (JSON)
    """Every mapping in a value, with its place."""
    if isinstance(value, list | tuple):
        for index, each in enumerate(value):
            yield from _tables(each, (*at, index))
    elif isinstance(value, Mapping):
        yield value, at
        for name, each in value.items():
            yield from _tables(each, (*at, name))


def _complain_of_name(unknown: Unknown, at: Path, what: str, names: Collection[str]) -> None:
    name = str(at[-1])
    meant = nearest(name, names)
    there = f"; there is {join_choices(names)}" if meant is None and len(names) <= MANY else ""
    unknown(at, f"unknown {what}: {name!r}{there}; `strict: false` sends it all the same", meant)


def _lookup(key: str, *more: type[Matcher]) -> str | None:
    """The look-up word, or the matcher, that somebody who wrote `key` meant."""
    words = [*Lookup.model_fields, *(word for shape in more for word in shape.model_fields)]
    return nearest(key, words, A_SLIP)
