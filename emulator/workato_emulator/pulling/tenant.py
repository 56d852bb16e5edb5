"""Reads of a live workspace: GET and nothing else, one at a time, at half the documented rate."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

import httpx
import msgspec

from workato_emulator.pulling.channel import Channel, Pace, Query, Unanswered, announced_wait
from workato_emulator.pulling.rows import WorkspaceRow

SIZE = 100
"""Rows of a page: the most that Workato's pages on each list allow."""
TRIES = 4
_ME = "/api/users/me"
_NOT_YOURS = frozenset({401, 403, 404, 405, 501})


class Row(Protocol):
    """A row of a list: it has an id."""

    @property
    def id(self) -> int | str: ...


R = TypeVar("R")
Listed = TypeVar("Listed", bound=Row)


class TenantUnreadable(Exception):
    """The workspace cannot be read, or not to the end. The message holds no token."""


class Answers:
    """The answers that are there already, in a file that only its owner reads: an interrupted pull goes on from it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: dict[str, Any] = {}

    def open(self, workspace: str) -> None:
        """Take over what was read of this workspace. Raises `TenantUnreadable` where it was another one."""
        lines = self._lines()
        if not lines:
            self._append({"workspace": workspace})
        elif lines[0] != {"workspace": workspace}:
            raise TenantUnreadable(f"{self.path} has answers of another workspace; delete it to begin afresh")
        try:
            self._known = {line["asked"]: line["answer"] for line in lines[1:]}
        except (TypeError, KeyError):
            raise self._not_ours() from None

    def _lines(self) -> list[Any]:
        """All whole lines; one that was cut off, as the process ended, is taken away."""
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return []
        whole = raw[: raw.rfind(b"\n") + 1]
        if whole != raw:
            os.truncate(self.path, len(whole))
        try:
            return [json.loads(line) for line in whole.splitlines()]
        except (ValueError, RecursionError):
            raise self._not_ours() from None

    def _not_ours(self) -> TenantUnreadable:
        return TenantUnreadable(f"{self.path} does not hold the answers of a pull; delete it")

    def __contains__(self, asked: str) -> bool:
        return asked in self._known

    def __getitem__(self, asked: str) -> Any:  # noqa: ANN401  (JSON)
        return self._known[asked]

    def keep(self, asked: str, answer: object) -> None:
        self._known[asked] = answer
        self._append({"asked": asked, "answer": answer})

    def _append(self, line: object) -> None:
        with os.fdopen(
            os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8"
        ) as file:
            file.write(json.dumps(line) + "\n")

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)


class Tenant:
    """One workspace at one host. Use as a context manager.

    `told` hears of each request before it is sent. `refused` says what the token may not read, and why.
    """

    def __init__(
        self,
        base: str,
        token: str,
        answers: Answers,
        pace: Pace,
        told: Callable[[str], None],
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.base = base
        self.refused: dict[str, str] = {}
        self._answers = answers
        self._token = token
        self._channel = Channel(base, pace, lambda _, path: told(path), (token,), transport)

    @property
    def sent(self) -> int:
        return self._channel.sent

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._channel.__exit__(kind, error, trace)

    def begin(self) -> WorkspaceRow:
        """The workspace itself, asked for each time: the token has to be good, and lead to the same one as before."""
        workspace = self._convert(_ME, self._must_be_there(_ME, *self._asked(_ME, {})), WorkspaceRow)
        self._answers.open(f"{self.base} {workspace.id}")
        return workspace

    def one(self, path: str, type_: type[R], what: str) -> R | None:
        """What the path shows, bare or under `data`; None where the token may not have it, and `refused` has `what`."""

        def only(answer: Any) -> Any:  # noqa: ANN401  (JSON)
            return answer["data"] if isinstance(answer, dict) and "data" in answer else answer

        return self._read(path, {}, type_, only, what)

    def page(self, path: str, query: Query, type_: type[R], what: str | None = None) -> list[R]:
        """The rows of one answer; none where the token may not have it. Without `what` it has to be there."""
        return self._read(path, query, list[type_], _rows_of, what) or []  # type: ignore[valid-type]

    def rows(
        self, path: str, paging: Callable[[int], Query], type_: type[Listed], what: str | None = None
    ) -> Iterator[Listed]:
        """Every row of a list that comes in pages of `SIZE`. `paging` is the query for the page of this number."""
        seen: set[object] = set()
        number = 1
        while True:
            page = self.page(path, paging(number), type_, what)
            new = [each for each in page if each.id not in seen]
            yield from new
            seen.update(each.id for each in new)
            if len(page) < SIZE or not new:
                return
            number += 1

    def _read(self, path: str, query: Query, type_: type[R], part: Callable[[Any], Any], what: str | None) -> R | None:
        """What is kept of the answer, of this type. Raises `TenantUnreadable`; then nothing of it is kept."""
        asked = str(httpx.URL(path, params=dict(query)))
        if asked not in self._answers:
            status, answer = self._asked(path, query)
            if what is not None and status in _NOT_YOURS:
                self._must_still_be_let_in(path, status)
                self._answers.keep(asked, {"refused": status})
            else:
                found = self._convert(path, part(self._must_be_there(path, status, answer)), type_)
                self._answers.keep(asked, msgspec.to_builtins(found))
        kept = self._answers[asked]
        if isinstance(kept, dict) and kept.keys() == {"refused"}:
            self.refused[str(what)] = f"GET {path} is answered with {kept['refused']}"
            return None
        return self._convert(path, kept, type_)

    def _must_still_be_let_in(self, path: str, status: int) -> None:
        """A token that was taken away meanwhile is refused everywhere, which is no answer about one list."""
        if status == httpx.codes.UNAUTHORIZED:
            again, _ = self._asked(_ME, {})
            if not httpx.codes.is_success(again):
                raise TenantUnreadable(f"GET {path} is answered with {status}, and so is GET {_ME} by now")

    def _convert(self, path: str, answer: object, type_: type[R]) -> R:
        try:
            return msgspec.convert(answer, type_)
        except msgspec.ValidationError as error:
            raise TenantUnreadable(f"GET {path} is not answered as Workato's pages say: {error}") from None

    def _must_be_there(self, path: str, status: int, answer: object) -> object:
        if httpx.codes.is_success(status):
            return answer
        if status == httpx.codes.UNAUTHORIZED:
            raise TenantUnreadable(f"GET {path} is answered with 401: the host does not take the token")
        said = "a redirect, which is not followed" if httpx.codes.is_redirect(status) else str(status)
        raise TenantUnreadable(f"GET {path} is answered with {said}; give the same command to go on from here")

    def _asked(self, path: str, query: Query) -> tuple[int, Any]:
        """Status and JSON of the answer, None for the body of a refusal."""
        response = self._get(path, query)
        for _ in range(TRIES - 1):
            wait = _wait(response)
            if wait is None:
                break
            self._channel.pace.sleep(wait)
            response = self._get(path, query)
        if not response.is_success:
            return response.status_code, None
        try:
            return response.status_code, self._without_token(msgspec.json.decode(response.content))
        except (ValueError, RecursionError):
            raise TenantUnreadable(f"GET {path} is answered with what is not JSON") from None

    def _get(self, path: str, query: Query) -> httpx.Response:
        try:
            return self._channel.send("GET", path, self._token, query=query)
        except Unanswered as error:
            raise TenantUnreadable(f"{error}; give the same command to go on") from None

    def _without_token(self, value: Any) -> Any:  # noqa: ANN401
        """The same without our own token, wherever a host may repeat it."""
        if isinstance(value, list):
            return [self._without_token(each) for each in value]
        if isinstance(value, dict):
            return {name: self._without_token(each) for name, each in value.items()}
        return self._channel.without_tokens(value) if isinstance(value, str) else value


def _wait(response: httpx.Response) -> float | None:
    """Seconds until it is worth asking again; None where it is not."""
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        return announced_wait(response)
    return 5.0 if response.is_server_error and response.status_code not in _NOT_YOURS else None


def _rows_of(answer: Any) -> Any:  # noqa: ANN401  (JSON)
    """The rows of a list: bare, under `data`, or under `result.items`."""
    if isinstance(answer, dict):
        answer = answer.get("data", answer.get("result"))
    return answer.get("items") if isinstance(answer, dict) else answer
