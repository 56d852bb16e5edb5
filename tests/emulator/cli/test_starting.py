"""The first moments of the process, in which nothing but Python's own imports runs."""

import subprocess
import sys
from pathlib import Path

import workato_emulator

SENT_WHILE_IMPORTING = """
import os, runpy, signal, sys

class Sender:
    def find_spec(self, name, path=None, target=None):
        if name == "click":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Sender())
runpy.run_module("workato_emulator", run_name="__main__")
"""


def test_an_interrupt_in_the_middle_of_an_import_is_no_traceback() -> None:
    """It ends as every interrupted command does."""
    ended = subprocess.run([sys.executable, "-c", SENT_WHILE_IMPORTING], capture_output=True, timeout=60, check=False)

    assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b"interrupted\n")


def test_an_interrupt_is_minded_from_the_first_import_on() -> None:
    """What comes before the handler is the package alone, which imports nothing, and what the handler is made with."""
    home = Path(workato_emulator.__file__).parents[1]
    code = (
        f"import sys; sys.path.insert(0, {str(home)!r}); before = {{*sys.modules}}; import workato_emulator;"
        "print(*{*sys.modules} - before)"
    )
    done = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, timeout=60, check=False)

    assert (done.stdout, done.stderr) == ("workato_emulator\n", "")
