"""The order of the tests: the cheapest doubt first, and within a layer another order in every run."""

from collections.abc import Sequence
from hashlib import sha256

LAYERS = (
    "tests/emulator/domain/",
    "tests/org/",
    "tests/connector/",
    "tests/emulator/state/",
    "tests/emulator/http/",
    "tests/emulator/doors/",
    "tests/emulator/",
    "tests/scenarios/language/",
    "tests/scenarios/play/",
    "tests/scenarios/",
    "tests/project/",
    "tests/contract/",
    "tests/stateful/",
    "tests/served/",
)


def ordered(ids: Sequence[str], seed: int) -> list[str]:
    """The tests layer by layer; modules in a layer and tests in a module as the seed shuffles them.

    The tests of a module stay together, for the sake of what they share.
    """
    return sorted(ids, key=lambda id_: (_layer(id_), _shuffled(id_.partition("::")[0], seed), _shuffled(id_, seed)))


def _layer(id_: str) -> int:
    return next((number for number, layer in enumerate(LAYERS) if id_.startswith(layer)), len(LAYERS))


def _shuffled(text: str, seed: int) -> bytes:
    return sha256(f"{seed} {text}".encode()).digest()
