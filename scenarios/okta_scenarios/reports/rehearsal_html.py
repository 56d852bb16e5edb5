"""`rehearsal.html`: one page for people, without script and without network. The template escapes every name."""

from collections import Counter
from importlib.resources import files

from okta_scenarios.rehearsal.alternatives import Answer
from okta_scenarios.rehearsal.outcome import Danger
from okta_scenarios.reports.rehearsal_text import called, waited
from okta_scenarios.reports.timeline import HEIGHT, WIDTH, timeline
from okta_scenarios.rules import known_rules
from workato_emulator import counted, one_line

MOST = 50
"""People and tasks of one kind that are listed."""
MOST_ROWS = 2_000


def rehearsal_html(answer: Answer) -> str:
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    page = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    page.filters |= {"line": one_line, "anchor": lambda danger: str(danger).replace(" ", "-"), "called": called}
    page.globals |= {"counted": counted, "most": MOST, "rows_shown": MOST_ROWS, "width": WIDTH, "height": HEIGHT}
    outcome = answer.outcome
    return page.from_string(_part("rehearsal.html.jinja")).render(
        answer=answer,
        outcome=outcome,
        style=Markup(_part("page.css")),  # noqa: S704  (our own)
        dangers=[(danger, rows) for danger in Danger if (rows := outcome.with_danger(danger))],
        tasks=Counter(task.message for task in outcome.tasks).most_common(),
        picture=timeline(outcome.days),
        waited=waited(outcome),
        known=known_rules(),
    )


def _part(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
