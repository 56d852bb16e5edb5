"""API clients and their client roles as values: what one may be, and whose a token is."""

from typing import Any

import pytest

from workato_emulator.domain import clients
from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.clients import ClientChange
from workato_emulator.domain.copies import replace
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.refusals import (
    ClientRoleNotFound,
    EnvironmentNotFound,
    Invalid,
    NameTaken,
    NotFound,
    OwnClient,
    Refusal,
)
from workato_emulator.domain.values import LONGEST_NAME, ApiClient, ClientRole, Cloud, FolderId, TokenOwner, Workspace

from .small import DEFAULTS, NOW, SECOND, a_cloud, acme, assuming, folder, must_agree

LATER = NOW + SECOND
SEED = {
    "client_roles": [{"name": "Reader", "privileges": []}, {"name": "Writer", "privileges": []}],
    "api_clients": [
        {"name": "okta", "token": "t-okta", "role": "Reader", "environments": ["dev", "prod"]},
        {"name": "other", "token": "t-other", "role": "Reader", "environments": ["test"]},
    ],
}


def small(**more: Any) -> tuple[Cloud, IdFactory]:  # noqa: ANN401  (parts of a seed)
    return a_cloud(**{**SEED, **more})


def okta(workspace: Workspace) -> ApiClient:
    return clients.client_called(workspace, "okta")


def client_role(workspace: Workspace, name: str = "Writer") -> ClientRole:
    return clients.role_called(workspace, name)


def made(cloud: Cloud, ids: IdFactory, assumptions: Assumptions = DEFAULTS, **asked: Any) -> ApiClient:  # noqa: ANN401
    workspace = acme(cloud)
    change = ClientChange(
        **{"name": "new", "role": client_role(workspace).id, "environments": ("Development",), **asked}
    )
    return clients.create(workspace, change, now=LATER, ids=ids, assumptions=assumptions)


def changed(cloud: Cloud, assumptions: Assumptions = DEFAULTS, **asked: Any) -> ApiClient:  # noqa: ANN401
    return clients.update_client(acme(cloud), okta(acme(cloud)), ClientChange(**asked), LATER, assumptions)


def test_a_new_client_has_what_was_asked_for_and_a_token_of_its_own() -> None:
    """Everything it does not name is everything: all folders, every address."""
    cloud, ids = small()
    new = made(cloud, ids)
    after = must_agree(clients.with_client(cloud, acme(cloud), new))

    assert (new.name, new.role, new.environments) == ("new", client_role(acme(cloud)).id, frozenset({"dev"}))
    assert (new.all_folders, new.folder_ids, new.ip_allow_list) == (True, (), ())
    assert (new.created_at, new.updated_at, new.token_updated_at) == (LATER,) * 3
    assert new.token.startswith("wrkaus-")
    assert after.tokens[new.token] == TokenOwner(acme(cloud).id, new.id)
    assert after.tokens["t-okta"] == cloud.tokens["t-okta"]


@pytest.mark.parametrize(
    ("asked", "refusal"),
    [
        pytest.param({"name": " "}, Invalid("Name can't be blank"), id="blank"),
        pytest.param({"name": "other"}, NameTaken("other"), id="taken"),
        pytest.param({"role": 7}, ClientRoleNotFound(), id="no-role"),
        pytest.param({"environments": ("Stage",)}, EnvironmentNotFound("Stage"), id="nowhere"),
        pytest.param(
            {"environments": ("Development", "prod")},
            Invalid("environment and environment_name are two environments"),
            id="two-environments",
        ),
        pytest.param({"all_folders": False}, Invalid("folder_ids is required"), id="no-folders"),
        pytest.param(
            {"all_folders": True, "folder_ids": (FolderId(7),)},
            Invalid("folder_ids: all_folders is true, so no folders can be named"),
            id="all-and-some",
        ),
        pytest.param(
            {"ip_allow_list": ("10.0.0.0/8", "10.0.0")},
            Invalid("ip_allow_list: 10.0.0 is not an IP address or network"),
            id="no-address",
        ),
    ],
)
def test_what_a_client_cannot_be_is_refused(asked: dict[str, Any], refusal: Refusal) -> None:
    """When it is made and when it is changed."""
    cloud, ids = small()

    with pytest.raises(type(refusal)) as refused:
        made(cloud, ids, **asked)
    assert str(refused.value) == str(refusal)
    with pytest.raises(type(refusal)) as refused:
        changed(cloud, **asked)
    assert str(refused.value) == str(refusal)


