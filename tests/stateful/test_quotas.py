"""The rate limiter beside a list of instants: exact to the call and to the millisecond."""

from dataclasses import dataclass, field
from datetime import timedelta

import httpx
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from workato_emulator import Emulator

from .effort import percent

MINUTE = 60_000
QUOTA = 4
CLIENTS = st.sampled_from(["acme one", "acme two", "beta one"])
REFUSED = "/api/user_groups?page[number]=x"
"""A call that is refused, and counts for nothing; of the same quota as the one below that counts."""

PATHS = st.sampled_from(["/api/members", "/api/user_groups", REFUSED])
WAITS = st.sampled_from([1, 999, 29_999, 30_000, 59_999, 60_000])


def _seed() -> dict[str, object]:
    return {
        "workspaces": {
            slug: {
                "plan": {"requests_per_minute": QUOTA},
                "api_clients": [{"name": name, "token": f"{slug}-{name}"} for name in ("one", "two")],
            }
            for slug in ("acme", "beta")
        }
    }


@dataclass
class Counted:
    """Every call that was let through, as (when, who, what)."""

    calls: list[tuple[int, str, str]] = field(default_factory=list)
    kind: str = "sliding"
    scope: str = "client"

    def call(self, now: int, client: str, path: str, *, counts: bool) -> tuple[int, int]:
        """The calls left, and the whole seconds to wait where there are none."""
        opened = now - MINUTE + 1 if self.kind == "sliding" else now // MINUTE * MINUTE
        who = client if self.scope == "client" else client.split(maxsplit=1)[0]
        same = [each for each in self.calls if each[1].startswith(who) and each[2] == path]
        recent = [at for at, _, _ in same if opened <= at <= now]
        if len(recent) < QUOTA:
            if counts:  # and what lay in the future did not happen
                self.calls = [each for each in self.calls if each not in same or each[0] <= now]
                self.calls.append((now, client, path))
            return QUOTA - len(recent) - counts, 0
        free = recent[-QUOTA] + MINUTE if self.kind == "sliding" else opened + MINUTE
        return 0, -((now - free) // 1000)


class Quotas(RuleBasedStateMachine):
    """Two API clients of one workspace and one of another share a clock and, under one assumption, a quota."""

    @initialize(kind=st.sampled_from(["sliding", "fixed"]), scope=st.sampled_from(["client", "workspace"]))
    def begin(self, kind: str, scope: str) -> None:
        self.emulator = Emulator(_seed())
        self.emulator.control.patch("/assumptions", json={"rate_window": kind, "rate_scope": scope})
        self.now = 0
        self.model = Counted(kind=kind, scope=scope)

    @rule(client=CLIENTS, path=PATHS, times=st.integers(1, QUOTA + 1))
    def call(self, client: str, path: str, times: int) -> None:
        for _ in range(times):
            left, wait = self.model.call(self.now, client, path.partition("?")[0], counts=path != REFUSED)
            answer = self._ask(client, path)
            assert answer.status_code == (429 if wait else 400 if path == REFUSED else 200)
            assert int(answer.headers["x-rate-limit-remaining"]) == left
            assert answer.headers.get("retry-after") == (str(wait) if wait else None)
            assert wait <= MINUTE // 1000

    def _ask(self, client: str, path: str) -> httpx.Response:
        slug, name = client.split()
        return self.emulator.client(slug, api_client=name).get(path)

    @rule(milliseconds=WAITS)
    def wait(self, milliseconds: int) -> None:
        self.now += milliseconds
        self.emulator.clock.advance(timedelta(milliseconds=milliseconds))

    @rule(milliseconds=st.sampled_from([1, 30_000, 60_000, 10_000_000_000]))
    def go_back(self, milliseconds: int) -> None:
        self.now -= milliseconds
        self.emulator.clock.set(self.emulator.clock.now() - timedelta(milliseconds=milliseconds))

    @rule(stranger=st.sampled_from(["nobody", ""]))
    def stranger_counts_for_nobody(self, stranger: str) -> None:
        assert self.emulator.client("acme", token=stranger or "x").get("/api/members").status_code == 401

    @rule()
    def go_and_come_back(self) -> None:
        """A snapshot remembers how much is spent."""
        self.emulator.control.put("/snapshots/here")
        for _ in range(QUOTA):
            self._ask("acme one", "/api/members")
        self.emulator.control.post("/snapshots/here/restore")


TestQuotas = Quotas.TestCase
TestQuotas.settings = settings(max_examples=percent(8), stateful_step_count=20)
