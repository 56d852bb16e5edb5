"""From a seed document to everything a fresh emulator remembers."""

from datetime import datetime

from workato_emulator.domain.ids import IdFactory
from workato_emulator.seeds.build import assumptions_of, build
from workato_emulator.seeds.document import SeedDocument, SeedProblem
from workato_emulator.store import Stored


def stored_from(document: SeedDocument, now: datetime, ids_seed: int, *, strict: bool = False) -> Stored:
    """What the store holds at the start. Raises `SeedProblem` for a dangling reference."""
    ids = IdFactory(ids_seed)
    try:
        assumptions = assumptions_of(document)
        cloud = build(document, now=now, ids=ids, assumptions=assumptions)
    except SeedProblem as problem:
        raise document.placed(problem) from None
    return Stored(cloud, ids.count, assumptions, strict=strict)
