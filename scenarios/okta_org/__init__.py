"""Okta's side of the seam: an org as a frozen value, and verbs that make another one of it.

    Org ── act(org, now, verb, ...) ──► Change: the next org, entries of the System Log, and what is asked for
     ▲                                            │
     │                                            ▼ a push: plain data
     └── settle(org, now, push, outcome) ◄── perform(connector, push)

A *verb* (`assign`, `deactivate_user`, …) is a function over a draft of the org, marked with `@verb`. It refuses by
raising an `OktaRefusal`, and the draft is thrown away: nothing has changed. What it wants of an app it asks for as a
*push*. Nothing in a verb knows HTTP, a connector, files, the wall clock or chance.

A push is performed outside, through whichever connector holds the connection that the app instance names. Its outcome,
a failure included, is *settled* on the org as it is by then; that may ask for further pushes. So pushes can be delayed,
interleaved and replayed. What an admin's act sets off later, such as the next of three hundred people, is asked for in
the same list (`Then`), and looks at the org when its turn comes.

`OktaOrg` is the driver: it holds the value, the log and the connectors, and carries out what is asked for at once and
depth first. What an org decides about the documented rules is part of the value (`Decisions`), as is what no source
settles (`OktaAssumptions`).

Not taken: verbs as generators that wait for answers. They read like a story, but a waiting generator remembers the org
of before, and is no data.
"""

from okta_org import directory, retries, role_attributes  # noqa: F401  (they declare verbs that nothing else here calls)
from okta_org.assumptions import OktaAssumptions, assumptions_among
from okta_org.decisions import Decisions
from okta_org.draft import VERBS, Change, Then, act
from okta_org.driver import OktaOrg
from okta_org.events import EventType
from okta_org.org import Org
from okta_org.perform import perform
from okta_org.port import ProvisioningConnector
from okta_org.pushes import Push
from okta_org.refusals import OktaRefusal, UnknownName
from okta_org.settle import settle
from okta_org.values import (
    AppInstance,
    AppSchema,
    AppSettings,
    AppUser,
    AppUserStatus,
    CheckResult,
    GroupMapping,
    ImportResult,
    LogEvent,
    LogOutcome,
    MappingStatus,
    MatchCriterion,
    OktaGroup,
    OktaUser,
    Scope,
    SettingsChange,
    SyncState,
    Task,
    TaskKind,
    TaskState,
    UserStatus,
)

__all__ = [
    "VERBS",
    "AppInstance",
    "AppSchema",
    "AppSettings",
    "AppUser",
    "AppUserStatus",
    "Change",
    "CheckResult",
    "Decisions",
    "EventType",
    "GroupMapping",
    "ImportResult",
    "LogEvent",
    "LogOutcome",
    "MappingStatus",
    "MatchCriterion",
    "OktaAssumptions",
    "OktaGroup",
    "OktaOrg",
    "OktaRefusal",
    "OktaUser",
    "Org",
    "ProvisioningConnector",
    "Push",
    "Scope",
    "SettingsChange",
    "SyncState",
    "Task",
    "TaskKind",
    "TaskState",
    "Then",
    "UnknownName",
    "UserStatus",
    "act",
    "assumptions_among",
    "perform",
    "settle",
]
