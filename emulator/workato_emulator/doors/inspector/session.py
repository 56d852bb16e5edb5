"""Where the control token is asked for, once."""

from starlette.responses import Response

from workato_emulator.doors.inspector.dialect import redirect
from workato_emulator.doors.inspector.rendering import render_page
from workato_emulator.doors.inspector.visit import HOME, Visit


def ask_for_token(visit: Visit) -> Response:
    if visit.admission.knows(visit.exchange):
        return redirect(HOME)
    return render_page(visit, "session", wrong=False)


def open_session(visit: Visit) -> Response:
    if not visit.admission.accepts(visit.form.get("token", "").strip()):
        return render_page(visit, "session", 403, wrong=True)
    response = redirect(HOME)
    response.headers["Set-Cookie"] = visit.admission.cookie()
    return response
