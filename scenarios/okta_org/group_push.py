"""Group Push: Okta groups as sources, app groups as targets, and mappings between them.

A push of a group is a conversation of several calls: find the app group or make it, rename it, change its members.
After each of them the org is looked at anew. Whatever a failed push left undone is done by the next one.
"""

from dataclasses import replace

from okta_connector.errors import ActionFailed, FailureType
from okta_connector.folding import alike
from okta_connector.values import Group
from okta_org import tasks
from okta_org.draft import Draft, verb
from okta_org.events import EventType
from okta_org.group_members import push_members, whole_membership
from okta_org.group_trouble import about, fail, name_is_due, success_of, target_of
from okta_org.org import Org
from okta_org.pushes import CreateGroup, FindGroup, FoundGroups, Passed, PushOutcome, RemoveGroup, UpdateGroup
from okta_org.refusals import (
    AlreadyPushed,
    AmbiguousAppGroup,
    AppGroupExists,
    AppInactive,
    GroupPushOff,
    NoSuchAppGroup,
    OktaRefusal,
    ProvisioningOff,
    WrongStatus,
)
from okta_org.values import GroupMapping, InTarget, MappingStatus, PushStep, Task, TaskKind, TaskState


@verb
def push_group(draft: Draft, group: str, app: str, *, link: str | None = None, members_now: bool = True) -> None:
    """Start pushing a group: create an app group of its name, or link the one named."""
    begin(draft, GroupMapping(group, app, link=link, members_now=members_now))


@verb
def push_group_now(draft: Draft, group: str, app: str) -> None:
    """Overwrite the app group's membership with what Okta says."""
    mapping = draft.org.mapping(group, app)
    if mapping.status is MappingStatus.INACTIVE:
        raise WrongStatus(f"Group Push of {draft.org.group(group).display_name} to {app} is deactivated")
    must_be_on(draft.org, app)
    _go_on(draft, replace(mapping, step=PushStep.OVERWRITE, members_now=True))


@verb
def pause_group_push(draft: Draft, group: str, app: str) -> None:
    """Deactivate Group Push: the app group stays, and changes pile up unseen."""
    mapping = draft.org.mapping(group, app)
    if mapping.status is MappingStatus.INACTIVE:
        raise WrongStatus(f"Group Push of {draft.org.group(group).display_name} to {app} is already deactivated")
    tasks.close(draft, draft.org.task(TaskKind.GROUP_PUSH, app, group), TaskState.DISMISSED)
    draft.keep_mapping(replace(mapping, status=MappingStatus.INACTIVE))
    draft.record(EventType.GROUP_PUSH_DEACTIVATE, about(draft.org, mapping))


@verb
def activate_group_push(draft: Draft, group: str, app: str) -> None:
    """Take Group Push up again and push at once what has piled up."""
    mapping = draft.org.mapping(group, app)
    if mapping.status is not MappingStatus.INACTIVE:
        raise WrongStatus(f"Group Push of {draft.org.group(group).display_name} to {app} is not deactivated")
    must_be_on(draft.org, app)
    active = draft.keep_mapping(replace(mapping, status=MappingStatus.ACTIVE))
    draft.record(EventType.GROUP_PUSH_ACTIVATE, about(draft.org, mapping))
    _go_on(draft, active)


@verb
def unlink_group(draft: Draft, group: str, app: str, in_target: InTarget) -> None:
    """End the mapping, and delete the app group or leave it with its members."""
    mapping = draft.org.mapping(group, app)
    deletes = in_target == "delete" and mapping.target_id is not None
    if deletes:
        must_be_on(draft.org, app)
    tasks.close(draft, draft.org.task(TaskKind.GROUP_PUSH, app, group), TaskState.DISMISSED)
    if deletes:
        _go_on(draft, replace(mapping, step=PushStep.DELETE))
    else:
        _end(draft, mapping)


def begin(draft: Draft, mapping: GroupMapping, rule: str | None = None) -> None:
    """Look for the app group first; the mapping is there once it is known what is in the app."""
    group = draft.org.group(mapping.group)
    must_be_on(draft.org, mapping.app)
    if (mapping.group, mapping.app) in draft.org.mappings:
        raise AlreadyPushed(f"Group {group.display_name} is already pushed to {mapping.app}")
    draft.ask(_search(draft.org, mapping, begins=mapping, rule=rule))


def push_member_changes(draft: Draft, group: str) -> None:
    for mapping in _mappings_of(draft.org, group):
        draft.then(_push_members_of, mapping.group, mapping.app)


