"""What all actions share: the client, the settings, and how Workato's failures become Okta's."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from okta_connector.client import WorkatoClient
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
from okta_connector.resources import RoleType
from okta_connector.rules import upholds
from okta_connector.settings import ConnectorSettings
from okta_connector.transport import HttpClient

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound="Actions")

CLIENT_ROLE_SECTIONS = {
    "/api/member": "Collaborators",
    "/api/roles": "Collaborator roles",
    "/api/environment_roles": "Collaborator roles",
    "/api/user_groups": "Collaborator groups",
}
"""The part of an API client's role that covers a call, by how its path begins."""


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
    def __init__(self, http: HttpClient, settings: ConnectorSettings | None = None) -> None:
        self.client = WorkatoClient(http)
        self.settings = settings or ConnectorSettings()

    def failure(self, error: WorkatoError) -> ActionFailed:
        """Say a failed call in the terms of Okta's contract."""
        match error:
            case RateLimited():
                return self.rate_limited(error)
            case Unauthorized() | Forbidden():
                return self.not_allowed(error)
            case NotFound():
                return self.refused(error, FailureType.RESOURCE_NOT_FOUND)
            case Answered():
                return self.refused(error, FailureType.GENERIC_FAILURE)
            case Garbled():
                details = (error.request, error.body)
                return ActionFailed(FailureType.GENERIC_FAILURE, str(error), error.status, details=details)
            case _:
                return ActionFailed(FailureType.GENERIC_FAILURE, str(error), details=(error.request,))

    @upholds("PNU-8", "PUD-8")
    def rate_limited(self, error: RateLimited) -> ActionFailed:
        """Hand the wait to Okta. Asking again is Okta's to decide: a second try here would count against the limit."""
        failed = self.refused(error, FailureType.RATE_LIMIT_EXCEEDED)
        failed.retry_after = error.retry_after
        return failed

    @upholds("CFG-2")
    def not_allowed(self, error: Unauthorized | Forbidden) -> ActionFailed:
        """Fail this one call, and name what the API client's role must cover for it.

        Workato answers 401 both to a dead token and to a live one without the privilege, so both are named.
        """
        kind = FailureType.INVALID_CREDENTIALS if isinstance(error, Unauthorized) else FailureType.GENERIC_FAILURE
        failed = self.refused(error, kind)
        path = error.request.partition(" ")[2]
        sections = [section for start, section in CLIENT_ROLE_SECTIONS.items() if path.startswith(start)]
        failed.details += tuple(f"The API client's role must cover {section}." for section in sections)
        return failed

    def refused(self, error: Answered, kind: FailureType) -> ActionFailed:
        details = (error.request, error.body)
        return ActionFailed(kind, self.vendor_words(error), error.status, details=details, request_id=error.request_id)

    @upholds("PPU-8")
    def vendor_words(self, error: Answered) -> str:
        """Pass on what Workato said, letter for letter: it names the role that is missing, and the admin reads it."""
        return error.text

    @upholds("PNU-9")
    def role_type(self) -> RoleType:
        """Find out which permission model the workspace is on, anew for every push: it can migrate in between.

        Environment roles can be read in the newer model only. Workato answers 401 to a client of the older one, and
        to a token that is no good; the call that follows tells the two apart.
        """
        try:
            self.client.environment_roles_page(1, 1)
        except (Unauthorized, Forbidden):
            return "privilege_group"
        return "environment"
