"""Where the cloud lives between requests."""

from workato_emulator.state.memory import MemoryStore, Stored

__all__ = ["MemoryStore", "Stored"]
