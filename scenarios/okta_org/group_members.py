"""The members of a pushed group: who is to be added and who removed, and what came of it."""

from collections.abc import Iterator
from dataclasses import replace

from okta_connector.values import MembershipChange
from okta_org import tasks
from okta_org.decisions import is_provisional
from okta_org.draft import Draft
from okta_org.events import EventType
from okta_org.group_trouble import about, success_of
from okta_org.org import Org
from okta_org.pushes import ChangeMembers, Listed, PushOutcome, ReadMembers
from okta_org.values import GroupMapping, MappingStatus, PushStep, TaskKind, UserStatus


def push_members(draft: Draft, mapping: GroupMapping) -> None:
    """Bring the app group's members up to date, unless the admin wants that later."""
    if not mapping.members_now:
        draft.keep_mapping(replace(mapping, status=MappingStatus.ACTIVE, error_summary=None))
        tasks.close(draft, draft.org.task(TaskKind.GROUP_PUSH, mapping.app, mapping.group))
        return
    values, left_out = _member_values(draft.org, mapping)
    target = mapping.target_id or ""
    if mapping.step is PushStep.OVERWRITE:
        invited = tuple(
            (name, draft.org.app_users[name, mapping.app].user_name)
            for name, value in values.items()
            if is_provisional(value) and (name, mapping.app) in draft.org.app_users
        )
        draft.ask(ReadMembers(mapping.app, mapping.group, target, invited))
        return
    names_in, names_out = draft.org.decide.membership_changes(mapping.pushed, tuple(values))
    add = tuple(values[name] for name in names_in)
    remove = tuple(_known_values(draft.org, mapping.app, names_out))
    _ask_for(
        draft, mapping, ChangeMembers(mapping.app, mapping.group, target, add, remove, tuple(values.items()), left_out)
    )


def settle_reading(draft: Draft, push: ReadMembers, outcome: PushOutcome) -> None:
    """Overwrite: compare what is in the app with what Okta says."""
    found = success_of(draft, push, outcome, Listed)
    if found is None:
        return
    mapping, there = found
    for name, external_id in there.ids.items():
        account = draft.org.app_users.get((name, push.app))
        if account is not None:
            draft.keep(replace(account, external_id=external_id))
    values, left_out = _member_values(draft.org, mapping)
    add, remove = draft.org.decide.overwrite_changes(there.members, tuple(values.values()))
    _ask_for(
        draft,
        mapping,
        ChangeMembers(push.app, push.group, push.target_id, add, remove, tuple(values.items()), left_out),
    )


def settle_members(draft: Draft, push: ChangeMembers, outcome: PushOutcome) -> None:
    if found := success_of(draft, push, outcome, MembershipChange):
        mapping, change = found
        _keep_result(draft, mapping, push, change)


def _ask_for(draft: Draft, mapping: GroupMapping, change: ChangeMembers) -> None:
    if change.add or change.remove:
        draft.ask(change)
    else:
        _keep_result(draft, mapping, change, MembershipChange(()))


def _keep_result(draft: Draft, mapping: GroupMapping, push: ChangeMembers, change: MembershipChange) -> None:
    values = dict(push.values)
    waiting = tuple(name for name, value in values.items() if value in change.not_accepted)
    gone = tuple(name for name, value in values.items() if value in change.gone)
    status = draft.org.decide.status_after_membership_push(change)
    summary = f"Not pushed: {', '.join(waiting)}" if status is MappingStatus.ERROR else None
    draft.keep_mapping(
        replace(
            mapping,
            status=status,
            step=PushStep.CHANGES,
            pushed=tuple(name for name in values if name not in {*waiting, *gone}),
            ignored=(*push.left_out, *waiting, *gone),
            last_push=draft.now,
            error_summary=summary,
        )
    )
    has_app = [(name, push.app) in draft.org.app_users for name in push.left_out]
    without = tuple(name for name, has in zip(push.left_out, has_app, strict=True) if not has)
    outstanding = tuple(name for name, has in zip(push.left_out, has_app, strict=True) if has)
    _record_ignored(draft, mapping, without, "not assigned to the app")
    _record_ignored(draft, mapping, outstanding, "not provisioned yet")
    _record_ignored(draft, mapping, waiting, "invitation not accepted")
    _record_ignored(draft, mapping, gone, "no longer in the app")
    draft.record(EventType.GROUP_PUSH_MEMBERSHIPS, about(draft.org, mapping))
    tasks.close(draft, draft.org.task(TaskKind.GROUP_PUSH, push.app, push.group))


def _member_values(org: Org, mapping: GroupMapping) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return what stands for each member in the app, and the active members who have nothing there."""
    values: dict[str, str] = {}
    left_out: list[str] = []
    for name in org.group(mapping.group).members:
        user = org.user(name)
        value = org.decide.member_value(user, org.app_users.get((name, mapping.app)))
        if value is not None:
            values[name] = value
        elif user.status is not UserStatus.DEPROVISIONED:
            left_out.append(name)
    return values, tuple(left_out)


def _known_values(org: Org, app: str, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        account = org.app_users.get((name, app))
        if account is not None and account.external_id is not None:
            yield account.external_id


def _record_ignored(draft: Draft, mapping: GroupMapping, names: tuple[str, ...], reason: str) -> None:
    if names:
        targets = (*about(draft.org, mapping), *names)
        draft.record(EventType.GROUP_PUSH_USERS_IGNORED, targets, detail=reason)
