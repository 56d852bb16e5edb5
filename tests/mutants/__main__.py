"""`python -m tests.mutants okta_org`: a sample of the mutants of a package, and which of them nothing notices."""

import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import click
import pytest

from .accepted import accepted
from .making import Mutant, is_a_change, sample
from .running import InFunctions, Job, Verdict, fork, load_libraries, run_from_import, verdicts_on
from .suites import Suite
from .types import refused_by_types

KEPT = Path(".mutants")
ALONE = ("-m", "not socket and not browser and not slow")
"""A mutant lives in one process: tests that start others cannot see it."""

EMULATOR = Suite("emulator", KEPT, ("tests/emulator",), ALONE)
PACKAGES = {
    "domain": (Path("emulator/workato_emulator/domain"), EMULATOR),
    "service": (Path("emulator/workato_emulator/service"), EMULATOR),
    "http": (Path("emulator/workato_emulator/http"), EMULATOR),
    "okta_connector": (Path("connector/okta_connector"), Suite("connector", KEPT, ("tests/connector",), ALONE)),
    "okta_org": (Path("scenarios/okta_org"), Suite("org", KEPT, ("tests/org",), ALONE)),
}
LIBRARY = Suite("library", KEPT, ("scenarios/suites",), ("-o", "workato_scenarios=scenarios/suites"))
AN_HOUR = 3600
MAY_SURVIVE = 0.04
LIBRARY_MAY_MISS = 0.3


@dataclass(frozen=True)
class Settings:
    size: int
    seed: int
    processes: int
    library: bool
    again: bool


@click.command(help=__doc__)
@click.argument("packages", nargs=-1, type=click.Choice(list(PACKAGES)))
@click.option("--size", default=300, help="how many mutants of each package")
@click.option("--seed", default=9, help="another seed draws another sample")
@click.option("-n", "processes", default=2, help="how many at a time")
@click.option("--library", is_flag=True, help="ask the scenario library instead of the tests beside the package")
@click.option("--kept", is_flag=True, help="do not measure again which test reaches which line")
@click.option("--again", is_flag=True, help="only those that survived last time")
def main(
    packages: Sequence[str], *, size: int, seed: int, processes: int, library: bool, kept: bool, again: bool
) -> None:
    load_libraries()
    KEPT.mkdir(exist_ok=True)
    settings = Settings(size, seed, processes, library, again)
    chosen = packages or list(PACKAGES)
    suites = dict.fromkeys(LIBRARY if library else PACKAGES[name][1] for name in chosen)
    for suite in suites:
        if not kept:
            _wait_for(fork(lambda: _record(suite), AN_HOUR))  # noqa: B023  (called at once)
        if not suite.tests[0]:
            raise click.ClickException(f"no test of the {suite.name} passes without a mutant")
        if suite.tests[1]:
            click.echo(f"left out, since they fail without a mutant: {', '.join(suite.tests[1])}")
    good = [_report(name, settings) for name in chosen]
    raise SystemExit(0 if all(good) else 1)


def _record(suite: Suite) -> Verdict:
    suite.record()
    return Verdict.SURVIVED


def _wait_for(process: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def _report(name: str, settings: Settings) -> bool:
    """Try a package's sample, print the survivors and the counts, and say whether they are few enough."""
    started = time.monotonic()
    folder, suite = PACKAGES[name]
    suite = LIBRARY if settings.library else suite
    file = KEPT / f"{name}.{suite.name}.survivors.json"
    drawn = [each for each in sample(folder, settings.size, settings.seed) if is_a_change(each)]
    if settings.again:
        last = set(json.loads(file.read_text("utf-8")))
        drawn = [each for each in drawn if each.key in last]
    found: dict[Mutant, Verdict] = {}
    for mutant, verdict in _verdicts(drawn, suite, settings.processes, f"{suite.paths[0]}/{folder.name}/"):
        found[mutant] = verdict
        click.echo(f"{len(found)} of {len(drawn)} {verdict.name} {mutant.path.name} {mutant.change}", err=True)
    survivors = [mutant for mutant in drawn if found[mutant] is Verdict.SURVIVED]
    by_types = [] if settings.library else [each for each in survivors if refused_by_types(each, KEPT / "mypy")]
    survivors = [each for each in survivors if each not in by_types]
    file.write_text(json.dumps([each.key for each in survivors], indent=1), "utf-8")
    if not settings.library:
        _print(name, folder, survivors)
    counts = Counter(found.values())
    valid = len(found) - counts[Verdict.INVALID]
    share = len(survivors) / max(valid, 1)
    click.echo(
        f"{name}: {len(survivors)} of {valid} valid mutants survive the {suite.name} ({share:.1%}). Types alone notice "
        f"{len(by_types)}. {counts[Verdict.ENDLESS]} do not end. {counts[Verdict.INVALID]} that do not import are not "
        f"counted. {time.monotonic() - started:.0f} s"
    )
    return settings.again or share < (LIBRARY_MAY_MISS if settings.library else MAY_SURVIVE)


def _verdicts(drawn: Sequence[Mutant], suite: Suite, processes: int, beside: str) -> Iterator[tuple[Mutant, Verdict]]:
    jobs = {each.key: Job(each, suite.reaching(each.path, each.lines, beside)) for each in drawn}
    quick = [job for job in jobs.values() if not job.reach.outside]
    reading, writing = os.pipe()
    collecting = os.fork()
    if not collecting:
        with os.fdopen(writing, "w") as answers:
            in_functions = InFunctions(quick, processes, lambda mutant, verdict: _tell(answers, mutant, verdict))
            pytest.main(suite.arguments(), plugins=[in_functions])
        os._exit(0)
    os.close(writing)
    left = dict(jobs)
    with os.fdopen(reading) as answers:
        for key, name in map(json.loads, answers):
            if Verdict[name] is not Verdict.NEEDS_IMPORT:
                yield left.pop(key).mutant, Verdict[name]
    _wait_for(collecting)
    yield from verdicts_on(list(left.values()), lambda job: run_from_import(job, suite), processes)


def _tell(answers: TextIO, mutant: Mutant, verdict: Verdict) -> None:
    answers.write(json.dumps([mutant.key, verdict.name]) + "\n")
    answers.flush()


def _print(name: str, folder: Path, survivors: Sequence[Mutant]) -> None:
    reasons = {(each.module, each.within, each.change): each.why for each in accepted().get(name, ())}
    for mutant in sorted(survivors, key=lambda each: each.key):
        click.echo(f"{mutant.path}:{mutant.lines.start} {mutant.within}")
        for line in mutant.change:
            click.echo(f"  {line}")
        click.echo(
            f"  {reasons.get((mutant.path.relative_to(folder).as_posix(), mutant.within, mutant.change), '???')}"
        )


if __name__ == "__main__":
    main()
