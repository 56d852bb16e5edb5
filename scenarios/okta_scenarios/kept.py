"""What was read or found out before, kept by the digest of all that it was made from.

Reading the library takes longer than playing most of it. What was sound once is sound again while its text, its
fixtures and this program are the same. It is a convenience: a folder that cannot be used, or that somebody else could
write to, means that everything is read.

`WORKATO_EMULATOR_CACHE` names another folder than the user's own; empty, nothing is kept.
"""

import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:  # knows models, which take longer to import than most answers that are kept
    from okta_scenarios.language import Scenario

T = TypeVar("T")

VARIABLE = "WORKATO_EMULATOR_CACHE"
MOST_FILES = 32
"""Files that the folder holds, one for each set of paths that was read."""
_SIZE = 16
_PACKAGES = ("okta_connector", "okta_org", "okta_scenarios", "workato_emulator")


class Kept(MutableMapping[bytes, "Scenario"]):
    """Scenarios by the digest of what they are read from. Those that nobody asked for are not kept any longer."""

    def __init__(self, before: MutableMapping[bytes, bytes] | None = None) -> None:
        self._before = {} if before is None else before
        self.now: dict[bytes, bytes] = {}

    @property
    def is_new(self) -> bool:
        return self.now.keys() != self._before.keys()

    def __getitem__(self, digest: bytes) -> "Scenario":
        self.now[digest] = self._before[digest]
        scenario: Scenario = pickle.loads(self.now[digest])  # noqa: S301  (the file is the user's own, see `_read`)
        return scenario

    def __setitem__(self, digest: bytes, scenario: "Scenario") -> None:
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
    file = _file(f"scenarios {tried}", paths, folder)
    if file is None:
        yield Kept()
        return
    before = _read(file)
    kept = Kept(pickle.loads(before) if before else {})  # noqa: S301  (the file is the user's own and whole)
    yield kept
    if kept.is_new:
        _write(file, pickle.dumps(kept.now, pickle.HIGHEST_PROTOCOL))


def kept_answer(
    about: str, made_from: bytes, find_out: Callable[[], T], paths: Iterable[Path] = (), folder: Path | None = None
) -> T:
    """What `find_out` comes to: of plain values, and the same while `made_from` and this program are the same.

    Only the latest answer is kept, for each set of `paths`.
    """
    file = _file(about, paths, folder)
    if file is None:
        return find_out()
    before = _read(file)
    if before[:_SIZE] == (same := blake2b(made_from, digest_size=_SIZE).digest()):
        answer: T = pickle.loads(before[_SIZE:])  # noqa: S301  (the file is the user's own and whole)
        return answer
    answer = find_out()
    _write(file, same + pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
    return answer


def _file(about: str, paths: Iterable[Path], folder: Path | None) -> Path | None:
    """Where something about these paths is kept, if anything is."""
    place = _folder() if folder is None else folder
    named = blake2b(os.fsencode("\0".join([about, *(str(path.resolve()) for path in paths)])), digest_size=_SIZE)
    return None if place is None else place / f"{about.split(maxsplit=1)[0]}-{named.hexdigest()}"


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


@cache
def _program() -> bytes:
    """A digest of this program, by when its files were written: what it reads is what it read before."""
    digest = blake2b(f"{sys.version} {version('pydantic')}".encode(), digest_size=_SIZE)
    found = (find_spec(name) for name in _PACKAGES)
    roots = [place for each in found if each is not None for place in each.submodule_search_locations or ()]
    for root in (*roots, str(Path(roots[-1]).parents[1] / "openapi")):  # where a checkout has the contracts
        for folder, folders, files in os.walk(root):
            folders[:] = sorted(each for each in folders if each not in {"_suites", "__pycache__"})
            for name in sorted(files):
                if name.endswith((".py", ".yaml")):
                    about = os.stat(f"{folder}/{name}")  # noqa: PTH116  (of five hundred files, so that it is quick)
                    digest.update(os.fsencode(f"{folder}/{name} {about.st_size} {about.st_mtime_ns}\n"))
    return digest.digest()


def _read(file: Path) -> bytes:
    """What the file holds: nothing where it is another program's, damaged, or somebody else could have written it."""
    try:
        if not all(_is_ours(each) for each in (file.parent, file)):
            return b""
        text = file.read_bytes()
    except OSError:
        return b""
    head, found = text[: 2 * _SIZE], text[2 * _SIZE :]
    return found if head == _program() + blake2b(found, digest_size=_SIZE).digest() else b""


def _is_ours(place: Path) -> bool:
    about = place.stat()
    return about.st_uid == os.getuid() and not about.st_mode & 0o022


def _write(file: Path, found: bytes) -> None:
    """Keep it, if that can be done."""
    with suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=file.parent, prefix="new-", delete=False) as new:
            new.write(_program() + blake2b(found, digest_size=_SIZE).digest() + found)
        Path(new.name).replace(file)
        others = sorted(file.parent.iterdir(), key=lambda each: each.stat().st_mtime_ns, reverse=True)
        for old in others[MOST_FILES:]:
            old.unlink()
