"""The states of an Okta user: which leads where, and that only a deactivation is anything to an app."""

from collections.abc import Callable

import pytest

from okta_org import OktaOrg, UserStatus
from okta_org.directory import (
    activate_user,
    choose_password,
    deactivate_user,
    expire_password,
    lock_out_user,
    reset_password,
    suspend_user,
    unlock_user,
    unsuspend_user,
)
from okta_org.refusals import WrongStatus

from .fake import set_up

Verb = Callable[[OktaOrg], object]
VERBS: dict[str, Verb] = {
    "activate": lambda org: org.do(activate_user, "ada"),
    "activate, not set up": lambda org: org.do(activate_user, "ada", set_up=False),
    "lock out": lambda org: org.do(lock_out_user, "ada"),
    "unlock": lambda org: org.do(unlock_user, "ada"),
    "reset": lambda org: org.do(reset_password, "ada"),
    "expire": lambda org: org.do(expire_password, "ada"),
    "choose": lambda org: org.do(choose_password, "ada"),
    "suspend": lambda org: org.do(suspend_user, "ada"),
    "unsuspend": lambda org: org.do(unsuspend_user, "ada"),
    "deactivate": lambda org: org.do(deactivate_user, "ada"),
}
TO: dict[UserStatus, dict[str, UserStatus]] = {
    UserStatus.STAGED: {
        "activate": UserStatus.ACTIVE,
        "activate, not set up": UserStatus.PROVISIONED,
        "deactivate": UserStatus.DEPROVISIONED,
    },
    UserStatus.PROVISIONED: {"choose": UserStatus.ACTIVE, "deactivate": UserStatus.DEPROVISIONED},
    UserStatus.ACTIVE: {
        "lock out": UserStatus.LOCKED_OUT,
        "reset": UserStatus.RECOVERY,
        "expire": UserStatus.PASSWORD_EXPIRED,
        "suspend": UserStatus.SUSPENDED,
        "deactivate": UserStatus.DEPROVISIONED,
    },
    UserStatus.RECOVERY: {
        "choose": UserStatus.ACTIVE,
        "lock out": UserStatus.LOCKED_OUT,
        "reset": UserStatus.RECOVERY,
        "deactivate": UserStatus.DEPROVISIONED,
    },
    UserStatus.PASSWORD_EXPIRED: {
        "choose": UserStatus.ACTIVE,
        "lock out": UserStatus.LOCKED_OUT,
        "reset": UserStatus.RECOVERY,
        "deactivate": UserStatus.DEPROVISIONED,
    },
    UserStatus.LOCKED_OUT: {
        "unlock": UserStatus.ACTIVE,
        "reset": UserStatus.RECOVERY,
        "deactivate": UserStatus.DEPROVISIONED,
    },
    UserStatus.SUSPENDED: {"unsuspend": UserStatus.ACTIVE, "deactivate": UserStatus.DEPROVISIONED},
    UserStatus.DEPROVISIONED: {"activate": UserStatus.ACTIVE, "activate, not set up": UserStatus.PROVISIONED},
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", UserStatus)
def test_each_state_has_its_ways_out_and_no_others(status: UserStatus, verb: str) -> None:
    """What there is no way for is refused with the state that the person is in, and changes nothing."""
    s = set_up("ada", status=status)
    before = s.org.describe()
    if verb in TO[status]:
        VERBS[verb](s.org)
        assert s.org.users["ada"].status is TO[status][verb]
    else:
        with pytest.raises(WrongStatus, match=f"ada is {status} and cannot become"):
            VERBS[verb](s.org)
        assert s.org.describe() == before


@pytest.mark.parametrize("verb", ["lock out", "reset", "expire", "suspend"])
def test_an_app_hears_nothing_of_troubles_with_signing_in(verb: str) -> None:
    """The account stays, and nothing is sent."""
    s = set_up("ada")
    s.bring_in()
    VERBS[verb](s.org)

    assert s.app.take_calls() == []
    assert s.account().external_id is not None
