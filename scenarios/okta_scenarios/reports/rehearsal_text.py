"""What a person at a terminal reads of a rehearsal: the dangers first, then the sums, then what it hangs on."""

from collections.abc import Iterator

from okta_scenarios.language.durations import duration_in_words
from okta_scenarios.rehearsal.alternatives import Answer
from okta_scenarios.rehearsal.comparison import Comparison
from okta_scenarios.rehearsal.outcome import Danger, Outcome, Row
from workato_emulator import counted, hanging, one_line

MOST = 10
"""People and tasks of one kind that are listed. The reports have all of them."""


def rehearsal_text(answer: Answer) -> Iterator[str]:
    """The lines, each harmless for a terminal."""
    outcome = answer.outcome
    yield one_line(outcome.title)
    yield f"{outcome.starts:%Y-%m-%d} to {outcome.ends:%Y-%m-%d}, {counted(len(outcome.rows), 'person', 'people')}"
    yield ""
    for danger in Danger:
        yield from _dangerous(outcome, danger)
    yield from _refused(outcome)
    yield from _sums(outcome)
    yield from _hangs_on(answer)
    if answer.against is not None:
        yield from _against(answer.against, answer.against_file)
    for note in outcome.notes:
        yield hanging("note         ", one_line(note))


def _dangerous(outcome: Outcome, danger: Danger) -> Iterator[str]:
    rows = outcome.with_danger(danger)
    if not rows:
        return
    yield f"{danger}: {counted(len(rows), 'person', 'people')}"
    for row in rows[:MOST]:
        yield one_line(f"  {called(row)}")
        for finding in row.findings:
            if finding.danger is danger:
                yield hanging("      ", one_line(finding.why))
    if len(rows) > MOST:
        yield f"  and {len(rows) - MOST} more"
    yield ""


def called(row: Row) -> str:
    """Somebody by username, name and workspace."""
    name = "" if row.name in {"", row.person} else f" ({row.name})"
    return f"{row.person}{name}{f' in {row.workspace}' if row.workspace else ''}"


def _refused(outcome: Outcome) -> Iterator[str]:
    if not outcome.refused:
        return
    yield f"refused: {counted(len(outcome.refused), 'thing')}"
    refusals = outcome.refusals()
    for each, times in refusals[:MOST]:
        place = f"{each.place}: " if each.place else ""
        others = f" (and {times - 1} more)" if times > 1 else ""
        yield hanging("  ", one_line(f"{place}{each.what}: {each.why}{others}"))
    if len(refusals) > MOST:
        yield f"  and {len(refusals) - MOST} other reasons"
    yield ""


def _sums(outcome: Outcome) -> Iterator[str]:
    yield hanging("people       ", ", ".join(f"{count} {fate}" for fate, count in outcome.fates().items()))
    for workspace, seats in outcome.seats.items():
        used = f"{seats.before} before, {seats.most} at most, {seats.after} after, of {seats.limit}"
        yield hanging("seats        ", one_line(f"{workspace}: {used}"))
    limited = f"{outcome.rate_limited} answered 429, {outcome.failed_requests} failed otherwise"
    yield hanging("requests     ", f"{outcome.total_requests}, {limited}")
    yield hanging("time         ", waited(outcome))
    yield hanging("tasks        ", f"{len(outcome.tasks)} left on Dashboard > Tasks that need a hand")
    texts: dict[str, int] = {}
    for task in outcome.tasks:
        texts[task.message] = texts.get(task.message, 0) + 1
    for text, times in list(texts.items())[:MOST]:
        yield hanging("             ", one_line(text) + (f" (x{times})" if times > 1 else ""))
    if len(texts) > MOST:
        yield f"             and {len(texts) - MOST} more"
    rules = ", ".join(f"{rule} x{times}" for rule, times in outcome.rules.items())
    yield hanging("rules        ", rules or "none spoke")


def waited(outcome: Outcome) -> str:
    """How long the limits of Workato hold things up, as a sentence."""
    if outcome.wait is None:
        return "no limit holds anything up"
    wait = outcome.wait
    return f"{duration_in_words(wait.lasted)} until nothing waits for a limit, from {wait.since:%Y-%m-%d %H:%M}"


def _hangs_on(answer: Answer) -> Iterator[str]:
    yield ""
    deciding = answer.deciding
    decisive = {each.trial.assumption for each in deciding}
    yield f"assumptions  {len(answer.outcome.consulted)} consulted, the outcome hangs on {len(decisive)}"
    if answer.untried:
        yield f"             {counted(answer.untried, 'alternative')} not played"
    for each in deciding:
        trial = each.trial
        yield hanging(
            "  ", one_line(f"{trial.assumption}={trial.alternative} instead of {trial.assumed}: {each.question}")
        )
        for line in (each.impossible,) if each.impossible else each.comparison.sums:
            yield hanging("      ", one_line(line))


def _against(comparison: Comparison, file: str) -> Iterator[str]:
    yield ""
    yield one_line(f"compared with {file}: {counted(len(comparison.people), 'person', 'people')} fare otherwise")
    for line in (*comparison.sums, *comparison.totals):
        yield hanging("  ", one_line(line))
    for each in comparison.people[:MOST]:
        yield hanging("  ", one_line(f"{each.person}: {', '.join(each.how)}"))
    if len(comparison.people) > MOST:
        yield f"  and {len(comparison.people) - MOST} more"
