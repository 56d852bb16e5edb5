"""What a broken rule is."""

from dataclasses import dataclass

from okta_connector import OktaConnector
from okta_org import OktaOrg


@dataclass(frozen=True, slots=True)
class Violation:
    """A world in which one rule does not hold. `sentence` says how that world is.

    `suspend` names the emulator's rules that would hold it on Workato's side. `connector` and `org` take the place of
    the proper ones: they override the methods that uphold the rule, and nothing that upholds no rule.
    """

    rule: str
    sentence: str
    suspend: frozenset[str] = frozenset()
    connector: type[OktaConnector] | None = None
    org: type[OktaOrg] | None = None


@dataclass(frozen=True, slots=True)
class Unbreakable:
    """A rule that nothing upholds: there is no place where the world could be made otherwise."""

    rule: str
    reason: str
