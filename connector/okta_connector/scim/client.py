"""The wire of Okta's SCIM client: its headers, its spelling of queries, and one typed method per request it ever sends.

It never sends POST to a search, Bulk, `/Me` or `/ServiceProviderConfig`, and never deletes a user (Okta: SCIM
integration concepts and requirements).
"""

import re
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import quote

import httpx

from okta_connector.client import NO_IDS
from okta_connector.connection import base_url, bearer
from okta_connector.errors import Garbled, Unsendable
from okta_connector.parsing import JsonObject, an_object
from okta_connector.resources import Rows
from okta_connector.scim import parsing
from okta_connector.scim.bodies import condition, patch
from okta_connector.scim.decisions import PAGE
from okta_connector.scim.values import ScimAttribute, ScimGroup, ScimUser
from okta_connector.transport import Answer, HttpClient, send

SCIM_JSON = "application/scim+json"
HEADERS = {
    "Accept": SCIM_JSON,
    "Accept-Charset": "utf-8",
    "Accept-Encoding": "gzip,deflate",
    "User-Agent": "Okta SCIM Client 1.0.0",
    "Connection": "Keep-Alive",
}
"""As captured from Okta (a firezone spike, and okta-iam-lifecycle-lab)."""

TRAILING = re.compile(r"/*$")
BASE_URL = "the base URL of a SCIM server, such as https://workato.com/scim/v2"


def connect_scim(
    url: str, token: str, *, transport: httpx.BaseTransport | None = None, timeout: float = 60.0
) -> httpx.Client:
    """Open a client as Okta's connection is: base URL as the admin typed it, token in the HTTP header.

    Sixty seconds is how long Okta waits for an answer. A redirect is not followed, and no cookie is kept. Raises
    `ActionFailed` for a URL or a token that cannot be used.
    """
    return httpx.Client(
        base_url=base_url(url, TRAILING, BASE_URL),
        headers={**HEADERS, "Authorization": f"Bearer {bearer(token)}"},
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        transport=transport,
        timeout=timeout,
        follow_redirects=False,
    )


class ScimClient:
    """Each method is one request. Nothing is retried and nothing is remembered."""

    def __init__(self, http: HttpClient) -> None:
        """Take a client as `connect_scim` returns it."""
        self._http = http

    # Users

    def list_users(self, start: int, count: int = PAGE) -> Rows[ScimUser]:
        return self._get(f"/Users?startIndex={start}&count={count}").read(parsing.listing(parsing.user))

    def find_users(self, user_name: str) -> Rows[ScimUser]:
        return self._get(look_up_path("Users", "userName", user_name)).read(parsing.listing(parsing.user))

    def get_user(self, user_id: str) -> ScimUser:
        return self._get(resource_path("Users", user_id)).read(parsing.user)

    def create_user(self, body: JsonObject) -> tuple[int, ScimUser | None]:
        """Send a creation; returns the status and the user, None where the answer is no user."""
        answer = self._send("POST", "/Users", body)
        return answer.status, _user_in(answer)

    def replace_user(self, user_id: str, body: JsonObject) -> ScimUser | None:
        """Send a whole user; the answer may be the user or nothing."""
        return _user_in(self._send("PUT", resource_path("Users", user_id), body))

    def patch_user(self, user_id: str, *operations: JsonObject) -> None:
        """Send operations; 200 with the user and 204 without are both a yes."""
        self._send("PATCH", resource_path("Users", user_id), patch(*operations))

    # Groups

    def list_groups(self, start: int, count: int = PAGE) -> Rows[ScimGroup]:
        return self._get(f"/Groups?startIndex={start}&count={count}").read(parsing.listing(parsing.group))

    def find_groups(self, display_name: str) -> Rows[ScimGroup]:
        return self._get(look_up_path("Groups", "displayName", display_name)).read(parsing.listing(parsing.group))

    def get_group(self, group_id: str) -> ScimGroup:
        return self._get(resource_path("Groups", group_id)).read(parsing.group)

    def create_group(self, body: JsonObject) -> ScimGroup:
        return self._send("POST", "/Groups", body).read(parsing.group)

    def replace_group(self, group_id: str, body: JsonObject) -> None:
        self._send("PUT", resource_path("Groups", group_id), body)

    def patch_group(self, group_id: str, *operations: JsonObject) -> None:
        self._send("PATCH", resource_path("Groups", group_id), patch(*operations))

    def delete_group(self, group_id: str) -> None:
        self._send("DELETE", resource_path("Groups", group_id))

    # Discovery

    def extensions_of_user(self) -> tuple[str, ...]:
        return self._get("/ResourceTypes").read(parsing.extensions_of_user)

    def schema(self, *urns: str) -> tuple[ScimAttribute, ...]:
        answer = self._get("/Schemas")
        return tuple(each for urn in urns for each in answer.read(parsing.attributes_of(urn)))

    def _get(self, path: str) -> Answer:
        return self._send("GET", path)

    def _send(self, method: str, path: str, body: JsonObject | None = None) -> Answer:
        if not NO_IDS.isdisjoint(path.partition("?")[0].split("/")[1:]):
            raise Unsendable(f"{method} {path}", "nothing was sent, because an id is empty or made of dots")
        return send(
            self._http, method, path, body=body, media_type=f"{SCIM_JSON}; charset=utf-8", said=parsing.detail_text
        )


def _user_in(answer: Answer) -> ScimUser | None:
    """Read the user that a write answers with. An answer without one is no failure here; one that is no JSON is."""
    if not answer.body.strip():
        return None
    try:
        return answer.read(parsing.user)
    except Garbled:
        answer.read(an_object)
        return None


def look_up_path(endpoint: str, attribute: str, value: str) -> str:
    return f"/{endpoint}?filter={_encoded(condition(attribute, value))}&startIndex=1&count={PAGE}"


def resource_path(endpoint: str, resource_id: str) -> str:
    return f"/{endpoint}/{_encoded(resource_id)}"


def _encoded(text: str) -> str:
    return quote(text, safe="", errors="surrogatepass")
