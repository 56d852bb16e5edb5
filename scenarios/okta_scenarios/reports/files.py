"""Reports as files: asked for as KIND=FILE, refused before anything is played, written in the end."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from okta_scenarios.error_codes import RUN_REPORT
from okta_scenarios.reports.html_report import html_report
from okta_scenarios.reports.json_report import json_report
from okta_scenarios.reports.junit import junit_report
from okta_scenarios.reports.summary import Run
from okta_scenarios.reports.tap import tap_report
from okta_scenarios.selection import Unusable
from workato_emulator import did_you_mean, why_unwritable

REPORTS: dict[str, Callable[[Run], str]] = {
    "html": html_report,
    "json": json_report,
    "junit": junit_report,
    "tap": tap_report,
}


@dataclass(frozen=True, slots=True)
class ReportFile:
    kind: str
    file: Path


def report_file(text: str, kinds: Iterable[str] = REPORTS) -> ReportFile:
    """What KIND=FILE asks for. Raises `Unusable` for an unknown kind and for a file that could not be written."""
    kind, _, name = text.partition("=")
    if kind not in kinds or not name:
        hint = "" if kind in kinds else did_you_mean(kind, kinds)
        raise Unusable(f"--report takes {', '.join(f'{each}=FILE' for each in kinds)}, not {text!r}{hint}", RUN_REPORT)
    file = Path(name)
    reason = why_unwritable(file)
    if reason is not None:
        raise Unusable(f"--report {text}: {reason}", RUN_REPORT)
    return ReportFile(kind, file)


def report_files(texts: Iterable[str], kinds: Iterable[str] = REPORTS) -> tuple[ReportFile, ...]:
    """The same for several, which may not share a file."""
    reports: dict[Path, ReportFile] = {}
    for text in texts:
        report = report_file(text, kinds)
        first = reports.setdefault(report.file.resolve(), report)
        if first is not report:
            raise Unusable(f"--report {text}: the report {first.kind} goes into the same file", RUN_REPORT)
    return tuple(reports.values())


def spare(report: ReportFile, sources: Iterable[Path]) -> None:
    """Raises `Unusable` for a report that would overwrite one of these files that are read."""
    if any(report.file.resolve() == each.resolve() for each in sources):
        raise Unusable(f"--report {report.kind}={report.file}: the file is read by this run", RUN_REPORT)


def write(report: ReportFile, run: Run) -> None:
    """Raises `Unusable` where the file could not be written after all."""
    write_text(report, REPORTS[report.kind](run))


def write_text(report: ReportFile, text: str) -> None:
    """Raises `Unusable` where the file could not be written after all: a disk may fill up.

    Half a character, as a file name may hold it, is written as an escape, which JSON reads.
    """
    try:
        report.file.write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise Unusable(f"{report.file}: {error.strerror}", RUN_REPORT) from None
