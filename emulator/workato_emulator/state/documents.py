"""From a seed document to everything a fresh emulator remembers, and back."""

from datetime import datetime
from typing import Any

from workato_emulator.domain.consulted import noting
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.refusals import Invalid
from workato_emulator.state import Stored
from workato_emulator.state.garbage import no_collection
from workato_emulator.state.seeds.build import assumptions_of, build
from workato_emulator.state.seeds.document import SeedDocument
from workato_emulator.state.seeds.export import export
from workato_emulator.state.seeds.problems import Found, SeedProblem


@no_collection()
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
        cloud = build(document, now=now, ids=ids, assumptions=assumptions, found=found)
    except SeedProblem as problem:
        raise document.with_place(problem) from None
    except Invalid as refusal:
        raise document.with_place(SeedProblem("", refusal.text)) from None
    return Stored(cloud, ids.count, assumptions, strict=strict)


@no_collection()
def document_of(stored: Stored, apart_from: Stored | None = None) -> dict[str, Any]:
    """What the store holds, as the seed document that would bring it about again.

    `apart_from` is for a comparison: the people who are the same there are left out.
    """
    other = None if apart_from is None else apart_from.cloud
    return export(stored.cloud, stored.assumptions, stored.ids, strict=stored.strict, apart_from=other)
