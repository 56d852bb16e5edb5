"""One variation of how things are. Unless something is said, everything is as documented or assumed by default."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from okta_scenarios.language.models.steps import FaultOn
from okta_scenarios.rules import SeamDecisions


@dataclass(frozen=True, slots=True)
class World:
    """`assumptions` hold where a scenario settles none itself.

    `suspended` are rules of Workato's side that do not hold, `decisions` those of the connector and of the org, and
    `faults` are armed before the first step.
    """

    assumptions: Mapping[str, str] = field(default_factory=dict)
    suspended: frozenset[str] = frozenset()
    decisions: SeamDecisions = field(default_factory=SeamDecisions)
    faults: tuple[FaultOn, ...] = ()


AS_DOCUMENTED = World()
