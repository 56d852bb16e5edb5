"""Every rule there is, of either side, for whoever explains one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import workato_emulator
from okta_scenarios.rules.catalogue import SEAM_RULES

_ASSUMPTION = re.compile(r"\bassumption ([a-z_]+)")


@dataclass(frozen=True, slots=True)
class KnownRule:
    """A rule of either catalogue: of the seam, or of Workato's side as the emulator has it."""

    id: str
    statement: str
    source: str
    standing: str

    @property
    def assumptions(self) -> tuple[str, ...]:
        """The open questions that its source names: where a live tenant answers one, the rule was seen at work."""
        return tuple(_ASSUMPTION.findall(self.source))


@cache
def known_rules() -> Mapping[str, KnownRule]:
    """Every rule there is, the seam's first, each catalogue in its own order."""
    seam = {each.id: KnownRule(each.id, each.statement, each.source, each.standing) for each in SEAM_RULES.values()}
    own = {
        each.id: KnownRule(each.id, each.statement, each.source, each.standing.value)
        for each in workato_emulator.rules()
    }
    return seam | own
