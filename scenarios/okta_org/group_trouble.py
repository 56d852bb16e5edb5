"""What the admin is told of a pushed group: its names, and what went wrong with it."""

from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import TypeVar

from okta_connector.errors import ActionFailed, FailureType
from okta_connector.values import Group
from okta_org import messages, tasks
from okta_org.draft import Draft
from okta_org.events import EventType
from okta_org.org import Org
from okta_org.pushes import ChangeMembers, CreateGroup, PushOutcome, ReadMembers, UpdateGroup
from okta_org.tasks import Trouble, record_cause
from okta_org.values import GroupMapping, MappingStatus, PushStep, TaskKind, TaskState

T = TypeVar("T")


def about(org: Org, mapping: GroupMapping) -> tuple[str, str]:
    return org.group(mapping.group).display_name, mapping.app


def target_of(org: Org, mapping: GroupMapping) -> Group:
    """The app group as it ought to be."""
    return org.decide.group_to_push(org.group(mapping.group).display_name, mapping.target_id)


def name_is_due(org: Org, mapping: GroupMapping) -> bool:
    renames = org.app(mapping.app).settings.rename_app_groups
    return renames and mapping.target_id is not None and mapping.target_name != target_of(org, mapping).display_name


def success_of(
    draft: Draft, push: CreateGroup | UpdateGroup | ReadMembers | ChangeMembers, outcome: PushOutcome, kind: type[T]
) -> tuple[GroupMapping, T] | None:
    """The mapping that a push was about, and what came of it. None where the mapping is gone, or the push failed."""
    mapping = draft.org.mappings.get((push.group, push.app))
    if mapping is None:
        return None
    if isinstance(outcome, ActionFailed):
        fail(draft, mapping, outcome)
        return None
    if not isinstance(outcome, kind):
        raise TypeError(f"{type(outcome).__name__} cannot be the outcome of {type(push).__name__}")
    return mapping, outcome


def fail(draft: Draft, mapping: GroupMapping, failure: ActionFailed) -> None:
    org = draft.org
    lost = failure.type is FailureType.RESOURCE_NOT_FOUND and mapping.target_id is not None
    event = _failure_event(org, mapping, failure)
    before = org.task(TaskKind.GROUP_PUSH, mapping.app, mapping.group)
    group = org.group(mapping.group).display_name
    task = tasks.report(
        draft,
        Trouble(
            TaskKind.GROUP_PUSH,
            mapping.app,
            mapping.group,
            failure,
            detail=messages.MSG_10.format(label=org.app(mapping.app).label) if lost else messages.detail(failure),
            say=partial(messages.fill, _template(mapping, event, lost=lost), group=group),
        ),
    )
    limited = failure.type is FailureType.RATE_LIMIT_EXCEEDED
    if event is EventType.GROUP_PUSH_FAILED_RETRIED and not limited:
        tried = before.attempts if before is not None and before.state is TaskState.FAILED else 0
        wait = org.decide.wait_before_group_push_retry(org.assumptions, tried)
        tasks.try_again_in(draft, task, wait, tried)
    status = mapping.status if task.state is TaskState.PAUSED else MappingStatus.ERROR
    if lost:
        status = org.decide.status_after_group_lost()
    draft.keep_mapping(replace(mapping, status=status, error_summary=task.message))
    record_cause(draft, failure, mapping.app)
    draft.record(event, about(draft.org, mapping), detail=task.message, failed=True)


def _template(mapping: GroupMapping, event: EventType, *, lost: bool) -> str:
    """Which of Okta's texts a failure gets: each step of a push has its own."""
    if event is EventType.GROUP_PUSH_GROUP_ADD:
        return messages.MSG_9
    about_members = mapping.step is not PushStep.DELETE and event is not EventType.GROUP_PUSH_RENAME_FAILED
    return messages.MSG_9_MEMBERS if about_members and not lost else messages.MSG_9_UPDATE


def _failure_event(org: Org, mapping: GroupMapping, failure: ActionFailed) -> EventType:
    """Name the step that failed; past creation and renaming Okta tells what is retried from what is not."""
    if mapping.target_id is None:
        return EventType.GROUP_PUSH_GROUP_ADD
    if mapping.step is not PushStep.DELETE and name_is_due(org, mapping):
        return EventType.GROUP_PUSH_RENAME_FAILED
    transient = failure.http_status is not None and failure.http_status >= HTTPStatus.INTERNAL_SERVER_ERROR
    if transient or failure.type is FailureType.RATE_LIMIT_EXCEEDED:
        return EventType.GROUP_PUSH_FAILED_RETRIED
    return EventType.GROUP_PUSH_FAILED_FOR_GOOD
