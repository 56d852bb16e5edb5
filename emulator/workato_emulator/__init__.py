"""A faithful, stateful emulator of Workato's people-and-access API.

from workato_emulator import Emulator

client = Emulator().client("acme")
client.get("/api/members").json()
"""

from typing import TYPE_CHECKING, Any

from workato_emulator.clock import Clock
from workato_emulator.domain.access import Privilege as _Privilege
from workato_emulator.domain.assumptions import Assumption
from workato_emulator.domain.assumptions import catalogue as assumptions
from workato_emulator.domain.rules import CATALOGUE as _CATALOGUE
from workato_emulator.domain.rules import Rule, Standing

if TYPE_CHECKING:
    from workato_emulator.emulator import Emulator
    from workato_emulator.seeds import SeedProblem

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


def __getattr__(name: str) -> Any:  # noqa: ANN401  (whatever the name stands for)
    """`Emulator` and `SeedProblem`, when asked for: `serve` needs no HTTP client, and `rules` no seeds."""
    if name == "Emulator":
        from workato_emulator.emulator import Emulator

        return Emulator
    if name == "SeedProblem":
        from workato_emulator.seeds import SeedProblem

        return SeedProblem
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def rules() -> tuple[Rule, ...]:
    """Every rule that the emulator holds, sorted by id."""
    import workato_emulator.app  # noqa: F401  (a rule is known once the module that holds it is imported)

    return tuple(rule for _, rule in sorted(_CATALOGUE.items()))


def privileges() -> tuple[str, ...]:
    """What an API client's role may tick, as seeds spell it."""
    return tuple(each.value for each in _Privilege)


def operations() -> dict[str, tuple[str, str]]:
    """The Developer API's operations: operationId to method and path."""
    from workato_emulator.web.contract import load

    return {each.id: (each.method, each.path) for each in load("workato.yaml").values()}
