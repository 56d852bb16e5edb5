"""Scenarios at a served emulator, reached through HTTP alone: the same as in process, and nothing is left behind."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent
from typing import Any

import httpx
import pytest
from click.testing import CliRunner, Result

from okta_scenarios.bundled import suites
from okta_scenarios.cli import audit, run
from okta_scenarios.language import Library, Scenario, load
from okta_scenarios.play import World, run_scenario, vocabulary
from okta_scenarios.rules import Violation, violation_of
from okta_scenarios.targets import Served, TargetUnusable
from okta_scenarios.workato_fixture import Workato
from okta_scenarios.workato_fixture import serving as serving_fixture

from ..scenarios.library.system_log import library
from .serving import BOUND, serving

pytestmark = pytest.mark.socket

SAMPLE = (
    "RC-PNU-1-slow",  # latency
    "RC-AUTH-6",  # callers' addresses
    "RC-AUTH-7",  # hosts of data centers
    "RC-CFG-4",
    "RC-4-faults",
    "RC-PUD-3-accepted-meanwhile",
    "RC-AUTH-1-rotation",  # tokens
    "RC-MIG-rehearsal",
    "RC-LIM-1",
    "SC-118",
    "SC-123",
)
DISTURBED = """
- {fault: {operation: listCollaborators, effect: drop_before_work}}
- {call: listCollaborators, expect: {lost: {contains: RemoteProtocolError}}}
- {fault: {operation: listCollaborators, effect: drop_after_work, latency: 2s}}
- {fault: {operation: listCollaborators, effect: truncated, latency: 3s}}
- {fault: {operation: listCollaborators, effect: garbage}}
- {fault: {operation: listCollaborators, effect: latency, latency: 2h, count: 2}}
- {call: listCollaborators, expect: {lost: {contains: RemoteProtocolError}}}
- {call: listCollaborators, expect: {lost: {contains: complete message body}}}
- {call: listCollaborators, expect: {status: 200}}
- {call: listCollaborators, expect: {lost: {contains: ReadTimeout}}}
- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {task: failed}}
- {okta: retry_task, user: ada, expect: {task: none, invited: true}}
"""


@pytest.fixture(name="served", scope="module")
def _served(long: bool) -> Iterator[str]:
    with serving(bound=1200 if long else 300) as server:
        yield server.url


def write_stories(folder: Path, steps: str) -> Path:
    """A scenario file with these steps: Okta knows Ada, and one app points at one workspace."""
    file = folder / "SC-001.yaml"
    given = "{workspaces: {acme: {}}, okta: {acme-okta: {apps: {workato: {workspace: acme}}, people: [ada]}}}"
    text = f"scenario: SC-001\ntitle: A small story\ngiven: {given}\nsteps:\n"
    file.write_text(text + indent(steps.strip(), "  ") + "\n", encoding="utf-8")
    return file


def scenario(folder: Path, steps: str) -> Scenario:
    found = load((write_stories(folder, steps),), vocabulary())
    assert isinstance(found, Library), str(found)
    return found.scenarios[0]


def test_the_library_plays_there_as_in_process(served: str, *, long: bool) -> None:
    """Every step, exchange, task, log entry and change is the same, under another seed than the server's."""
    chosen = [each for each in library() if long or each.id in SAMPLE]
    with Served(served) as target:
        for each in chosen:
            there = run_scenario(each, target=target, seed=7, closely=True)
            assert there == run_scenario(each, seed=7, closely=True), each.id
    assert long or len(chosen) == len(SAMPLE)


def test_every_kind_of_disturbance_is_the_same_there(served: str, tmp_path: Path) -> None:
    """Connections that end, answers that are cut, and latency longer than a client waits, in no time."""
    story = scenario(tmp_path, DISTURBED)
    with Served(served) as target:
        there = run_scenario(story, target=target)

    assert there == run_scenario(story)
    assert there.steps[-1].passed, there


