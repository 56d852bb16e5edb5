"""How many examples are worth it: each is a whole history, so they are few, and four times as many with `--long`."""

from hypothesis import settings


def percent(share: int) -> int:
    """This share of the examples that the profile has for a property of one call."""
    return max(1, settings().max_examples * share // 100)
