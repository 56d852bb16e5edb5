"""The journal of a served emulator as exchanges: its SCIM door's, and nothing else of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from okta_scenarios.assumptions import okta_assumptions
from okta_scenarios.live.exchange import SCIM, Exchange
from okta_scenarios.live.okta_side.turns import turns
from okta_scenarios.live.okta_side.verdicts import WITNESSES


class NoConversation(Exception):
    """The journal is not one, or has no request to the SCIM door."""


def conversation(journal: Mapping[str, Any]) -> tuple[Sequence[Exchange], datetime]:
    """The exchanges, and when the first of them was. Raises `NoConversation`."""
    try:
        rows = [each for each in journal["data"] if each["path"].startswith(f"{SCIM}/")]
        times = [datetime.fromisoformat(each["at"]) for each in rows]
        found = [_exchange(each, at, times[0]) for each, at in zip(rows, times, strict=True)]
        dropped = int(journal["dropped"])
    except (KeyError, TypeError, ValueError, AttributeError):
        raise NoConversation("what was answered is not a journal") from None
    if dropped:
        raise NoConversation(f"the journal has lost its first {dropped} entries; clear it, and play less at a time")
    if not found:
        raise NoConversation(f"the journal has no request to {SCIM}")
    return found, times[0]


def _exchange(row: Mapping[str, Any], at: datetime, begun: datetime) -> Exchange:
    path, _, query = row["path"].partition("?")
    return Exchange(
        method=row["method"],
        path=path,
        status=row["status"] or 0,
        query=dict(parse_qsl(query, keep_blank_values=True)),
        body=row["request"],
        answer=row["response"],
        client="okta",
        at=at - begun,
    )


def with_verdicts(exchanges: Sequence[Exchange], app: str) -> Sequence[Exchange]:
    """The same, each with what it says of Okta's client. `app` is `custom` or `catalogue`."""
    choices = {each.id: (each.default, *each.alternatives) for each in okta_assumptions()}
    said = turns(exchanges)
    found = list(exchanges)
    for name, witness in WITNESSES.items():
        for turn, value in witness(said, app):
            each = found[turn.n]
            found[turn.n] = replace(
                each,
                foreseen={**each.foreseen, name: choices[name]},
                verdicts={**each.verdicts, name: value},
            )
    return found
