"""From a seed document to everything a fresh emulator remembers, and back."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from workato_emulator.domain.consulted import noting
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.refusals import Invalid
from workato_emulator.state import Stored
from workato_emulator.state.seeds.build import assumptions_of, build
from workato_emulator.state.seeds.document import SeedDocument
from workato_emulator.state.seeds.export import SharedRows, export
from workato_emulator.state.seeds.problems import Found, SeedProblem


def stored_from(
    document: SeedDocument,
    now: datetime,
    ids_seed: int,
    *,
    strict: bool = False,
    consulted: set[str] | None = None,
) -> Stored:
    """What the store holds at the start. Raises `SeedProblem` for all that does not fit.

    `consulted` takes the ids of the assumptions that are read, from here on.
    """
    ids, found = IdFactory(ids_seed), Found()
    try:
        assumptions = assumptions_of(document, found)
        if consulted is not None:
            assumptions = noting(assumptions, consulted)
        with _pause_collection():
            cloud = build(document, now=now, ids=ids, assumptions=assumptions, found=found)
    except SeedProblem as problem:
        raise document.with_place(problem) from None
    except Invalid as refusal:
        raise document.with_place(SeedProblem("", refusal.text)) from None
    return Stored(cloud, ids.count, assumptions, strict=strict)


def document_of(stored: Stored, shared: SharedRows | None = None) -> dict[str, Any]:
    """What the store holds, as the seed document that would bring it about again.

    `shared` is for several documents that are compared, and not changed.
    """
    with _pause_collection():
        return export(stored.cloud, stored.assumptions, stored.ids, strict=stored.strict, shared=shared)


@contextmanager
def _pause_collection() -> Iterator[None]:
    """While this is open the collector of garbage rests.

    It would look at all of a growing world again and again: a third of the time that 50,000 people take.
    """
    works = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if works:
            gc.enable()
