"""What an admin chooses for one app instance."""

from dataclasses import dataclass
from typing import Literal

Writes = Literal["whole set", "configured environment"]


@dataclass(frozen=True, slots=True)
class ConnectorSettings:
    """One app instance of Okta serves one workspace and offers the roles of one environment.

    `writes`: the whole set says what holds in every environment, so that nothing outlives a push that omits it,
    whether Workato merges or replaces. The configured environment alone leaves the others to other writers.

    `update_unchanged`: Okta pushes whole profiles, so most pushes change no role. True sends them all the same, which
    puts right whatever was changed behind Okta's back. False compares first and saves the call.
    """

    environment_type: str = "dev"
    writes: Writes = "whole set"
    update_unchanged: bool = True
