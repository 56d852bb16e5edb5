"""The ways of being refused that only SCIM has; the others are in `domain/refusals.py`.

    Refusal
    ├── NotFound
    │   └── UserNotFound     nobody has this id, or not any more
    ├── NotPermitted
    │   └── ScimDisabled     the workspace has no licence for it, or no single sign-on
    ├── NameTaken
    │   ├── UserNameTaken    somebody has this userName
    │   └── UserNameFixed    a person's userName does not change
    ├── Invalid
    │   └── ScimInvalid      what was sent cannot be; `kind` says how
    ├── Protected
    │   └── StaysAway        somebody who was deactivated is not to be activated again
    ├── NotServed            the door has this and does not open it: `status` says in which way
    └── SignInBlocked        somebody whom SCIM has deactivated does not come back by signing in

The texts are what an Okta administrator reads on a failed task.
"""

from enum import StrEnum

from workato_emulator.domain.refusals import Invalid, NameTaken, NotFound, NotPermitted, Protected, Refusal, shorten


class Kind(StrEnum):
    """What is wrong, in the words of RFC 7644, table 9."""

    FILTER = "invalidFilter"
    PATH = "invalidPath"
    SYNTAX = "invalidSyntax"
    VALUE = "invalidValue"
    MUTABILITY = "mutability"
    NO_TARGET = "noTarget"


class UserNotFound(NotFound):
    def __init__(self, id_: str) -> None:
        super().__init__("user", id_)
        self.text = f"user {shorten(id_)} does not exist in this workspace"


class StaysAway(Protected):
    def __init__(self, user_name: str) -> None:
        super().__init__(f"{shorten(user_name)} was deactivated and cannot be activated again")


class NotServed(Refusal):
    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


class ScimDisabled(NotPermitted):
    def __init__(self, missing: str) -> None:
        super().__init__()
        self.text = f"SCIM is not enabled for this workspace: {missing}"


class UserNameTaken(NameTaken):
    def __init__(self, user_name: str, who: str) -> None:
        super().__init__(user_name)
        self.text = f"userName {shorten(user_name)} is taken: {who}"


class UserNameFixed(NameTaken):
    def __init__(self, now: str, then: str) -> None:
        super().__init__(then)
        self.text = (
            f"userName {shorten(now)} cannot be changed to {shorten(then)}: the email belongs to a Workato account, "
            "which a workspace cannot rename"
        )


class ScimInvalid(Invalid):
    def __init__(self, kind: Kind, text: str) -> None:
        super().__init__(text)
        self.kind = kind


class SignInBlocked(Refusal):
    def __init__(self, email: str) -> None:
        super().__init__(f"{shorten(email)} was deactivated by SCIM and cannot come back by signing in")


class Stale(Refusal):
    def __init__(self) -> None:
        super().__init__("the user has changed since it was read: read it again, and send the version that it has now")
