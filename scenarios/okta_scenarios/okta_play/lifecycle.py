"""The acts of a lifecycle: what an Okta admin does, what the judge looks at afterwards, and what it concludes."""

from collections.abc import Callable, Mapping

from okta_org import apps, assignments, directory, group_push, groups, imports
from okta_scenarios.okta_play.session import APP, Player
from okta_scenarios.okta_play.spec_suite import spec

NEW_NAME = "Renamed"


def connect(player: Player) -> object:
    """Test Connector Configuration."""
    return player.org.do(apps.test_credentials, APP)


def hire(player: Player) -> None:
    """Create an Okta user and assign the app: look up, create."""
    name = player.new_person("ines")
    player.org.do(assignments.assign, name, APP)
    player.look_up("ABSENT", name, expected=0, only_before=True)
    user = player.look_at(name)
    if user is None:
        return
    kept = {
        "userName": str(user.get("userName", "")).casefold() == player.address(name).casefold(),
        "name": player.names_of(user) == ("Ines", "Play"),
        "active": user.get("active") is True,
    }
    missing = ", ".join(key for key, holds in kept.items() if not holds)
    player.say("KEPT", not missing, f"another {missing} than was sent")
    external = user.get("externalId")
    player.say("EXTERNAL-ID", external == player.org.value.okta_id(name), f"externalId is {external!r}")
    player.look_up("FOUND", name, expected=1)


def change(player: Player) -> None:
    """Edit the profile: read, write the whole."""
    name = player.person("ines")
    player.org.do(directory.edit_profile, name, {"first_name": NEW_NAME})
    user = player.look_at(name)
    if user is not None:
        shown = player.names_of(user)[0]
        player.say("WRITTEN", shown == NEW_NAME, f"givenName is {shown!r} after {NEW_NAME!r} was pushed")


def leave(player: Player) -> None:
    """Take the app away: the user is deactivated and not deleted."""
    name = player.person("ines")
    if player.org.app_user(name, APP) is None:
        return
    player.org.do(assignments.unassign, name, APP)
    user = player.look_at(name, gone_is="DEACTIVATED")
    if user is not None:
        player.say("DEACTIVATED", user.get("active") is False, f"active is {user.get('active')!r}")


def come_back(player: Player) -> None:
    """Assign the app again: look up, and activate whoever is found."""
    name = player.person("ines")
    if player.org.app_user(name, APP) is not None:
        return
    before = player.ids.get(name)
    player.org.do(assignments.assign, name, APP)
    user = player.look_at(name)
    if user is not None and before is not None:
        same = user.get("id") == before and user.get("active") is True
        player.say("REACTIVATED", same, f"id {user.get('id')!r} after {before!r}, active {user.get('active')!r}")


def suspend(player: Player) -> None:
    """Suspend and let back in: nothing is sent."""
    name = player.person("ines")
    player.org.do(directory.suspend_user, name)
    player.org.do(directory.unsuspend_user, name)


def import_(player: Player) -> object:
    """Import users, in pages of a hundred; nothing is confirmed."""
    return player.org.do(imports.import_users, APP)


def push_a_group(player: Player) -> None:
    """Push a group: look up, create with members, empty it, delete it."""
    name = player.person("ines")
    group = f"{player.prefix}group"
    player.org.do(groups.create_group, group, (name,))
    player.org.do(group_push.push_group, group, APP)
    player.org.do(groups.remove_from_group, group, (name,))
    player.org.do(group_push.unlink_group, group, APP, in_target="delete")


Act = Callable[[Player], object]
"""What an act returns is what the admin is shown of it."""

ACTS: Mapping[str, Act] = {
    "connect": connect,
    "spec": spec,
    "hire": hire,
    "change": change,
    "suspend": suspend,
    "leave": leave,
    "return": come_back,
    "import": import_,
    "group": push_a_group,
}
"""By the word that `--lifecycle` takes."""
