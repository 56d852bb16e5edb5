"""Which files a library of scenarios is read from. Asking that takes nothing that knows what is in them."""

import os
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from okta_scenarios.language.problems import Problem
from workato_emulator.text.error_codes.scenarios import SCN_FILE

FIXTURES = "fixtures"
SUFFIXES = frozenset({".yaml", ".yml"})


def sources(paths: Iterable[Path], shared: Path | None) -> Iterator[Path]:
    """Every file that a library of these paths is read from, fixtures included."""
    for file in scenario_files(paths, []):
        yield file
        yield from fixtures_for(file, shared).values()


def fixtures_for(path: Path, shared: Path | None) -> dict[str, Path]:
    """The fixtures that a scenario file can name: its own, and those that every file shares."""
    return fixtures_in(shared) | own_fixtures(path)


def own_fixtures(path: Path) -> dict[str, Path]:
    """Those in the nearest `fixtures` folder beside a file or above."""
    folders = (parent / FIXTURES for parent in path.absolute().parents)
    folder = next((folder for folder in folders if folder.is_dir()), None)
    return fixtures_in(folder)


def fixtures_in(folder: Path | None) -> dict[str, Path]:
    if folder is None:
        return {}
    return {file.stem: file for file in sorted(folder.iterdir()) if file.suffix in SUFFIXES}


def scenario_files(paths: Iterable[Path], problems: list[Problem]) -> Iterator[Path]:
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            inside = sorted(path.rglob("*"))
            problems.extend(
                Problem(str(each), 1, 1, "the folder cannot be read", code=SCN_FILE)
                for each in inside
                if each.is_dir() and not os.access(each, os.R_OK | os.X_OK)
            )
            scenarios = (file for file in inside if file.suffix in SUFFIXES and file.is_file())
            files = [file for file in scenarios if FIXTURES not in file.relative_to(path).parts[:-1]]
        else:
            files = [path]
        if not path.exists():
            problems.append(Problem(str(path), 1, 1, "no such file or folder", code=SCN_FILE))
            continue
        yield from (file for file in files if file.resolve() not in seen)
        seen.update(file.resolve() for file in files)


def fixtures_digest(folder: Path, shared: Path | None) -> bytes:
    """Of everything that a scenario in this folder may be laid over."""
    digest = blake2b(digest_size=32)
    for name, file in fixtures_for(folder / "scenario.yaml", shared).items():
        text = file.read_bytes() if os.access(file, os.R_OK) else b""
        digest.update(os.fsencode(f"{name} {len(text)}\n") + text)
    return digest.digest()


def library_digest(paths: Iterable[Path], shared: Path | None) -> bytes | None:
    """Of all that a library of these paths is read from, and how it is called; None where not all can be read."""
    problems: list[Problem] = []
    digest = blake2b(digest_size=32)
    fixtures = cache(lambda folder: fixtures_digest(folder, shared))
    try:
        for path in scenario_files(paths, problems):
            text = path.read_bytes()
            digest.update(os.fsencode(f"{path} {len(text)}\n") + text + fixtures(path.absolute().parent))
    except OSError:
        return None
    return None if problems else digest.digest()
