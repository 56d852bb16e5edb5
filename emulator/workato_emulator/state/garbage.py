"""Acts on a whole world, which the collector of garbage need not watch."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """While this is open, or the function that it decorates runs, the collector of garbage rests.

    It would look at all of a growing world again and again: a third of the time that 50,000 people take.
    """
    works = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if works:
            gc.enable()
