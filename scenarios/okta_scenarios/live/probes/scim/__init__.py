"""The probes of SCIM, and what no probe of it reaches."""

from collections.abc import Mapping

from okta_scenarios.live.probes.model import Probe
from okta_scenarios.live.probes.scim.reading import READING

SCIM_PROBES: tuple[Probe, ...] = (*READING,)
UNREACHED: Mapping[str, str] = {}
"""Why no probe asks it, by the assumption's id."""
