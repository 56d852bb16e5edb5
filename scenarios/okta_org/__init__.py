"""Okta's side of the seam: a deterministic, synchronous Okta org."""

from okta_org.assumptions import OktaAssumption, OktaAssumptions, assumptions_among
from okta_org.assumptions import catalogue as okta_assumptions
from okta_org.decisions import Decisions
from okta_org.driver import OktaOrg
from okta_org.events import EventType
from okta_org.import_rows import Choices
from okta_org.port import ProvisioningConnector
from okta_org.refusals import OktaRefusal, UnknownName
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
    MappingStatus,
    MatchCriterion,
    OktaGroup,
    OktaUser,
    Outcome,
    Scope,
    Switches,
    SyncState,
    Task,
    TaskKind,
    TaskState,
    UserStatus,
)

__all__ = [
    "AppInstance",
    "AppSchema",
    "AppSettings",
    "AppUser",
    "AppUserStatus",
    "CheckResult",
    "Choices",
    "Decisions",
    "EventType",
    "GroupMapping",
    "ImportResult",
    "LogEvent",
    "MappingStatus",
    "MatchCriterion",
    "OktaAssumption",
    "OktaAssumptions",
    "OktaGroup",
    "OktaOrg",
    "OktaRefusal",
    "OktaUser",
    "Outcome",
    "ProvisioningConnector",
    "Scope",
    "Switches",
    "SyncState",
    "Task",
    "TaskKind",
    "TaskState",
    "UnknownName",
    "UserStatus",
    "assumptions_among",
    "okta_assumptions",
]
