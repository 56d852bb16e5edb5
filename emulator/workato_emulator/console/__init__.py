"""What a person at a terminal reads: wrapped, quoted for a shell, in tables."""

from workato_emulator.console.arguments import as_argument
from workato_emulator.console.files import why_unwritable
from workato_emulator.console.wrapping import hanging, room

__all__ = ["as_argument", "hanging", "room", "why_unwritable"]
