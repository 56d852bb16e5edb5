"""The people and the org of one run, and what its acts do with them."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from okta_connector.scim.client import SCIM_JSON, look_up_path, resource_path
from okta_org import OktaOrg, OktaUser
from okta_org.directory import add_user
from okta_scenarios.okta_play.judging import Judge, users_in
from okta_scenarios.okta_play.recording import Exchange, Guarded

APP = "app"
DEFAULT_LIFECYCLE = ("connect", "spec", "hire", "change", "suspend", "leave", "return", "leave")


@dataclass(frozen=True, slots=True)
class Playing:
    """How a run is played. `run` makes names that no other run has."""

    app: str = "custom"
    lifecycle: tuple[str, ...] = DEFAULT_LIFECYCLE
    domain: str = "example.com"
    run: str = field(default_factory=lambda: secrets.token_hex(3))
    timeout: float = 60.0


@dataclass
class Player:
    """What an act plays with."""

    org: OktaOrg
    wire: Guarded
    http: httpx.Client
    judge: Judge
    playing: Playing
    people: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def prefix(self) -> str:
        return f"okta-play+{self.playing.run}-"

    @property
    def domain(self) -> str:
        return self.playing.domain

    @property
    def with_groups(self) -> bool:
        return "group" in self.playing.lifecycle

    def new_person(self, short: str) -> str:
        """Somebody in Okta whom no other run knows; the same person, when an act is played twice."""
        if short not in self.people:
            address = f"{self.prefix}{short}@{self.domain}"
            self.org.do(add_user, OktaUser(short, address, address, short.title(), "Play"))
            self.people[short] = address
        return short

    def person(self, short: str) -> str:
        """The person of an act. Raises `LookupError` for one whom no earlier act has hired."""
        if short not in self.people:
            raise LookupError("this act needs a person; begin the lifecycle with hire")
        return short

    def address(self, name: str) -> str:
        return self.people[name]

    def send(
        self,
        method: str,
        path: str,
        body: Mapping[str, object] | None = None,
        *,
        media_type: str = f"{SCIM_JSON}; charset=utf-8",
        authorization: str | None = None,
    ) -> Exchange:
        """Send a request of the judge's own, beside Okta's client."""
        headers = {} if authorization is None else {"Authorization": authorization}
        content = None if body is None else json.dumps(body).encode()
        if content is not None:
            headers["Content-Type"] = media_type
        before = len(self.wire.exchanges)
        try:
            self.http.request(method, path, content=content, headers=headers)
        except httpx.RequestError as error:
            if len(self.wire.exchanges) == before:
                return Exchange(self.wire.act, method, path, None, None, {}, "", str(error))
        return self.wire.exchanges[-1]

    def look_at(self, name: str, gone_is: str = "CREATED") -> Mapping[str, Any] | None:
        """Read somebody as the server has them now, by the id that Okta knows."""
        account = self.org.app_user(name, APP)
        known = self.ids.get(name) if account is None else account.external_id
        if known is None:
            self.say("CREATED", False, "Okta knows no id for the user")
            return None
        earlier = self.ids.setdefault(name, known)
        if earlier == known:
            self.say("SAME-ID", True, "")
        self.ids[name] = known
        read = self.send("GET", resource_path("Users", known))
        found = users_in(read)
        self.say(gone_is, bool(found), f"answered {read.status} to the id that Okta knows", read)
        return found[0] if found else None

    def look_up(self, rule: str, name: str, *, expected: int, only_before: bool = False) -> None:
        """Hold what a look-up found against what there is."""
        line = f'GET /Users?filter=userName eq "{self.address(name)}"'
        asked = [each for each in self.wire.exchanges if each.line.startswith(line)]
        exchange = asked[0] if only_before and asked else self.send("GET", filter_by(self.address(name)))
        names = [str(each.get("userName", "")).casefold() for each in users_in(exchange)]
        right = names == [self.address(name).casefold()] * expected
        self.say(rule, right or not exchange.said_yes, f"{len(names)} users were found", exchange)

    def names_of(self, user: Mapping[str, Any]) -> tuple[str, str]:
        name = user.get("name")
        parts = name if isinstance(name, Mapping) else {}
        return str(parts.get("givenName", "")), str(parts.get("familyName", ""))

    def say(self, rule: str, holds: bool, what: str, exchange: Exchange | None = None) -> None:
        self.judge.say(rule, holds, self.wire.act if exchange is None else exchange.line, what)


def filter_by(user_name: str) -> str:
    return look_up_path("Users", "userName", user_name)
