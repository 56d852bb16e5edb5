"""Which documented rule a decision upholds, said where the decision is made."""

from collections.abc import Callable
from typing import TypeVar

F = TypeVar("F", bound=Callable[..., object])


def upholds(*rules: str) -> Callable[[F], F]:
    """Mark a function as the place where these rules are decided.

    The mark is data (`function.upholds`, a tuple of rule ids) and changes nothing about the call. An audit reads it to
    know which decisions it has to break on purpose.
    """

    def mark(function: F) -> F:
        vars(function)["upholds"] = rules
        return function

    return mark
