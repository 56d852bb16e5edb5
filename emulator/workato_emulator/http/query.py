"""Query parameters as values. Each raises `Invalid` for what it cannot be."""

from starlette.datastructures import QueryParams

from workato_emulator.domain.refusals import Invalid


def whole_number(query: QueryParams, name: str, default: int) -> int:
    text = query.get(name)
    return default if text is None else _number(text, name)


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
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()):
        raise Invalid(f"{name} is not a whole number")
    if len(digits) > 18:  # noqa: PLR2004  (fits 64 bits)
        raise Invalid(f"{name} is too large a number")
    return int(text)
