"""A faithful, stateful emulator of Workato's people-and-access API.

from workato_emulator import Emulator

client = Emulator().client("acme")
client.get("/api/members").json()
"""

from workato_emulator.clock import Clock
from workato_emulator.domain.access import Privilege as _Privilege
from workato_emulator.domain.assumptions import Assumption
from workato_emulator.domain.assumptions import catalogue as assumptions
from workato_emulator.domain.rules import CATALOGUE as _CATALOGUE
from workato_emulator.domain.rules import Rule, Standing
from workato_emulator.emulator import Emulator
from workato_emulator.seeds import SeedProblem
from workato_emulator.web.contract import load as _load

__all__ = [
    "Assumption",
    "Clock",
    "Emulator",
    "Rule",
    "SeedProblem",
    "Standing",
    "assumptions",
    "operations",
    "privileges",
    "rules",
]


def rules() -> tuple[Rule, ...]:
    """Every rule that the emulator holds, sorted by id."""
    return tuple(rule for _, rule in sorted(_CATALOGUE.items()))


def privileges() -> tuple[str, ...]:
    """What an API client's role may tick, as seeds spell it."""
    return tuple(each.value for each in _Privilege)


def operations() -> dict[str, tuple[str, str]]:
    """The Developer API's operations: operationId to method and path."""
    return {each.id: (each.method, each.path) for each in _load("workato.yaml").values()}
