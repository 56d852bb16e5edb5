"""What the actions of Okta's SCIM client share: the wire, what is decided, and the steps of a conversation."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from string import ascii_letters, digits
from typing import TypeVar

from okta_connector.errors import NotFound, WorkatoError
from okta_connector.resources import Rows
from okta_connector.scim.answers import Step
from okta_connector.scim.client import ScimClient
from okta_connector.scim.decisions import ScimDecisions
from okta_connector.scim.settings import ScimSettings, ScimSwitches, Switches
from okta_connector.transport import HttpClient

T = TypeVar("T")


def eight_characters() -> str:
    """Make the password that every creation carries. Nobody signs in with it."""
    return "".join(secrets.choice(ascii_letters + digits) for _ in range(8))


class ScimActions:
    def __init__(
        self,
        http: HttpClient,
        settings: ScimSettings = ScimSettings(),  # noqa: B008 - frozen
        decisions: ScimDecisions = ScimDecisions(),  # noqa: B008 - frozen
        switches: Switches = ScimSwitches(),  # noqa: B008 - frozen
        password: Callable[[], str] = eight_characters,
    ) -> None:
        self.client = ScimClient(http)
        self.settings = settings
        self.decide = decisions
        self.switches = switches
        self.password = password

    @property
    def patches(self) -> bool:
        """Whether this app sends PATCH where the others send PUT."""
        kind = self.settings.kind
        return self.decide.patches(self.switches.okta_app_kind if kind is None else kind)

    @contextmanager
    def step(self, step: Step) -> Iterator[None]:
        """Let whatever fails in here be told as a failure of this step."""
        try:
            yield
        except WorkatoError as error:
            raise self.decide.failure(error, step) from error

    def found(self, ask: Callable[[], Rows[T]]) -> tuple[T, ...]:
        """What a look-up finds; nothing, where its 404 means so."""
        with self.step(Step.LOOK_UP):
            try:
                return ask().rows
            except NotFound as error:
                if not self.decide.means_nobody(error):
                    raise
                return ()