def push_name(draft: Draft, group: str) -> None:
    for mapping in _mappings_of(draft.org, group):
        draft.then(_push_name_of, mapping.group, mapping.app)


def retry(draft: Draft, task: Task) -> None:
    mapping = draft.org.mappings.get((task.subject, task.app))
    if mapping is not None and draft.org.pushes_to(task.app):
        _attempt(draft, mapping)


def must_be_on(org: Org, app: str) -> None:
    if not org.app(app).settings.active:
        raise AppInactive(f"{app} is inactive: no group can be pushed")
    if not org.app(app).settings.push_groups:
        raise GroupPushOff(f"Push Groups is off for {app}: tick it among the app's provisioning features first")
    if not org.pushes_to(app):
        raise ProvisioningOff(f"Provisioning is off for {app}: no group can be pushed")


def settle_search(draft: Draft, push: FindGroup, outcome: PushOutcome) -> None:
    """Go on with the app group that was found, or with making one."""
    if push.group not in draft.org.groups:
        return
    if push.begins is not None:
        _begin_with(draft, push, push.begins, outcome)
        return
    mapping = draft.org.mappings.get((push.group, push.app))
    if mapping is None or mapping.target_id is not None:
        return
    try:
        found = _choose(draft.org, mapping, outcome)
    except OktaRefusal as refusal:
        # The app group appeared or vanished since the admin was told that the push would work.
        found = ActionFailed(FailureType.GENERIC_FAILURE, str(refusal))
    _go_on_with(draft, mapping, found)


def settle_creation(draft: Draft, push: CreateGroup, outcome: PushOutcome) -> None:
    if found := success_of(draft, push, outcome, Group):
        _adopt(draft, *found)


def settle_renaming(draft: Draft, push: UpdateGroup, outcome: PushOutcome) -> None:
    if found := success_of(draft, push, outcome, Group):
        mapping, renamed = found
        mapping = draft.keep_mapping(replace(mapping, target_name=renamed.display_name))
        draft.record(EventType.GROUP_PUSH_RENAMED, about(draft.org, mapping))
        push_members(draft, mapping)


def settle_removal(draft: Draft, push: RemoveGroup, outcome: PushOutcome) -> None:
    mapping = draft.org.mappings.get((push.group, push.app))
    if mapping is None:
        return
    if isinstance(outcome, ActionFailed) and outcome.type is not FailureType.RESOURCE_NOT_FOUND:
        fail(draft, mapping, outcome)
    elif isinstance(outcome, Passed | ActionFailed):
        draft.record(EventType.GROUP_PUSH_DELETE_APP_GROUP, about(draft.org, mapping))
        _end(draft, mapping)
        tasks.close(draft, draft.org.task(TaskKind.GROUP_PUSH, push.app, push.group))


def _mappings_of(org: Org, group: str) -> tuple[GroupMapping, ...]:
    every = org.mappings.in_order()
    return tuple(each for each in every if each.group == group and each.status is not MappingStatus.INACTIVE)


def _push_members_of(draft: Draft, group: str, app: str) -> None:
    mapping = draft.org.mappings.get((group, app))
    if mapping is not None and mapping.status is not MappingStatus.INACTIVE:
        _go_on(draft, replace(mapping, members_now=True))


def _push_name_of(draft: Draft, group: str, app: str) -> None:
    mapping = draft.org.mappings.get((group, app))
    if mapping is not None and mapping.status is not MappingStatus.INACTIVE and name_is_due(draft.org, mapping):
        _go_on(draft, mapping)


def _end(draft: Draft, mapping: GroupMapping) -> None:
    draft.set(mappings=draft.org.mappings.without((mapping.group, mapping.app)))
    draft.record(EventType.GROUP_PUSH_REMOVED, about(draft.org, mapping))


def _go_on(draft: Draft, mapping: GroupMapping) -> None:
    """Push, unless the app takes none or a rate limit pauses the task: then a later push does what is due."""
    draft.keep_mapping(mapping)
    paused = draft.org.is_paused(TaskKind.GROUP_PUSH, mapping.app, mapping.group)
    if draft.org.pushes_to(mapping.app) and not paused:
        _attempt(draft, mapping)


def _attempt(draft: Draft, mapping: GroupMapping) -> None:
    if mapping.step is PushStep.DELETE:
        draft.ask(RemoveGroup(mapping.app, mapping.group, mapping.target_id or ""))
    elif mapping.target_id is None:
        draft.ask(_search(draft.org, mapping))
    else:
        if mapping.step is PushStep.OVERWRITE:
            draft.record(EventType.GROUP_PUSH_PUSHED, about(draft.org, mapping))
        _push_name_and_members(draft, mapping)


