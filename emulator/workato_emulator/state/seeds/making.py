"""From rows to values of the domain: ids, times and names that a seed leaves out or gives twice."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from immutables import Map
from msgspec import Struct

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.people import email_key
from workato_emulator.domain.values import Assignment, EmailKey, Role, RoleId, RoleType
from workato_emulator.state.seeds.kinds import Handle, Kind, Moment, Own
from workato_emulator.state.seeds.problems import Found, SeedProblem, Unread
from workato_emulator.state.seeds.rows import SeedRow, shape_of

T = TypeVar("T", bound=Struct)
S = TypeVar("S")
R = TypeVar("R", bound=SeedRow)


class _Shared(NamedTuple):
    """The fields that a row and a type of the domain both have: those that are taken as they are, and the others."""

    plain: tuple[str, ...]
    made: tuple[tuple[str, Kind], ...]


class Making:
    """What building a cloud needs throughout, and what it has met so far."""

    def __init__(self, now: datetime, ids: IdFactory, assumptions: Assumptions, found: Found) -> None:
        self.now = now
        self.ids = ids
        self.assumptions = assumptions
        self.found = found
        self._met: set[Hashable] = set()
        self._taken: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
        self._roles_called: dict[RoleType, tuple[Map[RoleId, Role], dict[str, RoleId]]] = {}
        self._shared: dict[tuple[type, type[SeedRow], tuple[str, ...]], _Shared] = {}
        self.assignments: dict[Hashable, Assignment] = {}

    def key(self, email: str) -> EmailKey:
        return EmailKey(email) if isinstance(email, Unread) else email_key(email, self.assumptions)

    def roles_called(self, roles: Map[RoleId, Role], type_: RoleType) -> dict[str, RoleId]:
        """The roles of one permission model by their names; of two with one name the first."""
        known = self._roles_called.get(type_)
        if known is None or known[0] is not roles:
            by_name: dict[str, RoleId] = {}
            for role in roles.values():
                if role.type is type_:
                    by_name.setdefault(role.name, role.id)
            known = self._roles_called[type_] = (roles, by_name)
        return known[1]

    def each(self, start: S, rows: Iterable[R], place: str, add: Callable[["Making", S, R, str], S]) -> S:
        """What comes of adding the rows of this list one by one. A row that cannot be is noted and left out."""
        for index, row in enumerate(rows):
            with self.found.apart():
                start = add(self, start, row, f"{place}.{index}")
        return start

    def once(self, key: Hashable, place: str, message: str) -> bool:
        """Whether this key has not been met before. If it has, that is noted."""
        new = key not in self._met
        self._met.add(key)
        if not new:
            self.found.note(SeedProblem(place, message))
        return new

    def number(self, given: int | None, place: str, name: str, *scope: str) -> int:
        """The id that the seed gives under this name, or a fresh one.

        Another's id in this scope is noted, and not given again.
        """
        number = self.ids.number() if given is None else given
        taken = self._taken[scope]
        if number not in taken:
            taken.add(number)
            return number
        self.found.note(SeedProblem(f"{place}.{name}", f"{number} is the id of another one"))
        return self.ids.number()

    def value(self, type_: type[T], row: SeedRow, place: str, scope: str = "", **others: Any) -> T:  # noqa: ANN401
        """A value of the domain: what the row says under the same names, and `others`.

        An id that the row leaves out is made. A time that it leaves out is its `created_at`, and that is now.
        """
        said, shared = vars(row), self._shared_fields(type_, type(row), (*others,))
        for name in shared.plain:
            others[name] = said[name]
        for name, kind in shared.made:
            value = said[name]
            if isinstance(kind, Own):
                value = self.number(value, place, name, type_.__name__, name, scope)
            elif isinstance(kind, Handle):
                value = self.ids.handle(kind.prefix) if value is None else value
                if not self.once(
                    (value, type_.__name__, scope), f"{place}.{name}", f"{value} is the id of another one"
                ):
                    value = self.ids.handle(kind.prefix)
            elif value is None:
                value = said.get("created_at") or self.now
            others[name] = value
        return type_(**others)

    def _shared_fields(self, type_: type[Struct], row: type[SeedRow], others: tuple[str, ...]) -> _Shared:
        found = self._shared.get((type_, row, others))
        if found is None:
            names = frozenset(type_.__struct_fields__) - frozenset(others)
            both = [(name, each.bare) for name, each in shape_of(row).fields.items() if name in names]
            made = tuple((name, kind) for name, kind in both if isinstance(kind, Own | Handle | Moment))
            plain = tuple(name for name, _ in both if name not in dict(made))
            found = self._shared[type_, row, others] = _Shared(plain, made)
        return found
