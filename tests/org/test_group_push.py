import pytest

from okta_connector import ActionFailed, Group
from okta_org import (
    AppSettings,
    EventType,
    MappingStatus,
    TaskKind,
    TaskState,
)
from okta_org.apps import force_sync
from okta_org.assignments import assign, unassign
from okta_org.directory import activate_user, add_user, deactivate_user
from okta_org.group_push import activate_group_push, pause_group_push, push_group, push_group_now, unlink_group
from okta_org.groups import add_to_group, create_group, remove_from_group, rename_group
from okta_org.refusals import (
    AlreadyPushed,
    AppGroupExists,
    NoSuchAppGroup,
    NotPushed,
    ProvisioningOff,
    WrongStatus,
)
from okta_org.retries import retry_task, run_due
from okta_org.values import InTarget

from .fake import (
    GENERIC,
    NOT_FOUND,
    bad_gateway,
    mapping,
    person,
    rate_limited,
    unauthorized,
    with_group,
)


def test_a_group_is_made_and_filled() -> None:
    """Looked up by name, created, and its members pushed."""
    s = with_group("ada", "ben")
    s.org.do(push_group, "devs", "workato")

    assert s.app.take_calls() == ["find_groups", "create_group", "add_group_members"]
    assert s.app.groups == {"pf-1": Group("pf-1", "Developers")}
    assert s.app.group_members == {"pf-1": ["101", "102"]}
    assert mapping(s).status is MappingStatus.ACTIVE
    assert s.events()[-3:] == [
        "application.provision.group_push.mapping.created",
        "application.provision.group_push.pushed",
        "application.provision.group_push.push_memberships",
    ]


def test_an_empty_group_is_made_empty() -> None:
    """No membership call goes out."""
    s = with_group()
    s.org.do(push_group, "devs", "workato")

    assert s.app.take_calls() == ["find_groups", "create_group"]


def test_who_has_not_accepted_is_ignored_and_follows_with_a_later_push() -> None:
    """The mapping is active; acceptance alone moves nobody."""
    s = with_group("ada", pending=("ben",))
    s.org.do(push_group, "devs", "workato")

    assert s.app.group_members == {"pf-1": ["101"]}
    assert mapping(s).status is MappingStatus.ACTIVE
    assert mapping(s).ignored == ("ben",)
    assert s.last(EventType.GROUP_PUSH_USERS_IGNORED) == "invitation not accepted"
    assert s.org.log[-2].targets == ("Developers", "workato", "ben")

    s.app.accept("ben@example.test")

    assert s.app.group_members == {"pf-1": ["101"]}

    s.org.do(push_group_now, "devs", "workato")

    assert s.app.group_members == {"pf-1": ["101", "102"]}
    assert mapping(s).ignored == ()
    assert s.account("ben").external_id == "102"


def test_only_people_assigned_to_the_app_are_pushed() -> None:
    """The others are ignored, with a word in the log."""
    s = with_group("ada")
    s.org.do(add_user, person("eve"))
    s.org.do(push_group, "devs", "workato")
    s.app.take_calls()
    s.org.do(add_to_group, "devs", ("eve",))

    assert s.app.take_calls() == []
    assert mapping(s).ignored == ("eve",)
    assert s.last(EventType.GROUP_PUSH_USERS_IGNORED) == "not assigned to the app"


def test_a_member_added_or_removed_is_one_call() -> None:
    """What changed is sent, and nobody else; several at once are one call."""
    s = with_group("ada", "ben", "eve")
    s.org.do(remove_from_group, "devs", ("ben", "eve"))
    s.org.do(push_group, "devs", "workato")
    s.app.take_calls()
    s.org.do(add_to_group, "devs", ("ben", "eve"))

    assert s.app.calls == [("add_group_members", ("ben@example.test", "eve@example.test"))]

    s.org.do(force_sync, "workato")
    s.app.take_calls()
    s.org.do(remove_from_group, "devs", ("ada",))

    assert s.app.calls == [("remove_group_members", ("101",))]
    assert s.app.group_members == {"pf-1": ["102", "103"]}


