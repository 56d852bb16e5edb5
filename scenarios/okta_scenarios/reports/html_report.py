"""`report.html`: the run as one page for people, the same bytes for the same run apart from how long it took.

What went wrong comes first. Whatever comes from scenarios or over the wire is text: the template escapes all of it.
Secrets are left out.
"""

from importlib.metadata import version
from importlib.resources import files

from okta_scenarios.reports import page_parts
from okta_scenarios.reports.summary import STANDINGS, STATUSES, Run
from workato_emulator import counted, one_line

MOST = 20
"""Exchanges, changes, events and tasks of one step that are shown. Hundreds of the same tell a reader nothing more."""

_URGENCY = {"failed": 0, "unnoticed": 1, "unclaimed": 2, "verified": 3, "unbreakable": 4}
"""What somebody has to look at stands first."""


def html_report(run: Run) -> str:
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    page = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    page.filters |= {
        "act": page_parts.act,
        "anchor": page_parts.anchor,
        "body": page_parts.body,
        "changed": page_parts.changed,
        "cleaned": page_parts.cleaned,
        "folded": page_parts.folded,
        "line": one_line,
        "marked": page_parts.marked,
        "passed": page_parts.passed,
        "readable": page_parts.readable,
        "sentence": page_parts.told,
        "sorted_out": page_parts.sorted_out,
        "writes": page_parts.writes,
    }
    page.tests["compared"] = page_parts.compared
    page.globals |= {"counted": counted, "lane": page_parts.lane, "most": MOST, "standings": STANDINGS}
    verdicts = sorted(run.shown_verdicts, key=lambda verdict: _URGENCY[verdict.status])
    return page.from_string(_part("page.html.jinja")).render(
        run=run,
        style=Markup(_part("page.css")),  # noqa: S704  (our own)
        script=Markup(_part("page.js")),  # noqa: S704
        version=version("workato-emulator"),
        verdicts=[(verdict, page_parts.noticed(verdict)) for verdict in verdicts],
        counts={status: sum(each.status == status for each in run.shown_verdicts) for status in STATUSES},
        known={verdict.rule.id: verdict.rule.statement for verdict in verdicts},
        played={result.id for result in run.results},
        decisive=_decisive(run),
    )


def _part(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _decisive(run: Run) -> list[tuple[object, int]]:
    """The assumptions on which most hangs first, each with how many scenarios fail under another answer."""
    failing = [
        (finding, len({each.scenario for each in finding.consequences}))
        for finding in run.swept
        if finding.weight == "decisive"
    ]
    return sorted(failing, key=lambda each: -each[1])
