"""Filters of the page: what a step did, what was sent and what changed, for somebody who reads."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from urllib.parse import quote, unquote

from markupsafe import Markup, escape

from okta_scenarios.audit import Verdict
from okta_scenarios.language.durations import duration_in_words
from okta_scenarios.play import Change, Exchange, Mismatch, StepResult
from okta_scenarios.play.results import Plain
from okta_scenarios.reports.differences import difference, is_marked
from okta_scenarios.reports.failures import share_failing, where_it_belongs
from okta_scenarios.reports.in_words import sentence
from workato_emulator import one_line, text_without_secrets, visible, without_secrets

_READABLE = re.compile(r"%(?:5B|5D|40|3A|2C|21|24|27|28|29|2A|3B)", re.IGNORECASE)
"""Escapes whose characters mean nothing else in a request line: brackets, @, colons and the like."""

Times = tuple[Exchange, int]


def noticed(verdict: Verdict) -> str:
    for proof in verdict.proofs:
        if proof.noticed:
            return f"yes: {proof.scenario}, step {proof.failed_at}"
    if verdict.status == "unnoticed":
        return f"no; {where_it_belongs(verdict)}"
    if verdict.failing:
        return f"not tried: {share_failing(verdict)}"
    return "cannot be broken" if verdict.status == "unbreakable" else "not tried"


def lane(step: StepResult) -> str:
    """Whose lane the step itself stands in; what time, faults and checks do is on the wire's."""
    first = step.title.partition(" ")[0]
    return first if first in {"okta", "workato"} else "wire"


def act(step: StepResult) -> Markup:
    """What the step did, with the names of things emphasised."""
    said = str(escape(cleaned(step.said or step.title)))
    return Markup(re.sub(r"\*([^*]+)\*", r"<em>\1</em>", said))  # noqa: S704  (escaped before)


def body(text: str) -> str:
    """A body for reading: JSON indented, anything else as it came; without secrets."""
    try:
        value = json.loads(text)
    except ValueError:
        return visible(text_without_secrets(text))
    return visible(json.dumps(without_secrets(value), indent=1, ensure_ascii=False))


def cleaned(text: str) -> str:
    return one_line(text_without_secrets(text))


def readable(request_line: str) -> str:
    """A request line with `page[number]` in place of its escapes. What would change its meaning stays escaped."""
    return _decoded(cleaned(request_line))


def _decoded(text: str) -> str:
    return _READABLE.sub(lambda escaped: unquote(escaped[0]), text)


def anchor(id_: str) -> str:
    """An id as a part of an anchor: no blank, nothing that an address would escape, and another for every id."""
    return quote(id_, safe="").replace("%", ":")


def told(mismatch: Mismatch) -> str:
    return cleaned(sentence(mismatch))


def marked(mismatch: Mismatch) -> str:
    text = visible(text_without_secrets("\n".join(difference(mismatch.expected, mismatch.actual))))
    return _decoded(text) if mismatch.where.endswith("requests") else text


def compared(mismatch: Mismatch) -> bool:
    """Whether the difference shows more than its sentence: a list, item by item."""
    return is_marked([*difference(mismatch.expected, mismatch.actual)])


def passed(elapsed: timedelta) -> str:
    return duration_in_words(elapsed)


def folded(texts: Sequence[str]) -> list[tuple[str, int]]:
    """Equal lines as one, with how often it was there."""
    return list(Counter(texts).items())


def writes(exchanges: Sequence[Exchange]) -> list[Times]:
    return list(Counter(each for each in exchanges if each.method != "GET").items())


def sorted_out(exchanges: Sequence[Exchange]) -> tuple[list[Times], list[Times]]:
    """The look-ups that lead up to a write, and what stands out: the writes, or everything where there is none."""
    written = writes(exchanges)
    if not written:
        return [], list(Counter(exchanges).items())
    return list(Counter(each for each in exchanges if each.method == "GET").items()), written


def changed(change: Change) -> Sequence[str]:
    """The fields that are different, as lines; of what came or went, all of them."""
    before, after = _fields(change.before), _fields(change.after)
    lines: list[str] = []
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            lines += [f"- {name}: {before[name]}"] if name in before else []
            lines += [f"+ {name}: {after[name]}"] if name in after else []
    return lines


def _fields(value: Plain) -> Mapping[str, str]:
    if value is None:
        return {}
    clean = without_secrets(value)
    fields = clean if isinstance(clean, Mapping) else {"": clean}
    return {
        one_line(name): one_line(json.dumps(each, ensure_ascii=False, default=str)) for name, each in fields.items()
    }