def test_push_now_overwrites_what_was_done_by_hand() -> None:
    """Drift stays unseen until then: the app's list is compared with Okta's."""
    s = with_group("ada", "ben")
    s.org.do(push_group, "devs", "workato")
    s.app.group_members["pf-1"] = ["999", "102"]
    s.org.do(add_user, person("eve"))
    s.bring_in("eve")
    s.org.do(add_to_group, "devs", ("eve",))

    assert s.app.group_members == {"pf-1": ["999", "102", "103"]}

    s.org.do(push_group_now, "devs", "workato")

    assert s.app.group_members == {"pf-1": ["102", "103", "101"]}


def test_push_now_survives_an_invitation_and_nothing_else() -> None:
    """An unknown email is pending; any other failure of the look-up is one of the push."""
    s = with_group("ada", pending=("ben",))
    s.org.do(push_group, "devs", "workato")
    s.org.do(push_group_now, "devs", "workato")

    assert mapping(s).ignored == ("ben",)

    s.app.fail("get_user_by_user_name", bad_gateway())
    s.org.do(push_group_now, "devs", "workato")

    assert mapping(s).status is MappingStatus.ERROR

    s.app.take_calls()
    s.org.do(retry_task, "workato", group="devs")

    assert "list_group_members" in s.app.take_calls()
    assert mapping(s).status is MappingStatus.ACTIVE
    assert mapping(s).error_summary is None


def test_a_leaver_is_not_put_back() -> None:
    """Removal from the app empties the seat in the group; a later push neither adds nor removes the person."""
    s = with_group("ada", "ben")
    s.org.do(push_group, "devs", "workato")
    s.org.do(deactivate_user, "ben")
    s.app.take_calls()
    s.org.do(remove_from_group, "devs", ("ada",))

    assert s.app.calls == [("remove_group_members", ("ada@example.test",))]
    assert mapping(s).pushed == ()
    assert mapping(s).ignored == ()


def test_a_rehire_regains_the_group_by_a_push_only() -> None:
    """Repushing the group is a step of its own."""
    s = with_group("ada")
    s.org.do(push_group, "devs", "workato")
    s.org.do(deactivate_user, "ada")
    s.org.do(activate_user, "ada")
    s.app.group_members["pf-1"] = []
    s.bring_in()

    assert s.app.group_members == {"pf-1": []}

    s.org.do(push_group_now, "devs", "workato")

    assert s.app.group_members == {"pf-1": ["102"]}


def test_members_can_wait() -> None:
    """Without "push group memberships immediately" the app group stays empty until the next change."""
    s = with_group("ada")
    s.org.do(push_group, "devs", "workato", members_now=False)

    assert s.app.group_members == {"pf-1": []}

    s.org.do(push_group_now, "devs", "workato")

    assert s.app.group_members == {"pf-1": ["101"]}


def test_an_existing_app_group_is_refused_or_linked() -> None:
    """Pushing by name onto it changes nothing; linking keeps its members and may rename it."""
    s = with_group("ada")
    s.app.groups["pf-9"] = Group("pf-9", "developers")
    s.app.group_members["pf-9"] = ["77"]
    with pytest.raises(AppGroupExists):
        s.org.do(push_group, "devs", "workato")

    assert s.org.mappings == {}

    s.org.do(push_group, "devs", "workato", link="developers")

    assert s.app.groups == {"pf-9": Group("pf-9", "Developers")}
    assert s.app.group_members == {"pf-9": ["77", "101"]}


def test_linking_needs_an_app_group() -> None:
    """A name that is not there cannot be linked."""
    s = with_group("ada")
    with pytest.raises(NoSuchAppGroup):
        s.org.do(push_group, "devs", "workato", link="Nobody")


@pytest.mark.parametrize(
    ("renames", "name"), [pytest.param(True, "Engineers", id="on"), pytest.param(False, "Developers", id="off")]
)
def test_a_rename_follows_the_setting(renames: bool, name: str) -> None:
    """Off, the app group keeps its name and the mapping goes on."""
    s = with_group("ada", settings=AppSettings(rename_app_groups=renames))
    s.org.do(push_group, "devs", "workato")
    s.org.do(rename_group, "devs", "Engineers")

    assert s.app.groups["pf-1"].display_name == name
    assert ("application.provision.group_push.mapping.app.group.renamed" in s.events()) is renames


