"""From a path to whoever answers it, at a cost that depends on the path and not on how many routes there are."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar
from urllib.parse import quote, unquote

from msgspec import Struct
from starlette.types import Scope

from workato_emulator.http.nearest import nearest_route

H = TypeVar("H", bound=Callable[..., object])
_DOTS = frozenset({".", ".."})
"""Whoever resolves them asks for something else; so they are nobody's name."""
_NOBODY = _DOTS | {""}

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


class Found(Struct, Generic[H]):
    """What a path led to. `route` is None where the path is known and the method is not; `allowed` says which are."""

    route: Route[H] | None
    parameters: dict[str, str]
    allowed: tuple[str, ...] = ()


Form: TypeAlias = tuple[str | None, ...]
"""The segments of a path, None where a parameter stands."""

Methods: TypeAlias = dict[str, tuple[Route[H], tuple[tuple[int, str], ...]]]
"""The routes of one form by their methods, each with the places and names of its parameters."""


class RouteTable(Generic[H]):
    """Routes by the form of their paths. A path is tried as each form of its length; an early literal segment wins."""

    def __init__(self, routes: Iterable[Route[H]]) -> None:
        self._routes: list[Route[H]] = []
        self._by_form: dict[Form, Methods[H]] = {}
        self._parameters: dict[int, list[tuple[int, ...]]] = {}
        """Where parameters stand in paths of so many segments."""
        self._nearest: dict[tuple[str, str], Route[H] | None] = {}
        for route in routes:
            self._add(route)

    def __iter__(self) -> Iterator[Route[H]]:
        return iter(self._routes)

    def _add(self, route: Route[H]) -> None:
        segments = _segments(route.path)
        names = {place: each[1:-1] for place, each in enumerate(segments) if each.startswith("{")}
        places = tuple(names)
        form = tuple(None if place in names else each for place, each in enumerate(segments))
        methods = self._by_form.setdefault(form, {})
        if route.method in methods:
            raise ValueError(f"two routes for {route.method} {route.path}")
        methods[route.method] = (route, tuple(names.items()))
        self._routes.append(route)
        others = self._parameters.setdefault(len(segments), [])
        if places not in others:
            others.append(places)
            others.sort(key=lambda each: [place in each for place in range(len(segments))])

    def find(self, method: str, path: str) -> Found[H] | None:
        """The route for this request, or None where no route has this path, which is percent-encoded as it was sent.

        What leads to a GET leads to a HEAD. Parameters come decoded, and may hold a slash that was encoded.
        """
        segments = decoded_segments(path)
        for places in self._parameters.get(len(segments), ()):
            form: list[str | None] = [*segments]
            for place in places:
                if segments[place] not in _NOBODY:
                    form[place] = None
            methods = self._by_form.get(tuple(form))
            if methods is not None:
                return _served(methods, method, segments)
        return None

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


def _served(methods: Methods[H], method: str, segments: list[str]) -> Found[H]:
    """What the routes of one form have for this method."""
    served = methods.get("GET" if method == "HEAD" and "HEAD" not in methods else method)
    if served is None:
        heads = {"HEAD"} if "GET" in methods else set()
        return Found(None, {}, tuple(sorted(methods.keys() | heads)))
    route, names = served
    parameters = {}
    for place, name in names:
        parameters[name] = segments[place]
    return Found(route, parameters)


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
