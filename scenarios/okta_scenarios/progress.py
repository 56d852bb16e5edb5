"""Playing a script to its end, or until somebody stops it: what was played by then is kept either way."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from okta_scenarios.audit import Verdict, known_rules
from okta_scenarios.error_codes import RUN_PLAYER_GONE
from okta_scenarios.play import ScenarioResult
from okta_scenarios.players import Players, Script
from okta_scenarios.selection import Unusable

T = TypeVar("T")


@dataclass(slots=True)
class Played:
    """What a script came to so far. `interrupt` is what stopped it before its end."""

    results: list[ScenarioResult] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    interrupt: KeyboardInterrupt | None = None


def play(script: Script, processes: int | None, *, audit: bool, thorough: bool = False) -> Played:
    """Play all scenarios, and with `audit` break the rules that they claim. Raises `Unusable`."""
    played = Played()
    try:
        with Players(script, processes) as players, _bars() as bars:
            for result in _counted(bars, "scenarios", len(script.scenarios), players.play()):
                played.results.append(result)
            if audit:
                judged = players.judge(played.results, thorough=thorough)
                for verdict in _counted(bars, "rules", len(known_rules()), judged):
                    played.verdicts.append(verdict)
    except KeyboardInterrupt as interrupt:
        played.interrupt = interrupt
    except BrokenProcessPool:
        raise Unusable(
            "a process that plays scenarios was ended from outside; -n 1 needs none", RUN_PLAYER_GONE
        ) from None
    return played


def _bars() -> Progress:
    """Progress bars for whoever sits at a terminal, gone in the end. A CI server's log has no use for them."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal or bool(os.environ.get("CI")),
    )


def _counted(bars: Progress, what: str, total: int, things: Iterable[T]) -> Iterator[T]:
    return iter(bars.track(things, total, description=what))
