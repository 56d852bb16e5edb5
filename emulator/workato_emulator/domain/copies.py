"""A changed copy of a value: what `dataclasses.replace` is for dataclasses, and checked by mypy like it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import replace as replace  # noqa: PLC0414  (mypy knows its arguments, of structs too)
else:
    from msgspec.structs import replace as replace  # noqa: PLC0414
