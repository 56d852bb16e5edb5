"""The words that a scenario may claim are those that an org has: what can never be is not offered."""

from enum import StrEnum
from typing import get_args

import pytest

import okta_org
from okta_scenarios.language.models import claims, given


@pytest.mark.parametrize(
    ("offered", "there", "besides"),
    [
        pytest.param(claims.AppUserStatus, okta_org.AppUserStatus, {"absent"}, id="app_user"),
        pytest.param(given.OktaStatus, okta_org.UserStatus, set(), id="okta_user"),
        pytest.param(claims.SyncState, okta_org.SyncState, set(), id="sync"),
        pytest.param(claims.MappingStatus, okta_org.MappingStatus, set(), id="mapping"),
    ],
)
def test_a_claim_offers_what_can_be(offered: object, there: type[StrEnum], besides: set[str]) -> None:
    """Every state of the org, and the words for having none."""
    assert {*get_args(offered)} == {each.value for each in there} | besides
