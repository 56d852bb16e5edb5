"""A verb that Okta refuses leaves everything as it was: tried with plays of any verbs in any order."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from okta_org import VERBS, AppSettings, MatchCriterion, OktaOrg, OktaRefusal, OktaUser, UnknownName
from okta_org.group_push import push_group
from okta_org.groups import create_group
from okta_org.imports import import_users
from okta_org.refusals import CredentialsRefused

from ..stateful.effort import percent
from .fake import MANAGER, MEMBER, FakeApp, Fixture, member, set_up, unauthorized

USERS = st.sampled_from(("ada", "ben", "cyd", "dot"))
LOGINS = st.sampled_from(("ada@example.test", "BEN@example.test", "cyd@new.example.test", "x" * 101, ""))
GROUPS = st.sampled_from(("devs", "ops"))
NAMES = st.sampled_from(("Developers", "Operators", "Auditors"))
APPS = st.sampled_from(("workato", "second"))
ROLES = st.sampled_from((MEMBER, MANAGER, {}))
RULES = st.sampled_from(("one", "two"))
IN_TARGET = st.sampled_from(("delete", "leave"))
SWITCHES = st.fixed_dictionaries(
    {},
    optional={
        "provisioning": st.booleans(),
        "active": st.booleans(),
        "create_users": st.booleans(),
        "update_user_attributes": st.booleans(),
        "governance": st.booleans(),
        "update_username": st.booleans(),
        "rename_app_groups": st.booleans(),
        "auto_confirm": st.booleans(),
        "auto_confirm_new": st.booleans(),
        "partial_match": st.booleans(),
        "exact_match": st.sampled_from(MatchCriterion),
        "import_every": st.sampled_from((None, timedelta(0), timedelta(hours=1))),
    },
)


@dataclass(frozen=True)
class Call:
    """One thing that an admin tries; `verb` is what a failing play shows."""

    verb: str
    arguments: tuple[object, ...] = ()
    switches: Mapping[str, object] = field(default_factory=dict)

    def __call__(self, org: OktaOrg) -> None:
        org.do(VERBS[self.verb], *self.arguments, **self.switches)


def calls(verb: str, *arguments: st.SearchStrategy[object], **switches: object) -> st.SearchStrategy[Call]:
    return st.tuples(*arguments).map(lambda drawn: Call(verb, drawn, dict(switches)))


def somebody(name: str, login: str) -> OktaUser:
    return OktaUser(name, login, login, name.title(), "Example")


CALLS = st.one_of(
    calls("create_user", st.builds(somebody, st.sampled_from(("dot", "eve")), LOGINS)),
    *(
        calls(f"{verb}_user", USERS)
        for verb in ("activate", "deactivate", "suspend", "unsuspend", "lock_out", "unlock", "delete")
    ),
    *(calls(verb, USERS) for verb in ("reset_password", "expire_password", "choose_password")),
    calls("edit_profile", USERS, st.fixed_dictionaries({}, optional={"login": LOGINS, "email": LOGINS})),
    calls("move_domain", st.just("example.test"), st.just("new.example.test")),
    calls("assign", USERS, APPS, ROLES, st.just(()), st.none() | LOGINS),
    calls("change_username", USERS, APPS, LOGINS),
    calls("change_entitlements", USERS, APPS, ROLES),
    calls("grant", USERS, APPS, RULES, ROLES),
    calls("revoke_grant", USERS, APPS, RULES),
    *(calls(verb, USERS, APPS) for verb in ("unassign", "provision_user", "revert_to_policy")),
    *(calls(verb, APPS) for verb in ("update_usernames_now", "force_sync", "apply_updates_now", "retry_task")),
    *(calls(verb, APPS) for verb in ("import_users", "import_schema", "confirm_assignments")),
    calls("confirm_assignments", APPS, st.just(()), st.tuples(st.sampled_from(("dot", "fay")))),
    calls("resume_imports"),
    calls("cancel_import"),
    calls("create_group", st.sampled_from(("ops", "new")), st.just(("ada", "ben")), NAMES),
    calls("rename_group", GROUPS, NAMES),
    calls("add_to_group", GROUPS, st.tuples(USERS)),
    calls("remove_from_group", GROUPS, st.tuples(USERS)),
    calls("create_group_rule", RULES, GROUPS, st.just("first_name"), st.just("Ada")),
    calls("assign_group", GROUPS, APPS, ROLES),
    calls("unassign_group", GROUPS, APPS),
    calls("push_group", GROUPS, APPS),
    calls("push_group", GROUPS, APPS, link="Auditors"),
    *(calls(verb, GROUPS, APPS) for verb in ("push_group_now", "pause_group_push", "activate_group_push")),
    calls("unlink_group", GROUPS, APPS, IN_TARGET),
    calls("create_push_rule", RULES, APPS, st.sampled_from(("D", "Aud"))),
    *(calls(verb, RULES, APPS) for verb in ("deactivate_push_rule", "activate_push_rule")),
    calls("delete_push_rule", RULES, APPS, IN_TARGET),
    st.builds(lambda app, switches: Call("configure_app", (app,), switches), APPS, SWITCHES),
)


def world() -> Fixture:
    """Two apps, three people of whom one is a member, two groups of whom one is pushed, and an import to decide on."""
    s = set_up("ada", "ben", "cyd", settings=AppSettings(auto_confirm_new=False))
    s.org.add_app("second", FakeApp(), AppSettings(governance=False))
    s.bring_in("ada")
    s.app.join(member("fay", dev="Member"))
    s.org.do(import_users, "workato")
    s.org.do(create_group, "devs", ("ada", "ben"), "Developers")
    s.org.do(push_group, "devs", "workato")
    s.org.do(create_group, "ops", (), "Operators")
    return s


def everything(s: Fixture) -> object:
    """The org, and the apps: what is refused is told to nobody either."""
    apps = [s.org.connector_of(app) for app in s.org.apps]
    holds = [(dict(app.members), dict(app.invited), dict(app.groups)) for app in apps if isinstance(app, FakeApp)]
    members = [deepcopy(app.group_members) for app in apps if isinstance(app, FakeApp)]
    return s.org.describe(), holds, members


def left_by_a_refusal(s: Fixture, call: Call) -> object:
    """Try it. What is different after a refusal, and after the second one of who tries again; nothing is right."""
    before = everything(s)
    try:
        call(s.org)
    except UnknownName:
        return None
    except OktaRefusal as refused:
        if everything(s) != before:
            return f"{call} changed something, and then: {refused!r}"
        return said_again(s, call, refused)
    return None


def said_again(s: Fixture, call: Call, refused: OktaRefusal) -> object:
    """What the second try of a refused call comes to, unless it is refused in the same words."""
    try:
        call(s.org)
    except OktaRefusal as again:
        return None if (type(again), str(again)) == (type(refused), str(refused)) else again
    return f"{call} is done by the second try, and the first was refused: {refused!r}"


@settings(max_examples=percent(100))
@given(play=st.lists(CALLS, min_size=1, max_size=12))
@example(
    play=[
        Call("create_push_rule", ("one", "workato", "D")),
        Call("configure_app", ("workato",), {"provisioning": False}),
        Call("rename_group", ("ops", "Distributors")),
    ]
)
@example(
    play=[
        Call("create_push_rule", ("one", "workato", "Aud")),
        Call("configure_app", ("workato",), {"provisioning": False}),
        Call("create_group", ("new", (), "Auditors")),
    ]
)
@example(
    play=[
        Call("create_push_rule", ("one", "workato", "Op")),
        Call("deactivate_push_rule", ("one", "workato")),
        Call("configure_app", ("workato",), {"provisioning": False}),
        Call("activate_push_rule", ("one", "workato")),
    ]
)
def test_a_refused_verb_leaves_everything_unchanged(play: list[Call]) -> None:
    """Whatever came before: state, tasks and log are the same, and the second try is refused in the same words."""
    s = world()
    for call in play:
        assert left_by_a_refusal(s, call) is None


def test_a_refused_connection_is_only_logged() -> None:
    """The test of the connection is an entry of the System Log; nothing of the app is saved."""
    s = world()
    other = FakeApp()
    other.fail("test_credentials", unauthorized())
    before = s.org.describe()
    with pytest.raises(CredentialsRefused):
        s.org.configure_app("workato", connector=other, import_every=timedelta(hours=1))

    after = s.org.describe()
    assert {**after, "log": None} == {**before, "log": None}
    assert s.org.connector_of("workato") is s.app
