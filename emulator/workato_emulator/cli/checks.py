"""What `doctor` can look at beside this machine: each package registers what it knows, as the commands do.

An entry point of the group `workato_emulator.checks` names an object that is a `Check`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Protocol, cast

GROUP = "workato_emulator.checks"
INSTALL_AGAIN = "install the package again: part of it is missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `remedy` is what to do, and None where all is well."""

    what: str
    found: str
    remedy: str | None = None


class Check(Protocol):
    """What a package knows of its own installation and of the files that are its own."""

    def installation(self) -> Iterable[Finding]:
        """Whether what comes with the package came with it."""

    def is_mine(self, path: Path, beginning: bytes) -> bool:
        """Whether a file, or a folder (which has no beginning), is this package's to look at."""

    def file(self, path: Path) -> Finding:
        """Whether this file or folder is right."""


def checks(points: Iterable[EntryPoint] | None = None) -> Iterator[Check | Finding]:
    """What packages have registered; a finding in place of a check that cannot be loaded, or where there is none."""
    found = tuple(entry_points(group=GROUP) if points is None else points)
    if not found:
        yield Finding("checks", "no entry points: scenarios are not looked at", INSTALL_AGAIN)
    for point in found:
        try:
            yield cast("Check", point.load())
        except (ImportError, AttributeError) as error:
            yield Finding(point.name, f"cannot be looked at: {error}", INSTALL_AGAIN)


def folder_finding(what: str, folder: Path, remedy: str) -> Finding:
    count = sum(each.suffix == ".yaml" for each in folder.rglob("*")) if folder.is_dir() else 0
    return Finding(what, f"{count} {'file' if count == 1 else 'files'}", None if count else remedy)
