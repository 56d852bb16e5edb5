"""Signing in by SAML: just-in-time provisioning, and the sync of roles and groups (Workato docs: SAML role sync)."""

from collections.abc import Iterable, Mapping

from immutables import Map

from workato_emulator.domain.copies import replace
from workato_emulator.domain.invitations import must_have_a_seat
from workato_emulator.domain.people import key_of, must_be_an_email
from workato_emulator.domain.refusals import Invalid, NotFound
from workato_emulator.domain.roles import RoleNamed, RolesWritten, resolve, with_roles
from workato_emulator.domain.scim.people import provisioned, with_kept
from workato_emulator.domain.scim.roles import default_role, roles_that_count
from workato_emulator.domain.scim.sign_in import must_not_be_deactivated
from workato_emulator.domain.values import Collaborator, Workspace
from workato_emulator.domain.workspaces import workspace_called
from workato_emulator.service import collaborators, groups
from workato_emulator.service.work import UnitOfWork


def sign_in(
    work: UnitOfWork, slug: str, email: str, name: str, roles: Mapping[str, str], in_groups: Iterable[str] | None
) -> Collaborator:
    """Somebody signs in with an assertion that names these roles, by environment, and these collaborator groups.

    A stranger joins where just-in-time provisioning is on. Roles and groups count where role sync is on.
    Raises `NotFound`, `Invalid`, `EmailInvalid`, `SignInBlocked`, `SeatsExhausted`, or `Protected` for an administrator
    whom the workspace cannot lose.
    """
    workspace = workspace_called(work.cloud, slug)
    settings = workspace.scim
    if settings is None or not settings.sso:
        raise Invalid("single sign-on by SAML is not set up for this workspace")
    must_be_an_email(email)
    key = key_of(email, work.assumptions)
    named = _roles(work, workspace, roles) if settings.role_sync else {}
    if key not in workspace.members_by_email:
        must_not_be_deactivated(workspace, email, key, work.assumptions)
        if not settings.jit:
            raise NotFound("collaborator", email, (each.email for each in workspace.collaborators.values()))
        must_have_a_seat(workspace, len(workspace.collaborators))
        first = with_roles(Map(), named or default_role(workspace))
        member = collaborators.join(work, workspace.id, name, email, first)
        _mark(work, workspace, member, named)
    else:
        member = _synced(work, workspace, workspace.collaborators[workspace.members_by_email[key]], named)
    if settings.role_sync and in_groups is not None:
        groups.put_into_only(work, slug, member.email, list(in_groups))
    return collaborators.member_called(work, workspace.id, email)


def _roles(work: UnitOfWork, workspace: Workspace, roles: Mapping[str, str]) -> RolesWritten:
    named = tuple(RoleNamed(environment, name, workspace.role_type) for environment, name in roles.items())
    return resolve(workspace, named, work.assumptions, no_access=True)


def _synced(work: UnitOfWork, workspace: Workspace, member: Collaborator, named: RolesWritten) -> Collaborator:
    """The member with the roles of the assertion, as far as they count."""
    kept = workspace.scim_people.get(member.id)
    counting = roles_that_count(Map() if kept is None else kept.synced, "saml", named, work.assumptions)
    after = replace(member, roles=with_roles(member.roles, counting))
    collaborators.change(work, workspace.id, member, after)
    _mark(work, workspace, after, counting)
    return after


def _mark(work: UnitOfWork, workspace: Workspace, member: Collaborator, written: RolesWritten) -> None:
    """Remember that these roles came by SAML."""
    if not written:
        return
    held = work.cloud.workspaces[workspace.id]
    person = provisioned(member, held.scim_people.get(member.id))
    marked = replace(person, synced=person.synced.update(dict.fromkeys(written, "saml")))
    work.cloud = work.cloud.with_workspace(with_kept(held, marked, key_of(member.email, work.assumptions)))
