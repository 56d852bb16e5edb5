"""Every error that is printed or answered by us, explained. The lowest layer: whoever raises one names its code."""

from workato_emulator.explanations.catalogue import CATALOGUE, Explanation, explained, with_code

__all__ = ["CATALOGUE", "Explanation", "explained", "with_code"]
