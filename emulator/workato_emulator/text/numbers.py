"""Numbers of things in a sentence."""


def counted(number: int, thing: str, things: str | None = None) -> str:
    """`1 scenario`, `2 scenarios`; `things` where the plural is not made with an s."""
    return f"{number} {thing if number == 1 else things or f'{thing}s'}"
