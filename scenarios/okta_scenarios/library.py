"""Where the scenarios are: in the installed package, or else in the checkout."""

from pathlib import Path

_PACKAGED = Path(__file__).parent / "_suites"
_CHECKOUT = Path(__file__).parents[1] / "suites"


def suites() -> Path:
    """The folder of the scenarios that come with the tool, as short as it can be said from here."""
    found = _PACKAGED if _PACKAGED.exists() else _CHECKOUT
    try:
        return found.relative_to(Path.cwd())
    except ValueError:
        return found
