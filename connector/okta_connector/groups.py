"""The actions on collaborator groups and on who is in them."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TypeAlias

from okta_connector.actions import action
from okta_connector.decisions import is_member_id
from okta_connector.errors import ActionFailed, Answered, FailureType, NotFound, Rejected
from okta_connector.folding import alike
from okta_connector.requests import AddMembers, CreateGroup, GroupWrite, RemoveGroup, RemoveMembers, UpdateGroup
from okta_connector.resources import UserGroup
from okta_connector.users import UserActions
from okta_connector.values import Group, MembershipChange, MembershipPush, Page

Send: TypeAlias = Callable[[str, tuple[str, ...]], None]
"""A call that adds members to a group or removes them: the group's id, and theirs."""

BATCH = 100
"""How many members one call adds or removes. The ids travel in the query, which servers do not take at any length."""


class GroupActions(UserActions):
    """Built on the actions on people: a group member is named by whatever Okta has for the person."""

    # Groups

    @action
    def list_groups(self) -> Page[Group]:
        """List every group, the system group too: it may be imported, though never pushed to."""
        return Page(tuple(as_group(found) for found in self.client.list_user_groups()))

    @action
    def get_group(self, group_id: str) -> Group:
        return as_group(self.client.get_user_group(group_id))

    @action
    def find_groups(self, display_name: str) -> Page[Group]:
        """Find what a push of this name may link to: groups of exactly this name, and none that takes no push."""
        hits = (as_group(found) for found in self.client.list_user_groups(name=display_name))
        return Page(
            tuple(hit for hit in hits if alike(hit.display_name, display_name) and self.decide.takes_a_push(hit))
        )

    @action
    def create_group(self, group: Group, push: MembershipPush = MembershipPush()) -> Group:  # noqa: B008 - frozen
        """Create a group without anybody in it: Workato's call takes no members, so they are pushed afterwards."""
        del push
        self.must_take_a_push(group)
        return self.write_group(CreateGroup(group), group)

    @action
    def update_group(self, group: Group) -> Group:
        if group.id is None:
            raise ActionFailed(FailureType.RESOURCE_NOT_FOUND, f'"{group.display_name}" has no id to be updated by.')
        self.must_take_a_push(self.existing_group(group.id))
        self.must_take_a_push(group)
        return self.write_group(UpdateGroup(group.id, group), group)

    @action
    def remove_group(self, group_id: str) -> None:
        self.must_take_a_push(self.existing_group(group_id))
        self.send(self.decide.group_write(RemoveGroup(group_id)))

    # Members

    @action
    def list_group_members(self, group_id: str) -> Page[str]:
        return Page(tuple(str(member.id) for member in self.client.list_group_members(group_id)))

    @action
    def add_group_members(self, group_id: str, values: Sequence[str]) -> MembershipChange:
        return self.change_members(group_id, values, self.add_to_group)

    @action
    def remove_group_members(self, group_id: str, values: Sequence[str]) -> MembershipChange:
        return self.change_members(group_id, values, self.take_from_group)

    def push_members(self, group: Group, push: MembershipPush) -> MembershipChange:
        """Add whom the push adds, then remove whom it removes. What it says of everybody else is not needed."""
        group_id = group.id or ""
        added = self.add_group_members(group_id, push.add) if push.add else MembershipChange(())
        if push.remove:
            self.remove_group_members(group_id, push.remove)
        return added

    def change_members(self, group_id: str, values: Sequence[str], send: Send) -> MembershipChange:
        self.must_take_a_push(self.existing_group(group_id))
        members = () if all(map(is_member_id, values)) else self.client.list_members()
        ids = {value: self.decide.member_id_for(value, self.pick(value, members)) for value in values}
        gone: set[str] = set()
        for batch in batches(list(dict.fromkeys(filter(None, ids.values())))):
            try:
                send(group_id, batch)
            except (Rejected, NotFound) as refusal:
                gone |= self.settle_refused_batch(group_id, batch, send, refusal)
        return MembershipChange(
            applied=tuple(value for value in values if ids[value] and ids[value] not in gone),
            not_accepted=tuple(value for value in values if not ids[value]),
            gone=tuple(value for value in values if ids[value] in gone),
        )

    def settle_refused_batch(self, group_id: str, batch: tuple[str, ...], send: Send, refusal: Answered) -> set[str]:
        """Send the batch without those who are no longer in the workspace, and return them.

        Workato refuses a whole batch for one unknown id (GRP-1). Who is unknown is read from the members and not from
        the refusal, whose words are not documented. Where everybody is known, the refusal has another cause and stands.
        """
        gone = set(batch) - {str(member.id) for member in self.client.list_members()}
        if not gone:
            raise refusal
        known = tuple(member_id for member_id in batch if member_id not in gone)
        if known:
            send(group_id, known)
        return gone

    # Writing

    def write_group(self, write: GroupWrite, group: Group) -> Group:
        found = self.send(self.decide.group_write(write))
        return group if found is None else as_group(found)

    def add_to_group(self, group_id: str, member_ids: tuple[str, ...]) -> None:
        self.send(self.decide.membership_write(AddMembers(group_id, member_ids)))

    def take_from_group(self, group_id: str, member_ids: tuple[str, ...]) -> None:
        self.send(self.decide.membership_write(RemoveMembers(group_id, member_ids)))

    def must_take_a_push(self, group: Group) -> None:
        if not self.decide.takes_a_push(group):
            raise ActionFailed(
                FailureType.GENERIC_FAILURE,
                f'"{group.display_name}" is kept by Workato itself and cannot be pushed to.',
            )

    def existing_group(self, group_id: str) -> Group:
        """Read the group before writing to it: an id alone does not say whether it is the system group."""
        return as_group(self.client.get_user_group(group_id))


def as_group(found: UserGroup) -> Group:
    return Group(found.id, found.name, found.description, found.system)


def batches(ids: Sequence[str]) -> Iterator[tuple[str, ...]]:
    left = iter(ids)
    while batch := tuple(islice(left, BATCH)):
        yield batch
