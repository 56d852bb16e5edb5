"""A scenario's own part of a workspace: its people are mailboxes of the pool, its things have names of the run.

What goes out is put into the workspace's terms, what comes in is put into the scenario's, and rows that are not the
scenario's are left out. So it plays as if nothing else were there.
"""

import re
from collections.abc import Mapping
from typing import Any

from okta_connector.folding import fold
from okta_scenarios.live.exchange import Json
from okta_scenarios.live.words import is_ours

_NAMES = frozenset({"name", "role_name"})
_OF_THE_WORKSPACE: Mapping[str, str] = {
    **dict.fromkeys(("about_me", "company_name", "location", "contact_phone", "phone", "expert", "avatar_url"), "…"),
    **dict.fromkeys(("email", "contact_email"), "owner@example.test"),
    "name": "Workspace",
}
_OF_PEOPLE = frozenset({"/api/members", "/api/member_invitations"})


class PoolEmpty(Exception):
    """More people take part than the pool has mailboxes."""


class Namespace:
    """`prefix` begins the names of all that the scenario makes; `pool` are the mailboxes, in the order of taking."""

    def __init__(self, prefix: str, pool: tuple[str, ...]) -> None:
        self.prefix = prefix
        self._free = list(pool)
        self._mailboxes: dict[str, str] = {}
        self._addresses: dict[str, str] = {}

    @property
    def mailboxes(self) -> tuple[str, ...]:
        """Those that somebody of the scenario has."""
        return tuple(self._mailboxes.values())

    def mailbox_of(self, address: str) -> str:
        """The mailbox of whoever has this address, spelt with capitals where the address is. Raises `PoolEmpty`."""
        key = fold(address)
        if key not in self._mailboxes:
            if not self._free:
                raise PoolEmpty("the scenario has more people than people.mailboxes has mailboxes")
            self._mailboxes[key] = self._free.pop(0)
            self._addresses[fold(self._mailboxes[key])] = address
        mailbox = self._mailboxes[key]
        return mailbox.upper() if address.isupper() else mailbox

    def is_mine(self, mailbox: str) -> bool:
        return fold(mailbox) in self._addresses

    def named(self, name: str) -> str:
        """What the scenario calls so, as the workspace has it."""
        return name if is_ours(name) else f"{self.prefix}{name}"

    def out(self, body: Json, path: str, name: str = "") -> Json:
        """A body as it goes out. The name of somebody who is invited stays: it is a person's."""
        if isinstance(body, Mapping):
            return {
                key: each if key == "name" and path in _OF_PEOPLE else self.out(each, "", key)
                for key, each in body.items()
            }
        if isinstance(body, list):
            return [self.out(each, path, name) for each in body]
        if not isinstance(body, str):
            return body
        if "@" in body:
            return self.mailbox_of(body)
        return self.named(body) if name in _NAMES else body

    def out_query(self, query: Mapping[str, Any]) -> dict[str, Any]:
        return {
            name: self.mailbox_of(each)
            if isinstance(each, str) and re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", each)
            else each
            for name, each in query.items()
        }

    def back(self, answer: Json, path: str) -> Json:
        """An answer in the scenario's terms, with its own rows only. What the workspace says of itself is left out."""
        if path == "/api/users/me" and isinstance(answer, dict):
            return {**answer, **{key: each for key, each in _OF_THE_WORKSPACE.items() if answer.get(key) is not None}}
        return self._texts(self._rows(answer, path))

    def _texts(self, value: Json) -> Json:
        if isinstance(value, dict):
            return {key: self._texts(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self._texts(each) for each in value]
        if not isinstance(value, str):
            return value
        value = value.replace(self.prefix, "")
        for mailbox, address in self._addresses.items():
            if mailbox in fold(value):
                value = re.sub(re.escape(mailbox), address.replace("\\", r"\\"), value, flags=re.IGNORECASE)
        return value

    def _rows(self, answer: Json, path: str) -> Json:
        """The answer without rows of others, and with a count that fits."""
        if isinstance(answer, list):
            return [each for each in answer if self._is_of_the_scenario(each, path)]
        if not isinstance(answer, dict):
            return answer
        for key in ("data", "items"):
            if isinstance(answer.get(key), list):
                kept = [each for each in answer[key] if self._is_of_the_scenario(each, path)]
                counts = {name: len(kept) for name in ("total", "count") if name in answer}
                return {**answer, key: kept, **counts}
        return {**answer, "result": self._rows(answer["result"], path)} if "result" in answer else answer

    def _is_of_the_scenario(self, row: Json, path: str) -> bool:
        if not isinstance(row, dict):
            return True
        if "project_grants" in path or "privileges" in path or "client_roles" in path:
            return True
        if "email" in row:
            return self.is_mine(str(row["email"]))
        if isinstance(row.get("resource"), dict):
            about = row["resource"]
            return self.is_mine(str(about.get("email"))) or str(about.get("name")).startswith(self.prefix)
        is_system = row.get("system") is True or row.get("type") == "system" or is_ours(str(row.get("name")))
        return is_system or str(row.get("name")).startswith(self.prefix)
