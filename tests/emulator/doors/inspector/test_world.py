"""World: time, rules, assumptions, faults, snapshots and quotas, each with a click."""

import pytest

from workato_emulator.domain.assumptions import catalogue
from workato_emulator.domain.rules import CATALOGUE

from ...world import ADA, NEW, World
from .looking import HOME, Looker, button

WORLD = f"{HOME}world"


@pytest.mark.parametrize(
    ("label", "now"), [("+20 min", "2026-01-05T17:20:00+00:00"), ("+1 day", "2026-01-06T17:00:00+00:00")]
)
def test_the_clock_moves_on_with_a_click(world: World, looker: Looker, label: str, now: str) -> None:
    """So that a cool-down is over."""
    page = looker.send(button(looker.open(WORLD), label))

    assert "The clock moved on by" in page.text
    assert world.control.get("/clock").json()["now"] == now


def test_the_clock_is_set(world: World, looker: Looker) -> None:
    """To any time between 1970 and 9000; anything else is refused in words."""
    page = looker.send(button(looker.open(WORLD), "Set"), now="2027-03-01T08:00:00")
    assert "2027-03-01 08:00:00" in page.text
    assert world.control.get("/clock").json()["now"] == "2027-03-01T08:00:00+00:00"

    for wrong in ("", "tomorrow", "0001-01-01T00:00:00"):
        assert "Refused: " in looker.send(button(page, "Set"), now=wrong).text


@pytest.mark.parametrize(
    ("typed", "now"),
    [
        ("2026-11-27T03:00", "2026-11-27T03:00:00+00:00"),
        ("2026-11-27T03:00:00", "2026-11-27T03:00:00+00:00"),
        ("2026-11-27T03:00:07", "2026-11-27T03:00:07+00:00"),
        ("2026-11-27T03:00:07.5", "2026-11-27T03:00:07.500000+00:00"),
        ("2026-11-27T03:00:07.123", "2026-11-27T03:00:07.123000+00:00"),
    ],
)
def test_the_clock_is_set_as_exactly_as_a_browser_says_it(world: World, looker: Looker, typed: str, now: str) -> None:
    """A browser leaves out the seconds of a whole minute."""
    page = looker.send(button(looker.open(WORLD), "Set"), now=typed)

    assert f"The clock says {typed}." in page.text
    assert world.control.get("/clock").json()["now"] == now


def test_a_rule_has_a_switch(world: World, looker: Looker) -> None:
    """In the list and on its own page; the overview says which rules are silent."""
    page = looker.send(button(looker.open(f"{WORLD}/rules"), "Suspend", "INV-6"))
    assert "INV-6 no longer speaks." in page.text
    assert [world.invite(NEW).status_code, world.invite(NEW).status_code] == [200, 200]
    assert looker.open(WORLD).links["INV-6"] == f"{WORLD}/rules/INV-6"

    page = looker.send(button(looker.open(f"{WORLD}/rules/INV-6"), "Resume"))
    assert "in force" in page.text
    assert world.invite(NEW).status_code == 429


def test_every_rule_is_there_and_can_be_searched(looker: Looker) -> None:
    """By id, sentence, source and standing."""
    page = looker.open(f"{WORLD}/rules")
    assert set(CATALOGUE) <= set(page.anchors)

    page = looker.send(button(page, "Show"), search="at most once in 20")
    assert [each for each in page.anchors if each in CATALOGUE] == ["INV-6"]


def test_an_assumption_is_switched_with_a_click(world: World, looker: Looker) -> None:
    """Its evidence and its alternatives stand beside it."""
    page = looker.open(f"{WORLD}/assumptions")
    for each in catalogue():
        assert each.question in page.text
        assert each.evidence in page.text

    page = looker.send(button(page, "Switch", "removal_answer"), value="200")
    assert "removal_answer is now 200." in page.text
    assert world.acme.delete(f"/api/members/{world.id_of('ben@example.test')}").status_code == 200
    assert "removal_answer" in looker.open(WORLD).links

    assert "Refused: " in looker.send(button(page, "Switch", "removal_answer"), value="300").text


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ({"effect": "status", "status": "503"}, 503),
        ({"effect": "rate_limited", "retry_after_seconds": "7"}, 429),
        ({"effect": "garbage"}, 200),
    ],
)
def test_a_fault_is_armed_with_a_click(world: World, looker: Looker, typed: dict[str, str], status: int) -> None:
    """It strikes the next call, and shows until then."""
    page = looker.send(button(looker.open(WORLD), "Arm"), operation="listCollaborators", **typed)
    assert f"A fault is armed: {typed['effect']} at listCollaborators." in page.text
    assert "Disarm all" in {each.label for each in page.buttons}

    answer = world.acme.get("/api/members")
    assert answer.status_code == status
    assert typed.get("retry_after_seconds") == answer.headers.get("retry-after")
    assert "Disarm all" not in {each.label for each in looker.open(WORLD).buttons}


