"""What Okta would trip over at a server, and where a server departs from the RFCs, rule by rule.

A finding that *trips* is one that breaks something in Okta. A *remark* is a departure that Okta does not notice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from okta_connector.scim.values import CORE_USER, ERROR, LIST_RESPONSE
from okta_scenarios.okta_play.recording import Exchange

OKTA_SPEC = "Okta: SCIM 2.0 specification suite"
OKTA_CRUD = "Okta: SCIM 2.0 CRUD suite"


class Level(StrEnum):
    TRIPS = "trips"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    level: Level
    sentence: str
    source: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that does not hold; `where` is the request that showed it."""

    rule: Rule
    where: str
    what: str


def _rules(*rows: tuple[str, Level, str, str]) -> Mapping[str, Rule]:
    return {row[0]: Rule(*row) for row in rows}


TRIPS, REMARK = Level.TRIPS, Level.REMARK
RULES = _rules(
    ("JSON", TRIPS, "An answer with a body is JSON.", "RFC 7644 3.1"),
    ("MEDIA-TYPE", REMARK, "Answers have the media type application/scim+json.", "RFC 7644 3.1, 8.1"),
    ("ANSWERED", TRIPS, "What Okta sends is answered, without a redirect and without a fault.", "RFC 7644 3.12"),
    (
        "LIST",
        TRIPS,
        "A list is a ListResponse, its paging numbers and its resources an array.",
        "RFC 7644 3.4.2",
    ),
    ("PAGE", TRIPS, "A page has no more resources than were asked for.", "RFC 7644 3.4.2.4"),
    ("FOUND", TRIPS, "A look-up by userName finds exactly the user of that name.", "RFC 7644 3.4.2.2"),
    ("ABSENT", TRIPS, "A look-up by a userName that is free finds nothing.", "RFC 7644 3.4.2"),
    ("CASE", TRIPS, "A userName is found whatever its case.", f"RFC 7643 8.7.1; {OKTA_SPEC}"),
    ("CREATED", TRIPS, "A creation answers with the user and its id.", "RFC 7644 3.3"),
    ("CREATED-201", REMARK, "A creation answers 201.", f"RFC 7644 3.3; {OKTA_SPEC}"),
    ("LOCATION", REMARK, "A creation names the user's address, the same in Location and in meta.", "RFC 7644 3.3"),
    ("SCHEMAS", TRIPS, "A user names the core schema.", f"RFC 7643 3; {OKTA_SPEC}"),
    ("KEPT", TRIPS, "A user comes back with the names and the state that were sent.", OKTA_SPEC),
    ("EXTERNAL-ID", REMARK, "A user comes back with the externalId that was sent.", "RFC 7643 3.1"),
    ("PASSWORD", TRIPS, "A password is never returned.", "RFC 7643 7"),
    ("UNIQUE", TRIPS, "A second creation of one userName is refused with 409.", f"RFC 7644 3.3; {OKTA_SPEC}"),
    ("UNIQUENESS", REMARK, "That refusal has the scimType uniqueness.", "RFC 7644 3.3, 3.12"),
    ("UNKNOWN", TRIPS, "An id that is unknown is answered 404 with a detail.", f"RFC 7644 3.12; {OKTA_SPEC}"),
    ("TOKEN", TRIPS, "A wrong token is answered 401 with a detail.", f"RFC 7644 2; {OKTA_SPEC}"),
    ("ERROR", REMARK, "An error is a SCIM error with its status as a string.", "RFC 7644 3.12"),
    ("SAME-ID", TRIPS, "A user keeps the id through every write.", "RFC 7643 3.1"),
    ("WRITTEN", TRIPS, "A pushed profile is what is read afterwards.", f"RFC 7644 3.5.1; {OKTA_CRUD}"),
    ("DEACTIVATED", TRIPS, "A deactivated user can be read and is not active.", OKTA_CRUD),
    ("REACTIVATED", TRIPS, "A user who comes back has the same id and is active.", OKTA_CRUD),
    ("STRANGER", TRIPS, "A look-up never leads Okta to somebody else's user.", "RFC 7644 3.4.2.2"),
    ("RETRY-AFTER", TRIPS, "A rate limit says how long to wait in whole seconds.", "Okta: Understanding SCIM"),
    ("LIFECYCLE", TRIPS, "No step of the lifecycle ends in a failed task.", "Okta: SCIM 2.0 Protocol Reference"),
    ("GROUPS", TRIPS, "Groups are listed.", OKTA_SPEC),
)


