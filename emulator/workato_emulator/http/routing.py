"""From a path to whoever answers it, at a cost that depends on the path and not on how many routes there are."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from urllib.parse import quote, unquote

from starlette.types import Scope

from workato_emulator.http.nearest import nearest_route

H = TypeVar("H", bound=Callable[..., object])
_PARAMETER = "{}"
_DOTS = frozenset({".", ".."})
"""Whoever resolves them asks for something else; so they are nobody's name."""

_KEPT = 256
_LONGEST_KEPT = 1_000
"""Characters: a longer path is kept alone."""


@dataclass(frozen=True, slots=True)
class Route(Generic[H]):
    """One operation: `path` in OpenAPI form, `operation` its operationId, `handler` whoever answers."""

    method: str
    path: str
    operation: str
    handler: H


@dataclass(slots=True)
class _Node(Generic[H]):
    children: dict[str, "_Node[H]"] = field(default_factory=dict)
    routes: dict[str, tuple[Route[H], tuple[str, ...]]] = field(default_factory=dict)


@dataclass(slots=True)
class Found(Generic[H]):
    """What a path led to. `route` is None where the path is known and the method is not; `allowed` says which are."""

    route: Route[H] | None
    parameters: dict[str, str]
    allowed: tuple[str, ...] = ()


class RouteTable(Generic[H]):
    """Routes as a tree of path segments; a literal segment wins over a parameter."""

    def __init__(self, routes: Iterable[Route[H]]) -> None:
        self._root: _Node[H] = _Node()
        self._routes: list[Route[H]] = []
        self._nearest: dict[tuple[str, str], Route[H] | None] = {}
        for route in routes:
            self._add(route)

    def __iter__(self) -> Iterator[Route[H]]:
        return iter(self._routes)

    def _add(self, route: Route[H]) -> None:
        node = self._root
        names: list[str] = []
        for segment in _segments(route.path):
            is_parameter = segment.startswith("{")
            if is_parameter:
                names.append(segment[1:-1])
            node = node.children.setdefault(_PARAMETER if is_parameter else segment, _Node())
        if route.method in node.routes:
            raise ValueError(f"two routes for {route.method} {route.path}")
        node.routes[route.method] = (route, tuple(names))
        self._routes.append(route)

    def find(self, method: str, path: str) -> Found[H] | None:
        """The route for this request, or None where no route has this path, which is percent-encoded as it was sent.

        What leads to a GET leads to a HEAD. Parameters come decoded, and may hold a slash that was encoded.
        """
        node: _Node[H] | None = self._root
        values: list[str] = []
        for segment in decoded_segments(path):
            if segment in _DOTS:
                return None
            literal = node.children.get(segment) if node is not None and segment != _PARAMETER else None
            if literal is None and node is not None and segment:
                literal = node.children.get(_PARAMETER)
                values.append(segment)
            node = literal
            if node is None:
                return None
        if node is None or not node.routes:
            return None
        served = node.routes.get("GET" if method == "HEAD" and "HEAD" not in node.routes else method)
        if served is None:
            heads = {"HEAD"} if "GET" in node.routes else set()
            return Found(None, {}, tuple(sorted(node.routes.keys() | heads)))
        route, names = served
        return Found(route, dict(zip(names, values, strict=True)))

    def nearest(self, method: str, path: str) -> Route[H] | None:
        """The route that somebody who asked for this may have meant.

        To find it takes milliseconds, and whoever asks for what is not there asks again: the last answers are kept.
        """
        asked = (method, path)
        if asked not in self._nearest:
            if len(self._nearest) >= _KEPT or len(path) > _LONGEST_KEPT:
                self._nearest.clear()
            self._nearest[asked] = nearest_route(method, path, self._routes)
        return self._nearest[asked]


def path_as_sent(scope: Scope) -> str:
    """The path with its percent-encoding, in which a slash within a segment is told from one between two."""
    raw = scope.get("raw_path")
    return quote(scope["path"]) if raw is None else raw.decode("latin-1")


def decoded_segments(path: str) -> list[str]:
    return [unquote(each) for each in _segments(path)] if "%" in path else _segments(path)


def leads_nowhere(path: str) -> bool:
    """Whether a segment is one that no operation has: a dot segment, or one with a slash of its own."""
    return ("%" in path or "/." in path or "\\" in path) and any(
        each in _DOTS or "/" in each or "\\" in each for each in decoded_segments(path)
    )


def _segments(path: str) -> list[str]:
    return path.removeprefix("/").split("/")
