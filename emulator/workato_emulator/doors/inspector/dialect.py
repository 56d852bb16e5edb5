"""How the inspector says no, and what goes with every one of its answers."""

from starlette.responses import Response

from workato_emulator.domain import refusals as no
from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.refusals import Refusal, shorten
from workato_emulator.http.bodies import BodyTooLarge, Malformed
from workato_emulator.http.dialect import Dialect, entry_for

_STATUSES: dict[type[Refusal], int] = {no.NotFound: 404, BodyTooLarge: 413, Malformed: 400, Refusal: 422}
_POLICY = b"; ".join(
    (
        b"default-src 'none'",
        *(b"%b-src 'self'" % each for each in (b"style", b"script", b"img", b"connect")),
        b"form-action 'self'",
        b"frame-ancestors 'none'",
        b"base-uri 'none'",
    )
)
"""What a page may load, and where it may send a form: ours, to us. No page may show it within its own."""
_HEADERS = (
    (b"content-security-policy", _POLICY),
    (b"cache-control", b"no-store"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"same-origin"),  # with less, a browser does not say where a form comes from
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)


def with_protection(response: Response) -> Response:
    """The same answer, that a browser neither keeps, nor frames, nor takes anything else from."""
    response.raw_headers.extend(_HEADERS)
    return response


def html(text: str, status: int = 200) -> Response:
    return Response(text, status, media_type="text/html")


def redirect(to: str) -> Response:
    """To be asked for by GET, so that reloading the page does nothing again."""
    return Response(None, 303, {"Location": to})


def plain_page(title: str, text: str, status: int) -> Response:
    """A page that needs nothing but its words, for what goes wrong before, or instead of, every other page."""
    from html import escape  # a start needs none

    return html(
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)}</title>"
        '<link rel="stylesheet" href="/_emulator/look/style.css">'
        '<link rel="icon" href="/_emulator/look/icon.svg">'
        f"</head><body><main><h1>{escape(title)}</h1><p>{escape(text)}</p>"
        '<p><a href="/_emulator/">To the inspector</a></p></main></body></html>',
        status,
    )


class InspectorDialect(Dialect):
    def refusal(self, refusal: Refusal, assumed: Assumptions) -> Response:  # noqa: ARG002
        text = refusal.text
        if isinstance(refusal, no.NotFound) and refusal.what:
            text = f"There is no {refusal.what} {shorten(refusal.name)!r}."
        status = entry_for(refusal, _STATUSES)
        return plain_page("Not found" if status == 404 else "Refused", text, status)  # noqa: PLR2004

    def failure(self, number: int) -> Response:  # noqa: ARG002
        return plain_page("The emulator failed", "Its log says how.", 500)
