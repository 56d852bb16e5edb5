"""What an administrator does for SCIM in Workato's own pages: switch it on, and make, refresh and revoke its token."""

from collections.abc import Mapping

from workato_emulator.domain.activity import Event, ResourceType
from workato_emulator.domain.copies import replace
from workato_emulator.domain.scim import settings
from workato_emulator.domain.scim.access import must_be_enabled
from workato_emulator.domain.values import ScimSettings, Workspace
from workato_emulator.domain.workspaces import workspace_called
from workato_emulator.service.work import UnitOfWork


def change(work: UnitOfWork, slug: str, changes: Mapping[str, bool]) -> ScimSettings:
    """Change what is named: licence, single sign-on, just-in-time provisioning, role sync. Raises `NotFound`.

    A workspace that has never had SCIM has none of what is not named.
    """
    workspace = workspace_called(work.cloud, slug)
    before = ScimSettings(licensed=False, sso=False) if workspace.scim is None else workspace.scim
    after = ScimSettings(
        licensed=changes.get("licensed", before.licensed),
        sso=changes.get("sso", before.sso),
        jit=changes.get("jit", before.jit),
        role_sync=changes.get("role_sync", before.role_sync),
        tokens=before.tokens,
    )
    if workspace.scim != after:
        _keep(work, workspace, after)
    return after


def generate_token(work: UnitOfWork, slug: str, token: str | None) -> str:
    """Make a SCIM token, or take the one that is given. An earlier one is dead at once.

    Raises `NotFound`, `ScimDisabled` where the page does not offer it, or `NameTaken` for a token that opens another
    door or another workspace.
    """
    workspace = workspace_called(work.cloud, slug)
    must_be_enabled(workspace)
    before = ScimSettings() if workspace.scim is None else workspace.scim
    fresh = settings.fresh_token(work.ids, work.assumptions) if token is None else token
    _keep(work, workspace, replace(before, tokens=settings.tokens_with(before, fresh, work.assumptions)))
    return fresh


def revoke_token(work: UnitOfWork, slug: str) -> None:
    """End SCIM's tokens: this is how SCIM is switched off. Raises `NotFound`."""
    workspace = workspace_called(work.cloud, slug)
    if workspace.scim is not None and workspace.scim.tokens:
        _keep(work, workspace, replace(workspace.scim, tokens=()))


def _keep(work: UnitOfWork, workspace: Workspace, after: ScimSettings) -> None:
    work.cloud = settings.with_settings(work.cloud, workspace, after)
    work.record(workspace.id, Event.SETTINGS_UPDATED, (ResourceType.SETTINGS, workspace.id, workspace.name))