def test_a_failed_rename_is_caught_up_by_a_retry() -> None:
    """It has an event of its own."""
    s = with_group("ada")
    s.org.do(push_group, "devs", "workato")
    s.app.fail("update_group", bad_gateway())
    s.org.do(rename_group, "devs", "Engineers")

    assert s.last(EventType.GROUP_PUSH_RENAME_FAILED) == s.task(TaskKind.GROUP_PUSH, "devs")

    s.org.do(retry_task, "workato", group="devs")

    assert s.app.groups["pf-1"].display_name == "Engineers"


def test_a_paused_push_catches_up_when_activated() -> None:
    """Changes pile up unseen, a new name too; activation sends them at once."""
    s = with_group("ada", "ben")
    s.org.do(push_group, "devs", "workato")
    s.org.do(pause_group_push, "devs", "workato")
    s.app.take_calls()
    s.org.do(remove_from_group, "devs", ("ada",))
    s.org.do(rename_group, "devs", "Engineers")

    assert s.app.take_calls() == []
    with pytest.raises(WrongStatus):
        s.org.do(pause_group_push, "devs", "workato")
    with pytest.raises(WrongStatus):
        s.org.do(push_group_now, "devs", "workato")

    s.org.do(force_sync, "workato")
    s.org.do(activate_group_push, "devs", "workato")

    assert s.app.group_members == {"pf-1": ["102"]}
    assert s.app.groups["pf-1"].display_name == "Engineers"
    with pytest.raises(WrongStatus):
        s.org.do(activate_group_push, "devs", "workato")


def test_an_activated_push_that_fails_is_active_all_the_same() -> None:
    """What it could not do waits as a task, and Group Push can be deactivated again."""
    s = with_group("ada")
    s.org.do(push_group, "devs", "workato")
    s.org.do(pause_group_push, "devs", "workato")
    s.app.fail("list_group_members", rate_limited())
    s.org.do(activate_group_push, "devs", "workato")

    assert mapping(s).status is not MappingStatus.INACTIVE
    s.org.do(pause_group_push, "devs", "workato")


@pytest.mark.parametrize(
    ("in_target", "left"), [pytest.param("delete", set(), id="delete"), pytest.param("leave", {"pf-1"}, id="leave")]
)
def test_unlinking_deletes_or_leaves_the_app_group(in_target: InTarget, left: set[str]) -> None:
    """Either way the mapping is gone and can be made again."""
    s = with_group("ada")
    s.org.do(push_group, "devs", "workato")
    s.org.do(unlink_group, "devs", "workato", in_target=in_target)

    assert s.app.groups.keys() == left
    assert s.org.mappings == {}
    assert s.events()[-1] == "application.provision.group_push.removed"
    with pytest.raises(NotPushed):
        s.org.do(push_group_now, "devs", "workato")


def test_deleting_a_group_that_is_gone_is_done() -> None:
    """Not found is what was wanted."""
    s = with_group("ada")
    s.org.do(push_group, "devs", "workato")
    s.app.fail("remove_group", ActionFailed(NOT_FOUND, "Not found", 404))
    s.org.do(unlink_group, "devs", "workato", in_target="delete")

    assert s.org.mappings == {}


def test_a_failed_deletion_is_retried() -> None:
    """The mapping stays in error until the group is gone."""
    s = with_group("ada")
    s.org.do(push_group, "devs", "workato")
    s.app.fail("remove_group", bad_gateway())
    s.org.do(unlink_group, "devs", "workato", in_target="delete")

    assert mapping(s).status is MappingStatus.ERROR

    s.org.do(retry_task, "workato", group="devs")

    assert s.app.groups == {}
    assert s.org.mappings == {}


def test_an_app_group_deleted_downstream_breaks_the_mapping() -> None:
    """The next push says that the linked group is missing."""
    s = with_group("ada")
    s.org.do(push_group, "devs", "workato")
    s.app.fail("remove_group_members", ActionFailed(NOT_FOUND, "Not found", 404))
    s.org.do(force_sync, "workato")
    s.org.do(remove_from_group, "devs", ("ada",))

    assert mapping(s).status is MappingStatus.ERROR
    assert s.task(TaskKind.GROUP_PUSH, "devs").endswith(
        "Linked group is missing in Workato. Change the linked group to resume pushing group memberships."
    )
    assert mapping(s).error_summary == s.task(TaskKind.GROUP_PUSH, "devs")


