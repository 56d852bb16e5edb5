"""One look at the inspector: what was asked for, and what a page needs to answer."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import TypeAlias

from starlette.datastructures import QueryParams
from starlette.responses import Response

from workato_emulator.doors.inspector.admission import Admission
from workato_emulator.http.asking import Ask
from workato_emulator.http.backend import Backend
from workato_emulator.http.exchange import Exchange

HOME = "/_emulator/"
_REMEMBERED = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an act, for the page that is shown next."""

    text: str
    is_refusal: bool = False


class Outcomes:
    """What came of the latest acts, by a number. Only what happened here can be shown, whatever a link says."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._kept: deque[tuple[str, Outcome]] = deque(maxlen=_REMEMBERED)

    def keep(self, said: Outcome) -> str:
        number = str(next(self._numbers))
        self._kept.append((number, said))
        return number

    def get(self, number: str | None) -> Outcome | None:
        return next((said for each, said in self._kept if each == number), None)


@dataclass(frozen=True, slots=True)
class Visit:
    """`form_value` is what forms carry to show that they are ours; `here` is where acts lead back to."""

    backend: Backend
    exchange: Exchange
    parameters: Mapping[str, str]
    query: QueryParams
    form: Mapping[str, str]
    ask: Ask
    admission: Admission
    sayings: Outcomes

    @property
    def here(self) -> str:
        """The page with its filters, without what an act has said on it."""
        left = QueryParams([(name, value) for name, value in self.query.multi_items() if name != "said"])
        path = self.exchange.sent_path
        return f"{path}?{left}" if left else path


PageHandler: TypeAlias = Callable[[Visit], Response]
