"""An Okta org that lives: the value it is at present, its System Log, and the connectors of its apps."""

from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Concatenate, ParamSpec, Unpack

from okta_org import apps
from okta_org.assumptions import OktaAssumptions
from okta_org.decisions import Decisions
from okta_org.describe import Plain, describe
from okta_org.draft import Ask, Change, Draft, Then, act
from okta_org.org import Org, itself
from okta_org.perform import perform
from okta_org.port import ProvisioningConnector
from okta_org.pushes import CheckConnection, Push
from okta_org.settle import settle
from okta_org.tasks import TaskList
from okta_org.values import (
    AppInstance,
    AppSchema,
    AppSettings,
    AppUser,
    GroupMapping,
    LogEvent,
    OktaGroup,
    OktaUser,
    SettingsChange,
)

P = ParamSpec("P")


class OktaOrg:
    """One org: what an admin does to it, and what the admin can see. Deterministic and synchronous.

    A verb, as in `org.do(assign, "ada", "workato")`, either does what the console would do, or raises an `OktaRefusal`
    and leaves everything as it was. What the app refuses is no exception: it ends in the System Log and on `tasks`.
    Whatever a verb asks of an app is done at once, depth first: what comes of one push is taken in before the next one
    is sent.
    """

    def __init__(
        self,
        name: str,
        clock: Callable[[], datetime],
        name_of: Callable[[str], str] = itself,
        assumptions: OktaAssumptions = OktaAssumptions(),  # noqa: B008 - frozen
        decisions: Decisions = Decisions(),  # noqa: B008 - frozen
    ) -> None:
        self.name = name
        self.value = Org(name, decisions, assumptions, name_of)
        self._clock = clock
        self._log: list[LogEvent] = []
        self._connectors: dict[str, ProvisioningConnector] = {}

    def add_app(
        self,
        app: str,
        connector: ProvisioningConnector,
        settings: AppSettings = AppSettings(),  # noqa: B008 - frozen
        label: str | None = None,
        user_names: Mapping[str, str] | None = None,
    ) -> None:
        """Put an app instance in place that is configured already, and that is connected through this connector."""
        self.do(apps.add_app, app, self._connect(app, connector), settings, label, user_names)

    def configure_app(
        self, app: str, *, connector: ProvisioningConnector | None = None, **switches: Unpack[SettingsChange]
    ) -> None:
        """Change switches, or the connection, which is tested before it is saved."""
        connection = None if connector is None else self._connect(app, connector)
        self.do(apps.configure_app, app, connection, **switches)

    def do(self, verb: Callable[Concatenate[Draft, P], None], *args: P.args, **kwargs: P.kwargs) -> object:
        """Do a verb and all that comes of it. Returns what the admin is shown."""
        change = act(self.value, self._clock(), verb, *args, **kwargs)
        answer: object = None
        asked: deque[Ask] = deque()
        while True:
            self._take(change)
            answer = answer if change.answer is None else change.answer
            asked.extendleft(reversed(change.asks))
            if not asked:
                return answer
            change = self._carry_out(asked.popleft())

    def next_due(self) -> datetime | None:
        """Return when the clock next makes something happen: a paused task, an import, or the end of a grant."""
        return self.value.next_due()

    @property
    def users(self) -> Mapping[str, OktaUser]:
        return self.value.users

    @property
    def groups(self) -> Mapping[str, OktaGroup]:
        return self.value.groups

    @property
    def apps(self) -> Mapping[str, AppInstance]:
        return self.value.apps

    @property
    def app_users(self) -> tuple[AppUser, ...]:
        """Every account in any app."""
        return self.value.app_users.in_order()

    @property
    def tasks(self) -> TaskList:
        return TaskList(self.value)

    @property
    def log(self) -> tuple[LogEvent, ...]:
        return tuple(self._log)

    @property
    def mappings(self) -> Mapping[tuple[str, str], GroupMapping]:
        """Pushed groups, by group and app."""
        return self.value.mappings

    @property
    def schemas(self) -> Mapping[str, AppSchema]:
        return self.value.schemas

    def app_user(self, user: str, app: str) -> AppUser | None:
        """Return the person's account in the app as Okta knows it; None once, or while, it is not assigned."""
        self.value.user(user)
        self.value.app(app)
        return self.value.app_users.get((user, app))

    def group_called(self, name: str) -> str | None:
        """Return the short name of the group that bears this name now; None where no group does."""
        found = self.value.group_called(name)
        return None if found is None else found.name

    def connector_of(self, app: str) -> ProvisioningConnector:
        return self._connectors[self.value.app(app).connection]

    def describe(self) -> dict[str, Plain]:
        return describe(self.value, self.log)

    def _connect(self, app: str, connector: ProvisioningConnector) -> str:
        """Hold a connector for an app; returns the name under which its pushes find it."""
        connection = f"{app} {len(self._connectors) + 1}"
        self._connectors[connection] = connector
        return connection

    def _take(self, change: Change) -> None:
        self.value = change.org
        self._log.extend(change.log)
        if change.refusal is not None:
            raise change.refusal

    def _carry_out(self, ask: Ask) -> Change:
        if isinstance(ask, Then):
            return act(self.value, self._clock(), ask.does, *ask.arguments)
        outcome = perform(self._connector_for(ask), ask)
        return settle(self.value, self._clock(), ask, outcome)

    def _connector_for(self, push: Push) -> ProvisioningConnector:
        return self._connectors[push.connection] if isinstance(push, CheckConnection) else self.connector_of(push.app)
