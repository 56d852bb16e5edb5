"""One person in one workspace: what they hold, what the log says of them, and what was asked about them."""

from heapq import nlargest
from itertools import islice

from starlette.responses import Response

from workato_emulator.domain.grants import grants_held_by
from workato_emulator.domain.people import key_of
from workato_emulator.domain.refusals import NotFound
from workato_emulator.domain.roles import of_type
from workato_emulator.domain.scim.people import id_of, person_called
from workato_emulator.domain.scim.roles import roles_shown
from workato_emulator.domain.values import NO_ACCESS_SENT, NO_ACCESS_SHOWN, Account, Activity, MemberId, Workspace
from workato_emulator.domain.workspaces import workspace_called
from workato_emulator.doors.inspector.people import describe_invitation, describe_member
from workato_emulator.doors.inspector.rendering import render_page
from workato_emulator.doors.inspector.requests import ExchangeView, mentions
from workato_emulator.doors.inspector.visit import Visit
from workato_emulator.http.journal import EntryFilter
from workato_emulator.service.activity import account as account_behind

MOST = 50
"""Entries of the log, and requests, that are shown."""


def show_person(visit: Visit) -> Response:
    """Raises `NotFound` for somebody of whom the workspace has never heard."""
    work = visit.backend.begin()
    email = visit.parameters["email"]
    key = key_of(email, work.assumptions)
    workspace = workspace_called(work.cloud, visit.parameters["workspace"])
    id_, waiting = workspace.members_by_email.get(key), workspace.invitations.get(key)
    account = work.cloud.accounts.get(key)
    history = _find_history(workspace, email, account)
    scim = None if workspace.scim is None else person_called(workspace, email, work.assumptions)
    if id_ is None and waiting is None and scim is None and not history and key not in workspace.invited_at:
        raise NotFound("person", email)
    is_about, secrets = mentions(email, id_), visit.backend.secrets()
    requests = islice(filter(is_about, visit.backend.journal.select(EntryFilter(), newest_first=True)), MOST)
    return render_page(
        visit,
        "person",
        workspace=workspace,
        email=email,
        member=None if id_ is None else describe_member(workspace, workspace.collaborators[id_]),
        invited=None if waiting is None else describe_invitation(workspace, waiting, work.now),
        account=account,
        choices=[(NO_ACCESS_SHOWN, NO_ACCESS_SENT)]
        + [(each.name, each.name) for each in of_type(workspace, workspace.role_type)],
        scim=scim,
        scim_id=None if scim is None else id_of(workspace.id, scim.member.id, work.assumptions),
        scim_roles={} if scim is None else roles_shown(workspace, scim.member.roles, work.assumptions),
        grants=[] if id_ is None else _find_grants(workspace, id_),
        history=[(each, account_behind(work, each.actor)) for each in history],
        requests=[ExchangeView(each, secrets) for each in requests],
    )


def _find_history(workspace: Workspace, email: str, account: Account | None) -> list[Activity]:
    """What the log says of this person, newest first: about them, or done by them."""
    actor = None if account is None else account.id
    wanted = email.lower()
    found = (
        each
        for each in workspace.activity.values()
        if each.actor == actor or (each.resource.email is not None and each.resource.email.lower() == wanted)
    )
    return nlargest(MOST, found, key=lambda each: each.id)


def _find_grants(workspace: Workspace, member: MemberId) -> list[tuple[str, str]]:
    """Project and role of each grant that the person holds without a group."""
    held = grants_held_by(workspace, member)
    return [(workspace.projects[each.project].name, workspace.project_roles[each.role].name) for each in held]
