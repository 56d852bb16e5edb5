"""Which open questions something hangs on: a value of choices that notes each one that is read.

What never reads an assumption goes as it would under any alternative of it.
"""

from dataclasses import fields
from typing import Any, TypeVar

Choices = TypeVar("Choices")


def noting(choices: Choices, consulted: set[str]) -> Choices:
    """The same frozen choices; the name of each that is read is added to `consulted`.

    A method of the value is the value's own: listing all choices, as an export does, consults none.
    """
    kind: Any = type(choices)
    names = frozenset(each.name for each in fields(kind))

    def read(_self: object, name: str) -> Any:  # noqa: ANN401  (whatever the attribute holds)
        if name in names:
            consulted.add(name)
        return getattr(choices, name)

    noted: Choices = object.__new__(type(kind.__name__, (kind,), {"__slots__": (), "__getattribute__": read}))
    return noted
