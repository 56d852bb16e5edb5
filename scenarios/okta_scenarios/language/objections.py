"""What a model says against a value, in our own words; `complaints` finds its place in the file."""

from pydantic_core import PydanticCustomError

from workato_emulator.text.error_codes.scenarios import SCN_VALUE


def objection(
    message: str, suggestion: str | None = None, at: tuple[str | int, ...] = (), code: str = SCN_VALUE
) -> PydanticCustomError:
    """A complaint in our own words, about the value at hand or about what stands at `at` inside of it."""
    about = {"message": message, "suggestion": suggestion, "at": at, "code": code}
    return PydanticCustomError("objection", "{message}", about)