@pytest.mark.parametrize("environments", [(), (None,)])
def test_a_new_client_names_its_environment(environments: tuple[str | None, ...]) -> None:
    """Null is none."""
    cloud, ids = small()

    with pytest.raises(Invalid, match="environment_name is required"):
        made(cloud, ids, environments=environments)


@pytest.mark.parametrize(
    ("called", "environment"),
    [
        ("Development", "dev"),
        ("Test", "test"),
        ("Production", "prod"),
        ("dev", "dev"),
        ("PROD", "prod"),
        ("development", None),
        ("", None),
    ],
)
def test_an_environment_has_a_name_and_a_type(called: str, environment: str | None) -> None:
    """The type in any case, the name as it is."""
    assert clients.environment_called(acme(small()[0]), called) == environment


def test_without_environments_everything_is_dev() -> None:
    """A client is given none, and shows none; naming one is refused or passed over, by assumption."""
    cloud, ids = small(
        environments=["dev"],
        collaborators=[],
        api_clients=[{"name": "okta", "token": "t"}],
        client_roles=SEED["client_roles"],
    )
    new = made(cloud, ids, environments=())

    assert new.environments == {"dev"}
    assert clients.environment_of(acme(cloud), new) is None
    refused = assuming(client_environment_field="refused")
    with pytest.raises(Invalid, match="environment is not available in this workspace"):
        made(cloud, ids, refused)
    assert made(cloud, ids, refused, environments=(None,)).environments == {"dev"}
    assert made(cloud, ids, assuming(client_environment_field="ignored")).environments == {"dev"}


@pytest.mark.parametrize(
    ("asked", "environments"),
    [
        pytest.param((), {"dev", "prod"}, id="nothing-said"),
        pytest.param(("Development",), {"dev", "prod"}, id="the one that reading shows"),
        pytest.param(("Production",), {"prod"}, id="another"),
        pytest.param(("Test", "test"), {"test"}, id="one-in-two-words"),
    ],
)
def test_the_environment_that_reading_shows_leaves_all_of_them(asked: tuple[str, ...], environments: set[str]) -> None:
    """A client from a seed may reach several; the API shows the first."""
    cloud, _ = small()

    assert clients.environment_of(acme(cloud), okta(acme(cloud))) == "dev"
    assert changed(cloud, environments=asked).environments == environments
    with pytest.raises(Invalid, match="environment_name can't be blank"):
        changed(cloud, environments=(None,))


def test_folders_are_kept_until_something_else_is_said() -> None:
    """Some, all again, and unknown ones where that is assumed."""
    cloud, _ = small()
    payroll = folder(acme(cloud), "Payroll").id
    some = changed(cloud, all_folders=False, folder_ids=(payroll,))
    workspace = replace(acme(cloud), clients=acme(cloud).clients.set(some.id, some))

    def again(assumptions: Assumptions = DEFAULTS, **asked: Any) -> ApiClient:  # noqa: ANN401
        return clients.update_client(workspace, some, ClientChange(**asked), LATER, assumptions)

    assert (some.all_folders, some.folder_ids, some.updated_at) == (False, (payroll,), LATER)
    assert again(name="okta") is some
    assert (again(all_folders=True).all_folders, again(all_folders=True).folder_ids) == (True, ())
    with pytest.raises(Invalid, match="folder_ids is required"):
        again(folder_ids=())
    assert again(assuming(unknown_folder_of_client="kept"), folder_ids=(payroll, FolderId(7))).folder_ids == (
        payroll,
        7,
    )
    refused = assuming(unknown_folder_of_client="refused")
    assert again(refused, folder_ids=(payroll, payroll)).folder_ids == (payroll, payroll)
    with pytest.raises(Invalid, match="Folder 7 not found"):
        again(refused, folder_ids=(payroll, FolderId(7)))


def test_what_is_so_already_changes_nothing() -> None:
    """The client is the same value; a client without a role can be told so."""
    cloud, _ = small()
    same = changed(cloud, name="okta", role=client_role(acme(cloud), "Reader").id, ip_allow_list=())
    assert same is okta(acme(cloud))

    without = clients.without_role(acme(cloud), client_role(acme(cloud), "Reader").id)
    assert okta(without).role is None
    assert clients.update_client(without, okta(without), ClientChange(role=None), LATER, DEFAULTS) is okta(without)
    assert changed(cloud, role=client_role(acme(cloud)).id, ip_allow_list=("10.0.0.1/8", "::1")).updated_at == LATER


