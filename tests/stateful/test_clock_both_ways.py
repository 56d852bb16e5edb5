"""Cool-down and churn beside plain lists of instants, while the clock goes forward and back."""

from datetime import timedelta

import httpx
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from workato_emulator import Emulator

from .effort import percent

ADA = "ada@example.test"
COOLDOWN, CHURN_WINDOW, CHURN_LIMIT = 1200, 3600, 2
STEPS = st.sampled_from([600, 1200, 3599, 3600])


def _free_at(instants: list[int], now: int, span: int, limit: int) -> int:
    """The first second with fewer than so many instants in the span before it."""
    candidates = sorted({now, *(at + span for at in instants if at + span > now)})
    return next(each for each in candidates if sum(each - span < at <= each for at in instants) < limit)


class BothWays(RuleBasedStateMachine):
    """One person is invited, joins and is removed."""

    def __init__(self) -> None:
        super().__init__()
        plan = {
            "invitation_cooldown_seconds": COOLDOWN,
            "churn_limit": CHURN_LIMIT,
            "churn_window_seconds": CHURN_WINDOW,
            "requests_per_minute": 1_000_000,
        }
        self.emulator = Emulator({"workspaces": {"acme": {"plan": plan}}})
        self.client: httpx.Client = self.emulator.client("acme")
        self.now = 0
        self.invited: list[int] = []
        self.removed: list[int] = []

    @rule(seconds=STEPS, back=st.booleans())
    def go(self, seconds: int, *, back: bool) -> None:
        self.now += -seconds if back else seconds
        self.emulator.clock.set(self.emulator.clock.now() + timedelta(seconds=-seconds if back else seconds))

    @rule()
    def invite(self) -> None:
        churned = _free_at(self.removed, self.now, CHURN_WINDOW, CHURN_LIMIT)
        free = churned if churned > self.now else _free_at(self.invited, self.now, COOLDOWN, 1)
        role = {"environment_type": "dev", "name": "Member", "role_type": "environment"}
        answer = self.client.post("/api/member_invitations", json={"name": "Ada", "email": ADA, "env_roles": [role]})

        assert answer.status_code == (429 if free > self.now else 200)
        assert answer.headers.get("retry-after") == (str(free - self.now) if free > self.now else None)
        if answer.is_success:
            self.invited = [*(at for at in self.invited if at <= self.now), self.now]

    @rule()
    def come_and_go(self) -> None:
        if not self.emulator.control.post(f"/workspaces/acme/invitations/{ADA}/accept").is_success:
            return
        [member] = [each["id"] for each in self.client.get("/api/members").json()["data"] if each["email"] == ADA]
        self.client.delete(f"/api/members/{member}").raise_for_status()
        self.removed = [*(at for at in self.removed if at <= self.now), self.now]

    @rule()
    def move_into_another_emulator(self) -> None:
        """An export brings all of it back."""
        exported = self.emulator.export()
        again = Emulator(exported)
        again.clock.set(self.emulator.clock.now())
        assert again.export() == exported
        self.emulator, self.client = again, again.client("acme")


TestBothWays = BothWays.TestCase
TestBothWays.settings = settings(max_examples=percent(60), stateful_step_count=30)
