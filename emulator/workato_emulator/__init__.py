"""A faithful, stateful emulator of Workato's people-and-access API.

from workato_emulator import Emulator

client = Emulator().client("acme")
client.get("/api/members").json()
"""

from functools import cache as _cache
from typing import TYPE_CHECKING, Any

from workato_emulator.clock import Clock
from workato_emulator.console import (
    as_argument,
    counted,
    did_you_mean,
    hanging,
    one_line,
    room,
    visible,
    why_unwritable,
)
from workato_emulator.domain.access import Privilege as _Privilege
from workato_emulator.domain.assumptions import Assumption, UnknownAssumption, choices_from
from workato_emulator.domain.assumptions import catalogue as assumptions
from workato_emulator.domain.data_centers import DATA_CENTERS as _DATA_CENTERS
from workato_emulator.domain.data_centers import hosts_of
from workato_emulator.domain.rules import CATALOGUE as _CATALOGUE
from workato_emulator.domain.rules import Rule, Standing
from workato_emulator.explanations import Explanation, explained, with_code
from workato_emulator.http.secrets import Secrets, text_without_secrets, without_secrets
from workato_emulator.interrupts import interruptible

if TYPE_CHECKING:
    from workato_emulator.console.tables import print_table
    from workato_emulator.doors.developer.call import Endpoint
    from workato_emulator.emulator import Emulator
    from workato_emulator.http.documented import DocumentedOperation
    from workato_emulator.http.named import Named
    from workato_emulator.http.routing import RouteTable
    from workato_emulator.state.seeds import SeedProblem
    from workato_emulator.state.seeds.wording import mistyped, shown

__all__ = [
    "Assumption",
    "Clock",
    "DocumentedOperation",
    "Emulator",
    "Explanation",
    "Rule",
    "Secrets",
    "SeedProblem",
    "Standing",
    "UnknownAssumption",
    "as_argument",
    "assumptions",
    "choices_from",
    "counted",
    "did_you_mean",
    "documented",
    "explained",
    "explanations",
    "hanging",
    "hosts",
    "hosts_of",
    "interruptible",
    "mistyped",
    "named",
    "one_line",
    "operation_of",
    "operations",
    "print_table",
    "privileges",
    "room",
    "rules",
    "shown",
    "text_without_secrets",
    "visible",
    "why_unwritable",
    "with_code",
    "without_secrets",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401  (whatever the name stands for)
    """Loaded lazily, because it is slow to import: `serve` needs no HTTP client, and `rules` no seeds."""
    if name == "Emulator":
        from workato_emulator.emulator import Emulator

        return Emulator
    if name == "SeedProblem":
        from workato_emulator.state.seeds import SeedProblem

        return SeedProblem
    if name in {"mistyped", "shown"}:
        from workato_emulator.state.seeds import wording

        return getattr(wording, name)
    if name == "print_table":
        from workato_emulator.console.tables import print_table

        return print_table
    if name == "DocumentedOperation":
        from workato_emulator.http.documented import DocumentedOperation

        return DocumentedOperation
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def rules() -> tuple[Rule, ...]:
    """Every rule that the emulator holds, sorted by id."""
    import workato_emulator.app  # noqa: F401  (a rule is known once the module that holds it is imported)

    return tuple(rule for _, rule in sorted(_CATALOGUE.items()))


def privileges() -> tuple[str, ...]:
    """What an API client's role may tick, as seeds spell it."""
    return tuple(each.value for each in _Privilege)


def hosts() -> frozenset[str]:
    """Every host of a public data center of Workato's."""
    return frozenset(host for name in _DATA_CENTERS for host in hosts_of(name))


def operations() -> dict[str, tuple[str, str]]:
    """The Developer API's operations: operationId to method and path."""
    from workato_emulator.http.contract import load

    return {each.id: (each.method, each.path) for each in load("workato.yaml").values()}


def operation_of(method: str, path: str) -> str | None:
    """The operationId that answers this request to the Developer API; None where nobody does. `path` has no query."""
    found = _routes().find(method, path)
    return None if found is None or found.route is None else found.route.operation


def named(operation: str) -> "Named":
    """The names that an operation of the Developer API knows, of what is sent and of what is answered."""
    from workato_emulator.http.named import named

    return named(operation)


def explanations() -> tuple[Explanation, ...]:
    """Every error that is explained, those of other packages too, as far as they are imported."""
    from workato_emulator.explanations import CATALOGUE, command_line, control_plane  # noqa: F401  (they declare)

    return tuple(CATALOGUE.values())


def documented() -> tuple["DocumentedOperation", ...]:
    """Every operation that Workato documents for people and access, and what became of it here."""
    from workato_emulator.http import documented

    return documented.documented()


@_cache
def _routes() -> "RouteTable[Endpoint]":
    from workato_emulator.doors import developer

    return developer.routes()
