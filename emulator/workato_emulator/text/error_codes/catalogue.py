"""Errors have codes: what each means, an example, and what to do about it.

A code stands at the end of the message, in brackets: `… [SEED-3]`. Codes are stable; a number is never given twice.
The control plane's codes are the words in its answers, `{"error": {"code": "not_found", …}}`.

    SEED-…    a seed document, from a file or over the control plane
    STATE-…   the file of `serve --state`
    ASSUME-…  a choice of an assumption
    SRV-…     serving
    OPT-…     how a command was called
    FUZZ-…    `fuzz`
    SCN-…     a scenario file
    PLAY-…    `okta-play` (declared beside it)
    RUN-…     playing scenarios (declared beside their commands)
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """What there is to say of one kind of error. `example` is a message, or a piece of what leads to one."""

    code: str
    title: str
    meaning: str
    example: str
    fix: str


ERROR_CODES: dict[str, ErrorCode] = {}
"""Those of every package that was imported, in the order in which they are declared."""


def declare(code: str, title: str, *, meaning: str, example: str, fix: str) -> str:
    """Declare an error; its code. Raises `ValueError` when another error has the code.

    The same error may come again: a module that is imported anew declares what it declared before.
    """
    declared = ErrorCode(code, title, meaning, example, fix)
    if ERROR_CODES.setdefault(code, declared) != declared:
        raise ValueError(f"two errors have the code {code}")
    return code


def with_code(message: str, code: str) -> str:
    """A message as it is printed."""
    return f"{message}  [{code}]"
