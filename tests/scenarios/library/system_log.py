"""What every scenario of the library makes Okta log and send, as text, and as a line per scenario to hold it against.

python tests/scenarios/library/system_log.py keep            write the snapshot anew
python tests/scenarios/library/system_log.py show FOLDER     write the full text of each, to compare two checkouts
"""

import sys
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from okta_org import LogEvent
from okta_scenarios.bundled import suites
from okta_scenarios.language import Library, Problems, Scenario, load
from okta_scenarios.play import flaws, vocabulary
from okta_scenarios.play.acts import act
from okta_scenarios.play.harness import Harness

SEEDS = (0, 1)
SNAPSHOT = Path(__file__).with_name("system_log.txt")


@cache
def library() -> Library:
    """The whole library, read once in a process: that takes seconds."""
    found = load((suites(),), vocabulary(), flaws)
    if isinstance(found, Problems):
        raise TypeError(str(found))
    return found


def played(scenario: Scenario, seed: int) -> str:
    """Each step's requests with their statuses, then each org's System Log with its times."""
    return "\n".join(_lines(scenario, seed))


def _lines(scenario: Scenario, seed: int) -> Iterator[str]:
    harness = Harness(scenario, seed)
    harness.recorder.take()
    for number, step in enumerate(scenario.steps, 1):
        act(harness, step)
        for exchange in harness.recorder.take():
            yield f"{number} {exchange.method} {exchange.path} {exchange.status}"
    for name, org in harness.orgs.items():
        yield from (f"{name} {_entry(event)}" for event in org.log)


def _entry(event: LogEvent) -> str:
    severity = "WARN" if event.warning else "-"
    targets = ",".join(event.targets)
    return f"{event.at.isoformat()} {event.type.value} {event.outcome.value} {severity} {targets} {event.detail}"


def snapshot_line(scenario: Scenario, seed: int) -> str:
    """The scenario, the seed, how many lines there are, and their digest."""
    text = played(scenario, seed)
    return f"{scenario.id} seed {seed}: {len(text.splitlines())} {blake2b(text.encode(), digest_size=8).hexdigest()}"


def snapshot(seed: int) -> Iterator[str]:
    return (snapshot_line(each, seed) for each in sorted(library(), key=lambda each: each.id))


def main(command: str, *folder: str) -> None:
    if command == "keep":
        lines = sorted(line for seed in SEEDS for line in snapshot(seed))
        SNAPSHOT.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return
    place = Path(*folder)
    place.mkdir(parents=True, exist_ok=True)
    for scenario in library():
        for seed in SEEDS:
            (place / f"{scenario.id}.{seed}.txt").write_text(f"{played(scenario, seed)}\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
