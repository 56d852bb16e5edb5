"""A tenant that is pretended: an emulator whose control plane the code under test cannot reach.

Its time is moved by whoever waits, so nobody waits. The person who accepts invitations is here, too.
"""

import copy
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

import httpx

from okta_connector.folding import fold
from okta_scenarios.live.ledger import Ledger
from okta_scenarios.live.planning import Wanted, plan_for
from okta_scenarios.live.probing import Probing
from okta_scenarios.live.recording import About, Recorded, Recording, read
from okta_scenarios.live.settings import Settings
from okta_scenarios.live.tenant import Tenant, Times
from workato_emulator import Channel, Clock, Emulator, Pace

Json: TypeAlias = Any
"""What goes onto the wire or came off it. The comparison in the test is its type check."""
HOST = "https://app.eu.workato.com"
BEGUN = datetime(2026, 12, 1, 9, 30, 7, tzinfo=UTC)
MIA, MO, ADA, KIM = (f"{name}@corp.example.com" for name in ("mia.marsh", "mo.reed", "ada.lane", "kim.north"))
POOL = tuple(f"Quinn+probe{number}@corp.example.com" for number in range(1, 41))
_FURTHER = ("twin", "narrow", "lister", "elsewhere")
TOKENS = {each: f"wrkaeu-{each}-hush" for each in ("full", *_FURTHER)} | {"scim": "scim-hush-quill"}
WEB_TOKEN = "eyJhbGciOi.eyJzdWIi.c2lnbmF0"
SCIM_URL = f"{HOST}/scim/v2"
EVERYTHING = Wanted(write=True, writes_people=True)

ACME: dict[str, Any] = {
    "name": "Corp Production",
    "data_center": "eu",
    "owner": {"name": "Olga Root", "email": "olga.root@corp.example.com"},
    "roles": [{"name": "Release captain", "privileges": {"Recipes": ["read"]}}],
    "groups": [{"name": "Payroll crew", "description": "Who pays"}],
    "collaborators": [
        {"name": "Ada Lane", "email": ADA, "roles": {"dev": "Environment admin"}},
        {"name": "Mia Marsh", "email": MIA, "roles": {"dev": "Member"}, "groups": ["Payroll crew"]},
        {"name": "Mo Reed", "email": MO, "grant_type": "federation_manager", "roles": {"dev": "Member"}},
    ],
    "scim": {"token": TOKENS["scim"]},
    "projects": [{"name": "Secret wages", "grants": [{"group": "Payroll crew", "role": "Builder"}]}],
    "api_clients": [
        {"name": "full", "token": TOKENS["full"]},
        {"name": "twin", "token": TOKENS["twin"]},
        {"name": "narrow", "token": TOKENS["narrow"], "privileges": ["collaborators.list"]},
        {"name": "lister", "token": TOKENS["lister"], "privileges": ["projects.list"]},
        {"name": "elsewhere", "token": TOKENS["elsewhere"], "environments": ["prod"]},
    ],
}
OTHER = {
    "name": "Elsewhere",
    "data_center": "eu",
    "collaborators": [{"name": "Kim North", "email": KIM, "roles": {"dev": "Member"}}],
}
SETTINGS: dict[str, Any] = {
    "host": "eu",
    "token_env": "LIVE_TOKEN",
    "environments": ["dev", "test", "prod"],
    "may": "people",
    "longest_wait": "40d",
    "client_role": "full",
    "tokens": {each: f"LIVE_{each.upper()}" for each in _FURTHER},
    "scim": {"base_url": SCIM_URL, "token_env": "LIVE_SCIM"},
    "people": {
        "mailboxes": POOL,
        "collaborator": MIA,
        "known": KIM,
        "moderator": MO,
        "last_administrator": ADA,
    },
}


def world(name: str, **answers: str) -> tuple[dict[str, Any], Settings]:
    """A seed and the settings that go with it: `main`, `dev only`, `legacy` or `full`.

    Settings are as a workspace that `answers` so has its owner write them: its pages show SCIM's base URL and token.
    """
    seed = {"workspaces": {"acme": copy.deepcopy(ACME), "other": OTHER}}
    settings = copy.deepcopy(SETTINGS)
    acme = seed["workspaces"]["acme"]
    if name == "dev only":
        acme |= {"environments": ["dev"], "api_clients": ACME["api_clients"][:4]}
        settings |= {"environments": ["dev"], "tokens": {"twin": "LIVE_TWIN"}}
    if name == "legacy":
        seed["workspaces"]["acme"] = {
            "name": "Corp Production",
            "data_center": "eu",
            "permission_model": "legacy_roles",
            "collaborators": [{"name": "Ada Lane", "email": ADA, "roles": {"dev": "Admin"}}],
            "api_clients": ACME["api_clients"][:1],
        }
        settings |= {"permission_model": "legacy_roles", "tokens": {}, "people": {}, "client_role": None, "scim": None}
    if name == "full":
        acme["plan"] = {"collaborator_limit": 4}
        settings["one_seat"] = True
    if answers.get("scim_base_url") == "us_only":
        settings["scim"]["base_url"] = "https://workato.com/scim/v2"
    if answers.get("scim_token_format") == "jwt":
        acme["scim"] = {"token": WEB_TOKEN}
    return seed, Settings.model_validate(settings)


