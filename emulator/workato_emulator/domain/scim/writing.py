"""What a create or an update says of a person, and what may not be said."""

from msgspec import Struct

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.changes import ABSENT, Absent
from workato_emulator.domain.people import fold, key_of, must_be_an_email
from workato_emulator.domain.refusals import EmailInvalid, shorten
from workato_emulator.domain.rules import Standing, choice, rule
from workato_emulator.domain.scim.people import Provisioned
from workato_emulator.domain.scim.refusals import Kind, ScimInvalid, UserNameFixed, UserNameTaken
from workato_emulator.domain.scim.roles import RolesSaid
from workato_emulator.domain.values import Account, Cloud, EmailKey, Workspace, WorkspaceId

LONGEST_EMAIL = 254


class Written(Struct, frozen=True):
    """A person as a request describes them. What is `ABSENT` was left out; None was cleared.

    `name` is one text, as Workato has it. `roles` are the attributes of the extension; `removed` those that a PATCH
    took away, `groups` the collaborator groups that it names.
    """

    user_name: str
    name: str | None = None
    email: str | None = None
    external_id: str | Absent | None = ABSENT
    active: bool | Absent = ABSENT
    roles: RolesSaid = {}
    removed: frozenset[str] = frozenset()
    groups: tuple[str, ...] | Absent = ABSENT
    partial: bool = False
    """Whether what it leaves out is meant to stay: so it is with a PATCH, and not with a PUT."""


@rule(
    "SCIM-5",
    "userName is required and is the person's email.",
    source="Workato docs: SCIM provisioning; RFC 7643, section 4.1.1",
)
def must_be_an_address(user_name: str) -> None:
    try:
        must_be_an_email(user_name)
    except EmailInvalid:
        text = f"userName {shorten(user_name)} is not an email" if user_name else "userName is required"
        raise ScimInvalid(Kind.VALUE, f"{text}; the userName of a Workato user is their email") from None
    if len(user_name) > LONGEST_EMAIL:
        raise ScimInvalid(Kind.VALUE, f"userName is longer than {LONGEST_EMAIL} characters")


@rule(
    "SCIM-8",
    "The email of a user is the userName.",
    source="Workato docs: SCIM provisioning (userName is the email); assumption scim_email_differs",
    standing=Standing.ASSUMED,
)
def must_be_the_user_name(email: str | None, user_name: str, assumptions: Assumptions) -> None:
    if email is not None and fold(email) != fold(user_name) and assumptions.scim_email_differs == "400":
        raise ScimInvalid(
            Kind.VALUE, f"email {shorten(email)} differs from userName {shorten(user_name)}; Workato has one address"
        )


def user_name_of(written: Written, assumptions: Assumptions) -> str:
    """The address that a request means. Raises `ScimInvalid` for what is none."""
    must_be_the_user_name(written.email, written.user_name, assumptions)
    email = written.email
    if email is not None and email != written.user_name and assumptions.scim_email_differs == "emails_win":
        must_be_an_address(email)
        return email
    must_be_an_address(written.user_name)
    return written.user_name


@rule(
    "SCIM-6",
    "A userName is a collaborator's once, whatever the case of its letters.",
    source="RFC 7643, section 4.1.1; RFC 7644, section 3.3; Okta: SCIM protocol reference (409)",
)
def must_not_be_a_member(workspace: Workspace, user_name: str, key: EmailKey) -> None:
    if key in workspace.members_by_email:
        raise UserNameTaken(user_name, "this person is a collaborator of the workspace")


@rule(
    "SCIM-7",
    "The userName of somebody whom SCIM has deactivated stays taken: they are activated again, not created.",
    source="assumption scim_create_over_inactive",
    standing=Standing.ASSUMED,
)
def must_not_be_deactivated(workspace: Workspace, user_name: str, key: EmailKey, assumptions: Assumptions) -> None:
    if key in workspace.scim_left and assumptions.scim_create_over_inactive == "409":
        raise UserNameTaken(user_name, "this person was deactivated; activate them again instead")


@rule(
    "SCIM-9",
    "A person's userName does not change, except in the case of its letters.",
    source="assumption scim_username_change; Okta: Workato supported features (renaming triggers a conflict)",
    standing=Standing.ASSUMED,
)
def must_not_be_renamed(now: str, then: str, assumptions: Assumptions) -> None:
    if key_of(now, assumptions) == key_of(then, assumptions):
        return
    if assumptions.scim_username_change == "409":
        raise UserNameFixed(now, then)
    if assumptions.scim_username_change == "400":
        raise ScimInvalid(Kind.MUTABILITY, UserNameFixed(now, then).text)


def _invited(cloud: Cloud, workspace: Workspace, key: EmailKey, assumptions: Assumptions) -> bool:
    return False


@choice(
    "SCIM-10",
    "Somebody whom SCIM creates is a collaborator at once, without an invitation.",
    source="Workato docs: SCIM provisioning (automatic provisioning); assumption scim_create_effect",
    standing=Standing.ASSUMED,
    otherwise=_invited,
)
def joins_at_once(cloud: Cloud, workspace: Workspace, key: EmailKey, assumptions: Assumptions) -> bool:
    if key in cloud.accounts and assumptions.scim_known_account == "invitation":
        return False
    return assumptions.scim_create_effect == "membership"


def _never(cloud: Cloud, workspace: WorkspaceId, account: Account, assumptions: Assumptions) -> bool:
    return False


@choice(
    "SCIM-19",
    "SCIM writes the name of an account that no other workspace knows, and of no other.",
    source="assumption scim_name",
    standing=Standing.ASSUMED,
    otherwise=_never,
)
def may_write_the_name(cloud: Cloud, workspace: WorkspaceId, account: Account, assumptions: Assumptions) -> bool:
    if assumptions.scim_name != "own_accounts":
        return assumptions.scim_name == "always"
    key = cloud.account_keys[account.id]
    return not any(
        key in each.members_by_email or each.owner == account.id
        for each in cloud.workspaces.values()
        if each.id != workspace
    )


def _active(person: Provisioned, active: bool | Absent, assumptions: Assumptions) -> bool:
    return True if isinstance(active, Absent) else active


@choice(
    "SCIM-15",
    "An update that leaves out active leaves the person as active, or as deactivated, as they were.",
    source="RFC 7644, section 3.5.1; assumption scim_put_active_omitted",
    standing=Standing.ASSUMED,
    otherwise=_active,
)
def active_after(person: Provisioned, active: bool | Absent, assumptions: Assumptions) -> bool:
    if isinstance(active, Absent) and assumptions.scim_put_active_omitted == "unchanged":
        return person.active
    return _active(person, active, assumptions)


def _without(now: str | None, said: str | Absent | None, assumptions: Assumptions) -> str | None:
    return None


@choice(
    "SCIM-11",
    "externalId is the client's own: it is kept as it was sent, and need not be unique.",
    source="RFC 7643, section 3.1; assumption scim_external_id",
    standing=Standing.ASSUMED,
    otherwise=_without,
)
def external_id_after(now: str | None, said: str | Absent | None, assumptions: Assumptions) -> str | None:
    if assumptions.scim_external_id == "dropped":
        return None
    return now if isinstance(said, Absent) else said
