"""One transaction: what an act reads, and what it leaves behind if it is not refused."""

from dataclasses import dataclass, field
from datetime import datetime

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.values import Cloud


@dataclass(slots=True)
class Work:
    """Acts replace `cloud`; whoever began the work keeps it, or drops it when the act is refused.

    `despite_refusal` is the one exception: a cloud that is kept although the act was refused, for the assumption under
    which an invitation that comes too soon starts its cool-down again.
    """

    cloud: Cloud
    now: datetime
    ids: IdFactory
    assumptions: Assumptions
    despite_refusal: Cloud | None = field(default=None)
