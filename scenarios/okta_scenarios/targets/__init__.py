"""Where a scenario plays: what it asks of a service, and the services that there are."""

from okta_scenarios.targets.in_process import InProcess
from okta_scenarios.targets.target import CannotBegin, Service, Target

__all__ = ["CannotBegin", "InProcess", "Service", "Target"]
