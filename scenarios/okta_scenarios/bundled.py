"""Where the scenarios and the starter project are: in the installed package, or else in the checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def suites(package: Path = _PACKAGE, seen_from: Path | None = None) -> Path:
    """The folder of the scenarios that come with the tool, as short as it can be said from the working directory."""
    packaged = package / "_suites"
    found = packaged if packaged.exists() else package.parent / "suites"
    try:
        return found.relative_to(seen_from or Path.cwd())
    except ValueError:
        return found


def fixtures() -> Path:
    """The folder of the fixtures that every scenario may name."""
    return suites().resolve() / "fixtures"


def starter(package: Path = _PACKAGE) -> Path:
    """The folder of the project that `init` copies."""
    packaged = package / "_starter"
    return packaged if packaged.exists() else package.parent / "starter"
