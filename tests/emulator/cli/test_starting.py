"""The first moments of the process, in which nothing but Python's own imports runs."""

import subprocess
import sys

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
