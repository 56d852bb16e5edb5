"""Text that people write and read: the one reading of YAML and JSON, the nearest spelling, error codes and their help.

A leaf: it imports nothing of ours, and every package may import it.
"""

from workato_emulator.text.nodes import Complaint, Mark, Reading, Row, Scalar, Table, Value, plain
from workato_emulator.text.numbers import counted
from workato_emulator.text.open_questions import of_another_side
from workato_emulator.text.reading import read, read_plainly
from workato_emulator.text.spelling import did_you_mean, nearest
from workato_emulator.text.visible import one_line, visible

__all__ = [
    "Complaint",
    "Mark",
    "Reading",
    "Row",
    "Scalar",
    "Table",
    "Value",
    "counted",
    "did_you_mean",
    "nearest",
    "of_another_side",
    "one_line",
    "plain",
    "read",
    "read_plainly",
    "visible",
]
