"""Where a scenario plays: what it asks of a service, and the services that there are."""

from okta_scenarios.targets.in_process import InProcess
from okta_scenarios.targets.live import Live
from okta_scenarios.targets.served import Served
from okta_scenarios.targets.target import EVERYTHING, Ability, CannotBegin, LiveTerms, Service, Target, TargetUnusable

__all__ = [
    "EVERYTHING",
    "Ability",
    "CannotBegin",
    "InProcess",
    "Live",
    "LiveTerms",
    "Served",
    "Service",
    "Target",
    "TargetUnusable",
]
