"""When two texts are one name: only A to Z have a capital that means the same."""

from string import ascii_lowercase, ascii_uppercase

_A_TO_Z = str.maketrans(ascii_uppercase, ascii_lowercase)


def fold(text: str) -> str:
    """Fold an address or a name, so that texts which mean the same are equal.

    Unicode's folding also equates letters that mail servers tell apart, such as `ß` and `ss` or `K` (Kelvin) and `k`:
    under it a stranger's address is the same person.
    """
    return text.lower() if text.isascii() else text.translate(_A_TO_Z)


def alike(one: str, other: str) -> bool:
    return fold(one) == fold(other)
