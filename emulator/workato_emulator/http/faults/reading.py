"""From the fields of a request to a fault, and back."""

from collections.abc import Collection, Mapping
from dataclasses import MISSING, fields
from typing import Any

from workato_emulator.http.bodies import Malformed
from workato_emulator.http.faults.answers import Garbage, RateLimited, Status
from workato_emulator.http.faults.armed import Fault
from workato_emulator.http.faults.connection import DropAfterWork, DropBeforeWork, Latency, Truncated
from workato_emulator.text import nearest

_EFFECTS: Mapping[str, type[Any]] = {
    each.name: each for each in (Status, RateLimited, Latency, DropBeforeWork, DropAfterWork, Garbage, Truncated)
}
_FRAMING = frozenset({"content-length", "transfer-encoding", "trailer", "upgrade", "keep-alive", "te"})
_COMMON = frozenset({"operation", "effect", "count", "latency_seconds"})


class UnusableFault(Malformed):
    """A fault that cannot be armed: an operation or an effect that does not exist, or a field the effect lacks."""


def read_fault(asked: Mapping[str, Any], operations: Collection[str]) -> Fault:
    """The fault that these fields describe; their types are the contract's. Raises `UnusableFault`.

    Without an effect it is the old form, which answers with a status.
    """
    operation = asked["operation"]
    if operation not in operations:
        raise UnusableFault(f"no operation called {operation!r}", "operation", nearest(operation, operations))
    name = asked.get("effect", Status.name)
    if name not in _EFFECTS:
        known = ", ".join(_EFFECTS)
        raise UnusableFault(f"no effect called {name!r}; there are {known}", "effect", nearest(name, _EFFECTS))
    latency = asked.get("latency_seconds", 0.0)
    if name == Latency.name and not latency:
        raise UnusableFault("latency takes latency_seconds, more than 0", "latency_seconds")
    return Fault(operation, _effect(name, asked), asked.get("count", 1), latency)


def _effect(name: str, asked: Mapping[str, Any]) -> Any:  # noqa: ANN401  (one of the effects)
    kind = _EFFECTS[name]
    takes = {each.name: each for each in fields(kind)}
    own = {key: value for key, value in asked.items() if key not in _COMMON}
    for key in own:
        if key not in takes:
            raise UnusableFault(f"the effect {name} does not take {key}", key, nearest(key, takes))
    for key, each in takes.items():
        if key not in own and each.default is MISSING and each.default_factory is MISSING:
            raise UnusableFault(f"the effect {name} takes a {key}", key)
    if kind is Status:
        _must_be_sendable(own)
    if kind is Garbage and not isinstance(own.get("body", ""), str):
        raise UnusableFault("garbage is a text", "body")
    return kind(**own)


def _must_be_sendable(own: Mapping[str, Any]) -> None:
    """Raises `UnusableFault` for headers that would not arrive as they are written."""
    names = [name.lower() for name in own.get("headers", {})]
    for name in names:
        if name in _FRAMING:
            raise UnusableFault(
                f"{name} says where the answer ends, which the effects truncated and drop_after_work disturb", "headers"
            )
        if names.count(name) > 1:
            raise UnusableFault(f"duplicate header {name}", "headers")


def as_request(fault: Fault) -> dict[str, Any]:
    """What the request that arms it says."""
    effect = fault.effect
    own = {each.name: getattr(effect, each.name) for each in fields(effect)}  # type: ignore[arg-type]
    return {
        "operation": fault.operation,
        "effect": effect.name,
        "count": fault.count,
        "latency_seconds": fault.latency,
        **{key: dict(value) if isinstance(value, Mapping) else value for key, value in own.items()},
    }
