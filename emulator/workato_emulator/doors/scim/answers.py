"""Answers of SCIM: their media type, and the error that every refusal is (RFC 7644, sections 3.1 and 3.12)."""

from typing import Any

from starlette.responses import Response

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.http.answers import encoded
from workato_emulator.http.own_errors import cut
from workato_emulator.http.values import Headers

ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
_SCIM = (b"content-type", b"application/scim+json; charset=utf-8")
_JSON = (b"content-type", b"application/json; charset=utf-8")


class ScimResponse(Response):
    """A body under the media type that assumption `scim_media_types` says."""

    media_type = "application/scim+json"

    def __init__(
        self,
        content: Any,  # noqa: ANN401  (anything JSON can say)
        status_code: int,
        assumed: Assumptions,
        headers: Headers | None = None,
    ) -> None:
        self.status_code = status_code
        self.background = None
        self.body = body = encoded(content)
        media_type = _JSON if assumed.scim_media_types == "json_out" else _SCIM
        self.raw_headers = [(b"content-length", b"%d" % len(body)), media_type]
        for name, value in (headers or {}).items():
            self.raw_headers.append((name.lower().encode("latin-1"), value.encode("latin-1")))


def error(
    status: int, detail: str, assumed: Assumptions, scim_type: str | None = None, headers: Headers | None = None
) -> Response:
    """A refusal as SCIM has it. `detail` is what an Okta administrator reads on the task that failed."""
    body: dict[str, Any] = {
        "schemas": [ERROR],
        "status": status if assumed.scim_status_type == "number" else str(status),
    }
    if scim_type is not None:
        body["scimType"] = scim_type
    return ScimResponse(body | {"detail": cut(detail)}, status, assumed, headers)