def test_faults_are_disarmed(world: World, looker: Looker) -> None:
    """All at once."""
    page = looker.send(button(looker.open(WORLD), "Arm"), operation="listCollaborators", count="3")
    looker.send(button(page, "Disarm all"))

    assert world.acme.get("/api/members").status_code == 200


@pytest.mark.parametrize(
    "typed", [{"effect": "latency"}, {"status": "1"}, {"count": "none"}, {"operation": "x"}, {"latency_seconds": "nan"}]
)
def test_an_impossible_fault_is_refused_in_words(world: World, looker: Looker, typed: dict[str, str]) -> None:
    """Those of the control plane."""
    page = looker.send(button(looker.open(WORLD), "Arm"), **typed)

    assert "Refused: " in page.text
    assert world.control.get("/faults").json()["data"] == []


def test_snapshots_are_taken_compared_restored_and_deleted(world: World, looker: Looker) -> None:
    """What was done in between is a list to read, and can be undone."""
    page = looker.send(button(looker.open(WORLD), "Take"), snapshot="before")
    world.invite(NEW)
    world.accept(NEW)

    compared = looker.open(page.links["Compare with now"])
    assert f"collaborators[{NEW}]" in compared.text

    page = looker.send(button(page, "Restore", "before"))
    assert (NEW in world.members(), world.control.get("/snapshots").json()["data"]) == (False, [{"name": "before"}])
    assert "Nothing differs." in looker.open(page.links["Compare with now"]).text

    looker.send(button(page, "Delete", "before"))
    assert world.control.get("/snapshots").json()["data"] == []


@pytest.mark.parametrize("name", ["", "a b", "../x", "now"])
def test_an_impossible_snapshot_is_refused_in_words(looker: Looker, name: str) -> None:
    """Letters, digits, dots, dashes and underscores."""
    assert "Refused: " in looker.send(button(looker.open(WORLD), "Take"), snapshot=name).text


def test_a_point_that_is_not_there_is_told(looker: Looker) -> None:
    """With those that are."""
    page = looker.open(f"{WORLD}/differences?from=before")

    assert "Refused: there is no snapshot 'before'." in page.text


def test_everything_goes_back_to_the_start(world: World, looker: Looker) -> None:
    """People, time and requests."""
    world.invite(NEW)
    looker.send(button(looker.open(WORLD), "+1 day"))

    looker.send(button(looker.open(WORLD), "Reset"))

    assert (world.invitations(), world.journal()) == ([], [])
    assert world.control.get("/clock").json()["now"] == "2026-01-05T17:00:00+00:00"


def test_the_emulator_is_made_strict_and_lenient(world: World, looker: Looker) -> None:
    """One switch."""
    page = looker.send(button(looker.open(WORLD), "Be strict"))
    assert world.acme.get("/api/members?x=1").status_code == 400

    looker.send(button(page, "Be lenient"))
    assert world.acme.get("/api/members?x=1").status_code == 200


def test_quotas_show_as_they_fill(world: World, looker: Looker) -> None:
    """Per resource, workspace and client; after a minute they are empty."""
    assert "No call counts in this minute." in looker.open(WORLD).text
    for _ in range(3):
        world.acme.get("/api/members", params={"email": ADA})

    assert "3 of 60" in looker.open(WORLD).text

    page = looker.send(button(looker.open(WORLD), "+20 min"))
    assert "No call counts in this minute." in page.text


def test_an_act_that_does_not_exist_is_not_found(world: World, looker: Looker) -> None:
    """Nor is one done that misses what it is about."""
    reset = button(looker.open(WORLD), "Reset")

    reset.action = f"{HOME}acts/explode"
    assert looker.answer(reset).status_code == 404
    reset.action = f"{HOME}acts/accept"
    assert "Refused: " in looker.send(reset).text
    assert world.journal() == []
