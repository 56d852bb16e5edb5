"""Any sequence of verbs, beside a naive model of who exists, who has the app and who is in the app's group."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from okta_connector import Group
from okta_org import VERBS, AppUserStatus, TaskState, UserStatus
from okta_org.assignments import assign_group
from okta_org.group_push import push_group
from okta_org.groups import create_group
from okta_org.refusals import OktaRefusal
from okta_org.retries import run_due

from ..stateful.effort import percent
from .fake import MANAGER, MEMBER, FakeApp, bad_gateway, mapping, person, rate_limited, set_up

NAMES = ("ada", "ben", "cyd", "dot")
PEOPLE = st.sampled_from(NAMES)
ROLES = st.sampled_from((MEMBER, MANAGER))
TROUBLE = st.sampled_from(
    (("create_user", rate_limited), ("update_user", rate_limited), ("add_group_members", bad_gateway))
)
DAY = timedelta(days=1)


class OneApp(RuleBasedStateMachine):
    """Okta assigns individually and through the group devs, which is pushed too; people accept when they like."""

    @initialize()
    def begin(self) -> None:
        self.s = set_up(*NAMES[:3])
        self.org = self.s.org
        self.app: FakeApp = self.s.app
        self.org.do(create_group, "devs", ("ada", "ben"))
        self.org.do(assign_group, "devs", "workato", MEMBER)
        self.accept()
        self.org.do(push_group, "devs", "workato")
        self.status = dict.fromkeys(NAMES[:3], UserStatus.ACTIVE)
        self.devs = {"ada", "ben"}
        self.by_hand: dict[str, dict[str, str]] = {}
        self.group_roles: dict[str, str] | None = MEMBER
        self.in_trouble = False

    def refused(self, verb: str, *arguments: object) -> bool:
        before = self.org.describe()
        try:
            self.org.do(VERBS[verb], *arguments)
        except OktaRefusal:
            assert self.org.describe() == before
            return True
        return False

    def through_group(self) -> set[str]:
        return set() if self.group_roles is None else {name for name in self.devs if self.active(name)}

    def active(self, name: str) -> bool:
        return self.status.get(name, UserStatus.DEPROVISIONED) is not UserStatus.DEPROVISIONED

    @rule(name=PEOPLE)
    def create(self, name: str) -> None:
        assert self.refused("create_user", person(name)) is (name in self.status)
        self.status.setdefault(name, UserStatus.ACTIVE)

    @rule(name=PEOPLE)
    def deactivate(self, name: str) -> None:
        if name in self.status:
            assert self.refused("deactivate_user", name) is not self.active(name)
            self.status[name] = UserStatus.DEPROVISIONED
            self.by_hand.pop(name, None)

    @rule(name=PEOPLE)
    def activate(self, name: str) -> None:
        if name in self.status:
            assert self.refused("activate_user", name) is self.active(name)
            self.status[name] = UserStatus.ACTIVE

    @rule(name=PEOPLE)
    def delete(self, name: str) -> None:
        if name in self.status:
            assert self.refused("delete_user", name) is self.active(name)
            if not self.active(name):
                del self.status[name]
                self.devs.discard(name)

    @rule(name=PEOPLE, roles=ROLES)
    def assign(self, name: str, roles: dict[str, str]) -> None:
        if name in self.status:
            possible = self.active(name) and name not in self.by_hand
            assert self.refused("assign", name, "workato", roles) is not possible
            if possible:
                self.by_hand[name] = roles

    @rule(name=PEOPLE)
    def unassign(self, name: str) -> None:
        if name in self.status:
            assert self.refused("unassign", name, "workato") is (name not in self.by_hand)
            self.by_hand.pop(name, None)

    @rule(name=PEOPLE)
    def join_group(self, name: str) -> None:
        if name in self.status:
            assert self.refused("add_to_group", "devs", (name,)) is (name in self.devs)
            self.devs.add(name)

    @rule(name=PEOPLE)
    def leave_group(self, name: str) -> None:
        if name in self.status:
            assert self.refused("remove_from_group", "devs", (name,)) is (name not in self.devs)
            self.devs.discard(name)

    @rule(roles=ROLES)
    def assign_group(self, roles: dict[str, str]) -> None:
        assert self.refused("assign_group", "devs", "workato", roles) is (self.group_roles is not None)
        self.group_roles = self.group_roles or roles

    @rule()
    def unassign_group(self) -> None:
        assert self.refused("unassign_group", "devs", "workato") is (self.group_roles is None)
        self.group_roles = None

    @rule()
    def accept(self) -> None:
        """What people do whom the app has invited; Okta hears nothing of it."""
        for email in tuple(self.app.invited):
            self.app.accept(email)

    @rule()
    def import_users(self) -> None:
        """Somebody invited, unassigned and accepted all the same is in the app, and an import brings them back."""
        if not self.refused("import_users", "workato"):
            there = {user.email for user in self.app.members.values()}
            back = {name for name in self.status if self.active(name) and person(name).email in there}
            self.by_hand |= {name: {} for name in back - self.by_hand.keys() - self.through_group()}

    @rule()
    def push_now(self) -> None:
        self.refused("push_group_now", "devs", "workato")

    @precondition(lambda self: not self.in_trouble)
    @rule(trouble=TROUBLE)
    def trouble(self, trouble: tuple[str, object]) -> None:
        """The next call of this kind goes wrong."""
        action, failure = trouble
        self.app.fail(action, failure())  # type: ignore[operator]  # one of `TROUBLE`
        self.in_trouble = True

    @rule()
    def a_day(self) -> None:
        """All that waits for the clock is done, and more than once if need be."""
        until = self.s.now[0] + DAY
        while (due := self.org.next_due()) is not None and due <= until:
            self.s.now[0] = max(due, self.s.now[0])
            self.org.do(run_due)
        self.s.now[0] = until

    @invariant()
    def the_directory_is_the_models(self) -> None:
        assert {name: user.status for name, user in self.org.users.items()} == self.status
        assert set(self.org.groups["devs"].members) == self.devs

    @invariant()
    def who_has_the_app_is_who_was_given_it(self) -> None:
        assert {account.user for account in self.org.app_users} == self.by_hand.keys() | self.through_group()

    @invariant()
    def no_two_have_one_username(self) -> None:
        assert len({user.login for user in self.org.users.values()}) == len(self.org.users)
        assert len({account.user_name for account in self.org.app_users}) == len(self.org.app_users)

    @invariant()
    def whoever_is_outstanding_has_a_task(self) -> None:
        """Nobody is forgotten: a creation that has not got through waits, or failed in sight of the admin."""
        for account in self.org.app_users:
            known = account.external_id is not None
            assert known is (account.status is not AppUserStatus.STAGED)
            assert known or any(task.subject == account.user for task in self.org.tasks.open)

    @invariant()
    def what_waits_for_the_clock_has_a_time(self) -> None:
        for task in self.org.tasks.open:
            assert task.due is not None or task.state is not TaskState.PAUSED

    @invariant()
    def the_pushed_group_holds_nobody_else(self) -> None:
        """Whom Okta believes to have pushed has the app, and is in the Okta group."""
        assert set(mapping(self.s).pushed) <= {account.user for account in self.org.app_users}
        assert isinstance(self.app.groups.get("pf-1"), Group)


OneApp.TestCase.settings = settings(max_examples=percent(40), stateful_step_count=25)
TestOneApp = OneApp.TestCase
