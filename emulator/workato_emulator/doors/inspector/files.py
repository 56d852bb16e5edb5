"""The style sheet, the script and the icon, as they lie beside this module."""

from pathlib import Path

from starlette.responses import Response

from workato_emulator.domain.refusals import NotFound
from workato_emulator.doors.inspector.visit import Visit

_FOLDER = Path(__file__).parent / "look"
_TYPES = {"style.css": "text/css", "live.js": "text/javascript", "icon.svg": "image/svg+xml"}


def send_file(visit: Visit) -> Response:
    name = visit.parameters["file"]
    if name not in _TYPES:
        raise NotFound("file", name, _TYPES)
    return Response((_FOLDER / name).read_bytes(), media_type=_TYPES[name])