def _begin_with(draft: Draft, push: FindGroup, mapping: GroupMapping, outcome: PushOutcome) -> None:
    """Begin the mapping, or refuse because of what is in the app; of a rule nobody stands by to hear of that."""
    if (push.group, push.app) in draft.org.mappings:
        if push.rule is None:
            raise AlreadyPushed(f"Group {draft.org.group(push.group).display_name} is already pushed to {push.app}")
        return
    try:
        found = _choose(draft.org, mapping, outcome)
    except AppGroupExists as refusal:
        if push.rule is None:
            raise
        duplicate = EventType.GROUP_PUSH_RULE_DUPLICATE
        draft.record(duplicate, about(draft.org, mapping), detail=str(refusal), failed=True)
        return
    draft.keep_mapping(mapping)
    draft.record(EventType.GROUP_PUSH_MAPPING_CREATED, about(draft.org, mapping))
    _go_on_with(draft, mapping, found)
    if push.rule is not None:
        draft.then(_keep_for_rule, push.rule, push.app, push.group)


def _keep_for_rule(draft: Draft, rule: str, app: str, group: str) -> None:
    latest = draft.org.push_rules.get((rule, app))
    if latest is not None and group in draft.org.groups:
        draft.keep_push_rule(replace(latest, groups=(*latest.groups, group)))
        draft.record(EventType.GROUP_PUSH_MADE_BY_RULE, (draft.org.group(group).display_name, app))


def _go_on_with(draft: Draft, mapping: GroupMapping, found: Group | ActionFailed | None) -> None:
    if isinstance(found, ActionFailed):
        fail(draft, mapping, found)
    elif found is None:
        members = whole_membership(draft.org, mapping)
        draft.ask(CreateGroup(mapping.app, mapping.group, target_of(draft.org, mapping), members))
    else:
        _adopt(draft, mapping, found)


def _adopt(draft: Draft, mapping: GroupMapping, target: Group) -> None:
    """Take an app group for the target from now on."""
    mapping = draft.keep_mapping(
        replace(
            mapping,
            status=MappingStatus.ACTIVE,
            error_summary=None,
            target_id=target.id,
            target_name=target.display_name,
        )
    )
    draft.record(EventType.GROUP_PUSH_PUSHED, about(draft.org, mapping))
    _push_name_and_members(draft, mapping)


def _push_name_and_members(draft: Draft, mapping: GroupMapping) -> None:
    if name_is_due(draft.org, mapping):
        draft.ask(UpdateGroup(mapping.app, mapping.group, target_of(draft.org, mapping)))
    else:
        push_members(draft, mapping)


def _search(org: Org, mapping: GroupMapping, begins: GroupMapping | None = None, rule: str | None = None) -> FindGroup:
    return FindGroup(mapping.app, mapping.group, _wanted_name(org, mapping), begins, rule)


def _wanted_name(org: Org, mapping: GroupMapping) -> str:
    return mapping.link or target_of(org, mapping).display_name


def _choose(org: Org, mapping: GroupMapping, outcome: PushOutcome) -> Group | ActionFailed | None:
    """The app group to link, None where one is to be created, or why the search failed. Raises any other finding.

    A name counts letter for letter; capitals are overlooked only where that leaves one group to mean. Which groups
    take a push at all is the connector's to know (PG-5).
    """
    if isinstance(outcome, ActionFailed):
        return outcome
    candidates = outcome.groups if isinstance(outcome, FoundGroups) else ()
    label, name = org.app(mapping.app).label, _wanted_name(org, mapping)
    exact = tuple(group for group in candidates if group.display_name == name)
    found = exact or tuple(group for group in candidates if alike(group.display_name, name))
    if mapping.link is None:
        if found:
            raise AppGroupExists(f"{label} already has a group {found[0].display_name}; link it instead")
        return None
    if not found:
        raise NoSuchAppGroup(f"{label} has no group {name} to link")
    if len(found) > 1:
        called = ", ".join(group.display_name for group in found)
        raise AmbiguousAppGroup(f"{label} has {len(found)} groups called {name}: {called}")
    _must_be_unlinked(org, found[0], mapping)
    return found[0]


def _must_be_unlinked(org: Org, target: Group, mapping: GroupMapping) -> None:
    for each in org.mappings.in_order():
        if each.app == mapping.app and each.target_id == target.id and each.group != mapping.group:
            source = org.group(each.group).display_name
            pushed = f"{source} is pushed to {target.display_name} in {mapping.app}"
            raise AlreadyPushed(f"{pushed} already; no other group can be")
