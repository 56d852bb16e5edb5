"""What a module of the door declares: method, path below the prefix, operationId, handler."""

from typing import TypeAlias

from workato_emulator.doors.scim.call import ScimHandler

Routes: TypeAlias = tuple[tuple[str, str, str, ScimHandler], ...]