@dataclass
class Judge:
    """Collects what was looked at and what was found."""

    found: dict[tuple[str, str, str], Finding]
    judged: dict[str, None]

    @classmethod
    def new(cls) -> "Judge":
        return cls({}, {})

    def say(self, rule: str, holds: bool, where: str, what: str) -> None:
        self.judged[rule] = None
        if not holds:
            self.found.setdefault((rule, where, what), Finding(RULES[rule], where, what))

    def hear(self, exchange: Exchange) -> None:
        """Judge one answer by what every answer is held to."""
        for judge in (_answered, _media, _errors, _lists, _users):
            for rule, holds, what in judge(exchange):
                self.say(rule, holds, exchange.line, what)


Said = tuple[str, bool, str]


def _answered(exchange: Exchange) -> Iterator[Said]:
    status = exchange.status
    if status is None:
        yield "ANSWERED", False, exchange.trouble
        return
    fault = 300 <= status < 400 or (status >= 500 and status != 501)  # noqa: PLR2004 - classes of statuses
    yield "ANSWERED", not fault, f"answered {status}"
    if status == 429:  # noqa: PLR2004 - a rate limit
        wait = exchange.headers.get("retry-after", "")
        yield "RETRY-AFTER", wait.isdigit(), f"Retry-After is {wait!r}, so Okta waits five minutes"
    if exchange.received.strip():
        yield "JSON", exchange.body is not None, f"{status} with a body that cannot be read as JSON"


def _media(exchange: Exchange) -> Iterator[Said]:
    if exchange.status is not None and exchange.received.strip():
        media = exchange.headers.get("content-type", "")
        yield "MEDIA-TYPE", media.startswith("application/scim+json"), f"Content-Type is {media!r}"


def _errors(exchange: Exchange) -> Iterator[Said]:
    status, body = exchange.status, exchange.body
    if status is None or status < 400:  # noqa: PLR2004 - refusals and faults
        return
    error = body if isinstance(body, dict) else {}
    whole = ERROR in as_list(error.get("schemas")) and error.get("status") == str(status)
    said = f"schemas {error.get('schemas')!r}, status {error.get('status')!r}"
    yield "ERROR", whole, f"{status} with {said}"


def _lists(exchange: Exchange) -> Iterator[Said]:
    listing = exchange.method == "GET" and exchange.path.partition("?")[0] in {"/Users", "/Groups"}
    if not (listing and exchange.said_yes):
        return
    body = exchange.body if isinstance(exchange.body, dict) else {}
    yield "LIST", LIST_RESPONSE in as_list(body.get("schemas")), f"schemas is {body.get('schemas')!r}"
    for key in ("totalResults", "startIndex", "itemsPerPage"):
        optional = key != "totalResults" and key not in body
        yield "LIST", optional or is_number(body.get(key)), f"{key} is {body.get(key)!r}"
    resources = body.get("Resources", [])
    yield "LIST", isinstance(resources, list), f"Resources is {type(resources).__name__}"
    asked = exchange.path.rpartition("count=")[2]
    if isinstance(resources, list) and asked.isdigit():
        yield "PAGE", len(resources) <= int(asked), f"{len(resources)} resources, {asked} were asked for"


def _users(exchange: Exchange) -> Iterator[Said]:
    for user in users_in(exchange):
        yield "PASSWORD", "password" not in user, "a password was returned"
        yield "SCHEMAS", CORE_USER in as_list(user.get("schemas")), f"schemas is {user.get('schemas')!r}"


def users_in(exchange: Exchange) -> tuple[Mapping[str, Any], ...]:
    """The users in an answer: of a list, or the one that was read or written."""
    body = exchange.body
    if not (exchange.path.startswith("/Users") and exchange.said_yes and isinstance(body, dict)):
        return ()
    rows = body.get("Resources", []) if "totalResults" in body else [body]
    return tuple(row for row in as_list(rows) if isinstance(row, dict))


def as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
