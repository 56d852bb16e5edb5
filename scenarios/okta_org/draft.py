"""How a verb is written: over a draft of the org, which becomes a `Change` or is thrown away.

A verb is a function that takes a draft and its arguments. It changes the draft step by step, and where it refuses, it
raises; the draft is gone then and the org is what it was. `act` makes of such a function a pure one: org, time and
arguments in, a change out.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Concatenate, ParamSpec, TypeVar, TypeVarTuple

from okta_connector.folding import fold
from okta_org.events import EventType
from okta_org.org import Org
from okta_org.pushes import Push
from okta_org.refusals import OktaRefusal
from okta_org.values import AppUser, GroupMapping, LogEvent, LogOutcome, OktaGroup, OktaUser, PushRule

A = TypeVarTuple("A")
P = ParamSpec("P")
V = TypeVar("V", bound=Callable[..., None])

VERBS: dict[str, Callable[..., None]] = {}
"""What an Okta admin can do, by name."""


def verb(function: V) -> V:
    """Declare a verb. A step of the scenario language that is called so hands it its keys, by their names."""
    VERBS[function.__name__] = function
    return function


@dataclass(frozen=True, slots=True)
class Then:
    """A consequence whose turn comes later: it looks at the org as it will be."""

    does: Callable[..., None]
    arguments: tuple[object, ...]


Ask = Push | Then


@dataclass(frozen=True, slots=True)
class Change:
    """What came of a verb or of an outcome.

    `log` are the new entries of the System Log. `asks` are carried out in this order, and what one of them asks for
    comes before the next. `answer` is what the admin sees. A `refusal` says no although something was logged: that a
    connection was tested in vain.
    """

    org: Org
    log: tuple[LogEvent, ...] = ()
    asks: tuple[Ask, ...] = ()
    answer: object = None
    refusal: OktaRefusal | None = None


class Draft:
    """An org on its way to another one, at one moment."""

    def __init__(self, org: Org, now: datetime) -> None:
        self.org = org
        self.now = now
        self.answer: object = None
        self.refusal: OktaRefusal | None = None
        self._log: list[LogEvent] = []
        self.asks: list[Ask] = []

    def change(self) -> Change:
        return Change(self.org, tuple(self._log), tuple(self.asks), self.answer, self.refusal)

    def set(self, **fields: Any) -> None:  # noqa: ANN401 - fields of an `Org`
        self.org = replace(self.org, **fields)

    def ask(self, push: Push) -> None:
        self.asks.append(push)

    def then(self, does: "Callable[[Draft, *A], None]", *args: *A) -> None:
        """Do this after everything that was asked for so far has been settled; at once where nothing was."""
        if not self.asks:
            does(self, *args)
        else:
            self.asks.append(Then(does, args))

    def record(
        self,
        event: EventType,
        targets: Iterable[str],
        *,
        detail: str | None = None,
        failed: bool = False,
        warning: bool = False,
    ) -> None:
        """Write one entry of the System Log."""
        outcome = LogOutcome.FAILURE if failed else LogOutcome.SUCCESS
        self._log.append(LogEvent(self.now, event, outcome, tuple(targets), detail, warning))

    def keep_user(self, user: OktaUser) -> None:
        usernames = self.org.usernames
        if before := self.org.users.get(user.name):
            usernames = usernames.without(fold(before.login))
        self.set(users=self.org.users.put(user.name, user), usernames=usernames.put(fold(user.login), user.name))

    def drop_user(self, user: OktaUser) -> None:
        self.set(users=self.org.users.without(user.name), usernames=self.org.usernames.without(fold(user.login)))

    def keep_group(self, group: OktaGroup) -> None:
        self.set(groups=self.org.groups.put(group.name, group))

    def keep(self, account: AppUser) -> AppUser:
        """Keep it in the place of what was known of that person in that app."""
        self.set(app_users=self.org.app_users.put((account.user, account.app), account))
        return account

    def keep_mapping(self, mapping: GroupMapping) -> GroupMapping:
        self.set(mappings=self.org.mappings.put((mapping.group, mapping.app), mapping))
        return mapping

    def keep_push_rule(self, rule: PushRule) -> None:
        self.set(push_rules=self.org.push_rules.put((rule.name, rule.app), rule))


def act(
    org: Org, now: datetime, verb: Callable[Concatenate[Draft, P], None], *args: P.args, **kwargs: P.kwargs
) -> Change:
    """Do a verb. Raises `OktaRefusal`."""
    draft = Draft(org, now)
    verb(draft, *args, **kwargs)
    return draft.change()


def record(
    draft: Draft, event: EventType, targets: tuple[str, ...], detail: str | None = None, failed: bool = False
) -> None:
    """Write an entry when its turn has come."""
    draft.record(event, targets, detail=detail, failed=failed)
