"""What this run made and has not removed yet: on disk before it is made, so that a kill loses nothing.

It holds names, ids and numbers of mailboxes, and no secret and no address. It is its owner's alone, and gone when
nothing is left to remove.
"""

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

LEDGER = "made.jsonl"


@dataclass(frozen=True, slots=True)
class Item:
    """`path` is where it is removed, once it is known. `mailbox` is the number of a person's in the pool."""

    number: int
    what: str
    listed: str
    name: str = ""
    mailbox: int | None = None
    path: str | None = None


class Ledger:
    """The items in the order in which they were begun."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / LEDGER
        self._items: dict[int, Item] = {}
        self._next = 1
        for line in self._lines():
            self._take(line)

    def _lines(self) -> list[Any]:
        try:
            text = self.file.read_text("utf-8")
        except FileNotFoundError:
            return []
        return [json.loads(line) for line in text.rpartition("\n")[0].splitlines()]

    def _take(self, line: Any) -> None:  # noqa: ANN401  (JSON)
        number = int(line["number"])
        self._next = max(self._next, number + 1)
        if line.get("gone"):
            self._items.pop(number, None)
        elif number in self._items:
            self._items[number] = replace(self._items[number], path=line["path"])
        else:
            self._items[number] = Item(**line)

    def left(self) -> list[Item]:
        """What is to be removed, the newest first."""
        return [self._items[number] for number in sorted(self._items, reverse=True)]

    def begin(self, what: str, listed: str, name: str = "", mailbox: int | None = None) -> Item:
        """Something is about to be made."""
        number, self._next = self._next, self._next + 1
        self._append({"number": number, "what": what, "listed": listed, "name": name, "mailbox": mailbox})
        return self._items[number]

    def made(self, item: Item, path: str) -> None:
        self._append({"number": item.number, "path": path})

    def gone(self, number: int) -> None:
        """It is removed, or was never made. With the last one the file goes, too."""
        self._append({"number": number, "gone": True})
        if not self._items:
            self.file.unlink(missing_ok=True)

    def gone_at(self, path: str) -> None:
        """What was removed at this path, if it is one of these."""
        for item in self.left():
            if item.path == path:
                self.gone(item.number)

    def _append(self, line: dict[str, Any]) -> None:
        self._take(line)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(
            os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8"
        ) as file:
            file.write(json.dumps(line) + "\n")
