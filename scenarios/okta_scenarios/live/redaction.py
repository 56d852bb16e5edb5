"""What is left of an exchange when everything that is somebody's has a stand-in.

It is an allow list: a field is kept because its name and form are known to hold nothing personal, and everything else
is replaced. Tokens are dropped. What is equal stays equal (`stand_ins`).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from okta_scenarios.live.exchange import SCIM, Exchange, Json
from okta_scenarios.live.stand_ins import EMAIL, HANDLE, StandIns
from okta_scenarios.live.words import is_code, is_known_key, is_ours, is_plain
from workato_emulator import operation_of, operations, scim_operations

VERSION = 1
"""Of the rules below: a recording says by which it was made."""
STRING, KEY, TOKEN = "«string»", "«key»", "«token»"
COUNTS = frozenset({"count", "number", "page", "page[number]", "page[size]", "per_page", "size", "total"}) | {
    *("itemsPerPage", "maxOperations", "maxPayloadSize", "maxResults", "startIndex", "totalResults"),
}
_MOST_OF_A_COUNT = 9_999
_MOST_IN_A_SENTENCE = 999
_LONGEST_SENTENCE = 10_000
"""What is longer says nothing to anybody, and takes long to take apart."""
ERROR_TEXTS = frozenset({"detail", "error", "error_description", "errors", "message", "title"})
_IDENTIFIER = re.compile(r"[a-z][A-Za-z0-9_]{0,39}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})")
_MIME = re.compile(
    r"(?:application|text)/(?:json|html|plain|problem\+json|scim\+json)(?:; ?charset=utf-8)?", re.IGNORECASE
)
_METHODS = re.compile(r"[A-Z]{3,7}(?:, ?[A-Z]{3,7})*")
_AGENTS = re.compile(
    r"(?:Mozilla|curl|httpx|okta|python-httpx|python-requests|Faraday|Go-http-client|Workato)\b", re.IGNORECASE
)
_HEADER = re.compile(r"[A-Za-z][A-Za-z-]{0,39}")
_OWN_NAME = re.compile(r"zz-probe-[0-9a-f]{6}-[a-z0-9-]{1,40}")
_TOKEN_NAME = re.compile(r"token|secret|passw|authorization|credential|cookie|api_?key", re.IGNORECASE)
_TOKEN_FORM = re.compile(r"wrk[a-z]{1,12}-\S*|\beyJ[\w-]+\.\S*")
_ADDRESS_FORM = re.compile(r"\S*://\S*")
IP_FORM = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
PHONE_FORM = re.compile(r"\+?\d(?:[ ().-]{0,2}\d){6,}")
_PIECE = re.compile(r"[^\W\d_]+(?:['\u2019_-][^\W\d_]+)*|\d+|.", re.DOTALL)

_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_STATUS = re.compile(r"[1-5]\d\d")
_ROLE_ATTRIBUTE = "workato_role"

_KINDS: Mapping[str, str] = {
    "Groups": "Group",
    "Users": "Person",
    "developer_api_client_roles": "Client role",
    "developer_api_clients": "Client",
    "environment_role": "Role",
    "environment_roles": "Role",
    "env_roles": "Role",
    "folders": "Folder",
    "member_invitations": "Person",
    "members": "Person",
    "owner": "Person",
    "project": "Project",
    "project_role": "Project role",
    "project_roles": "Project role",
    "projects": "Project",
    "roles": "Role",
    "roles_migration": "Role",
    "user": "Person",
    "user_group": "Group",
    "user_groups": "Group",
    "users": "Workspace",
    "workspace": "Workspace",
}
"""What a name names: by the field that it stands in, else by the first word of the path."""
_NAMED: Mapping[str, str] = {
    "company_name": "Company",
    "externalId": "External id",
    "external_id": "External id",
    "familyName": "Person",
    "formatted": "Person",
    "givenName": "Person",
    "workato_user_groups": "Group",
    "environment_name": "Environment",
    "project_name": "Project",
    "role": "Role",
    "role_name": "Role",
    "user_group_name": "Group",
}


class Redaction:
    """Applies the table of one run."""

    def __init__(self, stand_ins: StandIns) -> None:
        self._stand_ins = stand_ins

    def of(self, exchange: Exchange) -> dict[str, Any]:
        """The exchange as it may be written."""
        self._stand_ins.meet(_ids(exchange.query, exchange.body, exchange.answer))
        home = exchange.path.removeprefix("/api/").removeprefix(f"{SCIM}/").partition("/")[0]
        return {
            "probe": exchange.probe,
            "step": exchange.step,
            "at": round(exchange.at.total_seconds(), 1),
            "client": exchange.client,
            "request": {
                "method": exchange.method,
                "path": self._path(exchange.method, exchange.path),
                "query": {self._key(name): self._value(each, name, home) for name, each in exchange.query.items()},
                "body": self._value(exchange.body, "", home),
            },
            "response": {
                "status": exchange.status,
                "headers": {name: self._header(name, each) for name, each in _headers(exchange.headers)},
                "body": self._whole(exchange.answer, home),
            },
            "foreseen": {name: list(each) for name, each in exchange.foreseen.items()},
            "verdicts": dict(exchange.verdicts),
        }

    def _whole(self, answer: Json, home: str) -> Json:
        return self._stand_ins.hidden(answer, "«text»") if isinstance(answer, str) else self._value(answer, "", home)

    def _path(self, method: str, path: str) -> str:
        """Ids in it have their stand-ins; of a path that nobody documents, only what the contract has is kept."""
        operation = operation_of(method, path)
        served = operations() | scim_operations()
        form = served[operation][1].split("/") if operation in served else []
        known = {part for _, each in served.values() for part in each.split("/")}
        parts = path.split("/")
        kept = (
            part if part in known or (number < len(form) and part == form[number]) else self._segment(unquote(part))
            for number, part in enumerate(parts)
        )
        return "/".join(kept)

    def _segment(self, part: str) -> str:
        if part.isdecimal():
            return str(self._stand_ins.id(int(part)))
        if HANDLE.fullmatch(part):
            return self._stand_ins.handle(part)
        if _UUID.fullmatch(part):
            return self._stand_ins.uuid(part)
        return self._stand_ins.hidden(part, "«segment»") if part else ""

    def _header(self, name: str, value: str) -> str:
        low = name.lower()
        if low == "content-type" and _MIME.fullmatch(value):
            return value
        if (low == "retry-after" or low.startswith("x-rate-limit-")) and value.isdecimal():
            return value
        if low == "allow" and _METHODS.fullmatch(value):
            return value
        if low == "location" and value.startswith("/api/"):
            return self._path("GET", value.partition("?")[0])
        return self._stand_ins.hidden(value)

    def _key(self, name: str) -> str:
        if is_known_key(name) or is_ours(name):
            return name
        of_an_environment = name.startswith(_ROLE_ATTRIBUTE)
        fits = _IDENTIFIER.fullmatch(name) and name not in self._stand_ins.replaced and not of_an_environment
        return name if fits else self._stand_ins.hidden(name, KEY)

    def _value(self, value: Json, name: str, home: str) -> Json:
        """`name` is the field's, and `home` what it stands in."""
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, Mapping):
            inside = name if name in _KINDS else home
            return {self._key(key): self._value(each, key, inside) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self._value(each, name, home) for each in value]
        is_secret = name == "value" and isinstance(value, str) and not EMAIL.fullmatch(value)
        if is_secret or _TOKEN_NAME.search(name):
            return self._stand_ins.hidden(str(value), TOKEN)
        return self._text(value, name, home) if isinstance(value, str) else self._number(value, name)

    def _number(self, value: float, name: str) -> float:
        if _is_id(name) and isinstance(value, int):
            return self._stand_ins.id(value)
        if name == "status" and _STATUS.fullmatch(str(value)):
            return value
        if (name in COUNTS or name.endswith("_count")) and 0 <= value <= _MOST_OF_A_COUNT:
            return value
        self._stand_ins.replaced.add(str(value))
        return 0

    def _text(self, value: str, name: str, home: str) -> str:
        """By its form first, then by its field's name."""
        if value == "" or _OWN_NAME.fullmatch(value):
            return value
        if EMAIL.fullmatch(value):
            return self._stand_ins.email(value)
        if _MOMENT.fullmatch(value):
            return self._stand_ins.moment(value)
        return self._by_name(value, name, home)

    def _by_name(self, value: str, name: str, home: str) -> str:
        if name in {*ERROR_TEXTS, "filter"}:
            return self._sentence(value)
        if _is_id(name) or name in COUNTS:
            return self._id_as_text(value, name)
        if name in {"displayName", "name", *_NAMED} or name.startswith(_ROLE_ATTRIBUTE):
            kind = "Role" if name.startswith(_ROLE_ATTRIBUTE) else _NAMED.get(name) or _KINDS.get(home, "Name")
            return value if is_ours(value) and kind not in {"Person", "Company"} else self._stand_ins.name(kind, value)
        if name == "user_agent":
            product = _AGENTS.match(value)
            return self._stand_ins.hidden(value, STRING if product is None else product[0])
        if name in {"ip_address", "ip_allow_list"}:
            return ",".join(self._stand_ins.address(each.strip()) for each in value.split(","))
        is_status = name == "status" and _STATUS.fullmatch(value)
        return value if is_status or is_ours(value) else self._stand_ins.hidden(value)

    def _id_as_text(self, value: str, name: str) -> str:
        if value.isdecimal():
            return str(self._number(int(value), name))
        if _UUID.fullmatch(value):
            return self._stand_ins.uuid(value)
        if is_ours(value):
            return value
        return self._stand_ins.handle(value) if HANDLE.fullmatch(value) else self._stand_ins.hidden(value)

    def _sentence(self, text: str) -> str:
        """An error's words, as far as they are words that Workato's pages use; people, names and numbers replaced."""
        if len(text) > _LONGEST_SENTENCE:
            return self._stand_ins.hidden(text, "«text»")
        for form, stand_in in (
            (_TOKEN_FORM, lambda found: self._stand_ins.hidden(found, "«token»")),
            (_ADDRESS_FORM, lambda found: self._stand_ins.hidden(found, "«address»")),
            (EMAIL, lambda found: f"«{self._stand_ins.email(found)}»"),
            (IP_FORM, lambda found: f"«{self._stand_ins.address(found)}»"),
            (HANDLE, lambda found: f"«{self._stand_ins.handle(found)}»"),
            (PHONE_FORM, lambda found: self._stand_ins.hidden(found, "«number»")),
        ):
            parts = re.split(r"(«[^»]*»)", text)
            text = "".join(
                part if part.startswith("«") else form.sub(lambda found, to=stand_in: to(found[0]), part)
                for part in parts
            )
        parts = re.split(r"(«[^»]*»)", text)
        return "".join(part if part.startswith("«") else self._words(part) for part in parts)

    def _words(self, text: str) -> str:
        return "".join(self._piece(each[0], first=each.start() == 0) for each in _PIECE.finditer(text))

    def _piece(self, piece: str, *, first: bool) -> str:
        """A capital is for the first word only: any other word with one may be a name."""
        if piece.isdecimal():
            number = int(piece)
            return piece if number <= _MOST_IN_A_SENTENCE else str(self._stand_ins.id(number))
        if (
            not piece[0].isalpha()
            or is_plain(piece.lower() if first else piece)
            or is_code(piece)
            or is_known_key(piece)
        ):
            return piece
        return self._stand_ins.hidden(piece, "«word»")


def _headers(headers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((name, each) for name, each in headers.items() if _HEADER.fullmatch(name))


def _is_id(name: str) -> bool:
    return name == "id" or name.rstrip("[]").endswith(("_id", "_ids"))


def _ids(*values: Json, name: str = "") -> Iterator[int]:
    """The numbers that stand under an id's name."""
    for value in values:
        if isinstance(value, Mapping):
            for key, each in value.items():
                yield from _ids(each, name=key)
        elif isinstance(value, list | tuple):
            yield from _ids(*value, name=name)
        elif isinstance(value, int) and not isinstance(value, bool) and _is_id(name):
            yield value
