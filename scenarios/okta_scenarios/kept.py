"""Scenarios that were read before, kept by the digest of all that they were made from.

Reading the library takes longer than playing most of it. What was sound once is sound again while its text, its
fixtures and this program are the same. It is a convenience: a folder that cannot be used, or that somebody else could
write to, means that everything is read.

`WORKATO_EMULATOR_CACHE` names another folder than the user's own; empty, nothing is kept.
"""

import os
import pickle
import sys
from collections.abc import Iterable, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile

import pydantic

from okta_scenarios.language import Scenario

VARIABLE = "WORKATO_EMULATOR_CACHE"
MOST_FILES = 32
"""Files that the folder holds, one for each set of paths that was read."""
_SIZE = 16
_PACKAGES = ("okta_connector", "okta_org", "okta_scenarios", "workato_emulator")


class Kept(MutableMapping[bytes, Scenario]):
    """Scenarios by the digest of what they are read from. Those that nobody asked for are not kept any longer."""

    def __init__(self, before: MutableMapping[bytes, bytes] | None = None) -> None:
        self._before = {} if before is None else before
        self.now: dict[bytes, bytes] = {}

    @property
    def is_new(self) -> bool:
        return self.now.keys() != self._before.keys()

    def __getitem__(self, digest: bytes) -> Scenario:
        self.now[digest] = self._before[digest]
        scenario: Scenario = pickle.loads(self.now[digest])  # noqa: S301  (the file is the user's own, see `_read`)
        return scenario

    def __setitem__(self, digest: bytes, scenario: Scenario) -> None:
        self.now[digest] = pickle.dumps(scenario, pickle.HIGHEST_PROTOCOL)

    def __delitem__(self, digest: bytes) -> None:
        del self.now[digest]

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.now)

    def __len__(self) -> int:
        return len(self.now)


@contextmanager
def kept_scenarios(paths: Iterable[Path], *, tried: bool, folder: Path | None = None) -> Iterator[Kept]:
    """What was kept of these paths. At the end, what was read is kept for the next time.

    `tried` are scenarios of which it is known that what they are given can be set up.
    """
    place = _folder() if folder is None else folder
    if place is None:
        yield Kept()
        return
    named = blake2b("\0".join([str(tried), *(str(path.resolve()) for path in paths)]).encode(), digest_size=_SIZE)
    file, program = place / f"scenarios-{named.hexdigest()}", _program()
    kept = Kept(_read(file, program))
    yield kept
    if kept.is_new:
        with suppress(OSError):
            _write(file, program, kept.now)


def _folder() -> Path | None:
    """Where things are kept; None where nothing is, or where it cannot be told whose a file is."""
    if not hasattr(os, "getuid"):
        return None
    named = os.environ.get(VARIABLE)
    if named is not None:
        return Path(named) if named else None
    with suppress(RuntimeError):  # somebody without a home
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "workato-emulator"
    return None


def _program() -> bytes:
    """A digest of this program, by when its files were written: what it reads is what it read before."""
    digest = blake2b(f"{sys.version} {pydantic.VERSION}".encode(), digest_size=_SIZE)
    found = (find_spec(name) for name in _PACKAGES)
    roots = [Path(place) for each in found if each is not None for place in each.submodule_search_locations or ()]
    for folder in (*roots, roots[-1].parents[1] / "openapi"):  # where a checkout has the contracts
        for file in sorted(each for suffix in ("py", "yaml") for each in folder.rglob(f"*.{suffix}")):
            if "_suites" not in file.parts:
                about = file.stat()
                digest.update(f"{file} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.digest()


def _read(file: Path, program: bytes) -> dict[bytes, bytes]:
    """What the file holds: nothing where it is another program's, damaged, or somebody else could have written it."""
    try:
        if not all(_is_ours(each) for each in (file.parent, file)):
            return {}
        text = file.read_bytes()
    except OSError:
        return {}
    head, found = text[: 2 * _SIZE], text[2 * _SIZE :]
    if head != program + blake2b(found, digest_size=_SIZE).digest():
        return {}
    kept: dict[bytes, bytes] = pickle.loads(found)  # noqa: S301  (the file is the user's own and whole)
    return kept


def _is_ours(place: Path) -> bool:
    about = place.stat()
    return about.st_uid == os.getuid() and not about.st_mode & 0o022


def _write(file: Path, program: bytes, kept: dict[bytes, bytes]) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = pickle.dumps(kept, pickle.HIGHEST_PROTOCOL)
    with NamedTemporaryFile(dir=file.parent, prefix="new-", delete=False) as new:
        new.write(program + blake2b(text, digest_size=_SIZE).digest() + text)
    Path(new.name).replace(file)
    others = sorted(file.parent.iterdir(), key=lambda each: each.stat().st_mtime_ns, reverse=True)
    for old in others[MOST_FILES:]:
        old.unlink()
