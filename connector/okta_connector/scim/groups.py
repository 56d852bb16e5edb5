"""The actions on groups: Okta's Group Push, in the shape of a custom app and in that of the catalogue."""

from okta_connector.errors import ActionFailed, FailureType
from okta_connector.scim import bodies
from okta_connector.scim.actions import ScimActions
from okta_connector.scim.answers import Step
from okta_connector.scim.values import ScimGroup
from okta_connector.values import Group, MembershipChange, MembershipPush, Page


class GroupActions(ScimActions):
    def list_groups(self) -> Page[Group]:
        found: list[Group] = []
        start: int | None = 1
        while start is not None:
            with self.step(Step.IMPORT):
                page = self.client.list_groups(start)
            found += [as_group(each) for each in page.rows]
            start = self.decide.next_start(start, page.total or 0)
        return Page(tuple(found))

    def find_groups(self, display_name: str) -> Page[Group]:
        """Find the groups that a push of this name may link to. A SCIM error 404 finds none."""
        return Page(tuple(as_group(each) for each in self.found(lambda: self.client.find_groups(display_name))))

    def create_group(self, group: Group, push: MembershipPush = MembershipPush()) -> Group:  # noqa: B008 - frozen
        """Create a group with the members already in it."""
        with self.step(Step.CREATE):
            return as_group(self.client.create_group(bodies.new_group(group, push)))

    def update_group(self, group: Group) -> Group:
        group_id = id_of(group)
        if self.patches:
            with self.step(Step.WRITE):
                self.client.patch_group(group_id, bodies.renaming(group))
            return group
        with self.step(Step.READ):
            read = self.client.get_group(group_id)
        with self.step(Step.WRITE):
            self.client.replace_group(group_id, bodies.whole_group(group, read, None))
        return group

    def remove_group(self, group_id: str) -> None:
        with self.step(Step.REMOVE):
            self.client.delete_group(group_id)

    def list_group_members(self, group_id: str) -> Page[str]:
        with self.step(Step.READ):
            return Page(tuple(each.value for each in self.client.get_group(group_id).members))

    def push_members(self, group: Group, push: MembershipPush) -> MembershipChange:
        """Send who is in the group: the whole list by PUT, or what changed by PATCH together with the name."""
        group_id = id_of(group)
        if self.patches:
            with self.step(Step.WRITE):
                self.client.patch_group(group_id, bodies.renaming(group), *bodies.member_operations(push))
            return MembershipChange(push.add)
        read: ScimGroup | None = None
        if self.switches.okta_group_reads_before_put == "yes":
            with self.step(Step.READ):
                read = self.client.get_group(group_id)
        with self.step(Step.WRITE):
            self.client.replace_group(group_id, bodies.whole_group(group, read, bodies.members_of(push)))
        return MembershipChange(push.add)


def as_group(found: ScimGroup) -> Group:
    return Group(found.id, found.display_name)


def id_of(group: Group) -> str:
    if group.id is None:
        raise ActionFailed(FailureType.RESOURCE_NOT_FOUND, f'"{group.display_name}" has no id to be updated by.')
    return group.id
