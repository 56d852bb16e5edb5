"""Where the control token is asked for, once."""

from starlette.responses import Response

from workato_emulator.doors.inspector.dialect import redirected
from workato_emulator.doors.inspector.rendering import page
from workato_emulator.doors.inspector.visit import HOME, Visit


def ask_for_token(visit: Visit) -> Response:
    if visit.admission.knows(visit.exchange):
        return redirected(HOME)
    return page(visit, "session", wrong=False)


def open_session(visit: Visit) -> Response:
    if not visit.admission.accepts(visit.form.get("token", "").strip()):
        return page(visit, "session", 403, wrong=True)
    response = redirected(HOME)
    response.headers["Set-Cookie"] = visit.admission.cookie()
    return response
