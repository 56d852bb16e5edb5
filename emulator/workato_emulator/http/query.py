"""Query parameters as values. Each raises `Invalid` for what it cannot be."""

from starlette.datastructures import QueryParams

from workato_emulator.domain.refusals import Invalid

_MOST_DIGITS = 18
"""So many fit 64 bits."""


def whole_number(query: QueryParams, name: str, default: int) -> int:
    text = query.get(name)
    return default if text is None else _number(text, name)


def clamped_number(query: QueryParams, name: str) -> int | None:
    """A number of any size: what does not fit is the largest, or the smallest, that does. None where there is none."""
    text = query.get(name)
    if not text:
        return None
    sign, digits = _sign_and_digits(text, name)
    return int(sign + (digits if len(digits) <= _MOST_DIGITS else "9" * _MOST_DIGITS))


def whole_numbers(query: QueryParams, name: str) -> list[int]:
    """A parameter that may be repeated."""
    return [_number(text, name) for text in query.getlist(name)]


def truth(query: QueryParams, name: str, *, default: bool) -> bool:
    text = query.get(name)
    if text is None:
        return default
    if text not in {"true", "false"}:
        raise Invalid(f"{name} is neither true nor false")
    return text == "true"


def _number(text: str, name: str) -> int:
    sign, digits = _sign_and_digits(text, name)
    if len(digits) > _MOST_DIGITS:
        raise Invalid(f"{name} is too large a number")
    return int(sign + digits)


def _sign_and_digits(text: str, name: str) -> tuple[str, str]:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()):
        raise Invalid(f"{name} is not a whole number")
    return text[: -len(digits)], digits
