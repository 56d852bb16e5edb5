"""The search by a part of an email finds what looking at each email finds."""

from hypothesis import given
from hypothesis import strategies as st
from immutables import Map

from workato_emulator.domain.people import fold
from workato_emulator.domain.values import EmailKey, MemberId
from workato_emulator.service.emails import BLOCK, Emails

EMAILS = st.text("aBé@.\n", max_size=4)
"""A rule that is suspended lets anything be an email, even what separates emails in a block."""
CROWDS = st.integers(0, 2 * BLOCK + 1)


def members(emails: list[str], crowd: int) -> Map[EmailKey, MemberId]:
    """These and so many others, each with an id of their own."""
    everybody = [*emails, *(f"P{number}@x.test" for number in range(crowd))]
    return Map({EmailKey(email): MemberId(number) for number, email in enumerate(everybody)})


@given(emails=st.lists(EMAILS), crowd=CROWDS, part=EMAILS | st.sampled_from(["", "p1", "P10@X", "x.test\np"]))
def test_a_part_is_found_in_any_email_and_in_no_two_of_them_together(emails: list[str], crowd: int, part: str) -> None:
    """In any case of the letters A to Z, however many emails there are."""
    people = members(emails, crowd)

    found = Emails().containing(part, people)

    assert sorted(found) == sorted(id_ for key, id_ in people.items() if fold(part) in fold(key))


def test_who_comes_and_goes_is_noticed() -> None:
    """What is kept of one moment, or of one workspace, is not told of another."""
    emails, before, after = Emails(), members(["ada@x.test"], 3), members(["ben@x.test"], 3)

    for people, found in ((before, True), (after, False), (before, True)):
        assert bool(emails.containing("ada", people)) is found
