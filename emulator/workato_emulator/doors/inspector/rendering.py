"""From values to a page. Whatever was sent by somebody is text: the templates escape all of it."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import Response

from workato_emulator.doors.inspector.dialect import html
from workato_emulator.doors.inspector.visit import Visit
from workato_emulator.http.asking import segment
from workato_emulator.text import counted, visible

if TYPE_CHECKING:
    from jinja2 import Environment

_TEMPLATES = Path(__file__).parent / "templates"


@cache
def _templates() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        autoescape=True,
        loader=FileSystemLoader(_TEMPLATES),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
        finalize=_make_visible,
    )
    made.filters |= {"exact": _exact, "moment": _moment, "number": _number, "segment": segment}
    made.globals |= {"counted": counted}
    return made


def render_page(visit: Visit, template: str, status: int = 200, **values: object) -> Response:
    """A page of this template. `values` are what it shows beside what every page has."""
    backend = visit.backend
    return html(
        _templates()
        .get_template(f"{template}.html.jinja")
        .render(
            now=backend.clock.now(),
            may_look=(may_look := visit.admission.knows(visit.exchange)),
            leased=may_look and backend.snapshots.lease is not None,
            form_value=visit.admission.form_value(visit.exchange),
            here=visit.here,
            said=visit.sayings.get(visit.query.get("said")),
            **values,
        ),
        status,
    )


def render_fragment(template: str, **values: object) -> str:
    """A part of a page, for a page that is open already."""
    return _templates().get_template(f"{template}.html.jinja").render(**values)


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S")


def _number(value: float) -> str:
    return f"{value:,}"


def _exact(value: object) -> object:
    """What a form sends back. It has to be what it was, invisible characters included."""
    from markupsafe import escape

    return escape(value)


def _make_visible(value: object) -> object:
    """Text with what a reader cannot see, or would read in another order, as escapes."""
    return visible(value) if type(value) is str else value
