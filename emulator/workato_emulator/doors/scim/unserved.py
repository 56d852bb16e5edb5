"""What RFC 7644 has and Workato, as far as anybody knows, does not: bulk, `/Me` and searches that are posted."""

from starlette.responses import Response

from workato_emulator.domain.scim.refusals import NotServed
from workato_emulator.doors.scim.call import ScimCall
from workato_emulator.doors.scim.routes import Routes


def bulk(call: ScimCall) -> Response:
    raise NotServed(int(call.assumed.scim_bulk), "bulk operations are not served: send each by itself")


def me(call: ScimCall) -> Response:
    raise NotServed(int(call.assumed.scim_me), "/Me is not served: a SCIM token belongs to a workspace, not a person")


def search(call: ScimCall) -> Response:
    raise NotServed(int(call.assumed.scim_search), "a search is not posted: send the filter with GET /Users")


ROUTES: Routes = (
    ("POST", "/Bulk", "sendScimBulk", bulk),
    ("GET", "/Me", "getScimMe", me),
    ("POST", "/.search", "searchScim", search),
    ("POST", "/Users/.search", "searchScimUsers", search),
)