class Pretended:
    """The tenant, and the person who owns the mailboxes."""

    def __init__(self, seed: Mapping[str, Any], assumptions: Mapping[str, str] | None = None) -> None:
        self.clock = Clock.still(BEGUN)
        self.emulator = Emulator({**seed, "assumptions": dict(assumptions or {})}, clock=self.clock)
        for name in ("Wages 2026", "Wages 2027"):  # so that the log has entries of somebody else's
            self.emulator.client("acme").post("/api/folders", json={"name": name})
        scim = seed["workspaces"]["acme"].get("scim")
        self.tokens = TOKENS if scim is None else TOKENS | {"scim": scim["token"]}
        self.said: list[str] = []
        self.sent: list[httpx.Request] = []
        self.slept = 0.0

    # What the code under test is given

    @property
    def times(self) -> Times:
        return Times(Pace(lambda: self.clock.now().timestamp(), self._sleep), self.clock.now)

    def _sleep(self, seconds: float) -> None:
        from datetime import timedelta

        self.slept += seconds
        self.clock.advance(timedelta(seconds=seconds))

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        assert request.url.path.startswith(("/api/", "/scim/v2/")), "the control plane is out of reach"
        assert str(request.url).startswith((HOST, "https://workato.com/scim/v2/"))
        self.sent.append(request)
        return self.emulator.transport.handle_request(request)

    # The person

    def tell(self, text: str) -> None:
        self.said.append(text)

    def ask(self, text: str) -> bool:
        """Accepts the invitation whose mailbox the text names."""
        self.said.append(text)
        mailbox = next(word for word in text.split() if "@" in word)
        path = f"/workspaces/acme/invitations/{mailbox}/accept"
        return self.emulator.control.post(path).is_success


def untouched(export: Mapping[str, Any]) -> dict[str, Any]:
    """The workspaces of an export but for what no request can take back: that somebody was invited, came or went."""
    lasting = dict.fromkeys(("activity", "invitations", "invited_at", "removed_at"))
    return {slug: each | lasting | {"scim": _untouched_scim(each)} for slug, each in export["workspaces"].items()}


def _untouched_scim(workspace: Mapping[str, Any]) -> Json:
    """What SCIM keeps of others than the pool, but for when it was last told of a change."""
    kept = workspace["scim"] or {"people": [], "deactivated": []}
    ours = {fold(each) for each in (*POOL, KIM)}
    return {
        **kept,
        "people": {each["email"]: each["external_id"] for each in kept["people"] if each["external_id"]},
        "deactivated": [each for each in kept["deactivated"] if fold(each["email"]) not in ours],
    }


def probe(
    tenant: Pretended, settings: Settings, wanted: Wanted, folder: Path, *, tokens: Mapping[str, str] = TOKENS
) -> Recorded:
    """Everything that is wanted, sent to the tenant and recorded."""
    plan = plan_for(settings, wanted)
    about = About(BEGUN.date().isoformat(), "eu", unreachable=plan.unsettled)
    names = ["full", *settings.tokens.model_dump(exclude_none=True), *(["scim"] if settings.scim else [])]
    with (
        Recording(folder, about, tenant.clock.now()) as recording,
        Channel(
            HOST, tenant.times.pace, lambda *_: None, [*tokens.values()], tenant.transport, settings.elsewhere
        ) as channel,
    ):
        there = Tenant(channel, {each: tokens[each] for each in names}, tenant.times, tenant, recording.add)
        Probing(there, settings, Ledger(folder), "c0ffee", "CLEAN UP").play(plan.chosen)
    return read(folder)


def verdicts(recorded: Recorded) -> dict[str, set[str]]:
    """Everything that was said of each assumption."""
    found: dict[str, set[str]] = {}
    for each in recorded.exchanges:
        for name, verdict in each["verdicts"].items():
            found.setdefault(name, set()).add(verdict)
    return found
