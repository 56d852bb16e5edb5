"""Faults, armed by operation and count: the next N calls of this operation go wrong in this way. Never by chance.

An effect is one way of going wrong: `answers` has the wrong answers, `connection` the true ones that come late, not
whole or not at all. A `Fault` says which operation has the effect and how often, and `Faults` are those armed.
"""

from workato_emulator.http.faults.armed import Fault, Faults
from workato_emulator.http.faults.connection import ConnectionDropped, Disturbed
from workato_emulator.http.faults.reading import as_request, read_fault

__all__ = ["ConnectionDropped", "Disturbed", "Fault", "Faults", "as_request", "read_fault"]