@pytest.mark.parametrize("rule", ["ROLE-1", "PNU-1", "PUD-1"])
def test_a_broken_rule_is_noticed_there_as_well(served: str, rule: str) -> None:
    """A rule of Workato's side is suspended at the server, one of Okta's side is broken here."""
    broken = violation_of(rule)
    assert isinstance(broken, Violation)
    world = World(suspended=broken.suspend, decisions=broken.decisions)
    claiming = min((each for each in library() if rule in each.rules), key=lambda each: len(each.steps))
    with Served(served) as target:
        assert run_scenario(claiming, world, target) == run_scenario(claiming, world)
        assert run_scenario(claiming, target=target).failure is None


def test_the_port_of_the_fixture_will_do(tmp_path: Path) -> None:
    """`workato_server` serves an emulator of this process; scenarios play there, and its test goes on as before."""
    workato = Workato()
    workato.invite("ada@example.test", {"dev": "Member"})
    before = workato.emulator.export()
    story = scenario(tmp_path, DISTURBED)
    with serving_fixture(workato) as server, Served(server.url) as target:
        assert run_scenario(story, target=target) == run_scenario(story)

    assert workato.emulator.export() == before
    workato.accept("ada@example.test")


# The command


HOLDS = "- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {invited: true}, proves: [PNU-1]}"


@pytest.fixture(name="story")
def _story(tmp_path: Path) -> Path:
    return write_stories(tmp_path, HOLDS)


def played(*arguments: object) -> Result:
    return CliRunner().invoke(run, [str(each) for each in arguments])


def everything(url: str, **headers: str) -> list[Any]:
    """All that is at a server, but for the time, which goes on."""
    with httpx.Client(base_url=f"{url}/_emulator/v1", headers=headers) as control:
        places = ("/export", "/rules", "/assumptions", "/faults", "/snapshots", "/journal", "/strict")
        kind = control.get("/clock").json()["kind"]
        return [kind, *(control.get(place).json() for place in places)]


def test_the_report_is_the_same_but_for_timing_and_target(served: str, story: Path, tmp_path: Path) -> None:
    """Verdicts included: the audit breaks rules there."""
    reports = []
    for name, more in (("there", ("--target", served)), ("here", ("-n", "1"))):
        result = played(story, "--report", f"json={tmp_path / name}", *more)
        assert result.exit_code == 0, result.output
        reports.append(json.loads((tmp_path / name).read_text("utf-8")))

    there, here = reports
    assert (there["summary"].pop("target"), here["summary"].pop("target")) == (served, "in process")
    assert there.pop("timing").keys() == here.pop("timing").keys()
    assert there == here


def test_what_was_there_before_is_there_again(served: str, story: Path) -> None:
    """People, faults, suspended rules, snapshots, the journal, and a clock that runs."""
    with httpx.Client(base_url=f"{served}/_emulator/v1") as control:
        control.post("/faults", json={"operation": "listRoles", "status": 500, "count": 3}).raise_for_status()
        control.post("/rules/INV-2/suspend").raise_for_status()
        control.put("/snapshots/mine").raise_for_status()
        control.post("/clock/advance", json={"seconds": 5000}).raise_for_status()
    before = everything(served)

    assert played(story, "--target", served).exit_code == 0
    assert everything(served) == before


