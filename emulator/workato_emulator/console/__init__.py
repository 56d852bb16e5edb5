"""What a person at a terminal reads: text made harmless, wrapped, counted, quoted for a shell, in tables."""

from workato_emulator.console.arguments import as_argument
from workato_emulator.console.files import why_unwritable
from workato_emulator.console.numbers import counted
from workato_emulator.console.spelling import did_you_mean, nearest
from workato_emulator.console.visible import one_line, visible
from workato_emulator.console.wrapping import hanging, room

__all__ = [
    "as_argument",
    "counted",
    "did_you_mean",
    "hanging",
    "nearest",
    "one_line",
    "room",
    "visible",
    "why_unwritable",
]
