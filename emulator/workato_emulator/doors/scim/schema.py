"""The names of a SCIM user: which attributes there are, which of them Workato has a use for, and how they are spelt."""

from collections.abc import Mapping

CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
ROLE = "urn:ietf:params:scim:schemas:workato:1.0:WorkatoRole"
"""Not below `…:schemas:extension:…`, and its attributes have underscores (Workato docs: SCIM provisioning)."""

LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"

SERVED = ("schemas", "id", "externalId", "userName", "name", "displayName", "emails", "active", "meta")
READ_ONLY = ("id", "meta", "groups")
UNMAPPED = (
    *("nickName", "profileUrl", "title", "userType", "preferredLanguage", "locale", "timezone", "phoneNumbers", "ims"),
    *("photos", "addresses", "entitlements", "roles", "x509Certificates"),
)
"""Attributes of RFC 7643 that Workato has no use for."""

_KNOWN: Mapping[str, str] = {
    each.lower(): each for each in (*SERVED, *UNMAPPED, "groups", "password", CORE, ENTERPRISE, ROLE)
}
NAME_PARTS: Mapping[str, str] = {
    each.lower(): each
    for each in ("formatted", "familyName", "givenName", "middleName", "honorificPrefix", "honorificSuffix")
}
EMAIL_PARTS: Mapping[str, str] = {each.lower(): each for each in ("value", "display", "type", "primary", "$ref")}


def canonical(name: str) -> str:
    """The attribute's name as RFC 7643 spells it: names are told apart without regard to case (section 2.1)."""
    return _KNOWN.get(name.lower(), name)
