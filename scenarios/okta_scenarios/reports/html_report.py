"""`report.html`: the run as one page for people, the same bytes for the same run apart from how long it took.

Whatever comes from scenarios or over the wire is text: the template escapes all of it. Secrets are left out.
"""

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from urllib.parse import quote

from okta_scenarios.audit import Verdict
from okta_scenarios.play import Change, Mismatch, StepResult
from okta_scenarios.play.results import Plain
from okta_scenarios.reports.differences import difference
from okta_scenarios.reports.failures import share_failing, where_it_belongs
from okta_scenarios.reports.summary import STATUSES, Run
from workato_emulator import counted, one_line, text_without_secrets, visible, without_secrets

_TEMPLATE = "page.html.jinja"
MOST = 20
"""Exchanges, changes, events and tasks of one step that are shown. Hundreds of the same tell a reader nothing more."""


def html_report(run: Run) -> str:
    from jinja2 import Environment, StrictUndefined

    page = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    page.filters |= {
        "anchor": _anchor,
        "body": _body,
        "changed": _changed_fields,
        "cleaned": _clean,
        "line": one_line,
        "marked": _difference_text,
    }
    page.globals |= {"counted": counted, "lane": _lane, "most": MOST}
    verdicts = sorted(run.shown_verdicts, key=lambda verdict: _URGENCY[verdict.status])
    text = files(__package__).joinpath(_TEMPLATE).read_text(encoding="utf-8")
    return page.from_string(text).render(
        run=run,
        verdicts=[(verdict, _proof_text(verdict)) for verdict in verdicts],
        counts={status: sum(each.status == status for each in run.shown_verdicts) for status in STATUSES},
        known={verdict.rule.id: verdict.rule.statement for verdict in verdicts},
        played={result.id for result in run.results},
    )


_URGENCY = {"failed": 0, "unnoticed": 1, "unclaimed": 2, "verified": 3, "unbreakable": 4}
"""What somebody has to look at stands first."""


def _proof_text(verdict: Verdict) -> str:
    for proof in verdict.proofs:
        if proof.noticed:
            return f"yes: {proof.scenario}, step {proof.failed_at}"
    if verdict.status == "unnoticed":
        return f"no; {where_it_belongs(verdict)}"
    if verdict.failing:
        return f"not tried: {share_failing(verdict)}"
    return "cannot be broken" if verdict.status == "unbreakable" else "not tried"


def _lane(step: StepResult) -> str:
    """Whose lane the step itself stands in; what time, faults and checks do is on the wire's."""
    first = step.title.partition(" ")[0]
    return first if first in {"okta", "workato"} else "wire"


def _body(text: str) -> str:
    """A body for reading: JSON indented, anything else as it came; without secrets."""
    try:
        value = json.loads(text)
    except ValueError:
        return visible(text_without_secrets(text))
    return visible(json.dumps(without_secrets(value), indent=1, ensure_ascii=False))


def _clean(text: str) -> str:
    return one_line(text_without_secrets(text))


def _anchor(id_: str) -> str:
    """An id as a part of an anchor: no blank, nothing that an address would escape, and another for every id."""
    return quote(id_, safe="").replace("%", ":")


def _difference_text(mismatch: Mismatch) -> str:
    return visible(text_without_secrets("\n".join(difference(mismatch.expected, mismatch.actual))))


def _changed_fields(change: Change) -> Sequence[str]:
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
