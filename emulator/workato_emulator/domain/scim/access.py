"""Who calls SCIM: a workspace's identity provider, by the workspace's SCIM token."""

from msgspec import Struct

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.data_centers import hosts_of
from workato_emulator.domain.refusals import ElsewhereAtHome, Unauthenticated
from workato_emulator.domain.rules import Standing, choice, rule
from workato_emulator.domain.scim.refusals import ScimDisabled
from workato_emulator.domain.values import Cloud, Workspace, WorkspaceId


class ScimClient(Struct, frozen=True):
    """The identity provider. Nobody knows more of it than that it has the token."""

    name: str = "SCIM"


class ScimCaller(Struct, frozen=True):
    workspace: Workspace
    client: ScimClient = ScimClient()


def _any_workspace(cloud: Cloud, token: str | None, assumptions: Assumptions) -> ScimCaller:
    """The workspace of the token, or else the first that has SCIM: what a service that checks no tokens would do."""
    known = None if token is None else cloud.scim_tokens.get(token)
    if known is None:
        known = min((id_ for id_, each in cloud.workspaces.items() if each.scim is not None), default=None)
    if known is None:
        raise Unauthenticated
    return ScimCaller(cloud.workspaces[known])


def _of_a_developer_token(cloud: Cloud, token: str | None, assumptions: Assumptions) -> WorkspaceId | None:
    owner = None if token is None else cloud.tokens.get(token)
    return None if owner is None else owner.workspace


@choice(
    "SCIM-2",
    "A Developer API token does not open SCIM, and a SCIM token does not open the Developer API.",
    source="assumption scim_token_separation; Workato docs: SCIM (a token of its own)",
    standing=Standing.ASSUMED,
    otherwise=_of_a_developer_token,
)
def workspace_of_a_developer_token(cloud: Cloud, token: str | None, assumptions: Assumptions) -> WorkspaceId | None:
    """The workspace that SCIM opens to a token of the Developer API."""
    if assumptions.scim_token_separation == "separate":  # noqa: S105  (a choice's name)
        return None
    return _of_a_developer_token(cloud, token, assumptions)


@choice(
    "SCIM-1",
    "Every SCIM request bears the workspace's SCIM token; the token names the workspace.",
    source="Workato docs: SCIM provisioning",
    otherwise=_any_workspace,
)
def scim_caller_of(cloud: Cloud, token: str | None, assumptions: Assumptions) -> ScimCaller:
    known = None if token is None else cloud.scim_tokens.get(token)
    if known is None:
        known = workspace_of_a_developer_token(cloud, token, assumptions)
    if known is None:
        raise Unauthenticated
    return ScimCaller(cloud.workspaces[known])


@rule(
    "SCIM-3",
    "SCIM answers only for a workspace whose licence has it and in which single sign-on by SAML works.",
    source="Workato docs: SCIM provisioning, Prerequisites; what answers is assumption scim_disabled_answer",
)
def must_be_enabled(workspace: Workspace) -> None:
    settings = workspace.scim
    if settings is None or not settings.licensed:
        raise ScimDisabled("the licence does not include it")
    if not settings.sso:
        raise ScimDisabled("single sign-on by SAML is not set up")


US_HOST = "workato.com"
"""The host in every example of a SCIM base URL."""


def base_url_of(workspace: Workspace, assumptions: Assumptions) -> str:
    """What the settings page shows beside the token."""
    host = US_HOST if assumptions.scim_base_url == "us_only" else hosts_of(workspace.data_center)[0]
    return f"https://{host}/scim/v2"


def must_be_at_the_base_url(workspace: Workspace, host: str, data_center: str | None, assumptions: Assumptions) -> None:
    """Raises `ElsewhereAtHome` at the host of another data center (assumption `scim_base_url`).

    `data_center` is the one at this host; None where the host belongs to nobody in particular.
    """
    here = "us" if host == US_HOST else data_center
    at_its_own = here in {None, workspace.data_center}
    in_the_us = data_center is None or host == US_HOST
    if at_its_own and in_the_us:
        return
    if not (in_the_us if assumptions.scim_base_url == "us_only" else at_its_own):
        raise ElsewhereAtHome
