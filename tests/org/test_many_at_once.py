"""What is done to everybody at once is done to all or to nobody; what is granted on top of policy, and taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from okta_org import AppSettings
from okta_org.assignments import (
    assign,
    assign_group,
    change_entitlements,
    grant,
    revert_to_policy,
    revoke_grant,
    update_usernames_now,
)
from okta_org.directory import add_user, edit_profile, move_domain
from okta_org.groups import create_group
from okta_org.refusals import AlreadyGranted, BadUsername, NotGranted, NothingToRevert, UsernameTaken
from okta_org.retries import run_due

from .fake import MANAGER, MEMBER, Fixture, person, set_up


def three(settings: AppSettings = AppSettings()) -> Fixture:  # noqa: B008
    """Ada, Ben and Cyd have the app."""
    s = set_up("ada", "ben", "cyd", settings=settings)
    for name in ("ada", "ben", "cyd"):
        s.org.do(assign, name, "workato", MEMBER)
    s.app.take_calls()
    return s


def usernames(s: Fixture) -> dict[str, str]:
    return {name: s.account(name).user_name for name in ("ada", "ben", "cyd")}


def test_two_people_can_swap_their_usernames() -> None:
    """The app usernames are compared as they will be, not one by one."""
    s = three()
    ben, cyd = s.org.users["ben"], s.org.users["cyd"]
    s.org.do(edit_profile, "ben", {"login": "for.now@example.test"})
    s.org.do(edit_profile, "cyd", {"login": ben.login})
    s.org.do(edit_profile, "ben", {"login": cyd.login})
    s.org.do(update_usernames_now, "workato")

    assert usernames(s) == {"ada": "ada@example.test", "ben": cyd.login, "cyd": ben.login}


def test_a_username_that_no_app_takes_changes_nobody() -> None:
    """Not even those that come before it."""
    s = three()
    s.org.do(edit_profile, "ada", {"login": "adele@example.test"})
    s.org.do(edit_profile, "cyd", {"login": f"{'c' * 90}@example.test"})
    before = s.org.describe()

    with pytest.raises(BadUsername):
        s.org.do(update_usernames_now, "workato")
    assert s.org.describe() == before


def test_a_domain_in_which_a_username_is_taken_moves_nobody() -> None:
    """Where app usernames follow the Okta usernames."""
    s = three(AppSettings(update_username=True))
    s.org.do(add_user, replace(person("dot"), login="ben@new.example.test"))
    s.org.do(assign, "dot", "workato", MEMBER)
    before = s.org.describe()

    with pytest.raises(UsernameTaken):
        s.org.do(move_domain, "example.test", "new.example.test")
    assert s.org.describe() == before


def test_reverting_somebody_assigned_individually_finds_their_groups_policy() -> None:
    """What was set by hand goes, what the group grants comes."""
    s = set_up("ada")
    s.org.do(create_group, "finance", ("ada",))
    s.org.do(assign, "ada", "workato", MEMBER)
    s.org.do(assign_group, "finance", "workato", MANAGER)
    s.org.do(change_entitlements, "ada", "workato", {"test": "Member"})
    s.org.do(revert_to_policy, "ada", "workato")

    assert s.account().granted == MANAGER
    with pytest.raises(NothingToRevert):
        s.org.do(revert_to_policy, "ada", "workato")


def test_the_newest_grant_of_an_environment_counts_until_it_ends() -> None:
    """Below it lie the earlier grant and policy, and come back one after the other."""
    s = set_up("ada")
    s.bring_in()
    s.org.do(grant, "ada", "workato", "first", MANAGER, timedelta(hours=2))
    s.org.do(grant, "ada", "workato", "second", {"dev": "Member"}, timedelta(hours=1))
    held = [s.account().granted["dev"]]
    for _ in range(2):
        assert s.org.next_due() == s.now[0] + timedelta(hours=1)
        s.now[0] += timedelta(hours=1)
        s.org.do(run_due)
        held.append(s.account().granted["dev"])

    assert held == ["Member", "Environment manager", "Member"]
    assert s.org.next_due() is None


def test_a_grant_is_given_once_and_taken_back_once() -> None:
    """By its name."""
    s = set_up("ada")
    s.bring_in()
    s.org.do(grant, "ada", "workato", "bundle", MANAGER)
    with pytest.raises(AlreadyGranted, match="ada has been granted bundle in workato already"):
        s.org.do(grant, "ada", "workato", "bundle", MEMBER)
    s.org.do(revoke_grant, "ada", "workato", "bundle")
    with pytest.raises(NotGranted, match="ada has not been granted bundle in workato"):
        s.org.do(revoke_grant, "ada", "workato", "bundle")
