"""A stop that comes while a command is loaded waits until it can be told."""

import json
import signal
import sys
from pathlib import Path

import pytest

from okta_scenarios.commands import Place, RunOptions, run
from okta_scenarios.memory import Memory
from okta_scenarios.reports.files import report_file
from okta_scenarios.reports.terminal import Detail
from okta_scenarios.selection import Selection
from workato_emulator.interrupts import exit_code_of, hold_back

from .playing import text_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_a_stop_while_the_command_is_loaded_is_told_with_reports(name: str, tmp_path: Path) -> None:
    """Nothing was read by then; the exit code is the signal's."""
    (tmp_path / "SC-001.yaml").write_text(text_of("- {okta: test_credentials}"), encoding="utf-8")
    reports = (report_file(f"json={tmp_path / 'r.json'}"),)
    options = RunOptions(0, False, Detail.NORMAL, Place(1), reports, {})
    with hold_back() as let_come:
        signal.raise_signal(getattr(signal, name))
    with pytest.raises(KeyboardInterrupt) as stopped:
        run((tmp_path,), Selection(), options, Memory(tmp_path / "memory"), let_come)

    assert exit_code_of(stopped.value) == 128 + getattr(signal, name)
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["summary"]["complete"] is False


def test_without_a_stop_nothing_comes() -> None:
    """And afterwards signals do what they did before."""
    before = signal.getsignal(signal.SIGTERM)
    with hold_back() as let_come:
        pass
    let_come()

    assert signal.getsignal(signal.SIGTERM) is before
