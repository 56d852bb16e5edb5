"""Rules as labelled functions.

`@rule(id, sentence, source=…, standing=…)` labels a *guard*: a function that returns nothing or raises a `Refusal`.
`@choice(…, otherwise=…)` labels a decision that returns something, and names what would happen if the rule did not
hold. Both record the rule in `CATALOGUE`, stamp the refusals they raise, and tell whoever is tracing whether the rule
held or refused. A rule whose id is suspended does not speak: the guard lets everything pass, the choice goes the other
way. That is how a scenario is shown to notice.

The trace travels in a `ContextVar`, so that the domain stays free of it: nobody in here reads it.
"""

from collections.abc import Callable
from contextvars import ContextVar, Token
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import ParamSpec, TypeVar

from msgspec import Struct

from workato_emulator.domain.refusals import Refusal

P = ParamSpec("P")
R = TypeVar("R")


class Standing(StrEnum):
    """How we know: a page says so, a client met it on a live tenant, or we assume it."""

    DOCUMENTED = "documented"
    OBSERVED = "observed"
    ASSUMED = "assumed"


class RuleOutcome(StrEnum):
    HELD = "held"
    REFUSED = "refused"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    statement: str
    source: str
    standing: Standing


class Trace(Struct):
    """What the rules said during one request, and which of them were told to be silent."""

    suspended: frozenset[str] = frozenset()
    met: list[tuple[str, RuleOutcome]] = []


CATALOGUE: dict[str, Rule] = {}
_trace: ContextVar[Trace | None] = ContextVar("workato_emulator_trace", default=None)


class tracing(Struct):  # noqa: N801  (read as a word: `with tracing(trace):`)
    """While this is open, rules write into the trace. A struct, as a generator costs a request a microsecond more."""

    trace: Trace
    _token: Token[Trace | None] | None = None

    def __enter__(self) -> Trace:
        self._token = _trace.set(self.trace)
        return self.trace

    def __exit__(self, *_error: object) -> None:
        if self._token is not None:
            _trace.reset(self._token)


def rule(
    id: str,  # noqa: A002  (the field's word)
    statement: str,
    *,
    source: str,
    standing: Standing = Standing.DOCUMENTED,
) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """Label a guard. Suspended, it lets everything pass."""
    declared = _declare(Rule(id, statement, source, standing))

    def label(guard: Callable[P, None]) -> Callable[P, None]:
        def silence(*_args: P.args, **_kwargs: P.kwargs) -> None:
            return None

        return _wrap(declared, guard, silence)

    return label


def choice(
    id: str,  # noqa: A002
    statement: str,
    *,
    source: str,
    otherwise: Callable[P, R],
    standing: Standing = Standing.DOCUMENTED,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Label a decision; `otherwise` is what a world without this rule would do."""
    declared = _declare(Rule(id, statement, source, standing))

    def label(decision: Callable[P, R]) -> Callable[P, R]:
        return _wrap(declared, decision, otherwise)

    return label


def _declare(declared: Rule) -> Rule:
    if CATALOGUE.setdefault(declared.id, declared) is not declared:
        raise ValueError(f"two rules claim {declared.id}")
    return declared


def _wrap(declared: Rule, function: Callable[P, R], otherwise: Callable[P, R]) -> Callable[P, R]:
    id_ = declared.id
    held, refused, suspended = ((id_, outcome) for outcome in RuleOutcome)

    @wraps(function)
    def traced(*args: P.args, **kwargs: P.kwargs) -> R:
        trace = _trace.get()
        if trace is None:
            return function(*args, **kwargs)
        if id_ in trace.suspended:
            trace.met.append(suspended)
            return otherwise(*args, **kwargs)
        try:
            result = function(*args, **kwargs)
        except Refusal as refusal:
            if refusal.rule is None:  # the innermost rule owns the refusal
                refusal.rule = declared
                trace.met.append(refused)
            raise
        trace.met.append(held)
        return result

    vars(traced)["rule"] = declared
    return traced
