"""The probes: for each assumption, what to send, what it needs, and which answer means which alternative.

They are data. `probing` sends them, and `planning` tells what would be sent.
"""

from okta_scenarios.live.probes.model import BY_HAND, Kind, Need, Probe, Step
from okta_scenarios.live.probes.objects import OBJECTS
from okta_scenarios.live.probes.people import PEOPLE
from okta_scenarios.live.probes.reading import READING
from okta_scenarios.live.probes.refused import REFUSED
from okta_scenarios.live.probes.scim import SCIM_PROBES, UNREACHED
from okta_scenarios.live.probes.special import SPECIAL

PROBES: tuple[Probe, ...] = (*READING, *REFUSED, *OBJECTS, *PEOPLE, *SPECIAL, *SCIM_PROBES)
SMALLEST = (
    "me",
    "members",
    "member",
    "log",
    "narrow",
    "no-role",
    "unknown-role",
    "group",
    "project",
    "twice",
    "known",
    "accepted",
)
"""The probes of the smallest useful set: eighteen requests or so, one click of a person, ten minutes."""


def settled_by() -> dict[str, tuple[str, ...]]:
    """The probes that settle an assumption, by its id."""
    found: dict[str, tuple[str, ...]] = {}
    for probe in PROBES:
        for name in probe.settles:
            found[name] = (*found.get(name, ()), probe.id)
    return found


__all__ = ["BY_HAND", "PROBES", "SMALLEST", "UNREACHED", "Kind", "Need", "Probe", "Step", "settled_by"]
