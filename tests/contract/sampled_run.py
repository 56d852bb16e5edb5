"""A run over part of a contract, started as a program: `sampled_run.py CONTRACT SEED PHASE=REQUESTS...`.

It prints every request, and then as JSON what came of them.

A process of its own, because Hypothesis draws on the literals of every local module that is loaded. In the process of
the tests that depends on which of them ran before; here it does not, so what fails here fails in the same way by hand.
"""

import json
import sys
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import replace

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workato_emulator.fuzzing.profiles import PROFILES, Profile
from workato_emulator.fuzzing.run import Report, fuzz
from workato_emulator.http.contract import load

SHARE = 3
"""Of so many operations one goes through the phase "coverage", which is the longest, and each that has no examples."""


def printing(profile: Profile) -> Callable[[], ASGIApp]:
    """The emulator of a profile; it prints each request on a line."""

    def made() -> ASGIApp:
        app = profile.app()

        async def printed(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            first = await receive()

            async def again() -> Message:
                return first

            print(scope["method"], scope["raw_path"], scope["query_string"], first.get("body"))  # noqa: T201  (a program)
            await app(scope, again, send)

        return printed

    return made


def run(profile: Profile, seed: int, phase: str, requests: int, done: AbstractSet[str]) -> Report:
    left_out = dict(profile.left_out)
    if phase == "coverage":
        every = sorted(load(profile.contract))
        left_out |= {each: "" for index, each in enumerate(every) if index % SHARE and each in done}
    part = replace(profile, phases=(phase,), left_out=left_out)
    return fuzz(part, seed=seed, requests=requests, app=printing(part))


def main(contract: str, seed: str, *phases: str) -> None:
    sent: dict[str, int] = {}
    done: set[str] = set()
    wrong: list[str] = []
    for phase, _, requests in (each.partition("=") for each in phases):
        report = run(PROFILES[contract], int(seed), phase, int(requests), done)
        sent[phase] = report.requests
        done |= {operation for operation, answers in report.answers.items() if answers["2xx"]}
        wrong += [*map(str, report.findings.values()), *report.errors]
    print(json.dumps({"sent": sent, "done": sorted(done), "wrong": wrong}))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
