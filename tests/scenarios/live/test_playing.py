"""Scenarios of the library at a tenant that is pretended, which holds other people's things as well."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

import httpx
import pytest

from okta_scenarios.bundled import suites
from okta_scenarios.language import Scenario
from okta_scenarios.live.ledger import Ledger
from okta_scenarios.live.tenant import Tenant
from okta_scenarios.play import run_scenario
from okta_scenarios.play.needs import not_playable
from okta_scenarios.selection import library
from okta_scenarios.targets import Live, TargetUnusable
from workato_emulator import Channel, assumptions

from ..playing import scenario as written
from .pretended import HOST, POOL, TOKENS, Pretended, untouched, world

FILES = {each.stem: each for each in sorted(suites().rglob("*.yaml")) if "\nlive: " in each.read_text("utf-8")}
SOME = ("RC-GRP-4", "RC-MEM-2", "RC-ROLE-8", "SC-063", "RC-PG-1-relink", "RC-AUTH-1-people", "RC-IUS-1-choices")
"""Those that are played every time: groups, people, grants, an org, a wrong token."""


def named(name: str) -> Scenario:
    (scenario,) = library((FILES[name],), to_play=False)
    return scenario


def live(there: Pretended, folder: Path, transport: httpx.BaseTransport | None = None) -> Live:
    channel = Channel(HOST, there.times.pace, lambda *_: None, [*TOKENS.values()], transport or there.transport)
    tenant = Tenant(channel, {"full": TOKENS["full"]}, there.times, there, lambda _: None)
    return Live(world("main")[1], tenant, Ledger(folder), "c0ffee", "CLEAN UP")


def play(scenario: Scenario, folder: Path) -> Pretended:
    """It passes, and nothing else is another way than before."""
    there = Pretended(world("main")[0])
    before = untouched(there.emulator.export())
    with live(there, folder) as target:
        assert not_playable(scenario, target) is None
        result = run_scenario(scenario, target=target)
    assert result.failure is None, result.failure
    assert untouched(there.emulator.export()) == before
    assert not (folder / "made.jsonl").exists()
    return there


def test_enough_of_the_library_is_playable_and_claims_something() -> None:
    """A rule, or an assumption by its tag."""
    playable = [*library(tuple(FILES.values()), to_play=False)]
    counts = {kind: sum(each.live == kind for each in playable) for kind in ("read", "write")}
    questions = {each.id for each in assumptions()}

    assert counts["read"] >= 15
    assert counts["write"] >= 25
    assert [each.id for each in playable if not each.rules and not questions & set(each.tags)] == []


@pytest.mark.parametrize("name", SOME)
def test_a_scenario_plays_beside_what_is_there(tmp_path: Path, name: str) -> None:
    """What it made is gone afterwards, and no more than 30 requests a minute were sent."""
    there = play(named(name), tmp_path)

    assert there.slept >= 2 * (len(there.sent) - 1)
    if named(name).live == "read":
        assert {each.method for each in there.sent} == {"GET"}


@pytest.mark.long
@pytest.mark.parametrize("name", FILES)
def test_every_scenario_that_says_so_plays_there(tmp_path: Path, name: str) -> None:
    """All of them."""
    play(named(name), tmp_path)


CALL = "- {call: listCollaborators, expect: {status: 200}}"


@pytest.mark.parametrize(
    ("said", "given", "steps", "why"),
    [
        ("never", "{}", CALL, "it does not say `live: read` or `live: write`"),
        ("read", "{groups: {Payroll: {}}}", CALL, "it only reads, and given has to be made"),
        ("write", "{plan: {collaborator_limit: 5}}", CALL, "given needs plan, which no request makes"),
        ("write", "{collaborators: {ada 1..ada 41: {}}}", CALL, "given needs 41 mailboxes"),
        ("write", "{permission_model: legacy_roles}", CALL, "given needs permission_model legacy_roles"),
        (
            "write",
            "{collaborators: {ada: {}}}",
            "- {workato: remove_collaborator, user: ada}",
            "step 1 needs somebody to remove_collaborator",
        ),
        (
            "write",
            "{collaborators: {ada: {}}}",
            "- {check: x, expect: {people: {ada: {invitation: absent}}}}",
            "step 1 looks at invitations",
        ),
        ("write", "{}", "- {clock: {advance: 60d}}", "it waits 60 days, 0:00:00, and longest_wait is"),
    ],
)
def test_a_scenario_that_cannot_play_there_says_why(
    tmp_path: Path, said: Literal["never", "read", "write"], given: str, steps: str, why: str
) -> None:
    """Before anything is sent."""
    there = Pretended(world("main")[0])
    scenario = replace(written(steps, f"workspaces: {{acme: {given}}}"), live=said)

    assert why in str(not_playable(scenario, live(there, tmp_path)))
    assert there.sent == []


def test_what_may_only_be_read_is_not_written(tmp_path: Path) -> None:
    """The settings decide."""
    there = Pretended(world("main")[0])
    target = live(there, tmp_path)
    target.settings = target.settings.model_copy(update={"may": "read"})

    assert "the settings say may = 'read' or 'objects'" in str(not_playable(named("RC-MEM-2"), target))
    assert not_playable(named("RC-AUTH-1-people"), target) is None


def test_a_second_invitation_of_a_mailbox_waits_for_the_cool_down(tmp_path: Path) -> None:
    """With fewer mailboxes than people, a scenario waits; the wait is told."""
    there = Pretended(world("main")[0])
    with live(there, tmp_path) as target:
        people = target.settings.people.model_copy(update={"mailboxes": POOL[:2]})
        target.settings = target.settings.model_copy(update={"people": people})
        for _ in range(2):
            assert run_scenario(named("RC-MEM-2"), target=target).failure is None

    assert any("the mailbox was invited by another scenario" in each for each in there.said)


def test_a_mailbox_that_somebody_else_invited_just_now_is_waited_for(tmp_path: Path) -> None:
    """An earlier run, for one, of which this one knows nothing."""
    there = Pretended(world("main")[0])
    invited = {"name": "Q", "env_roles": [{"environment_type": "dev", "name": "Member", "role_type": "environment"}]}
    for mailbox in POOL:
        client = there.emulator.client("acme")
        assert client.post("/api/member_invitations", json={**invited, "email": mailbox}).status_code == 200
    with live(there, tmp_path) as target:
        assert run_scenario(named("RC-MEM-2"), target=target).failure is None

    assert any("the mailbox was invited a short time ago" in each for each in there.said)


def test_nothing_is_written_about_what_is_not_the_scenarios(tmp_path: Path) -> None:
    """A guessed id is not sent, and the run ends with how to clean up."""
    there = Pretended(world("main")[0])
    ada = next(each["id"] for each in there.emulator.export()["workspaces"]["acme"]["collaborators"])
    steps = f"- {{call: removeCollaborator, path: {{id: '{ada}'}}, expect: {{status: 204}}}}"
    scenario = replace(written(steps, "workspaces: {acme: {}}"), live="write")
    before = untouched(there.emulator.export())
    with (
        pytest.raises(TargetUnusable, match=r"this run did not make, so it was not sent\. CLEAN UP"),
        live(there, tmp_path) as target,
    ):
        run_scenario(scenario, target=target)
    assert untouched(there.emulator.export()) == before
    assert "DELETE" not in {each.method for each in there.sent}


def test_an_answer_to_a_write_that_the_contract_does_not_have_ends_the_run(tmp_path: Path) -> None:
    """What was made is in the ledger, and the next run removes it before it plays."""
    there = Pretended(world("main")[0])
    before = untouched(there.emulator.export())
    there.emulator.control.post("/faults", json={"operation": "createEnvironmentRole", "status": 418})
    with pytest.raises(TargetUnusable, match=r"answered with 418.*CLEAN UP"), live(there, tmp_path) as target:
        run_scenario(named("RC-MEM-2"), target=target)
    there.emulator.control.post("/faults", json={"operation": "updateCollaboratorRoles", "status": 418})
    with pytest.raises(TargetUnusable), live(there, tmp_path) as target:
        run_scenario(named("RC-MEM-2"), target=target)
    assert untouched(there.emulator.export()) != before
    with live(there, tmp_path):
        pass

    assert untouched(there.emulator.export()) == before


@pytest.mark.parametrize("at", range(1, 30, 4))
def test_a_kill_in_the_middle_of_a_scenario_leaves_nothing_for_good(tmp_path: Path, at: int) -> None:
    """The next run removes what the killed one made, and nothing else."""

    class Killed(BaseException):
        pass

    there = Pretended(world("main")[0])
    before = untouched(there.emulator.export())
    sent = 0

    def killing(request: httpx.Request) -> httpx.Response:
        nonlocal sent
        sent += 1
        response = there.emulator.transport.handle_request(request)
        if sent == at:
            raise Killed
        return response

    target = live(there, tmp_path, httpx.MockTransport(killing))
    with pytest.raises(Killed):
        run_scenario(named("RC-ROLE-8"), target=target)
    with live(there, tmp_path):
        pass

    assert untouched(there.emulator.export()) == before