def test_a_client_has_one_token_and_a_token_one_client() -> None:
    """With another one the old one is dead; another client's cannot be had, a client's own can."""
    cloud, _ = small()
    renewed = must_agree(clients.with_client(cloud, acme(cloud), replace(okta(acme(cloud)), token="t-new")))

    assert set(renewed.tokens) == {"t-new", "t-other"}
    assert clients.with_client(cloud, acme(cloud), okta(acme(cloud))) == cloud
    with pytest.raises(NameTaken):
        clients.with_client(cloud, acme(cloud), replace(okta(acme(cloud)), token="t-other"))
    gone = must_agree(clients.without_client(cloud, acme(cloud), okta(acme(cloud)).id))
    assert set(gone.tokens) == {"t-other"}
    assert okta(acme(cloud)).id not in acme(gone).clients


def test_a_client_may_have_to_leave_itself_alone() -> None:
    """By assumption own_client; another client it may change."""
    workspace = acme(small()[0])
    other = clients.client_called(workspace, "other")

    clients.must_leave_itself_alone(okta(workspace).id, other, assuming(own_client="refused"))
    clients.must_leave_itself_alone(other.id, other, assuming(own_client="allowed"))
    with pytest.raises(OwnClient):
        clients.must_leave_itself_alone(other.id, other, assuming(own_client="refused"))


def test_client_roles_are_made_renamed_copied_and_deleted() -> None:
    """Under a name of their own; who had a deleted one has none."""
    cloud, ids = small()
    workspace = acme(cloud)
    reader = client_role(workspace, "Reader")
    new = clients.new_role(workspace, "New", ["a", "b", "a"], now=LATER, ids=ids)
    renamed = clients.update_role(workspace, reader, "Readers", ["a"], LATER)

    assert (new.name, new.privileges, new.created_at, new.updated_at) == ("New", frozenset({"a", "b"}), LATER, LATER)
    assert clients.with_role(workspace, new).client_roles[new.id] == new
    assert (renamed.name, renamed.privileges, renamed.updated_at) == ("Readers", frozenset({"a"}), LATER)
    assert clients.update_role(workspace, reader, "Reader", None, LATER) is reader
    for name, refusal in (("Writer", NameTaken), (" ", Invalid)):
        with pytest.raises(refusal):
            clients.new_role(workspace, name, [], now=LATER, ids=ids)
        with pytest.raises(refusal):
            clients.update_role(workspace, reader, name, None, LATER)
    without = clients.without_role(workspace, reader.id)
    assert {each.role for each in without.clients.values()} == {None}
    assert reader.id not in without.client_roles


def test_a_copy_takes_the_first_free_name() -> None:
    """With a number where that one is taken; a long name loses its end, the number stays."""
    cloud, ids = small()
    workspace = acme(cloud)
    names = []
    for _ in range(3):
        copy = clients.copy_of_role(workspace, client_role(workspace), now=LATER, ids=ids)
        workspace = clients.with_role(workspace, copy)
        names.append(copy.name)
    long = clients.new_role(workspace, "x" * LONGEST_NAME, ["a"], now=NOW, ids=ids)
    workspace = clients.with_role(workspace, clients.copy_of_role(workspace, long, now=LATER, ids=ids))
    second = clients.copy_of_role(workspace, long, now=LATER, ids=ids)

    assert names == ["Copy of Writer", "Copy of Writer (2)", "Copy of Writer (3)"]
    assert (second.name, len(second.name)) == (f"Copy of {'x' * 243} (2)", LONGEST_NAME)
    assert (second.privileges, second.created_at, second.updated_at) == (frozenset({"a"}), LATER, LATER)


def test_what_is_not_there_is_not_found() -> None:
    """By number or by name; by name the refusal knows what is there."""
    workspace = acme(small()[0])

    assert clients.client_of(workspace, okta(workspace).id) is okta(workspace)
    assert clients.role_of(workspace, client_role(workspace).id) is client_role(workspace)
    for find in (clients.client_of, clients.role_of):
        for number in (None, 7):
            with pytest.raises(NotFound):
                find(workspace, number)
    with pytest.raises(NotFound) as refused:
        clients.client_called(workspace, "okto")
    assert (refused.value.what, refused.value.name, set(refused.value.known)) == (
        "API client",
        "okto",
        {"okta", "other"},
    )
    with pytest.raises(NotFound) as refused:
        clients.role_called(workspace, "Raeder")
    assert (refused.value.what, refused.value.name, set(refused.value.known)) == (
        "client role",
        "Raeder",
        {"Reader", "Writer"},
    )
