"""Which documented rule a method upholds, said where the rule is upheld."""

from collections.abc import Callable
from typing import TypeVar

F = TypeVar("F", bound=Callable[..., object])


def upholds(*rules: str) -> Callable[[F], F]:
    """Mark a method as the place where these rules are decided.

    The mark is data (`method.upholds`, a tuple of rule ids) and changes nothing about the call. An audit reads it to
    know which decisions it has to break on purpose.
    """

    def mark(method: F) -> F:
        vars(method)["upholds"] = rules
        return method

    return mark
