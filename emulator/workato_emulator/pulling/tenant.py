"""Reads of a live workspace: GET and nothing else, one at a time, at half the documented rate."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import httpx

from workato_emulator.http.secrets import Secrets

SECONDS_BETWEEN = 2.0
"""Thirty requests a minute: half of what Workato's pages on rate limits allow."""
PATIENCE = 30.0
"""Seconds that one answer may take."""
SIZE = 100
"""Rows of a page: the most that the pages of Workato on each list allow."""
TRIES = 4
LONGEST_WAIT = 120.0
"""Seconds that a `Retry-After` may ask for."""
_NOT_YOURS = frozenset({401, 403, 404, 405, 501})
_KEPT = frozenset(
    {
        "all_folders",
        "api_privilege_group_id",
        "config",
        "count",
        "created_at",
        "data",
        "description",
        "email",
        "environment",
        "environment_name",
        "environment_type",
        "external_id",
        "folder_id",
        "folder_ids",
        "grant_type",
        "id",
        "ip_allow_list",
        "is_project",
        "items",
        "name",
        "parent_id",
        "project",
        "project_id",
        "project_role",
        "result",
        "role_name",
        "role_type",
        "roles",
        "root_folder_id",
        "system",
        "time_zone",
        "total",
        "type",
        "updated_at",
        "user",
        "user_group",
    }
)
"""The fields that a seed is made of. No other is kept, and none of them is a secret."""

Query = Mapping[str, str | int]


class TenantUnreadable(Exception):
    """The workspace cannot be read, or not to the end. The message holds no token."""


class Pace(NamedTuple):
    """The time, in seconds, and a way to let it pass."""

    now: Callable[[], float]
    sleep: Callable[[float], object]


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
        self._known = {line["asked"]: line["answer"] for line in lines[1:]}

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
        except ValueError:
            raise TenantUnreadable(f"{self.path} does not hold the answers of a pull; delete it") from None

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
        self.sent = 0
        self._answers = answers
        self._pace = pace
        self._told = told
        self._secrets = Secrets((token,))
        self._next = pace.now()
        self._http = httpx.Client(
            base_url=base,
            headers={"Authorization": f"Bearer {token}"},
            timeout=PATIENCE,
            follow_redirects=False,
            transport=transport,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def begin(self) -> Mapping[str, Any]:
        """The workspace itself, asked for each time: the token has to be good, and lead to the same one as before."""
        answer = self._asked("/api/users/me", {})
        if not isinstance(answer, dict) or not isinstance(answer.get("id"), int):
            raise TenantUnreadable(f"{self.base} does not answer as Workato does")
        self._answers.open(f"{self.base} {answer['id']}")
        return answer

    def read(self, path: str, query: Query, what: str | None = None) -> Any:  # noqa: ANN401  (JSON)
        """The answer, as far as it is kept, or None where the token may not have it; then `refused` has `what`.

        Without `what` the pull cannot go on without it. Raises `TenantUnreadable`.
        """
        asked = str(httpx.URL(path, params=dict(query)))
        if asked not in self._answers:
            self._answers.keep(asked, self._asked(path, query, what))
        answer = self._answers[asked]
        if isinstance(answer, dict) and "refused" in answer and what is not None:
            self.refused[what] = answer["refused"]
            return None
        return answer

    def rows(self, path: str, paging: Callable[[int], Query], what: str | None = None) -> Iterator[Mapping[str, Any]]:
        """Every row of a list that comes in pages of `SIZE`. `paging` is the query for the page of this number."""
        seen: set[object] = set()
        number = 1
        while True:
            page = _rows_of(self.read(path, paging(number), what))
            new = [each for each in page if each["id"] not in seen]
            yield from new
            seen.update(each["id"] for each in new)
            if len(page) < SIZE or not new:
                return
            number += 1

    def _asked(self, path: str, query: Query, what: str | None = None) -> Any:  # noqa: ANN401
        response = self._get(path, query)
        for _ in range(TRIES - 1):
            wait = _wait(response)
            if wait is None:
                break
            self._pace.sleep(wait)
            response = self._get(path, query)
        if response.is_success:
            try:
                return self._secrets.out_of(_kept(response.json()))
            except ValueError:
                raise TenantUnreadable(f"GET {path} is answered with what is not JSON") from None
        if response.status_code in _NOT_YOURS and what is not None:
            return {"refused": f"GET {path} is answered with {response.status_code}"}
        said = "a redirect, which is not followed" if response.is_redirect else str(response.status_code)
        raise TenantUnreadable(f"GET {path} is answered with {said}; give the same command to go on from here")

    def _get(self, path: str, query: Query) -> httpx.Response:
        self._pace.sleep(max(0.0, self._next - self._pace.now()))
        self._next = self._pace.now() + SECONDS_BETWEEN
        self._told(path)
        self.sent += 1
        try:
            return self._http.get(path, params=dict(query))
        except httpx.HTTPError as error:
            why = self._secrets.out_of_text(str(error) or type(error).__name__)
            raise TenantUnreadable(f"{self.base} cannot be read: {why}; give the same command to go on") from None


def _wait(response: httpx.Response) -> float | None:
    """Seconds until it is worth asking again; None where it is not."""
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
        said = response.headers.get("retry-after", "")
        return min(float(said), LONGEST_WAIT) if said.isdecimal() else 60.0
    return 5.0 if response.is_server_error and response.status_code not in _NOT_YOURS else None


def _kept(value: Any) -> Any:  # noqa: ANN401
    """The answer without the fields that no seed has. A role's `config` is kept whole."""
    if isinstance(value, list):
        return [_kept(each) for each in value]
    if isinstance(value, dict):
        return {name: each if name == "config" else _kept(each) for name, each in value.items() if name in _KEPT}
    return value


def _rows_of(answer: Any) -> list[Mapping[str, Any]]:  # noqa: ANN401
    """The rows of a page: a bare list, or one under `data` or under `result.items`."""
    if isinstance(answer, dict):
        answer = answer.get("data", answer.get("result"))
    if isinstance(answer, dict):
        answer = answer.get("items")
    rows = answer if isinstance(answer, list) else []
    if not all(isinstance(each, dict) and "id" in each for each in rows):
        raise TenantUnreadable("a list holds what is not a row with an id")
    return rows
