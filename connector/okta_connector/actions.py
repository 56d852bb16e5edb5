"""What all actions share: the client, the settings, and how Workato's failures become Okta's."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from okta_connector.client import WorkatoClient
from okta_connector.decisions import Decisions, failure_from
from okta_connector.errors import (
    ActionFailed,
    Answered,
    FailureType,
    Forbidden,
    Garbled,
    NotFound,
    RateLimited,
    Unauthorized,
    WorkatoError,
)
from okta_connector.requests import (
    AddMembers,
    CreateGroup,
    Invite,
    RemoveGroup,
    RemoveMember,
    RemoveMembers,
    UpdateGroup,
    UpdateRoles,
    Write,
)
from okta_connector.resources import RoleType, UserGroup
from okta_connector.settings import ConnectorSettings
from okta_connector.transport import HttpClient

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound="Actions")


def action(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """Make a method an action of Okta's contract: whatever Workato answers, Okta hears an `ActionFailed`."""

    @wraps(method)
    def reporting(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(self, *args, **kwargs)
        except WorkatoError as error:
            raise self.failure(error) from error

    return reporting


class Actions:
    def __init__(
        self,
        http: HttpClient,
        settings: ConnectorSettings | None = None,
        decisions: Decisions = Decisions(),  # noqa: B008 - frozen
    ) -> None:
        self.client = WorkatoClient(http)
        self.settings = settings or ConnectorSettings()
        self.decide = decisions

    def failure(self, error: WorkatoError) -> ActionFailed:
        """Say a failed call in the terms of Okta's contract."""
        match error:
            case RateLimited():
                return self.decide.rate_limited(error, self.decide.vendor_words(error))
            case Unauthorized() | Forbidden():
                return self.decide.not_allowed(error, self.decide.vendor_words(error))
            case NotFound():
                return failure_from(error, FailureType.RESOURCE_NOT_FOUND, self.decide.vendor_words(error))
            case Answered():
                return failure_from(error, FailureType.GENERIC_FAILURE, self.decide.vendor_words(error))
            case Garbled():
                details = (error.request, error.body)
                return ActionFailed(FailureType.GENERIC_FAILURE, str(error), error.status, details=details)
            case _:
                return ActionFailed(FailureType.GENERIC_FAILURE, str(error), details=(error.request,))

    def role_type(self) -> RoleType:
        """Find out which permission model the workspace is on, anew for every push: it can migrate in between.

        Workato answers 401 to a client of the older model, and to a token that is no good; the call that follows tells
        the two apart.
        """
        try:
            self.client.environment_roles_page(1, 1)
        except (Unauthorized, Forbidden):
            return self.decide.role_type(False)
        return self.decide.role_type(True)

    def send(self, write: Write | None) -> UserGroup | None:
        """Send what a decision let through; None is nothing. Answers with the group that was made or renamed."""
        match write:
            case Invite(name, address, roles, groups):
                self.client.invite(name, address, roles, groups)
            case UpdateRoles(member_id, roles):
                self.client.update_member_roles(member_id, roles)
            case RemoveMember(member_id):
                self.client.delete_member(member_id)
            case CreateGroup(group):
                return self.client.create_user_group(group.display_name, group.description)
            case UpdateGroup(group_id, group):
                return self.client.update_user_group(group_id, group.display_name, group.description)
            case RemoveGroup(group_id):
                self.client.delete_user_group(group_id)
            case AddMembers(group_id, member_ids):
                self.client.add_group_members(group_id, member_ids)
            case RemoveMembers(group_id, member_ids):
                self.client.remove_group_members(group_id, member_ids)
        return None
