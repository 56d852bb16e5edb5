"""The search for collaborators by any part of their email."""

from collections.abc import Sequence
from typing import TypeAlias

from immutables import Map

from workato_emulator.domain.people import fold
from workato_emulator.domain.values import EmailKey, MemberId

BLOCK = 500
"""Emails of a block: so many are looked at one by one where a part is in one of them."""

_Block: TypeAlias = tuple[str, Sequence[str], Sequence[MemberId]]
"""Many emails as one text, the same one by one, and whose they are. What is not in the text is in none of them."""


class Emails:
    """The folded emails of a workspace's collaborators, gathered again only after somebody has come or gone."""

    __slots__ = ("_blocks", "_gathered")

    def __init__(self) -> None:
        self._gathered: Map[EmailKey, MemberId] = Map()
        self._blocks: Sequence[_Block] = ()

    def containing(self, part: str, members_by_email: Map[EmailKey, MemberId]) -> list[MemberId]:
        """Whose email has this part, in any case. Those of the last workspace that was asked for are kept."""
        if self._gathered is not members_by_email:
            self._gathered, self._blocks = members_by_email, _blocks(members_by_email)
        wanted = fold(part)
        return [
            member
            for text, emails, members in self._blocks
            if wanted in text
            for email, member in zip(emails, members, strict=True)
            if wanted in email
        ]


def _blocks(members_by_email: Map[EmailKey, MemberId]) -> list[_Block]:
    emails = [key if key.islower() else fold(key) for key in members_by_email]  # nearly all are folded already
    members = list(members_by_email.values())
    return [
        ("\n".join(emails[start : start + BLOCK]), emails[start : start + BLOCK], members[start : start + BLOCK])
        for start in range(0, len(emails), BLOCK)
    ]
