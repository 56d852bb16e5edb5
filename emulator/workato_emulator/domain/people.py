"""Emails and accounts: who is one person, and what a global account is."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import chain
from string import ascii_lowercase, ascii_uppercase

from immutables import Map

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.copies import replace
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.limits import REMEMBERED
from workato_emulator.domain.refusals import EmailInvalid, Invalid
from workato_emulator.domain.rules import Standing, choice, rule
from workato_emulator.domain.values import Account, AccountId, Cloud, EmailKey, Instants, Workspace

_A_TO_Z = str.maketrans(ascii_uppercase, ascii_lowercase)
_CHARACTER = r"[^@\s\x00-\x1f\x7f-\x9f]"
EMAIL_PATTERN = f"{_CHARACTER}+@{_CHARACTER}+"
_EMAIL = re.compile(EMAIL_PATTERN)


@rule(
    "INV-2",
    "The invitee's email looks like an email: something, one @, something, no spaces or control characters.",
    source="baton-workato: 'Email is invalid'; the exact shape is our reading",
    standing=Standing.OBSERVED,
)
def must_be_an_email(email: str) -> None:
    if not _EMAIL.fullmatch(email):
        raise EmailInvalid


def fold(text: str) -> str:
    """The text with A to Z in lower case.

    Unicode's folding also equates `ß` with `ss`, or `K` (Kelvin) with `k`: letters that mail servers tell apart, so
    that a stranger would be the same person.
    """
    return text.lower() if text.isascii() else text.translate(_A_TO_Z)


def email_key(email: str, assumptions: Assumptions) -> EmailKey:
    """The form in which one person's email is always the same text."""
    key = fold(email)
    return EmailKey(key if key == email or assumptions.email_case == "insensitive" else email)


def _unicode_key(email: str, assumptions: Assumptions) -> EmailKey:
    return EmailKey(email_key(email, assumptions).casefold())


@choice(
    "INV-12",
    "Two emails are one person's where they differ in the case of the letters A to Z at most.",
    source="assumption email_case",
    standing=Standing.ASSUMED,
    otherwise=_unicode_key,
)
def key_of(email: str, assumptions: Assumptions) -> EmailKey:
    """The key of the person that somebody speaks of."""
    return email_key(email, assumptions)


def with_note(notes: Instants, key: EmailKey, email: str, at: datetime) -> Instants:
    """The notes with one instant more for this person. What lies ahead of it, as time went back, did not happen."""
    spellings: Map[str, tuple[datetime, ...]] = notes.get(key, Map())
    before = tuple(each for each in spellings.get(email, ()) if each <= at)
    return notes.set(key, spellings.set(email, (*before[-REMEMBERED:], at)))


def instants(notes: Instants, key: EmailKey) -> Iterator[datetime]:
    """When it happened to this person, under whichever spelling."""
    spellings: Map[str, tuple[datetime, ...]] = notes.get(key, Map())
    return chain.from_iterable(spellings.values())


def by_spelling(notes: Instants) -> dict[str, tuple[datetime, ...]]:
    """The instants under the email that was used each time."""
    return {email: times for spellings in notes.values() for email, times in spellings.items()}


def by_person(times: Mapping[str, tuple[datetime, ...]], assumptions: Assumptions) -> Instants:
    """The same filed by person, so that `by_spelling` undoes it."""
    filed: dict[EmailKey, dict[str, tuple[datetime, ...]]] = {}
    for email, each in times.items():
        filed.setdefault(email_key(email, assumptions), {})[email] = each
    return Map({key: Map(spellings) for key, spellings in filed.items()})


def account_for(
    cloud: Cloud, email: str, name: str, now: datetime, ids: IdFactory, assumptions: Assumptions
) -> tuple[Cloud, Account]:
    """The account of this email, made now if there is none. Acceptance never changes an account that exists."""
    key = key_of(email, assumptions)
    known = cloud.accounts.get(key)
    if known is not None:
        return cloud, known
    account = Account(AccountId(ids.number()), name, email, now)
    return cloud.with_account(account, key), account


def rekey(cloud: Cloud, assumptions: Assumptions) -> Cloud:
    """The same cloud with every email filed under the key that these assumptions give it.

    Raises `Invalid` when two people who were told apart by case would become one.
    """
    accounts = Map({email_key(account.email, assumptions): account for account in cloud.accounts.values()})
    if len(accounts) != len(cloud.accounts):
        raise Invalid("email_case cannot be switched: two accounts differ only in case")
    return replace(
        cloud,
        accounts=accounts,
        account_keys=Map({account.id: key for key, account in accounts.items()}),
        workspaces=Map({id_: _rekey_workspace(workspace, assumptions) for id_, workspace in cloud.workspaces.items()}),
    )


def _rekey_workspace(workspace: Workspace, assumptions: Assumptions) -> Workspace:
    by_email = {email_key(each.email, assumptions): each.id for each in workspace.collaborators.values()}
    invitations = {email_key(each.email, assumptions): each for each in workspace.invitations.values()}
    if len(invitations) != len(workspace.invitations):
        raise Invalid("email_case cannot be switched: two invitations differ only in case")
    for key in workspace.invitations:
        workspace = workspace.without_invitation(key)
    for key, invitation in invitations.items():
        workspace = workspace.with_invitation(invitation, key)
    return replace(
        workspace,
        members_by_email=Map(by_email),
        scim_left=Map(
            {
                email_key(each.left.email, assumptions): each.id
                for each in workspace.scim_people.values()
                if each.left is not None
            }
        ),
        invited_at=by_person(by_spelling(workspace.invited_at), assumptions),
        removed_at=by_person(by_spelling(workspace.removed_at), assumptions),
    )
