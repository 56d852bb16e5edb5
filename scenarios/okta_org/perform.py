"""Carrying a push out through a connector. Here alone something is sent, and nothing is known of the org."""

from collections.abc import Callable, Iterator

from okta_connector.errors import ActionFailed, FailureType
from okta_connector.values import Entitlement, Page, User
from okta_org import messages
from okta_org.port import ProvisioningConnector
from okta_org.pushes import (
    ChangeMembers,
    CheckConnection,
    CreateGroup,
    CreateUser,
    DeactivateUser,
    Discovered,
    DiscoverSchema,
    Downloaded,
    DownloadUsers,
    FindGroup,
    FindUser,
    FoundGroups,
    Listed,
    Passed,
    Push,
    PushOutcome,
    ReadMembers,
    RemoveGroup,
    Returned,
    Spared,
    Success,
    UpdateGroup,
    UpdateUser,
    WeighDemotions,
    Weighed,
)


def perform(connector: ProvisioningConnector, push: Push) -> PushOutcome:
    """Send what the push asks for, and say what came of it."""
    try:
        return _send(connector, push)
    except ActionFailed as failure:
        return failure


def _send(connector: ProvisioningConnector, push: Push) -> Success:  # noqa: C901, PLR0911, PLR0912 - a case per push
    match push:
        case CheckConnection():
            connector.test_credentials()
            return Passed()
        case DiscoverSchema():
            return _discover(connector, push)
        case FindUser():
            found = connector.get_user_by_user_name(push.profile.user_name)
            return Returned(found, connector.administration_lost(push.profile, found.entitlements))
        case CreateUser():
            return _create(connector, push)
        case UpdateUser():
            lost = connector.administration_lost(push.profile, push.linked_with) if push.linked_with else ()
            return Spared(lost) if lost and push.spares else Returned(connector.update_user(push.profile), lost)
        case DeactivateUser():
            connector.deactivate_user(push.external_id)
            return Passed()
        case WeighDemotions():
            lost_by = {user: connector.administration_lost(profile, held) for user, profile, held in push.people}
            return Weighed(lost_by)
        case DownloadUsers():
            users = tuple(_all_pages(connector.list_users))
            return Downloaded(users, connector.list_groups().resources if push.groups else ())
        case FindGroup():
            return FoundGroups(connector.find_groups(push.name).resources)
        case CreateGroup():
            return connector.create_group(push.wanted, push.members)
        case UpdateGroup():
            return connector.update_group(push.wanted)
        case RemoveGroup():
            connector.remove_group(push.target_id)
            return Passed()
        case ReadMembers():
            ids = {name: _id_of(connector, user_name) for name, user_name in push.invited}
            known = {name: id_ for name, id_ in ids.items() if id_ is not None}
            return Listed(connector.list_group_members(push.target_id).resources, known)
        case ChangeMembers():
            return connector.push_members(push.target, push.members)


def _discover(connector: ProvisioningConnector, push: DiscoverSchema) -> Discovered:
    properties = connector.list_user_schema().resources
    values = connector.list_user_schema_values().resources
    if not push.entitlements:
        return Discovered(properties, values)
    return Discovered(
        properties,
        values,
        connector.list_entitlement_schema().resources,
        connector.list_entitlement_values().resources,
    )


def _create(connector: ProvisioningConnector, push: CreateUser) -> Success:
    if push.spares:
        lost = connector.administration_lost(push.profile, _entitlements_in_app(connector, push.profile))
        if lost:
            return Spared(lost)
    created = connector.create_user(push.profile)
    if created.id is None:
        raise ActionFailed(FailureType.GENERIC_FAILURE, messages.MSG_3_EMPTY)
    return Returned(created, connector.administration_lost(push.profile, created.held_before))


def _entitlements_in_app(connector: ProvisioningConnector, profile: User) -> tuple[Entitlement, ...]:
    """The roles that somebody has in the app already; none where there is nobody."""
    try:
        return connector.get_user_by_user_name(profile.user_name).entitlements
    except ActionFailed as failure:
        if failure.type is not FailureType.RESOURCE_NOT_FOUND:
            raise
        return ()


def _id_of(connector: ProvisioningConnector, user_name: str) -> str | None:
    """Learn the app's id of somebody who was only invited, so that the app's own list can be compared with."""
    try:
        return connector.get_user_by_user_name(user_name).id
    except ActionFailed as failure:
        if failure.type is not FailureType.RESOURCE_NOT_FOUND:
            raise
        return None


def _all_pages(fetch: Callable[[str | None], Page[User]]) -> Iterator[User]:
    cursor: str | None = None
    while True:
        page = fetch(cursor)
        yield from page.resources
        if page.next_cursor is None:
            return
        cursor = page.next_cursor
