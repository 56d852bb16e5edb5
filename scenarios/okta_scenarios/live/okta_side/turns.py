"""An exchange with the SCIM door as the verdicts look at it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from okta_connector.folding import fold
from okta_scenarios.live.exchange import SCIM, Exchange, Json

_BY_USER_NAME = re.compile(r'\s*userName\s+eq\s+("(?:[^"\\]|\\.)*")\s*', re.IGNORECASE)
WRITES = frozenset({"PUT", "PATCH"})
_FIRST_FAILURE = 400


@dataclass(frozen=True, slots=True)
class Turn:
    """`kind` is the first word of the path behind the base URL, and `id` the second one. Names are folded."""

    n: int
    at: timedelta
    method: str
    kind: str
    id: str
    looked_up: str
    body: Mapping[str, Any]
    status: int
    answer: Mapping[str, Any]

    @property
    def failed(self) -> bool:
        return self.status >= _FIRST_FAILURE

    @property
    def user_name(self) -> str:
        return fold(str(self.body.get("userName", "")))

    @property
    def found(self) -> tuple[Mapping[str, Any], ...]:
        """Whom a look-up found."""
        rows = self.answer.get("Resources") if self.looked_up else None
        return tuple(each for each in rows if isinstance(each, Mapping)) if isinstance(rows, list) else ()

    @property
    def active(self) -> bool | None:
        """What a write makes of the user; None where it says nothing of that."""
        operations = self.body.get("Operations")
        values = [self.body.get("active")]
        for each in operations if isinstance(operations, list) else ():
            value = each.get("value") if isinstance(each, Mapping) else None
            values.append(value.get("active") if isinstance(value, Mapping) else value)
        return next((each for each in values if isinstance(each, bool)), None)

    def is_about(self, id_: str, kind: str = "Users") -> bool:
        return self.kind == kind and self.id == id_

    def repeats(self, other: "Turn") -> bool:
        """Whether it is the same request again."""
        return self.request == other.request

    @property
    def request(self) -> tuple[Json, ...]:
        """What was asked, without the password: a creation has another one each time."""
        body = {key: each for key, each in self.body.items() if key != "password"}
        return self.method, self.kind, self.id, self.looked_up, body


def turns(exchanges: Iterable[Exchange]) -> tuple[Turn, ...]:
    return tuple(_turn(n, each) for n, each in enumerate(exchanges))


def _turn(n: int, exchange: Exchange) -> Turn:
    kind, _, id_ = exchange.path.removeprefix(f"{SCIM}/").partition("/")
    asked = _BY_USER_NAME.fullmatch(str(exchange.query.get("filter", "")))
    return Turn(
        n,
        exchange.at,
        exchange.method,
        kind,
        id_,
        fold(asked[1][1:-1].replace('\\"', '"').replace("\\\\", "\\")) if asked and kind == "Users" else "",
        _object(exchange.body),
        exchange.status,
        _object(exchange.answer),
    )


def _object(value: Json) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
