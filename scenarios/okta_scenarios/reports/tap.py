"""TAP version 14: one test point per scenario, why it failed or proves nothing as its diagnostics."""

from collections.abc import Iterator

from okta_scenarios.reports.failures import failure_text, unnoticed_text
from okta_scenarios.reports.summary import Run
from workato_emulator import one_line


def tap_report(run: Run) -> str:
    return "\n".join(_lines(run)) + "\n"


def _lines(run: Run) -> Iterator[str]:
    yield "TAP version 14"
    yield f"1..{len(run.results) + run.unplayed}"
    for number, result in enumerate(run.results, 1):
        unnoticed = run.unnoticed_in(result)
        said = "ok" if result.failure is None and not unnoticed else "not ok"
        yield f"{said} {number} - {_escape(f'{result.id} {result.title}')}"
        if result.failure is not None:
            yield "  ---"
            yield f"  at: {{file: {_quote(result.file)}, line: {result.failure.line}}}"
            yield "  message: |"
            yield from (f"    {line}".rstrip() for line in failure_text(result).splitlines())
            yield "  ..."
        elif unnoticed:
            yield "  ---"
            yield "  message: |"
            for verdict in unnoticed:
                yield from (f"    {line}".rstrip() for line in unnoticed_text(verdict, run.results).splitlines())
            yield "  ..."
    if run.interrupted:
        yield "Bail out! interrupted"


def _escape(title: str) -> str:
    """A title in which nothing looks like a directive, on one line."""
    return one_line(" ".join(title.split())).replace("\\", "\\\\").replace("#", "\\#")


def _quote(text: str) -> str:
    return "'" + one_line(text).replace("'", "''") + "'"
