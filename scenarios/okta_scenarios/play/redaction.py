"""A step's result as it may be shown: whatever report it goes into, no secret is in it."""

import json
from dataclasses import replace

from okta_scenarios.play.results import Change, Exchange, Mismatch, StepResult
from workato_emulator import Secrets


def without_secrets(step: StepResult, secrets: Secrets) -> StepResult:
    """The same result without tokens and other credentials, by value, look or name."""
    text = secrets.out_of_text
    return replace(
        step,
        title=text(step.title),
        said=text(step.said),
        note=None if step.note is None else text(step.note),
        mismatches=tuple(_mismatch(each, secrets) for each in step.mismatches),
        exchanges=tuple(_exchange(each, secrets) for each in step.exchanges),
        tasks=tuple(map(text, step.tasks)),
        events=tuple(map(text, step.events)),
        warnings=tuple(map(text, step.warnings)),
        meanwhile=tuple(map(text, step.meanwhile)),
        changes=tuple(
            Change(text(each.path), secrets.out_of(each.before), secrets.out_of(each.after)) for each in step.changes
        ),
    )


def _mismatch(mismatch: Mismatch, secrets: Secrets) -> Mismatch:
    where = mismatch.where
    return Mismatch(
        secrets.out_of_text(where), secrets.out_of(mismatch.expected, where), secrets.out_of(mismatch.actual, where)
    )


def _exchange(exchange: Exchange, secrets: Secrets) -> Exchange:
    return replace(
        exchange,
        path=secrets.out_of_text(exchange.path),
        request=_body(exchange.request, secrets),
        response=_body(exchange.response, secrets),
    )


def _body(text: str, secrets: Secrets) -> str:
    """JSON stays JSON; what holds no secret stays as it was sent, to the byte."""
    if not secrets.in_sight(text):
        return text
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return secrets.out_of_text(text)
    clean = secrets.out_of(value)
    return text if clean == value else json.dumps(clean, ensure_ascii=False, separators=(",", ":"))