@pytest.mark.parametrize("action", ["find_groups", "create_group"])
def test_a_failed_creation_of_a_group_is_retried_whole(action: str) -> None:
    """The mapping is there, in error, and without a target."""
    s = with_group("ada")
    s.app.fail(action, bad_gateway())
    s.org.do(push_group, "devs", "workato")

    assert mapping(s).status is MappingStatus.ERROR
    assert s.task(TaskKind.GROUP_PUSH, "devs").startswith(
        "Unable to update Group Push mapping target App group Developers: Error while creating user group Developers: "
    )
    assert s.last(EventType.GROUP_PUSH_GROUP_ADD) == s.task(TaskKind.GROUP_PUSH, "devs")

    s.org.do(retry_task, "workato")

    assert s.app.group_members == {"pf-1": ["101"]}
    assert mapping(s).status is MappingStatus.ACTIVE


def test_a_group_that_appeared_meanwhile_stops_the_retry() -> None:
    """The refusal becomes the task's text."""
    s = with_group("ada")
    s.app.fail("create_group", bad_gateway())
    s.org.do(push_group, "devs", "workato")
    s.app.groups["pf-9"] = Group("pf-9", "Developers")
    s.org.do(retry_task, "workato")

    assert s.task(TaskKind.GROUP_PUSH, "devs").endswith("Workato already has a group Developers; link it instead")


def test_an_unfinished_push_is_unlinked_without_a_call() -> None:
    """There is nothing to delete, and nothing left to retry."""
    s = with_group("ada")
    s.app.fail("create_group", bad_gateway())
    s.org.do(push_group, "devs", "workato")
    s.app.take_calls()
    s.org.do(unlink_group, "devs", "workato", in_target="delete")

    assert s.app.take_calls() == []
    assert s.org.tasks.open == ()


def test_a_rate_limit_pauses_group_push() -> None:
    """The mapping stays active; what changes meanwhile goes with the retry."""
    s = with_group("ada", "ben")
    s.app.fail("add_group_members", rate_limited())
    s.org.do(push_group, "devs", "workato")

    assert mapping(s).status is MappingStatus.ACTIVE
    assert s.org.tasks.open[0].state is TaskState.PAUSED
    assert s.last(EventType.GROUP_PUSH_FAILED_RETRIED) == mapping(s).error_summary

    s.app.take_calls()
    s.org.do(remove_from_group, "devs", ("ben",))

    assert s.app.take_calls() == []

    s.advance(minutes=5)
    s.org.do(run_due)

    assert s.app.group_members == {"pf-1": ["101"]}
    assert s.org.tasks.open == ()


@pytest.mark.parametrize(
    ("failure", "event"),
    [
        pytest.param(bad_gateway(), EventType.GROUP_PUSH_FAILED_RETRIED, id="502"),
        pytest.param(unauthorized(), EventType.GROUP_PUSH_FAILED_FOR_GOOD, id="credentials"),
        pytest.param(ActionFailed(GENERIC, "no"), EventType.GROUP_PUSH_FAILED_FOR_GOOD, id="never sent"),
    ],
)
def test_the_log_tells_passing_failures_from_others(failure: ActionFailed, event: EventType) -> None:
    """Two event names, for what Okta retries and what it does not."""
    s = with_group("ada")
    s.app.fail("add_group_members", failure)
    s.org.do(push_group, "devs", "workato")

    assert s.last(event) == s.task(TaskKind.GROUP_PUSH, "devs")
    assert mapping(s).status is MappingStatus.ERROR


def test_a_group_is_pushed_once_and_needs_provisioning() -> None:
    """Two refusals, and no call."""
    s = with_group("ada")
    s.org.do(push_group, "devs", "workato")
    with pytest.raises(AlreadyPushed):
        s.org.do(push_group, "devs", "workato")
    s.org.do(create_group, "ops")
    s.org.configure_app("workato", provisioning=False)
    with pytest.raises(ProvisioningOff):
        s.org.do(push_group, "ops", "workato")


def test_other_apps_mappings_are_left_alone() -> None:
    """Leaving one app does not empty groups pushed to another."""
    s = with_group("ada")
    s.org.add_app("second", s.app)
    s.org.do(assign, "ada", "second", {"dev": "Member"})
    s.org.do(push_group, "devs", "workato")
    s.org.do(unassign, "ada", "second")

    assert mapping(s).pushed == ("ada",)
