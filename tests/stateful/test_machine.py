"""The emulator beside the naive model, act by act."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from .acts import ENVIRONMENTS, GROUP_NAMES, PEOPLE, ROLE_NAMES, WORKSPACES, Door
from .model import ADMIN, COOLDOWN, Workspace

SLUGS = st.sampled_from(WORKSPACES)
EMAILS = st.sampled_from(PEOPLE)
ROLES = st.dictionaries(st.sampled_from(ENVIRONMENTS), st.sampled_from(ROLE_NAMES), min_size=1)
CHANGES = st.dictionaries(st.sampled_from(ENVIRONMENTS), st.none() | st.sampled_from(ROLE_NAMES), min_size=1)
WAITS = st.sampled_from([1, 1_000, 599_999, 600_000, 1_800_000])


class TwoWorkspaces(RuleBasedStateMachine):
    """People come and go in two workspaces that share accounts and nothing else."""

    @initialize()
    def begin(self) -> None:
        self.door = Door()
        self.now = 0
        start = {"ada@example.test": {"dev": ADMIN}, "ben@example.test": {"dev": "Member"}}
        self.model = {
            slug: Workspace(
                members={email: dict(roles) for email, roles in start.items()},
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

    def _group(self, slug: str, data: st.DataObject) -> str | None:
        known = sorted(self.model[slug].groups)
        return data.draw(st.sampled_from(known)) if known else None

    @rule(slug=SLUGS, email=EMAILS, roles=ROLES, data=st.data())
    def invite(self, slug: str, email: str, roles: dict[str, str], data: st.DataObject) -> None:
        group = self._group(slug, data)
        groups = [] if group is None or data.draw(st.booleans()) else [group]
        expected = self.model[slug].invite(self.now, email, roles, groups)
        self._agree(expected, self.door.invite(slug, email, roles, groups))

    @rule(slug=SLUGS, email=EMAILS)
    def invite_in_capitals(self, slug: str, email: str) -> None:
        """A second spelling of an email that is known here is the same person, and no second invitation."""
        if email in self.model[slug].members:
            self._agree(400, self.door.invite(slug, email.upper(), {"dev": "Member"}, []))

    @rule(slug=SLUGS, email=EMAILS)
    def accept(self, slug: str, email: str) -> None:
        expected = self.model[slug].accept(email)
        if expected == 204:
            self.accounts.add(email)
        self._agree(expected, self.door.answer(slug, email, "accept"))

    @precondition(lambda self: any(each.invitations for each in self.model.values()))
    @rule(data=st.data())
    def accept_somebody(self, data: st.DataObject) -> None:
        """Chance alone would seldom find an invitation that waits."""
        waiting = [(slug, email) for slug, each in self.model.items() for email in each.invitations]
        self.accept(*data.draw(st.sampled_from(waiting)))

    @rule(slug=SLUGS, email=EMAILS, verb=st.sampled_from(["decline", "cancel"]))
    def withdraw(self, slug: str, email: str, verb: str) -> None:
        self._agree(self.model[slug].withdraw(email), self.door.answer(slug, email, verb))

    @rule(slug=SLUGS, email=EMAILS, roles=CHANGES)
    def update(self, slug: str, email: str, roles: dict[str, str | None]) -> None:
        self._agree(self.model[slug].update(email, roles), self.door.update(slug, email, roles))

    @rule(slug=SLUGS, email=EMAILS)
    def remove(self, slug: str, email: str) -> None:
        self._agree(self.model[slug].remove(self.now, email), self.door.remove(slug, email))

    @rule(slug=SLUGS, data=st.data())
    def remove_somebody(self, slug: str, data: st.DataObject) -> None:
        """Somebody who is there, rather than anybody."""
        self.remove(slug, data.draw(st.sampled_from(sorted(self.model[slug].members))))

    @rule(slug=SLUGS, name=st.sampled_from(GROUP_NAMES))
    def create_group(self, slug: str, name: str) -> None:
        self._agree(self.model[slug].create_group(name), self.door.create_group(slug, name))

    @rule(slug=SLUGS, to=st.sampled_from(GROUP_NAMES), data=st.data())
    def rename_group(self, slug: str, to: str, data: st.DataObject) -> None:
        name = self._group(slug, data)
        if name is not None:
            self._agree(self.model[slug].rename_group(name, to), self.door.rename_group(slug, name, to))

    @rule(slug=SLUGS, data=st.data())
    def delete_group(self, slug: str, data: st.DataObject) -> None:
        name = self._group(slug, data)
        if name is not None:
            self._agree(self.model[slug].delete_group(name), self.door.delete_group(slug, name))

    @rule(slug=SLUGS, people=st.lists(EMAILS, min_size=1, max_size=3), data=st.data())
    def add_to_group(self, slug: str, people: list[str], data: st.DataObject) -> None:
        name = self._group(slug, data)
        if name is not None:
            expected = self.model[slug].add_to_group(name, people)
            self._agree(expected, self.door.change_members(slug, "POST", name, people))

    @rule(slug=SLUGS, people=st.lists(EMAILS, min_size=1, max_size=3), data=st.data())
    def remove_from_group(self, slug: str, people: list[str], data: st.DataObject) -> None:
        name = self._group(slug, data)
        if name is not None:
            expected = self.model[slug].remove_from_group(name, people)
            self._agree(expected, self.door.change_members(slug, "DELETE", name, people))

    @rule(slug=SLUGS)
    def leave_the_system_group_alone(self, slug: str) -> None:
        self._agree(403, self.door.delete_group(slug, "All collaborators"))

    @rule(milliseconds=WAITS)
    def wait(self, milliseconds: int) -> None:
        self.now += milliseconds
        self.door.advance(milliseconds / 1000)

    @precondition(lambda self: self._cooling())
    @rule(early=st.sampled_from([0, 1]), data=st.data())
    def invite_again_when_the_cool_down_ends(self, early: int, data: st.DataObject) -> None:
        """Or a millisecond before: chance alone would seldom come so close."""
        slug, email, left = data.draw(st.sampled_from(self._cooling()))
        self.wait(left - early)
        self.invite(slug, email, {"prod": "Member"}, data)

    def _cooling(self) -> list[tuple[str, str, int]]:
        """Who was invited where so recently, and for how long that still counts."""
        ends = (
            (slug, email, at + COOLDOWN) for slug, each in self.model.items() for email, at in each.invited_at.items()
        )
        return [(slug, email, end - self.now) for slug, email, end in ends if end > self.now]

    @rule()
    def carry_over(self) -> None:
        """The state, exported and seeded again, is the state: whatever comes next must not notice."""
        assert self.door.control.put("/seed", json=self.before).status_code == 200
        assert self.door.export() == self.before

    @invariant()
    def the_lists_agree(self) -> None:
        for slug, model in self.model.items():
            members = self.door.members(slug)
            held = {
                email: {
                    row["environment_type"]: row["role_name"]
                    for row in each["roles"]
                    if row["role_name"] != "No access"
                }
                for email, each in members.items()
            }
            assert held == model.members
            invitations = self.door.invitations(slug)
            assert {email: (each["roles"], each["groups"]) for email, each in invitations.items()} == {
                email: (each.roles, each.groups) for email, each in model.invitations.items()
            }
            assert not set(members) & set(invitations)

    @invariant()
    def the_groups_agree(self) -> None:
        for slug, model in self.model.items():
            groups = self.door.groups(slug)
            expected = model.groups | {"All collaborators": set(model.members)}
            assert {name: each["members_count"] for name, each in groups.items()} == {
                name: len(people) for name, people in expected.items()
            }
            assert {name: self.door.group_members(slug, name) for name in groups} == expected

    @invariant()
    def accounts_are_global_and_kept(self) -> None:
        accounts = [each["email"] for each in self.before["accounts"]]
        assert len(accounts) == len(set(accounts))
        assert set(accounts) == self.accounts
        ids = [{email: each["id"] for email, each in self.door.members(slug).items()} for slug in WORKSPACES]
        shared = set(ids[0]) & set(ids[1])
        assert {ids[0][email] for email in shared} == {ids[1][email] for email in shared}


TestTwoWorkspaces = TwoWorkspaces.TestCase
TestTwoWorkspaces.settings = settings(max_examples=40, stateful_step_count=30)
