"""The emulator on a socket: bytes in, answers out, under `uvicorn.Server`.

`reader` makes requests of bytes and says what is none; `connection` answers them in their order and looks after time.
"""

from workato_emulator.server.connection import GRACE, IDLE, protocol

__all__ = ["GRACE", "IDLE", "protocol"]
