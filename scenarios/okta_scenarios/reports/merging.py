"""JSON reports put together: of the shards of one run that gives what the run would have said, but for its timing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from pydantic import ValidationError

from okta_scenarios.assumptions import questions
from okta_scenarios.bundled import in_order
from okta_scenarios.error_codes import RUN_REPORT
from okta_scenarios.reports.report_shape import (
    FamilyEntry,
    FindingEntry,
    Report,
    RuleCounts,
    RuleEntry,
    ScenarioCounts,
    ScenarioEntry,
    StandingCounts,
    Summary,
    Timing,
)
from okta_scenarios.reports.summary import STANDINGS, STATUSES, WEIGHTS
from okta_scenarios.rules import known_rules
from okta_scenarios.selection import Unusable

_SAME = ("seed", "assumptions", "observed", "target", "version", "commit")
"""What reports have to share that are put together."""


def read_report(file: Path) -> Report:
    """A JSON report of this version. Raises `Unusable`."""
    try:
        return Report.model_validate_json(file.read_bytes())
    except OSError as error:
        raise Unusable(f"{file}: {error.strerror or error}", RUN_REPORT) from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise Unusable(f"{file}: this is not a report of this version: {where}: {first['msg']}", RUN_REPORT) from None


def merged(reports: Sequence[Report]) -> Report:
    """One report of several. Raises `Unusable` for such as cannot belong together."""
    _must_belong_together(reports)
    scenarios = _scenarios(reports)
    places = {each.id: each.place for each in scenarios}
    rules = _rules(reports, places)
    noticed = {each.id: each for each in rules if each.status == "unnoticed"}
    judged = tuple(
        each.model_copy(update={"unnoticed": tuple(rule for rule in each.rules if rule in noticed)})
        for each in scenarios
    )
    return Report(
        scenarios=judged,
        rules=rules,
        sweep=_sweep(reports, judged),
        summary=_summary(reports, judged, rules),
        against=None,
        timing=Timing(seconds=round(sum(each.timing.seconds for each in reports), 3)),
    )


def _must_belong_together(reports: Sequence[Report]) -> None:
    first, *others = reports
    for other in others:
        for key in _SAME:
            one, another = getattr(first.summary, key), getattr(other.summary, key)
            if one != another:
                raise Unusable(f"the reports are of different runs: {key} is {one!r} and {another!r}", RUN_REPORT)
        if bool(first.rules) != bool(other.rules) or (first.sweep is None) != (other.sweep is None):
            raise Unusable("the reports are of different runs: not all of them broke rules, or swept", RUN_REPORT)
    times = Counter(scenario.id for report in reports for scenario in report.scenarios)
    twice = [id_ for id_, count in times.items() if count > 1]
    if twice:
        raise Unusable(f"{twice[0]} is in more than one of the reports", RUN_REPORT)


def _missing(reports: Sequence[Report]) -> bool:
    """Whether a share of the run is in none of the reports."""
    shards = {each.summary.shard for each in reports}
    if None in shards:
        return False
    of = {str(each).partition("/")[2] for each in shards}
    return len(of) != 1 or len(shards) != int(of.pop())


def _scenarios(reports: Sequence[Report]) -> tuple[ScenarioEntry, ...]:
    """Shares of a run go back to their places; whole runs follow one another."""
    found = [*chain.from_iterable(report.scenarios for report in reports)]
    if all(report.summary.shard is not None for report in reports):
        return tuple(sorted(found, key=lambda scenario: scenario.place))
    return tuple(each.model_copy(update={"place": number}) for number, each in enumerate(found, 1))


def _rules(reports: Sequence[Report], places: Mapping[str, int]) -> tuple[RuleEntry, ...]:
    found: dict[str, list[RuleEntry]] = {}
    for rule in chain.from_iterable(report.rules for report in reports):
        found.setdefault(rule.id, []).append(rule)
    order = [id_ for id_ in known_rules() if id_ in found]
    return tuple(_rule(found[id_], places) for id_ in order)


def _rule(parts: Sequence[RuleEntry], places: Mapping[str, int]) -> RuleEntry:
    """What one run would have said: one claim that is noticed is enough, and one that fails too much."""
    statuses = {part.status for part in parts}
    status = next(each for each in ("failed", "verified", "unbreakable", "unnoticed", "unclaimed") if each in statuses)
    claiming = _in_place(chain.from_iterable(part.scenarios for part in parts), places)
    belonging = [part.belongs for part in parts if part.belongs is not None]
    nearest = sorted(
        belonging, key=lambda each: (each.scenario not in claiming, places.get(each.scenario, len(places)))
    )
    return parts[0].model_copy(
        update={
            "status": status,
            "scenarios": claiming,
            "failing": tuple(
                sorted(
                    chain.from_iterable(part.failing for part in parts), key=lambda each: places.get(each.scenario, 0)
                )
            ),
            "belongs": nearest[0] if nearest and status == "unnoticed" else None,
        }
    )


def _in_place(ids: Iterable[str], places: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(ids, key=lambda id_: places.get(id_, len(places))))


def _sweep(reports: Sequence[Report], scenarios: Sequence[ScenarioEntry]) -> tuple[FindingEntry, ...] | None:
    if reports[0].sweep is None:
        return None
    claims = {each.id: each.rules for each in scenarios}
    places = {each.id: each.place for each in scenarios}
    found: dict[str, list[FindingEntry]] = {}
    for finding in chain.from_iterable(report.sweep or () for report in reports):
        found.setdefault(finding.id, []).append(finding)
    order = [each.id for each in questions() if each.id in found]
    findings = [_finding(found[id_], places, claims) for id_ in order]
    return tuple(sorted(findings, key=lambda finding: WEIGHTS.index(finding.status)))


def _finding(
    parts: Sequence[FindingEntry], places: Mapping[str, int], claims: Mapping[str, Sequence[str]]
) -> FindingEntry:
    tried = parts[0].alternatives
    consequences = sorted(
        chain.from_iterable(part.consequences for part in parts),
        key=lambda each: (tried.index(each.alternative), places[each.scenario]),
    )
    consulted = _in_place(chain.from_iterable(part.consulted_by for part in parts), places)
    return parts[0].model_copy(
        update={
            "status": "decisive" if consequences else "harmless" if consulted else "unconsulted",
            "consequences": tuple(consequences),
            "rules": tuple(dict.fromkeys(rule for each in consequences for rule in claims[each.scenario])),
            "consulted_by": consulted,
            "settled_by": _in_place(chain.from_iterable(part.settled_by for part in parts), places),
        }
    )


def _summary(reports: Sequence[Report], scenarios: Sequence[ScenarioEntry], rules: Sequence[RuleEntry]) -> Summary:
    summaries = [report.summary for report in reports]
    counts = [summary.scenarios for summary in summaries]
    statuses = Counter(rule.status for rule in rules)
    claimed = [rule for rule in rules if rule.status != "unclaimed"]
    shortcomings = chain.from_iterable(summary.shortcomings for summary in summaries)
    return summaries[0].model_copy(
        update={
            "complete": all(summary.complete for summary in summaries) and not _missing(reports),
            "scenarios": ScenarioCounts(
                total=sum(each.total for each in counts),
                passed=sum(each.passed for each in counts),
                failed=sum(each.failed for each in counts),
                not_played=sum(each.not_played for each in counts),
                with_faults=sum(each.with_faults for each in counts),
            ),
            "rules": RuleCounts(total=len(rules), **{status: statuses[status] for status in STATUSES}),
            "standings": {
                standing: StandingCounts(
                    claimed=sum(rule.standing == standing for rule in claimed),
                    verified=sum(rule.standing == standing and rule.status == "verified" for rule in claimed),
                )
                for standing in STANDINGS
            },
            "families": _families(summaries, scenarios),
            "requests": sum(summary.requests for summary in summaries),
            "virtual_seconds": sum(summary.virtual_seconds for summary in summaries),
            "shard": None,
            "shortcomings": tuple(dict.fromkeys(shortcomings)),
        }
    )


def _families(summaries: Sequence[Summary], scenarios: Sequence[ScenarioEntry]) -> tuple[FamilyEntry, ...]:
    titles = {each.folder: each.title for summary in summaries for each in summary.families}
    found: dict[str, Counter[str]] = {}
    for each in scenarios:
        came_to = "failed" if each.status == "failed" else "unnoticed" if each.unnoticed else "passed"
        found.setdefault(each.family, Counter())[came_to] += 1
    return tuple(
        FamilyEntry(
            folder=folder,
            title=titles[folder],
            total=found[folder].total(),
            passed=found[folder]["passed"],
            unnoticed=found[folder]["unnoticed"],
            failed=found[folder]["failed"],
        )
        for folder in sorted(found, key=in_order)
    )