@pytest.mark.parametrize("arrived", [False, True], ids=["before it is sent", "before its answer is read"])
@pytest.mark.parametrize(
    "asked", ["GET /health", "PUT /lease", "PUT /clock", "PUT /seed", "GET /export", "DELETE /lease"]
)
def test_an_interrupt_in_any_request_leaves_no_lease(
    served: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str, *, arrived: bool
) -> None:
    """The server may have done what was asked although nobody here knows it yet."""
    before, story = everything(served), scenario(tmp_path, HOLDS)
    method, path = asked.split(" ")
    handle = httpx.HTTPTransport.handle_request
    interrupts = [KeyboardInterrupt()]

    def interrupted(self: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        hit = interrupts and (request.method, request.url.path) == (method, f"/_emulator/v1{path}")
        if hit and not arrived:
            raise interrupts.pop()
        response = handle(self, request)
        if hit:
            response.close()
            raise interrupts.pop()
        return response

    with monkeypatch.context() as patched:
        patched.setattr(httpx.HTTPTransport, "handle_request", interrupted)
        with pytest.raises(KeyboardInterrupt), Served(served) as target:
            run_scenario(story, target=target)

    assert everything(served) == before


def test_somebody_elses_lease_stays(served: str, tmp_path: Path) -> None:
    """Of two who ask at once, the slower one is refused and ends nothing."""
    story = scenario(tmp_path, HOLDS)
    with httpx.Client(base_url=f"{served}/_emulator/v1") as control:
        with Served(served) as target:
            control.put("/lease", json={"holder": "quicker"}).raise_for_status()
            with pytest.raises(TargetUnusable, match="somebody has a lease"):
                run_scenario(story, target=target)
        assert control.get("/health").json()["leased"]
        for other in ("another", ""):
            control.delete(f"/lease?holder={other}").raise_for_status()
        assert control.get("/health").json()["leased"]
        control.delete("/lease?holder=quicker").raise_for_status()
        assert not control.get("/health").json()["leased"]


@pytest.mark.long
def test_after_an_interrupt_everything_is_put_back(served: str, tmp_path: Path) -> None:
    """Ctrl-C in the middle of a run leaves no lease, no state and no still clock behind."""
    before = everything(served)
    command = [
        sys.executable,
        "-m",
        "workato_emulator",
        "run",
        "--no-audit",
        "--target",
        served,
        str(suites().resolve() / "pg"),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=tmp_path) as runner:
        with httpx.Client(base_url=f"{served}/_emulator/v1") as control:
            while not control.get("/health").json()["leased"]:
                assert runner.poll() is None
        runner.send_signal(signal.SIGINT)
        out, _ = runner.communicate(timeout=BOUND * 2)

    assert runner.returncode == 130, out
    assert "interrupted" in out
    assert everything(served) == before


def test_a_state_file_is_played_over_only_when_that_is_said(story: Path, tmp_path: Path) -> None:
    """Refused at first, with a way out; then played, put back, and whole after a restart."""
    state = tmp_path / "state"
    with serving("--state", str(state), bound=60) as server:
        before = everything(server.url)
        refused = played(story, "--target", server.url)
        assert (refused.exit_code, "--replace-state" in refused.stderr) == (2, True)
        assert everything(server.url) == before
        result = played(story, "--target", server.url, "--replace-state")
        assert result.exit_code == 0, result.output
        assert everything(server.url) == before
    with serving("--state", str(state), bound=60) as server:
        after = everything(server.url)
        assert [*after[:-2], after[-1]] == [*before[:-2], before[-1]]  # the journal is of no file


def test_the_control_token_is_asked_for_and_given(story: Path) -> None:
    """Without it nothing is touched, and the message says what is missing."""
    with serving("--control-token", "open-sesame", bound=60) as server:
        without = played(story, "--target", server.url)
        assert (without.exit_code, "needs its token" in without.stderr) == (2, True)
        assert played(story, "--target", server.url, "--control-token", "open-sesame").exit_code == 0


def test_an_audit_breaks_rules_there(served: str, tmp_path: Path) -> None:
    """Of the connector and of the emulator, which holds every rule again afterwards; the account is the same."""
    claims = "- {call: listCollaborators, token: wrong, expect: {status: 401}, proves: [AUTH-1]}"
    story = write_stories(tmp_path, f"{HOLDS.strip()}\n{claims}")
    before = everything(served)
    there = CliRunner().invoke(audit, [str(story), "--target", served])
    here = CliRunner().invoke(audit, [str(story), "-n", "1"])

    assert (there.exit_code, there.output) == (here.exit_code, here.output)
    assert "AUTH-1   verified" in there.output
    assert everything(served) == before


def test_two_runs_do_not_play_at_once(served: str, story: Path) -> None:
    """The second is told of the first, and what to do when there is none."""
    with httpx.Client(base_url=f"{served}/_emulator/v1") as control:
        control.put("/lease", json={"holder": "another-run"}).raise_for_status()
        refused = played(story, "--target", served)
        control.delete("/lease").raise_for_status()

    assert refused.exit_code == 2
    assert f"DELETE {served}/_emulator/v1/lease puts back what was there" in refused.stderr


@pytest.mark.parametrize(
    ("url", "said"),
    [
        pytest.param("localhost:8086", "is not an emulator's address", id="no-scheme"),
        pytest.param("http://localhost:8086/api", "is not an emulator's address", id="a-path"),
        pytest.param("http://me:hush@localhost:8086", "an emulator's address has no user", id="a-password"),
        pytest.param("me:hush@localhost", "an emulator's address has no user", id="a-password without a scheme"),
        pytest.param("http://localhost?token=hush", "'http://localhost' is not an emulator's address", id="a query"),
        pytest.param("http://localhost#hush", "'http://localhost' is not an emulator's address", id="a fragment"),
        pytest.param("http://[::1", "'http://[::1' is not an emulator's address", id="half of an IPv6 address"),
        pytest.param("http://[a]", "is not an emulator's address", id="a name in brackets"),
        pytest.param("http://localhost:x", "is not an emulator's address", id="a port that is no number"),
        pytest.param("http://localhost:65536", "is not an emulator's address", id="a port out of range"),
        pytest.param("http://999.1.1.1", "is not an emulator's address", id="no IPv4 address"),
        pytest.param("http://-\u00e9", "is not an emulator's address", id="a name that nobody can have"),
        pytest.param("http://a\u2100b", "is not an emulator's address", id="a character that stands for a path"),
        pytest.param("http://a\x01", "is not an emulator's address", id="a control character"),
        pytest.param("http://..", "is not an emulator's address", id="nothing but dots"),
        pytest.param("http://127.0.0.1:1", "http://127.0.0.1:1 cannot be reached", id="nobody-there"),
    ],
)
def test_a_target_that_cannot_be_used_is_told(story: Path, url: str, said: str) -> None:
    """Exit code 2, the reason and its code; nothing was played."""
    result = played(story, "--target", url)

    assert result.exit_code == 2
    assert said in result.stderr
    assert "[RUN-7]" in result.stderr
    assert "hush" not in result.output


@pytest.mark.parametrize("token", ["", "sekrit\n42", "sekr\u00e9t", "two sekrits"])
def test_a_control_token_that_no_header_carries_is_refused_and_not_repeated(story: Path, token: str) -> None:
    """Before anything is sent, whoever is there."""
    result = played(story, "--target", "http://127.0.0.1:1", "--control-token", token)

    assert result.exit_code == 2
    assert "the control token is empty, or holds a blank or what is not ASCII" in result.stderr
    assert "sekr" not in result.output


def test_scenarios_play_one_at_a_time_there(story: Path) -> None:
    """Several processes would play over one another."""
    result = played(story, "--target", "http://localhost:8086", "-n", "2")

    assert (result.exit_code, "one at a time" in result.stderr) == (2, True)


def test_a_server_that_is_gone_is_no_failure_of_a_scenario(tmp_path: Path) -> None:
    """The run ends with the reason instead of counting failures."""
    story = scenario(tmp_path, HOLDS)
    with serving(bound=60) as server:
        target = Served(server.url)
        assert run_scenario(story, target=target).failure is None
        server.kill()
        with pytest.raises(TargetUnusable, match="cannot be reached"):
            run_scenario(story, target=target)
