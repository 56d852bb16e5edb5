"""What the emulator should know, in dicts and lists, with every rule written out again as plainly as can be."""

from dataclasses import dataclass, field

COOLDOWN = 20 * 60 * 1000
SEATS = 3
CHURN = 2
CHURN_WINDOW = 60 * 60 * 1000
"""Times are whole milliseconds since the start."""

ADMIN = "Environment admin"

Roles = dict[str, str]
"""Role names by environment; an environment that is not in it is no access."""


@dataclass
class Invitation:
    name: str
    roles: Roles
    groups: list[str]


@dataclass
class Workspace:
    members: dict[str, Roles] = field(default_factory=dict)
    invitations: dict[str, Invitation] = field(default_factory=dict)
    groups: dict[str, set[str]] = field(default_factory=dict)
    invited_at: dict[str, int] = field(default_factory=dict)
    removed_at: dict[str, list[int]] = field(default_factory=dict)

    def invite(self, now: int, email: str, roles: Roles, groups: list[str]) -> int:
        """The status that an invitation is answered with, and what it leaves behind."""
        if email in self.members:
            return 400
        if len(self.members) >= SEATS:
            return 400
        recent = [at for at in self.removed_at.get(email, []) if now - at < CHURN_WINDOW]
        if len(recent) >= CHURN:
            return 429
        if email in self.invited_at and now - self.invited_at[email] < COOLDOWN:
            return 429
        self.invited_at[email] = now
        self.invitations[email] = Invitation(email, roles, groups)
        return 200

    def accept(self, email: str) -> int:
        if email not in self.invitations:
            return 404
        if len(self.members) >= SEATS:
            return 409
        invitation = self.invitations.pop(email)
        self.members[email] = dict(invitation.roles)
        for group in invitation.groups:
            if group in self.groups:
                self.groups[group].add(email)
        return 204

    def withdraw(self, email: str) -> int:
        return 204 if self.invitations.pop(email, None) else 404

    def update(self, email: str, roles: dict[str, str | None]) -> int:
        if email not in self.members:
            return 404
        changed: dict[str, str | None] = {**self.members[email], **roles}
        if self._is_the_only_admin(email) and changed.get("dev") != ADMIN:
            return 400
        self.members[email] = {environment: role for environment, role in changed.items() if role is not None}
        return 200

    def _is_the_only_admin(self, email: str) -> bool:
        return [each for each, roles in self.members.items() if roles.get("dev") == ADMIN] == [email]

    def remove(self, now: int, email: str) -> int:
        if email not in self.members:
            return 404
        if self._is_the_only_admin(email):
            return 400
        del self.members[email]
        self.removed_at.setdefault(email, []).append(now)
        for people in self.groups.values():
            people.discard(email)
        return 204

    def create_group(self, name: str) -> int:
        if name in self.groups or name == "All collaborators":
            return 400
        self.groups[name] = set()
        return 200

    def rename_group(self, name: str, to: str) -> int:
        if to != name and (to in self.groups or to == "All collaborators"):
            return 400
        self.groups[to] = self.groups.pop(name)
        for invitation in self.invitations.values():
            invitation.groups = [to if each == name else each for each in invitation.groups]
        return 200

    def delete_group(self, name: str) -> int:
        del self.groups[name]
        for invitation in self.invitations.values():
            invitation.groups = [each for each in invitation.groups if each != name]
        return 204

    def add_to_group(self, name: str, people: list[str]) -> int:
        if any(each not in self.members for each in people):
            return 400
        self.groups[name].update(people)
        return 204

    def remove_from_group(self, name: str, people: list[str]) -> int:
        self.groups[name].difference_update(people)
        return 204
