"""What a broken rule is."""

from dataclasses import dataclass, field

import okta_connector
import okta_org
from okta_connector.scim import ScimDecisions


@dataclass(frozen=True, slots=True)
class SeamDecisions:
    """What both sides of the seam decide, on either road; by default as the documented rules ask."""

    connector: okta_connector.Decisions = field(default_factory=okta_connector.Decisions)
    org: okta_org.Decisions = field(default_factory=okta_org.Decisions)
    scim: ScimDecisions = field(default_factory=ScimDecisions)


@dataclass(frozen=True, slots=True)
class Violation:
    """A world in which one rule does not hold. `sentence` says how that world is.

    `suspend` names the emulator's rules that would hold it on Workato's side. `decisions` are those of a world in which
    the functions that uphold the rule are replaced, and nothing that upholds no rule.
    """

    rule: str
    sentence: str
    suspend: frozenset[str] = frozenset()
    decisions: SeamDecisions = field(default_factory=SeamDecisions)


@dataclass(frozen=True, slots=True)
class Unbreakable:
    """A rule that nothing upholds: there is no place where the world could be made otherwise."""

    rule: str
    reason: str
