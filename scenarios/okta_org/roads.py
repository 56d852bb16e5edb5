"""The two roads from Okta to the app, and what each of them lacks."""

from collections.abc import Mapping

from okta_org.org import Org
from okta_org.refusals import NotOnThisRoad


def is_scim(org: Org, app: str) -> bool:
    return org.app(app).settings.road == "scim"


def must_have_entitlements(org: Org, app: str) -> None:
    if is_scim(org, app):
        raise NotOnThisRoad(
            f"{app} is a SCIM app and has no entitlements: its roles are attributes of the app user's profile"
        )


def must_have_role_attributes(org: Org, app: str) -> None:
    if not is_scim(org, app):
        raise NotOnThisRoad(f"{app} belongs to the catalogue and has no role attributes: its roles are entitlements")


def roles_or_entitlements(
    org: Org,
    app: str,
    roles: Mapping[str, str] | None,
    entitlements: Mapping[str, str] | None,
    groups: tuple[str, ...] = (),
) -> Mapping[str, str]:
    """The roles by environment, from wherever they stand in an app of this road."""
    if roles:
        must_have_role_attributes(org, app)
    if entitlements or groups:
        must_have_entitlements(org, app)
    return roles or entitlements or {}
