"""What outlives the process, out of all that the parts remember.

Quotas and the journal do not: they are about this minute and this session.
"""

from dataclasses import dataclass
from typing import cast

from immutables import Map

from workato_emulator.clock import Reading
from workato_emulator.domain.values import Cloud, Workspace
from workato_emulator.http.faults import Fault
from workato_emulator.service.snapshots import Everything, Readings
from workato_emulator.state import Stored


@dataclass(frozen=True, slots=True)
class Moment:
    """What lasts of an emulator at one moment."""

    stored: Stored
    clock: Reading
    faults: tuple[Fault, ...]


def moment(readings: Readings) -> Moment:
    """The readings that last, out of those of all parts."""
    return Moment(
        cast("Stored", readings["store"]),
        cast("Reading", readings["clock"]),
        cast("tuple[Fault, ...]", readings["faults"]),
    )


def same_lasting(before: Everything, after: Everything) -> bool:
    """Whether nothing that lasts has changed. It never looks through many: what has grown is compared as one thing."""
    (now, first, taken, lease), (now_after, first_after, taken_after, lease_after) = before, after
    if lease is not lease_after:
        return False
    if first is not first_after and not _same(first, first_after):
        return False
    if taken is not taken_after and (
        set(taken) != set(taken_after) or not all(_same(taken[name], taken_after[name]) for name in taken)
    ):
        return False
    return _same(now, now_after)


def _same(before: Readings, after: Readings) -> bool:
    then, now = moment(before), moment(after)
    return then.clock == now.clock and then.faults == now.faults and _same_stored(then.stored, now.stored)


def _same_stored(before: Stored, after: Stored) -> bool:
    if before is after:
        return True
    small = (before.ids, before.assumptions, before.suspended, before.strict) == (
        after.ids,
        after.assumptions,
        after.suspended,
        after.strict,
    )
    return small and (before.cloud is after.cloud or _same_cloud(before.cloud, after.cloud))


def _same_cloud(before: Cloud, after: Cloud) -> bool:
    others = (name for name in Cloud.__struct_fields__ if name != "workspaces")
    return (
        all(getattr(before, name) is getattr(after, name) for name in others)
        and before.workspaces.keys() == after.workspaces.keys()
        and all(
            _same_value(getattr(before.workspaces[id_], name), getattr(workspace, name))
            for id_, workspace in after.workspaces.items()
            if before.workspaces[id_] is not workspace
            for name in Workspace.__struct_fields__
        )
    )


def _same_value(before: object, after: object) -> bool:
    return before is after or (not isinstance(before, Map) and before == after)
