"""The emulator beside the naive model, act by act."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from .acts import ENVIRONMENTS, GROUP_NAMES, PEOPLE, ROLE_NAMES, WORKSPACES
from .effort import percent
from .kept import KeptDoor
from .model import ADMIN, COOLDOWN, Workspace

SLUGS = st.sampled_from(WORKSPACES)
EMAILS = st.sampled_from(PEOPLE)
ROLES = st.dictionaries(st.sampled_from(ENVIRONMENTS), st.sampled_from(ROLE_NAMES), min_size=1)
CHANGES = st.dictionaries(st.sampled_from(ENVIRONMENTS), st.none() | st.sampled_from(ROLE_NAMES), min_size=1)
WAITS = st.sampled_from([1, 1_000, 599_999, 600_000, 1_800_000])
ANSWERS = st.sampled_from(["accept", "accept", "accept", "decline", "cancel"])
SYSTEM_GROUP = "All collaborators"


class TwoWorkspaces(RuleBasedStateMachine):
    """People come and go in two workspaces that share accounts and nothing else.

    There are few rules, and most of them act on somebody who is there: chance alone would seldom find an invitation
    that waits or the end of a cool-down.
    """

    @initialize()
    def begin(self) -> None:
        self._folder = TemporaryDirectory()
        self.door = KeptDoor(Path(self._folder.name) / "state")
        self.now = 0
        self.model = {
            slug: Workspace(
                members={"ada@example.test": {"dev": ADMIN}, "ben@example.test": {"dev": "Member"}},
                groups={"Builders": {"ben@example.test"}},
            )
            for slug in WORKSPACES
        }
        self.accounts = {"ada@example.test", "ben@example.test"} | {f"owner@{slug}.example.test" for slug in WORKSPACES}
        self.before = self.door.export()

    def _agree(self, expected: int, status: int) -> None:
        """Both say the same; and a no has changed nothing."""
        assert status == expected
        after = self.door.export()
        if status >= 400:
            assert after == self.before
        self.before = after

    @rule(slug=SLUGS, email=EMAILS, roles=ROLES, capitals=st.booleans(), data=st.data())
    def invite(self, slug: str, email: str, roles: dict[str, str], capitals: bool, data: st.DataObject) -> None:
        """A second spelling of a collaborator's email is the same person."""
        model = self.model[slug]
        capitals = capitals and email in model.members
        groups = data.draw(st.lists(st.sampled_from(sorted(model.groups)), max_size=1)) if model.groups else []
        expected = model.invite(self.now, email, roles, groups)
        self._agree(expected, self.door.invite(slug, email.upper() if capitals else email, roles, groups))

    def _cooling(self) -> list[tuple[str, str, int]]:
        """Who was invited where so recently, and for how long that still counts."""
        ends = (
            (slug, email, at + COOLDOWN) for slug, each in self.model.items() for email, at in each.invited_at.items()
        )
        return [(slug, email, end - self.now) for slug, email, end in ends if end > self.now]

    @precondition(lambda self: self._cooling())
    @rule(data=st.data())
    def invite_again_around_the_end_of_a_cool_down(self, data: st.DataObject) -> None:
        """A millisecond before, and to the instant."""
        slug, email, left = data.draw(st.sampled_from(self._cooling()))
        roles = {"prod": "Member"}
        for step in (left - 1, 1):
            self._wait(step)
            self._agree(self.model[slug].invite(self.now, email, roles, []), self.door.invite(slug, email, roles, []))

    def _waiting(self) -> list[tuple[str, str]]:
        return [(slug, email) for slug, each in self.model.items() for email in each.invitations]

    @precondition(lambda self: self._waiting())
    @rule(verb=ANSWERS, data=st.data())
    def answer(self, verb: str, data: st.DataObject) -> None:
        self._answer(*data.draw(st.sampled_from(self._waiting())), verb)

    @rule(slug=SLUGS, email=EMAILS, verb=ANSWERS)
    def answer_for_anybody(self, slug: str, email: str, verb: str) -> None:
        self._answer(slug, email, verb)

    def _answer(self, slug: str, email: str, verb: str) -> None:
        model = self.model[slug]
        expected = model.accept(email) if verb == "accept" else model.withdraw(email)
        if email in model.members:
            self.accounts.add(email)
        self._agree(expected, self.door.answer(slug, email, verb))

    @rule(slug=SLUGS, email=EMAILS, roles=CHANGES)
    def update(self, slug: str, email: str, roles: dict[str, str | None]) -> None:
        self._agree(self.model[slug].update(email, roles), self.door.update(slug, email, roles))

    @rule(slug=SLUGS, anybody=EMAILS, really=st.booleans(), data=st.data())
    def remove(self, slug: str, anybody: str, really: bool, data: st.DataObject) -> None:
        """Somebody who is there, or anybody."""
        there = sorted(self.model[slug].members)
        email = data.draw(st.sampled_from(there)) if really else anybody
        self._agree(self.model[slug].remove(self.now, email), self.door.remove(slug, email))

    @rule(slug=SLUGS, name=st.sampled_from(GROUP_NAMES))
    def create_group(self, slug: str, name: str) -> None:
        self._agree(self.model[slug].create_group(name), self.door.create_group(slug, name))

    @rule(slug=SLUGS, to=st.sampled_from([*GROUP_NAMES, None]), data=st.data())
    def rename_or_delete_group(self, slug: str, to: str | None, data: st.DataObject) -> None:
        """The system group refuses both."""
        model = self.model[slug]
        name = data.draw(st.sampled_from([SYSTEM_GROUP, *sorted(model.groups)]))
        if to is None:
            expected = 403 if name == SYSTEM_GROUP else model.delete_group(name)
            self._agree(expected, self.door.delete_group(slug, name))
        else:
            expected = 403 if name == SYSTEM_GROUP else model.rename_group(name, to)
            self._agree(expected, self.door.rename_group(slug, name, to))

    @rule(
        slug=SLUGS,
        method=st.sampled_from(["POST", "DELETE"]),
        people=st.lists(EMAILS, min_size=1, max_size=2),
        data=st.data(),
    )
    def change_group_members(self, slug: str, method: str, people: list[str], data: st.DataObject) -> None:
        model = self.model[slug]
        name = data.draw(st.sampled_from([SYSTEM_GROUP, *sorted(model.groups)]))
        change = model.add_to_group if method == "POST" else model.remove_from_group
        expected = 403 if name == SYSTEM_GROUP else change(name, people)
        self._agree(expected, self.door.change_members(slug, method, name, people))

    @rule(milliseconds=WAITS)
    def wait(self, milliseconds: int) -> None:
        self._wait(milliseconds)

    def _wait(self, milliseconds: int) -> None:
        self.now += milliseconds
        self.door.advance(milliseconds / 1000)

    @rule()
    def carry_over(self) -> None:
        """The state, exported and seeded again, is the state: whatever comes next must not notice."""
        assert self.door.control.put("/seed", json=self.before).status_code == 200
        assert self.door.export() == self.before

    @rule(compact_after=st.sampled_from([0, 1_000]))
    def restart(self, compact_after: int) -> None:
        """The process ends; the next one has its state file. Whatever comes next must not notice."""
        self.door.restart(compact_after)
        assert self.door.export() == self.before

    def teardown(self) -> None:
        if hasattr(self, "door"):
            self.door.stop()
            self._folder.cleanup()

    @invariant()
    def people_agree(self) -> None:
        """Members, invitations and accounts; one person has one id wherever they are."""
        ids: dict[str, set[int]] = {}
        for slug, model in self.model.items():
            members = self.door.members(slug)
            for email, each in members.items():
                ids.setdefault(email, set()).add(each["id"])
            assert {email: _held(each["roles"]) for email, each in members.items()} == model.members
            invitations = self.door.invitations(slug)
            assert {email: (each["roles"], each["groups"]) for email, each in invitations.items()} == {
                email: (each.roles, each.groups) for email, each in model.invitations.items()
            }
            assert not set(members) & set(invitations)
        accounts = [each["email"] for each in self.before["accounts"]]
        assert len(accounts) == len(set(accounts))
        assert set(accounts) == self.accounts
        assert all(len(each) == 1 for each in ids.values())

    @invariant()
    def groups_agree(self) -> None:
        for slug, model in self.model.items():
            groups = self.door.groups(slug)
            expected = model.groups | {SYSTEM_GROUP: set(model.members)}
            assert {name: each["members_count"] for name, each in groups.items()} == {
                name: len(people) for name, people in expected.items()
            }
            assert {name: self.door.group_members(slug, each["id"]) for name, each in groups.items()} == expected


def _held(rows: list[dict[str, str]]) -> dict[str, str]:
    return {each["environment_type"]: each["role_name"] for each in rows if each["role_name"] != "No access"}


TestTwoWorkspaces = TwoWorkspaces.TestCase
TestTwoWorkspaces.settings = settings(max_examples=percent(15), stateful_step_count=30)
