"""Group Push: Okta groups as sources, app groups as targets, and mappings between them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from http import HTTPStatus

from okta_connector.errors import ActionFailed, FailureType
from okta_connector.folding import alike
from okta_connector.values import Group, MembershipChange
from okta_org import messages
from okta_org.decisions import Decisions, is_provisional
from okta_org.events import EventType
from okta_org.provisioning import record_cause
from okta_org.refusals import (
    AlreadyPushed,
    AmbiguousAppGroup,
    AppGroupExists,
    AppInactive,
    NoSuchAppGroup,
    OktaRefusal,
    ProvisioningOff,
    WrongStatus,
)
from okta_org.state import OrgState
from okta_org.tasks import TaskList, Trouble
from okta_org.values import (
    AppInstance,
    AppUser,
    GroupMapping,
    MappingStatus,
    PushStep,
    Task,
    TaskKind,
    TaskState,
    UserStatus,
)


class GroupPush:
    """Keeps app groups in step with Okta's. Whatever a failed push left undone is done by the next one."""

    def __init__(self, state: OrgState, tasks: TaskList, decide: Decisions) -> None:
        self._state = state
        self._tasks = tasks
        self._decide = decide

    def push(self, group: str, app: str, *, link: str | None, members_now: bool) -> None:
        """Start pushing a group: create an app group of its name, or link the one named."""
        self._state.group(group)
        self.must_be_on(app)
        if (group, app) in self._state.mappings:
            raise AlreadyPushed(f"Group {self._name(group)} is already pushed to {app}")
        mapping = GroupMapping(group, app, link=link, members_now=members_now)
        try:
            found = self._look_up(mapping)
        except ActionFailed as failure:
            self._begin(mapping)
            self._failed(mapping, failure)
            return
        self._begin(mapping)
        self._attempt(mapping, lambda _: found)

    def push_now(self, group: str, app: str) -> None:
        """Overwrite the app group's membership with what Okta says."""
        mapping = self._state.mapping(group, app)
        if mapping.status is MappingStatus.INACTIVE:
            raise WrongStatus(f"Group Push of {self._name(group)} to {app} is deactivated")
        self.must_be_on(app)
        self._go_on(replace(mapping, step=PushStep.OVERWRITE, members_now=True))

    def members_changed(self, group: str) -> None:
        for mapping in self._mappings_of(group):
            self._go_on(replace(mapping, members_now=True))

    def renamed(self, group: str) -> None:
        for mapping in self._mappings_of(group):
            if self._name_is_due(mapping):
                self._go_on(mapping)

    def pause(self, group: str, app: str) -> None:
        """Deactivate Group Push: the app group stays, and changes pile up unseen."""
        mapping = self._state.mapping(group, app)
        if mapping.status is MappingStatus.INACTIVE:
            raise WrongStatus(f"Group Push of {self._name(group)} to {app} is already deactivated")
        self._tasks.close(TaskKind.GROUP_PUSH, app, group, TaskState.DISMISSED)
        self._state.keep_mapping(replace(mapping, status=MappingStatus.INACTIVE))
        self._state.record(EventType.GROUP_PUSH_DEACTIVATE, self._about(mapping))

    def activate(self, group: str, app: str) -> None:
        """Take Group Push up again and push at once what has piled up."""
        mapping = self._state.mapping(group, app)
        if mapping.status is not MappingStatus.INACTIVE:
            raise WrongStatus(f"Group Push of {self._name(group)} to {app} is not deactivated")
        self.must_be_on(app)
        active = self._state.keep_mapping(replace(mapping, status=MappingStatus.ACTIVE))
        self._state.record(EventType.GROUP_PUSH_ACTIVATE, self._about(mapping))
        self._go_on(active)

    def unlink(self, group: str, app: str, *, delete: bool) -> None:
        """End the mapping, and delete the app group or leave it with its members."""
        mapping = self._state.mapping(group, app)
        deletes = delete and mapping.target_id is not None
        if deletes:
            self.must_be_on(app)
        self._tasks.close(TaskKind.GROUP_PUSH, app, group, TaskState.DISMISSED)
        if deletes:
            self._go_on(replace(mapping, step=PushStep.DELETE))
        else:
            self._end(mapping)

    def retry(self, task: Task) -> None:
        if self.is_on(task.app):
            self._attempt(self._state.mapping(task.subject, task.app), self._look_up)

    def is_on(self, app: str) -> bool:
        """Nothing is pushed to an app that is inactive or whose provisioning is off; what changes meanwhile gathers."""
        settings = self._state.app(app).settings
        return settings.active and settings.provisioning

    def must_be_on(self, app: str) -> None:
        if not self._state.app(app).settings.active:
            raise AppInactive(f"{app} is inactive: no group can be pushed")
        if not self.is_on(app):
            raise ProvisioningOff(f"Provisioning is off for {app}: no group can be pushed")

    def _name(self, group: str) -> str:
        return self._state.group(group).display_name

    def _about(self, mapping: GroupMapping) -> tuple[str, str]:
        return self._name(mapping.group), mapping.app

    def _mappings_of(self, group: str) -> tuple[GroupMapping, ...]:
        return tuple(
            each
            for each in self._state.mappings.values()
            if each.group == group and each.status is not MappingStatus.INACTIVE
        )

    def _begin(self, mapping: GroupMapping) -> None:
        self._state.keep_mapping(mapping)
        self._state.record(EventType.GROUP_PUSH_MAPPING_CREATED, self._about(mapping))

    def _end(self, mapping: GroupMapping) -> None:
        del self._state.mappings[mapping.group, mapping.app]
        self._state.record(EventType.GROUP_PUSH_REMOVED, self._about(mapping))

    def _go_on(self, mapping: GroupMapping) -> None:
        """Push, unless the app takes none or a rate limit pauses the task: then a later push does what is due."""
        self._state.keep_mapping(mapping)
        paused = self._tasks.is_paused(TaskKind.GROUP_PUSH, mapping.app, mapping.group)
        if self.is_on(mapping.app) and not paused:
            self._attempt(mapping, self._look_up)

    def _attempt(self, mapping: GroupMapping, find: Callable[[GroupMapping], Group | None]) -> None:
        try:
            if mapping.step is PushStep.DELETE:
                self._delete(mapping)
            else:
                self._bring_up_to_date(mapping, find)
        except ActionFailed as failure:
            self._failed(mapping, failure)
        except OktaRefusal as refusal:
            # The app group appeared or vanished since the admin was told that the push would work.
            self._failed(mapping, ActionFailed(FailureType.GENERIC_FAILURE, str(refusal)))
        else:
            self._tasks.close(TaskKind.GROUP_PUSH, mapping.app, mapping.group)

    def _delete(self, mapping: GroupMapping) -> None:
        try:
            self._state.app(mapping.app).connector.remove_group(mapping.target_id or "")
        except ActionFailed as failure:
            if failure.type is not FailureType.RESOURCE_NOT_FOUND:
                raise
        self._state.record(EventType.GROUP_PUSH_DELETE_APP_GROUP, self._about(mapping))
        self._end(mapping)

    def _bring_up_to_date(self, mapping: GroupMapping, find: Callable[[GroupMapping], Group | None]) -> None:
        app = self._state.app(mapping.app)
        if mapping.target_id is None:
            target = find(mapping) or self._create(mapping)
            mapping = self._state.keep_mapping(
                replace(
                    mapping,
                    status=MappingStatus.ACTIVE,
                    error_summary=None,
                    target_id=target.id,
                    target_name=target.display_name,
                    last_push=self._state.clock(),
                )
            )
            self._state.record(EventType.GROUP_PUSH_PUSHED, self._about(mapping))
        elif mapping.step is PushStep.OVERWRITE:
            self._state.record(EventType.GROUP_PUSH_PUSHED, self._about(mapping))
        if self._name_is_due(mapping):
            renamed = app.connector.update_group(self._group_to_push(mapping))
            mapping = self._state.keep_mapping(replace(mapping, target_name=renamed.display_name))
            self._state.record(EventType.GROUP_PUSH_RENAMED, self._about(mapping))
        if mapping.members_now:
            self._push_members(app, mapping)
        else:
            self._state.keep_mapping(replace(mapping, status=MappingStatus.ACTIVE, error_summary=None))

    def _look_up(self, mapping: GroupMapping) -> Group | None:
        """Find the app group to link, None where one is to be created; any other finding is a refusal.

        A name counts letter for letter; capitals are overlooked only where that leaves one group to mean.
        Which groups take a push at all is the connector's to know (PG-5).
        """
        app = self._state.app(mapping.app)
        name = mapping.link or self._group_to_push(mapping).display_name
        candidates = app.connector.find_groups(name).resources
        exact = tuple(group for group in candidates if group.display_name == name)
        found = exact or tuple(group for group in candidates if alike(group.display_name, name))
        if mapping.link is None:
            if found:
                raise AppGroupExists(f"{app.label} already has a group {found[0].display_name}; link it instead")
            return None
        if not found:
            raise NoSuchAppGroup(f"{app.label} has no group {name} to link")
        if len(found) > 1:
            called = ", ".join(group.display_name for group in found)
            raise AmbiguousAppGroup(f"{app.label} has {len(found)} groups called {name}: {called}")
        self._must_be_unlinked(found[0], mapping)
        return found[0]

    def _must_be_unlinked(self, target: Group, mapping: GroupMapping) -> None:
        for each in self._state.mappings.values():
            if each.app == mapping.app and each.target_id == target.id and each.group != mapping.group:
                pushed = f"{self._name(each.group)} is pushed to {target.display_name} in {mapping.app}"
                raise AlreadyPushed(f"{pushed} already; no other group can be")

    def _create(self, mapping: GroupMapping) -> Group:
        return self._state.app(mapping.app).connector.create_group(self._group_to_push(mapping))

    def _group_to_push(self, mapping: GroupMapping) -> Group:
        return self._decide.group_to_push(self._state.group(mapping.group).display_name, mapping.target_id)

    def _name_is_due(self, mapping: GroupMapping) -> bool:
        renames = self._state.app(mapping.app).settings.rename_app_groups
        return (
            renames
            and mapping.target_id is not None
            and mapping.target_name != self._group_to_push(mapping).display_name
        )

    def _push_members(self, app: AppInstance, mapping: GroupMapping) -> None:
        overwrite = mapping.step is PushStep.OVERWRITE
        values, left_out = self._member_values(mapping)
        if overwrite:
            values = {name: self._resolved(app, name, value) for name, value in values.items()}
            listed = app.connector.list_group_members(mapping.target_id or "").resources
            add, remove = self._decide.overwrite_changes(listed, tuple(values.values()))
        else:
            names_in, names_out = self._decide.membership_changes(mapping.pushed, tuple(values))
            add = tuple(values[name] for name in names_in)
            remove = tuple(self._known_values(mapping.app, names_out))
        change = self._send(app, mapping, add, remove)
        waiting = tuple(name for name, value in values.items() if value in change.not_accepted)
        gone = tuple(name for name, value in values.items() if value in change.gone)
        status = self._decide.status_after_membership_push(change)
        failed = status is MappingStatus.ERROR
        self._state.keep_mapping(
            replace(
                mapping,
                status=status,
                step=PushStep.CHANGES,
                pushed=tuple(name for name in values if name not in {*waiting, *gone}),
                ignored=(*left_out, *waiting, *gone),
                last_push=self._state.clock(),
                error_summary=f"Not pushed: {', '.join(waiting)}" if failed else None,
            )
        )
        self._ignored(mapping, self._unassigned(mapping.app, left_out), "not assigned to the app")
        self._ignored(mapping, self._unprovisioned(mapping.app, left_out), "not provisioned yet")
        self._ignored(mapping, waiting, "invitation not accepted")
        self._ignored(mapping, gone, "no longer in the app")
        self._state.record(EventType.GROUP_PUSH_MEMBERSHIPS, self._about(mapping))

    def _member_values(self, mapping: GroupMapping) -> tuple[dict[str, str], tuple[str, ...]]:
        """Return what stands for each member in the app, and the active members who have nothing there."""
        values: dict[str, str] = {}
        left_out: list[str] = []
        for name in self._state.group(mapping.group).members:
            user = self._state.user(name)
            value = self._decide.member_value(user, self._state.app_users.get((name, mapping.app)))
            if value is not None:
                values[name] = value
            elif user.status is not UserStatus.DEPROVISIONED:
                left_out.append(name)
        return values, tuple(left_out)

    def _unassigned(self, app: str, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if (name, app) not in self._state.app_users)

    def _unprovisioned(self, app: str, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if (name, app) in self._state.app_users)

    def _known_values(self, app: str, names: Iterable[str]) -> Iterable[str]:
        for name in names:
            account = self._state.app_users.get((name, app))
            if account is not None and account.external_id is not None:
                yield account.external_id

    def _resolved(self, app: AppInstance, name: str, value: str) -> str:
        """Learn the app's id of somebody who was only invited, so that the app's own list can be compared with."""
        account: AppUser | None = self._state.app_users.get((name, app.name))
        if account is None or not is_provisional(value):
            return value
        try:
            found = app.connector.get_user_by_user_name(account.user_name)
        except ActionFailed as failure:
            if failure.type is not FailureType.RESOURCE_NOT_FOUND:
                raise
            return value
        self._state.keep(replace(account, external_id=found.id or value))
        return found.id or value

    def _send(
        self, app: AppInstance, mapping: GroupMapping, add: tuple[str, ...], remove: tuple[str, ...]
    ) -> MembershipChange:
        target = mapping.target_id or ""
        added = app.connector.add_group_members(target, add) if add else MembershipChange(())
        if remove:
            app.connector.remove_group_members(target, remove)
        return added

    def _ignored(self, mapping: GroupMapping, names: tuple[str, ...], reason: str) -> None:
        if names:
            self._state.record(EventType.GROUP_PUSH_USERS_IGNORED, (*self._about(mapping), *names), detail=reason)

    def _failed(self, attempted: GroupMapping, failure: ActionFailed) -> None:
        mapping = self._state.mappings[attempted.group, attempted.app]
        label = self._state.app(mapping.app).label
        group = self._name(mapping.group)
        lost = failure.type is FailureType.RESOURCE_NOT_FOUND and mapping.target_id is not None
        event = self._failure_event(mapping, failure)
        before = self._tasks.find(TaskKind.GROUP_PUSH, mapping.app, mapping.group)
        task = self._tasks.report(
            Trouble(
                TaskKind.GROUP_PUSH,
                mapping.app,
                mapping.group,
                failure,
                detail=messages.MSG_10.format(label=label) if lost else messages.detail(failure),
                say=partial(messages.fill, self._template(mapping, event, lost=lost), group=group),
            )
        )
        limited = failure.type is FailureType.RATE_LIMIT_EXCEEDED
        if event is EventType.GROUP_PUSH_FAILED_RETRIED and not limited:
            tried = before.attempts if before is not None and before.state is TaskState.FAILED else 0
            self._tasks.try_again_in(
                task, self._decide.wait_before_group_push_retry(self._state.assumptions, tried), tried
            )
        status = mapping.status if task.state is TaskState.PAUSED else MappingStatus.ERROR
        if lost:
            status = self._decide.status_after_group_lost()
        self._state.keep_mapping(replace(mapping, status=status, error_summary=task.message))
        record_cause(self._state, failure, mapping.app)
        self._state.record(event, self._about(mapping), detail=task.message, failed=True)

    def _template(self, mapping: GroupMapping, event: EventType, *, lost: bool) -> str:
        """Which of Okta's texts a failure gets: each step of a push has its own."""
        if event is EventType.GROUP_PUSH_GROUP_ADD:
            return messages.MSG_9
        about_members = mapping.step is not PushStep.DELETE and event is not EventType.GROUP_PUSH_RENAME_FAILED
        return messages.MSG_9_MEMBERS if about_members and not lost else messages.MSG_9_UPDATE

    def _failure_event(self, mapping: GroupMapping, failure: ActionFailed) -> EventType:
        """Name the step that failed; past creation and renaming Okta tells what is retried from what is not."""
        if mapping.target_id is None:
            return EventType.GROUP_PUSH_GROUP_ADD
        if mapping.step is not PushStep.DELETE and self._name_is_due(mapping):
            return EventType.GROUP_PUSH_RENAME_FAILED
        transient = failure.http_status is not None and failure.http_status >= HTTPStatus.INTERNAL_SERVER_ERROR
        if transient or failure.type is FailureType.RATE_LIMIT_EXCEEDED:
            return EventType.GROUP_PUSH_FAILED_RETRIED
        return EventType.GROUP_PUSH_FAILED_FOR_GOOD
