"""A faithful, stateful emulator of Workato's people-and-access API.

from workato_emulator import Emulator

client = Emulator().client("acme")
client.get("/api/members").json()
"""

TYPE_CHECKING = False  # importing it takes longer than all that is done before the command line minds an interrupt
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from workato_emulator.clock import EPOCH, Clock
    from workato_emulator.console import as_argument, hanging, room, why_unwritable
    from workato_emulator.console.tables import print_table
    from workato_emulator.domain.assumptions import Assumption, UnknownAssumption, choices_from, open_questions
    from workato_emulator.domain.assumptions import catalogue as assumptions
    from workato_emulator.domain.consulted import noting
    from workato_emulator.domain.data_centers import hosts_of
    from workato_emulator.domain.rules import Rule, Standing
    from workato_emulator.doors.developer.coverage import DocumentedOperation
    from workato_emulator.doors.developer.named import Named
    from workato_emulator.emulator import Emulator
    from workato_emulator.http.origins import is_loopback, parts_of, server_at
    from workato_emulator.http.secrets import Secrets, text_without_secrets, without_secrets
    from workato_emulator.http.shapes import Field, shape_of
    from workato_emulator.interrupts import interruptible
    from workato_emulator.pulling.channel import (
        Channel,
        Pace,
        Unanswered,
        address_of,
        allowed_hosts,
        announced_wait,
        data_center_of,
    )
    from workato_emulator.state.seats import Seat
    from workato_emulator.state.seeds import SeedProblem
    from workato_emulator.text import counted, did_you_mean, one_line, visible
    from workato_emulator.text.error_codes import ErrorCode, with_code
    from workato_emulator.text.tokens import is_sendable

__all__ = [
    "EPOCH",
    "Assumption",
    "Channel",
    "Clock",
    "DocumentedOperation",
    "Emulator",
    "ErrorCode",
    "Field",
    "Pace",
    "Rule",
    "Seat",
    "Secrets",
    "SeedProblem",
    "Standing",
    "Unanswered",
    "UnknownAssumption",
    "address_of",
    "allowed_hosts",
    "announced_wait",
    "as_argument",
    "assumptions",
    "choices_from",
    "contract_document",
    "contract_documents",
    "counted",
    "data_center_of",
    "did_you_mean",
    "documented",
    "error_codes",
    "hanging",
    "hosts",
    "hosts_of",
    "interruptible",
    "is_loopback",
    "is_sendable",
    "named",
    "noting",
    "one_line",
    "open_questions",
    "operation_of",
    "operations",
    "parts_of",
    "print_table",
    "privileges",
    "room",
    "rules",
    "scim_operations",
    "server_at",
    "shape_of",
    "text_without_secrets",
    "visible",
    "why_unwritable",
    "with_code",
    "without_secrets",
]

_HOMES = {
    "EPOCH": "clock",
    "Assumption": "domain.assumptions",
    "Channel": "pulling.channel",
    "Clock": "clock",
    "DocumentedOperation": "doors.developer.coverage",
    "Emulator": "emulator",
    "ErrorCode": "text.error_codes",
    "Field": "http.shapes",
    "Pace": "pulling.channel",
    "Rule": "domain.rules",
    "Seat": "state.seats",
    "Secrets": "http.secrets",
    "SeedProblem": "state.seeds",
    "Standing": "domain.rules",
    "Unanswered": "pulling.channel",
    "UnknownAssumption": "domain.assumptions",
    "address_of": "pulling.channel",
    "allowed_hosts": "pulling.channel",
    "announced_wait": "pulling.channel",
    "as_argument": "console",
    "choices_from": "domain.assumptions",
    "counted": "text",
    "data_center_of": "pulling.channel",
    "did_you_mean": "text",
    "hanging": "console",
    "hosts_of": "domain.data_centers",
    "interruptible": "interrupts",
    "is_loopback": "http.origins",
    "is_sendable": "text.tokens",
    "noting": "domain.consulted",
    "one_line": "text",
    "open_questions": "domain.assumptions",
    "parts_of": "http.origins",
    "print_table": "console.tables",
    "room": "console",
    "server_at": "http.origins",
    "shape_of": "http.shapes",
    "text_without_secrets": "http.secrets",
    "visible": "text",
    "why_unwritable": "console",
    "with_code": "text.error_codes",
    "without_secrets": "http.secrets",
}
"""Where each name lives. A name is imported when it is first used: `serve` needs no HTTP client, and who reads a file
needs no emulator."""


def __getattr__(name: str) -> "Any":  # noqa: ANN401  (whatever the name stands for)
    from importlib import import_module

    if name == "assumptions":
        return import_module(f"{__name__}.domain.assumptions").catalogue
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def rules() -> "tuple[Rule, ...]":
    """Every rule that the emulator holds, sorted by id."""
    from importlib import import_module
    from pkgutil import walk_packages

    from workato_emulator import domain
    from workato_emulator.domain.rules import CATALOGUE

    for module in walk_packages(domain.__path__, f"{domain.__name__}."):  # a rule is known once it is imported
        import_module(module.name)
    return tuple(rule for _, rule in sorted(CATALOGUE.items()))


def privileges() -> tuple[str, ...]:
    """What an API client's role may tick, as seeds spell it."""
    from workato_emulator.domain.access import Privilege

    return tuple(each.value for each in Privilege)


def hosts() -> frozenset[str]:
    """Every host of a public data center of Workato's."""
    from workato_emulator.domain.data_centers import DATA_CENTERS, hosts_of

    return frozenset(host for name in DATA_CENTERS for host in hosts_of(name))


def operations() -> dict[str, tuple[str, str]]:
    """The Developer API's operations: operationId to method and path."""
    from workato_emulator.http.contract import load

    return {each.id: (each.method, each.path) for each in load("workato.yaml").values()}


def contract_document() -> "Mapping[str, Any]":
    """The Developer API's OpenAPI document, not to be changed."""
    from workato_emulator.http.contract import document

    return document("workato.yaml")


def contract_documents() -> "tuple[Mapping[str, Any], ...]":
    """The OpenAPI documents of what a live workspace answers, the Developer API's and SCIM's; not to be changed."""
    from workato_emulator.http.contract import document

    return document("workato.yaml"), document("scim.yaml")


def scim_operations() -> dict[str, tuple[str, str]]:
    """SCIM's operations: operationId to method and path."""
    from workato_emulator.http.contract import load

    return {each.id: (each.method, each.path) for each in load("scim.yaml").values()}


def operation_of(method: str, path: str) -> str | None:
    """The operationId that answers this request to the Developer API or to SCIM; None where nobody does.

    `path` has no query.
    """
    from workato_emulator.doors.developer.resources import developer_routes
    from workato_emulator.doors.scim.resources import PREFIX, scim_routes

    routes = scim_routes() if path.startswith(PREFIX) else developer_routes()
    found = routes.find(method, path)
    return None if found is None or found.route is None else found.route.operation


def named(operation: str) -> "Named":
    """The names that an operation of the Developer API knows, of what is sent and of what is answered."""
    from workato_emulator.doors.developer.named import named

    return named(operation)


def error_codes() -> "tuple[ErrorCode, ...]":
    """Every code that an error of ours may have, those of other packages too, as far as they are imported."""
    from workato_emulator.text.error_codes import ERROR_CODES, commands, control_plane  # noqa: F401  (they declare)

    return tuple(ERROR_CODES.values())


def documented() -> tuple["DocumentedOperation", ...]:
    """Every operation that Workato documents for people and access, and what became of it here."""
    from workato_emulator.doors.developer import coverage

    return coverage.documented()
