"""The members of a pushed group: who is to be added and who removed, and what came of it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from okta_connector.values import MembershipChange, MembershipPush
from okta_org import tasks
from okta_org.decisions import is_provisional
from okta_org.draft import Draft
from okta_org.events import EventType
from okta_org.group_trouble import about, success_of, target_of
from okta_org.org import Org
from okta_org.pushes import ChangeMembers, Listed, PushOutcome, ReadMembers
from okta_org.roads import is_scim
from okta_org.values import GroupMapping, MappingStatus, PushStep, TaskKind, UserStatus


def push_members(draft: Draft, mapping: GroupMapping) -> None:
    """Bring the app group's members up to date, unless the admin wants that later."""
    if not mapping.members_now:
        draft.keep_mapping(replace(mapping, status=MappingStatus.ACTIVE, error_summary=None))
        tasks.close(draft, draft.org.task(TaskKind.GROUP_PUSH, mapping.app, mapping.group))
        return
    values, left_out = _member_values(draft.org, mapping)
    scim = is_scim(draft.org, mapping.app)
    if mapping.step is PushStep.OVERWRITE and not scim:
        invited = tuple(
            (name, draft.org.app_users[name, mapping.app].user_name)
            for name, value in values.items()
            if is_provisional(value) and (name, mapping.app) in draft.org.app_users
        )
        draft.ask(ReadMembers(mapping.app, mapping.group, mapping.target_id or "", invited))
        return
    names_in, names_out = draft.org.decide.membership_changes(mapping.pushed, tuple(values))
    add = tuple(values[name] for name in names_in)
    remove = tuple(_known_values(draft.org, mapping.app, names_out))
    overwrite = mapping.step is PushStep.OVERWRITE
    change = _change(draft.org, mapping, MembershipPush(add, remove, overwrite=overwrite), values, left_out)
    # Over SCIM a new group is told its members a second time, though there be none, and Push Now sends them anyhow.
    _ask_for(draft, mapping, change, anyhow=scim and (overwrite or not mapping.pushed))


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
    _ask_for(draft, mapping, _change(draft.org, mapping, MembershipPush(add, remove), values, left_out))


def settle_members(draft: Draft, push: ChangeMembers, outcome: PushOutcome) -> None:
    if found := success_of(draft, push, outcome, MembershipChange):
        mapping, change = found
        _keep_result(draft, mapping, push, change)


def whole_membership(org: Org, mapping: GroupMapping) -> MembershipPush:
    """Everybody who is to be in a group that SCIM is about to make; nobody on the other road, or where it is later."""
    if not (is_scim(org, mapping.app) and mapping.members_now):
        return MembershipPush()
    everybody = tuple(_member_values(org, mapping)[0].values())
    return MembershipPush(everybody, (), everybody, names=_user_names(org, mapping.app))


def _change(
    org: Org, mapping: GroupMapping, push: MembershipPush, values: Mapping[str, str], left_out: tuple[str, ...]
) -> ChangeMembers:
    told = replace(push, everybody=tuple(values.values()), names=_user_names(org, mapping.app))
    target = target_of(org, mapping)
    return ChangeMembers(mapping.app, mapping.group, target, told, tuple(values.items()), left_out)


def _user_names(org: Org, app: str) -> Mapping[str, str]:
    """App usernames by the ids that the app has given."""
    return {each.external_id: each.user_name for each in org.app_users_of(app) if each.external_id is not None}


def _ask_for(draft: Draft, mapping: GroupMapping, change: ChangeMembers, *, anyhow: bool = False) -> None:
    if change.members.add or change.members.remove or anyhow:
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
