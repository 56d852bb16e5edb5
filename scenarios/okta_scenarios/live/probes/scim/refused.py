"""Probes of SCIM that send a write which is refused, or which nothing comes of."""

from okta_scenarios.live.probes.answers import status
from okta_scenarios.live.probes.model import Kind, Need, Probe, Reading, needing, statuses
from okta_scenarios.live.probes.scim.steps import CORE, ask, kind_of_json, send

_LARGE = "x" * (2 * 1024 * 1024)
_UNWELCOME = statuses(400, 404, 405, 501)
_JSON = "application/json"

REFUSED = (
    Probe(
        "scim-unserved",
        Kind.REFUSED,
        (
            send(
                "bulk",
                "POST",
                "/Bulk",
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], "Operations": []},
                may=_UNWELCOME,
                reads=(Reading("scim_bulk", {"501": status(501), "404": status(404)}),),
            ),
            send(
                "search",
                "POST",
                "/Users/.search",
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], "count": 1},
                may=_UNWELCOME | statuses(200),
                reads=(Reading("scim_search", {"501": status(501), "404": status(404)}),),
            ),
        ),
        needing(Need.SCIM),
    ),
    Probe(
        "scim-no-user-name",
        Kind.REFUSED,
        (
            ask("users", "/Users", query={"count": 1}),
            send(
                "as-json",
                "POST",
                "/Users",
                {"schemas": [CORE]},
                headers={"Content-Type": _JSON},
                may=statuses(400, 415),
                reads=(
                    Reading(
                        "scim_media_types",
                        {
                            "json_out": lambda answers: kind_of_json(answers, "users") == _JSON,
                            "scim_only": status(415),
                            "both": status(400),
                        },
                    ),
                ),
            ),
            send(
                "large",
                "POST",
                "/Users",
                {"schemas": [CORE], "nickName": _LARGE},
                may=statuses(400, 413),
                reads=(Reading("scim_payload_limit", {"1_mib": status(413), "none": status(400)}),),
            ),
        ),
        needing(Need.SCIM),
        note="Users without a userName, so that none can be made; one of them is 2 MiB large.",
    ),
)
