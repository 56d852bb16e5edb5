"""What an administrator sets up for SCIM in Workato's own pages: licence, single sign-on, tokens."""

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.copies import replace
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.refusals import NameTaken
from workato_emulator.domain.rules import choice
from workato_emulator.domain.values import Cloud, ScimSettings, Workspace

_CHARACTERS = 40


def fresh_token(ids: IdFactory, assumptions: Assumptions) -> str:
    """A SCIM token that nobody has had (assumption `scim_token_format`)."""
    if assumptions.scim_token_format == "jwt":  # noqa: S105  (a choice's name)
        return ids.token("scim").partition("-")[2]
    return ids.secret("scim", _CHARACTERS)


def _beside_the_earlier_ones(settings: ScimSettings, token: str, assumptions: Assumptions) -> tuple[str, ...]:
    return (*settings.tokens, token)


@choice(
    "SCIM-4",
    "A workspace has one SCIM token; a new one ends the earlier one at once.",
    source="Workato docs: SCIM provisioning, Refresh token; assumption scim_token_count",
    otherwise=_beside_the_earlier_ones,
)
def tokens_with(settings: ScimSettings, token: str, assumptions: Assumptions) -> tuple[str, ...]:
    if assumptions.scim_token_count == "several":  # noqa: S105  (a choice's name)
        return _beside_the_earlier_ones(settings, token, assumptions)
    return (token,)


def with_settings(cloud: Cloud, workspace: Workspace, settings: ScimSettings) -> Cloud:
    """The cloud in which the workspace has these settings, and their tokens lead to it.

    Raises `NameTaken` for a token that opens something else.
    """
    before = () if workspace.scim is None else workspace.scim.tokens
    tokens = cloud.scim_tokens
    for each in before:
        if each not in settings.tokens:
            tokens = tokens.delete(each)
    for each in settings.tokens:
        if each in cloud.tokens or tokens.get(each, workspace.id) != workspace.id:
            raise NameTaken("of this token")
        if each not in tokens:
            tokens = tokens.set(each, workspace.id)
    return replace(cloud.with_workspace(replace(workspace, scim=settings)), scim_tokens=tokens)
