"""Reports as files: asked for as KIND=FILE, refused before anything is played, written in the end."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from okta_scenarios.explanations import RUN_REPORT
from okta_scenarios.language.problems import nearest
from okta_scenarios.reports.html_report import html_report
from okta_scenarios.reports.json_report import json_report
from okta_scenarios.reports.junit import junit_report
from okta_scenarios.reports.summary import Run
from okta_scenarios.reports.tap import tap_report
from okta_scenarios.selection import Unusable

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


def report_file(text: str) -> ReportFile:
    """What KIND=FILE asks for. Raises `Unusable` for an unknown kind and for a file that could not be written."""
    kind, _, name = text.partition("=")
    if kind not in REPORTS or not name:
        meant = None if kind in REPORTS else nearest(kind, REPORTS)
        hint = f"; did you mean {meant!r}?" if meant else ""
        raise Unusable(
            f"--report takes {', '.join(f'{each}=FILE' for each in REPORTS)}, not {text!r}{hint}", RUN_REPORT
        )
    file = Path(name)
    if file.is_dir():
        raise Unusable(f"--report {text}: {file} is a folder", RUN_REPORT)
    if not file.parent.is_dir():
        raise Unusable(f"--report {text}: there is no folder {file.parent}", RUN_REPORT)
    if not os.access(file if file.exists() else file.parent, os.W_OK):
        raise Unusable(f"--report {text}: {file} cannot be written", RUN_REPORT)
    return ReportFile(kind, file)


def write(report: ReportFile, run: Run) -> None:
    """Raises `Unusable` where the file could not be written after all: a disk may fill up."""
    try:
        report.file.write_text(REPORTS[report.kind](run), encoding="utf-8")
    except OSError as error:
        raise Unusable(f"{report.file}: {error.strerror}", RUN_REPORT) from None
