"""Answers in the form the live service gives them."""

from typing import Any

from starlette.responses import JSONResponse, Response

from workato_emulator.web.values import Headers


class Json(JSONResponse):
    """A JSON body under the media type that Workato's introduction documents."""

    media_type = "application/json; charset=utf-8"


def ok(data: Any, status: int = 200, headers: Headers | None = None) -> Response:  # noqa: ANN401  (anything JSON can say)
    return Json(data, status, headers)


def empty(status: int = 204) -> Response:
    return Response(None, status)
