"""The one reading of the files that people write: YAML or JSON to plain values that know where they stand."""

from workato_emulator.text.nodes import Complaint, Mark, Reading, Row, Scalar, Table, Value, plain
from workato_emulator.text.reading import read

__all__ = ["Complaint", "Mark", "Reading", "Row", "Scalar", "Table", "Value", "plain", "read"]
