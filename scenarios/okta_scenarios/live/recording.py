"""A run on disk: a folder with `run.json` and `exchanges.jsonl`, written here and nowhere else.

Capture, redact, write, scan is one way. The exchange as it was never touches the disk: `Recording.add` redacts it
first. The scan follows each line and, since a value may be met later than it first occurred, the whole at the end.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypedDict

import msgspec

from okta_scenarios.live.exchange import Exchange
from okta_scenarios.live.redaction import VERSION, Redaction
from okta_scenarios.live.scan import Scan
from okta_scenarios.live.stand_ins import StandIns
from workato_emulator import EPOCH

RUN, EXCHANGES = "run.json", "exchanges.jsonl"
_MINE = re.compile(r"[A-Za-z0-9._ -]{0,60}")


class NotRecorded(Exception):
    """The recording was deleted, or cannot be written. The message names the place and never the value."""


class NotARecording(Exception):
    """The folder holds no recording of ours."""


@dataclass(frozen=True, slots=True)
class About:
    """What was asked, when and where. `data_center` is a code such as `eu`, and never a private host.

    `okta_app` is the kind of the Okta app that asked, where Okta's requests are the subject, not Workato's answers.
    """

    date: str
    data_center: str
    permission_model: str = ""
    environments: Sequence[str] = ()
    clients: Sequence[str] = ()
    workspace: str = ""
    okta_app: str = ""
    tool: str = ""
    redaction: int = VERSION
    unreachable: Mapping[str, str] = field(default_factory=dict)


class Recording:
    """Takes exchanges. Use as a context manager; at its end the whole file is scanned.

    Where something went wrong before the first exchange, nothing is left, so that the same command can be given again.
    """

    def __init__(self, folder: Path, about: About, begun: datetime) -> None:
        self._folder = folder
        self._stand_ins = StandIns(begun, EPOCH)
        self._redaction = Redaction(self._stand_ins)
        self._scan = Scan()
        self._lines = 0
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if (folder / EXCHANGES).exists():
                raise NotRecorded(f"{folder} holds a recording already; name another folder")
            (folder / RUN).write_text(json.dumps(asdict(about), indent=2, ensure_ascii=False) + "\n", "utf-8")
            self._file = os.fdopen(
                os.open(folder / EXCHANGES, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", 1, "utf-8"
            )
        except OSError as error:
            raise NotRecorded(f"{folder} cannot be written: {error.strerror}") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if error is not None and not self._lines:
            for name in (RUN, EXCHANGES):
                (self._folder / name).unlink(missing_ok=True)
            with suppress(OSError):  # something else is in it
                self._folder.rmdir()
        elif (self._folder / EXCHANGES).exists():
            self._must_be_clean(line for line in _lines(self._folder / EXCHANGES))

    def add(self, exchange: Exchange) -> None:
        """Raises `NotRecorded` where something personal would be in the record: then there is none any more."""
        line = {"n": self._lines + 1, **self._redaction.of(exchange)}
        self._must_be_clean([line])
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._lines += 1

    def _must_be_clean(self, lines: Iterator[Any] | Sequence[Any]) -> None:
        self._scan.learn(self._stand_ins.originals())
        for line in lines:
            hit = next(self._scan.hits(line), None)
            if hit is not None:
                (self._folder / EXCHANGES).unlink(missing_ok=True)
                raise NotRecorded(f"the recording was deleted: exchange {line['n']} has {hit}")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording that is read."""

    about: About
    exchanges: tuple[Mapping[str, Any], ...]


def read(folder: Path) -> Recorded:
    """Raises `NotARecording`."""
    try:
        about = msgspec.convert(json.loads((folder / RUN).read_text("utf-8")), About)
        date.fromisoformat(about.date)
        lines = tuple(_lines(folder / EXCHANGES))
        msgspec.convert(lines, tuple[_Line, ...])
        return Recorded(about, lines)
    except OSError as error:
        raise NotARecording(
            f"{folder} holds no recording: {error.strerror} ({RUN} and {EXCHANGES} are looked for)"
        ) from None
    except (ValueError, TypeError, RecursionError):
        raise NotARecording(
            f"{folder} holds no recording: a file in it is not of the form that a probe writes"
        ) from None


class _Request(TypedDict):
    method: str
    path: str
    query: dict[str, Any]
    body: Any


class _Response(TypedDict):
    status: int
    headers: dict[str, str]
    body: Any


class _Line(TypedDict):
    """What others read of a line: a file may be edited, or come from somewhere else."""

    request: _Request
    response: _Response
    verdicts: dict[str, str]


def _lines(file: Path) -> Iterator[Any]:
    """Every whole line. One that was cut off is left out: a crash loses nothing else."""
    whole, _, _ = file.read_text("utf-8").rpartition("\n")
    for line in whole.splitlines():
        yield json.loads(line)
