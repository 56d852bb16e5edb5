"""`/ServiceProviderConfig`, `/ResourceTypes` and `/Schemas`: what the door can do, and what a user is (RFC 7644, 4)."""

from typing import Any

from starlette.responses import Response

from workato_emulator.domain.refusals import NotFound, Unauthenticated, shorten
from workato_emulator.domain.scim.refusals import NotServed
from workato_emulator.doors.scim.call import ScimCall
from workato_emulator.doors.scim.paging import list_of
from workato_emulator.doors.scim.routes import Routes
from workato_emulator.doors.scim.schema import CORE, ROLE

_CONFIG = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"
_TYPE = "urn:ietf:params:scim:schemas:core:2.0:ResourceType"
OPEN = frozenset({"getScimServiceProviderConfig"})
"""What is read without a token (assumption `scim_discovery_open`)."""


def config(call: ScimCall) -> Response:
    _must_be_served(call)
    most = call.assumed.scim_page_max
    document = {
        "schemas": [_CONFIG],
        "patch": {"supported": True},
        "bulk": {"supported": False, "maxOperations": 0, "maxPayloadSize": 0},
        "filter": {"supported": True, "maxResults": 1_000_000 if most == "none" else int(most)},
        "changePassword": {"supported": False},
        "sort": {"supported": call.assumed.scim_sort == "served"},
        "etag": {"supported": call.assumed.scim_etag == "weak"},
        "authenticationSchemes": [
            {
                "type": "oauthbearertoken",
                "name": "SCIM token",
                "description": "The token that Workato's settings for SCIM provisioning show once, as a bearer token.",
                "primary": True,
            }
        ],
        "meta": {"resourceType": "ServiceProviderConfig", "location": f"{call.base}/ServiceProviderConfig"},
    }
    return call.answer(document)


def resource_types(call: ScimCall) -> Response:
    _must_be_served(call)
    return _all(call, [_user_type(call)])


def resource_type(call: ScimCall) -> Response:
    _must_be_served(call)
    if call.path["id"] != "User":
        raise _Unknown("resource type", call.path["id"], "User")
    return call.answer(_user_type(call))


def schemas(call: ScimCall) -> Response:
    _must_be_served(call)
    return _all(call, _schemas(call))


def schema(call: ScimCall) -> Response:
    _must_be_served(call)
    wanted = call.path["id"].lower()
    found = next((each for each in _schemas(call) if each["id"].lower() == wanted), None)
    if found is None:
        raise _Unknown("schema", call.path["id"], f"{CORE}, {ROLE}")
    return call.answer(found)


class _Unknown(NotFound):
    def __init__(self, what: str, name: str, known: str) -> None:
        super().__init__(what, name)
        self.text = f"{what} {shorten(name)} does not exist; there are {known}"


def _must_be_served(call: ScimCall) -> None:
    """Raises what assumption `scim_discovery` says, and a refusal for a filter (RFC 7644, section 4)."""
    if call.assumed.scim_discovery == "401":
        raise Unauthenticated
    if call.assumed.scim_discovery == "404":
        raise NotServed(404, "discovery is not served")
    if "filter" in call.query:
        raise NotServed(403, "discovery takes no filter")


def _all(call: ScimCall, found: list[dict[str, Any]]) -> Response:
    """A list of everything: paging and sorting are ignored."""
    return call.answer(list_of(found, len(found)))


def _user_type(call: ScimCall) -> dict[str, Any]:
    return {
        "schemas": [_TYPE],
        "id": "User",
        "name": "User",
        "description": "A collaborator of the workspace, or somebody whom SCIM has deactivated.",
        "endpoint": "/Users",
        "schema": CORE,
        "schemaExtensions": [{"schema": ROLE, "required": False}],
        "meta": {"resourceType": "ResourceType", "location": f"{call.base}/ResourceTypes/User"},
    }


def _schemas(call: ScimCall) -> list[dict[str, Any]]:
    from workato_emulator.doors.scim.documents import schemas_of  # needs the library

    documents = schemas_of(call.workspace, with_groups=call.assumed.scim_user_groups_attribute == "honoured")
    return [
        {**each, "meta": {"resourceType": "Schema", "location": f"{call.base}/Schemas/{each['id']}"}}
        for each in documents
    ]


ROUTES: Routes = (
    ("GET", "/ServiceProviderConfig", "getScimServiceProviderConfig", config),
    ("GET", "/ResourceTypes", "listScimResourceTypes", resource_types),
    ("GET", "/ResourceTypes/{id}", "getScimResourceType", resource_type),
    ("GET", "/Schemas", "listScimSchemas", schemas),
    ("GET", "/Schemas/{id}", "getScimSchema", schema),
)
