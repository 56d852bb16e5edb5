"""An org with an app that provisions by SCIM, at a server that keeps what it is told."""

from typing import Any

from okta_connector.scim import ScimConnector, ScimDecisions, ScimSettings, connect_scim
from okta_org import AppSettings, OktaAssumptions

from ..connector.scim.servers import TOKEN, Body, Wire, pretended
from .fake import Fixture, set_up

SCIM = AppSettings(road="scim", governance=False, import_groups=False, push_groups=False)
WITH_GROUPS = AppSettings(road="scim", governance=False, import_groups=False)


def add_scim_app(
    s: Fixture,
    wire: Wire,
    settings: AppSettings = SCIM,
    about: ScimSettings = ScimSettings(),  # noqa: B008 - frozen
    decisions: ScimDecisions = ScimDecisions(),  # noqa: B008 - frozen
) -> Wire:
    """Put the app `scim` into the org, connected to whatever is behind the wire."""
    http = connect_scim("https://scim.example.test", TOKEN, transport=wire)
    switches = s.org.value.assumptions
    s.org.add_app("scim", ScimConnector(http, about, decisions, switches, lambda: "k3Vr9qXa"), settings, label="Scim")
    return wire


def with_scim(
    *people: str,
    settings: AppSettings = SCIM,
    about: ScimSettings = ScimSettings(),  # noqa: B008 - frozen
    assumptions: OktaAssumptions = OktaAssumptions(),  # noqa: B008 - frozen
    users: dict[str, Body] | None = None,
    **server: Any,  # noqa: ANN401 - what `pretended` takes
) -> tuple[Fixture, Wire]:
    s = set_up(*people, assumptions=assumptions)
    return s, add_scim_app(s, pretended(users=users, **server), settings, about)
