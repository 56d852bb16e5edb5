"""Where the scenarios and the starter project are: in the installed package, or else in the checkout."""

from collections.abc import Mapping
from pathlib import Path

_PACKAGE = Path(__file__).parent

FAMILIES: Mapping[str, str] = {
    "recipes": "Lessons: the language, one thing after the other",
    "pnu": "Push new users",
    "ppu": "Push profile updates",
    "gov": "Several writers, one collaborator",
    "pud": "Push user deactivation",
    "inu": "Imports of users and of the schema",
    "em": "Entitlement management",
    "pg": "Push groups",
    "cfg": "The connection",
    "workato": "Workato's side, called directly",
}
"""What the folders of the library are about, in the order in which a reader meets them."""


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


def example_plan(package: Path = _PACKAGE) -> Path:
    """The plan that `rehearse` plays where none is named."""
    packaged = package / "_plans"
    return (packaged if packaged.exists() else package.parent / "plans") / "rollout" / "plan.yaml"


def family_of(file: str) -> str:
    """The folder that a scenario's file is in: its family."""
    return Path(file).resolve().parent.name


def in_order(family: str) -> tuple[int, str]:
    """Where a family comes: the library's in its order, any other folder after them by name."""
    order = list(FAMILIES)
    return order.index(family) if family in order else len(order), family
