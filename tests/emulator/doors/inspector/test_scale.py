"""A hundred thousand people: a page of them costs what a page costs."""

from collections.abc import Callable
from time import process_time

import pytest

from workato_emulator import Emulator

from .looking import HOME, Looker, Page

PEOPLE = 100_000
FEWER = 5_000
"""Without `--long`. A page that looked through everybody would still look through a hundred times what it shows."""
BOUND = 1.0
"""Seconds of the processor for a page. On an idle machine it takes less than a tenth of that."""


@pytest.fixture(name="count", scope="module")
def _count(long: bool) -> int:
    return PEOPLE if long else FEWER


@pytest.fixture(name="looker", scope="module")
def _looker(count: int) -> Looker:
    people = [
        {"name": f"Person {each}", "email": f"p{each}@example.test", "roles": {"dev": "Member"}}
        for each in range(count)
    ]
    invited = [{"name": f"Invited {each}", "email": f"i{each}@example.test"} for each in range(count // 10)]
    acme = {
        "plan": {"collaborator_limit": count},
        "collaborators": people,
        "invitations": [each | {"roles": {"dev": "Member"}} for each in invited],
        "groups": [{"name": f"Group {each}"} for each in range(200)],
        "api_clients": [{"name": "okta", "token": "acme-okta"}],
    }
    looker = Looker(Emulator({"workspaces": {"acme": acme}}))
    looker.open()  # loads what the first page of all loads
    return looker


def _seconds(act: Callable[[], object]) -> float:
    """Of the processor; the best of two, as a collection of garbage may fall into one."""
    taken = []
    for _ in range(2):
        begun = process_time()
        act()
        taken.append(process_time() - begun)
    return min(taken)


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    [
        "",
        "?search=p4999@",
        "?search=person",
        "?search=nobody",
        "?members_below=4000",
        "workspaces/acme/people/p5@example.test",
        "requests",
        "world",
    ],
)
def test_a_page_of_many_is_there_at_once(looker: Looker, path: str) -> None:
    """The first page, one in the middle, any search, and one person's own."""
    assert _seconds(lambda: looker.open(HOME + path)) < BOUND
    assert len(looker.client.get(HOME + path).content) < 200_000


@pytest.mark.slow
def test_pages_follow_each_other_without_a_gap(looker: Looker, count: int) -> None:
    """Newest first, nobody twice and nobody left out."""
    first = looker.open()
    second = looker.open(HOME + first.links["Earlier collaborators"])

    assert _people(first) == [f"Person {each}" for each in range(count - 1, count - 51, -1)]
    assert _people(second) == [f"Person {each}" for each in range(count - 51, count - 101, -1)]
    assert f"{count:,}" in first.text


def _people(page: Page) -> list[str]:
    return [each for each in page.anchors if each.startswith("Person ")]
