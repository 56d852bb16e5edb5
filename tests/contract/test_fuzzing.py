"""Generated requests: nothing is found in the emulator, and something is found in a broken one."""

import json
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest
from click.testing import CliRunner
from rich.console import Console
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import workato_emulator
from workato_emulator import Emulator, operations
from workato_emulator.cli.fuzz import fuzz as fuzz_command
from workato_emulator.cli.fuzz import tell
from workato_emulator.fuzzing.junit import junit
from workato_emulator.fuzzing.profiles import CONTROL, PROFILES, SCIM, WORKATO, Profile
from workato_emulator.fuzzing.run import Finding, Report, fuzz
from workato_emulator.fuzzing.served import leased
from workato_emulator.http.contract import load

from ..served.serving import serving

GROUP = re.compile("/api/user_groups/[^/]+")
BEARER = (b"authorization", WORKATO.headers["Authorization"].encode())


PHASES = {
    "workato": ("examples=1000", "coverage=5000", "fuzzing=50", "stateful=50"),
    "control": ("examples=1000", "coverage=5000", "fuzzing=50"),
}


def sampled(*arguments: str, cwd: Path) -> tuple[list[str], dict[str, Any]]:
    """The requests of a run over part of a contract, and what came of them."""
    program = [sys.executable, str(Path(__file__).with_name("sampled_run.py"))]
    run = subprocess.run([*program, *arguments], capture_output=True, text=True, check=False, cwd=cwd, timeout=300)
    assert run.returncode == 0, run.stderr
    *requests, report = run.stdout.splitlines()
    return requests, json.loads(report)


@pytest.mark.long
@pytest.mark.parametrize("contract", PHASES)
def test_nothing_is_found(contract: str, tmp_path: Path) -> None:
    """Every generated request is answered as the contract says, in every phase.

    Every operation is done at least once: answers that only refuse would leave what it does unlooked at.
    """
    requests, report = sampled(contract, "0", *PHASES[contract], cwd=tmp_path)

    assert report["wrong"] == []
    assert set(report["done"]) == set(load(f"{contract}.yaml")) - set(PROFILES[contract].left_out)
    assert min(report["sent"].values()) > 0
    assert len(requests) == sum(report["sent"].values())


@pytest.mark.long
@pytest.mark.parametrize(("contract", "requests"), [("workato", 3_300), ("control", 1_700)])
def test_the_command_finds_nothing(contract: str, requests: int, tmp_path: Path, *, long: bool) -> None:
    """The same by the command, which leaves nothing behind: all of the contract if there is time, or its start."""
    if not long:
        requests = 60
    run = subprocess.run(
        [sys.executable, "-m", "workato_emulator", "fuzz", "--contract", contract, "--requests", str(requests)],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    for phase in ("examples", *(("coverage", "fuzzing") if long else ())):
        assert re.search(rf"{phase} [1-9]", run.stdout), run.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
def test_equal_arguments_send_equal_requests(tmp_path: Path) -> None:
    """A run is told by its seed, generated requests included, so that a failure can be had again."""
    first, again = (sampled("workato", "3", "fuzzing=30", "stateful=30", cwd=tmp_path) for _ in range(2))

    assert len(first[0]) >= 60
    assert first == again


def answering(change: Callable[[Scope, int, bytes], tuple[int, bytes]]) -> Callable[[], ASGIApp]:
    """An emulator whose answers are changed on their way out."""

    def made() -> ASGIApp:
        app = WORKATO.app()

        async def broken(scope: Scope, receive: Receive, send: Send) -> None:
            start: Message = {}

            async def changed(message: Message) -> None:
                nonlocal start
                if message["type"] == "http.response.start":
                    start = message
                elif message["type"] == "http.response.body":
                    status, body = change(scope, start["status"], message["body"])
                    headers = [each for each in start["headers"] if each[0] != b"content-length"]
                    await send({**start, "status": status, "headers": headers})
                    await send({**message, "body": body})
                else:
                    await send(message)

            await app(scope, receive, changed)

        return broken

    return made


def with_total_renamed(scope: Scope, status: int, body: bytes) -> tuple[int, bytes]:
    is_list = scope["path"] == "/api/members" and scope["method"] == "GET"
    return status, body.replace(b'"total":', b'"count":') if is_list else body


def with_a_fault(scope: Scope, status: int, body: bytes) -> tuple[int, bytes]:
    return (500, b'{"message":"Server error"}') if scope["path"] == "/api/users/me" else (status, body)


def with_a_teapot(scope: Scope, status: int, body: bytes) -> tuple[int, bytes]:
    return (418 if scope["path"] == "/api/users/me" else status), body


def with_refusals_taken_back(scope: Scope, status: int, body: bytes) -> tuple[int, bytes]:
    is_role = scope["path"].startswith("/api/members/") and scope["method"] == "PUT"
    return (200, b'{"data":{}}') if is_role and status == 400 else (status, body)


def with_any_method(_scope: Scope, status: int, body: bytes) -> tuple[int, bytes]:
    return (200, body) if status == 405 else (status, body)


def with_every_answer_broken(_scope: Scope, _status: int, _body: bytes) -> tuple[int, bytes]:
    return 500, b'{"message":"Server error"}'


def speaking_plain_text() -> ASGIApp:
    """An emulator that calls its JSON plain text."""
    app = WORKATO.app()

    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        async def mislabelled(message: Message) -> None:
            is_start = message["type"] == "http.response.start"
            await send({**message, "headers": [(b"content-type", b"text/plain")]} if is_start else message)

        await app(scope, receive, mislabelled)

    return broken


def letting_anybody_in() -> ASGIApp:
    """An emulator that forgets to ask for the token on one operation."""
    app = WORKATO.app()

    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/api/users/me":
            headers = [each for each in scope["headers"] if each[0] != b"authorization"]
            scope = {**scope, "headers": [*headers, BEARER]}
        await app(scope, receive, send)

    return broken


def forgetting_to_delete() -> ASGIApp:
    """An emulator that says that a group is gone, and keeps it."""
    app = WORKATO.app()

    async def broken(scope: Scope, receive: Receive, send: Send) -> None:
        is_removal = scope["type"] == "http" and scope["method"] == "DELETE" and GROUP.fullmatch(scope["path"])
        if is_removal and BEARER in scope["headers"]:
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        else:
            await app(scope, receive, send)

    return broken


def with_another_id(scope: Scope, status: int, body: bytes) -> tuple[int, bytes]:
    is_new = scope["path"] == "/api/user_groups" and scope["method"] == "POST"
    return status, body.replace(b'"id":"pf-', b'"id":"xx-') if is_new else body


def looking_at(*wanted: str, phases: tuple[str, ...]) -> Profile:
    """A run over these operations: what is to be found is soon found when nothing else is there to look at."""
    return replace(WORKATO, phases=phases, left_out={each: "" for each in operations() if each not in wanted})


AT_ONCE = looking_at(
    "listCollaborators", "updateCollaboratorRoles", "getWorkspaceDetails", phases=("examples", "coverage")
)
IN_SEQUENCE = looking_at(*(each for each in operations() if "CollaboratorGroup" in each), phases=("stateful",))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("app", "check", "profile"),
    [
        pytest.param(answering(with_a_fault), "not_a_server_error", AT_ONCE, id="a server error"),
        pytest.param(
            answering(with_a_teapot),
            "status_code_conformance",
            AT_ONCE,
            id="a status nobody wrote down",
            marks=pytest.mark.long,
        ),
        pytest.param(
            answering(with_total_renamed),
            "response_schema_conformance",
            AT_ONCE,
            id="a renamed field",
            marks=pytest.mark.long,
        ),
        pytest.param(
            answering(with_refusals_taken_back),
            "negative_data_rejection",
            AT_ONCE,
            id="nonsense accepted",
            marks=pytest.mark.long,
        ),
        pytest.param(
            answering(with_any_method),
            "unsupported_method",
            AT_ONCE,
            id="a method nobody serves",
            marks=pytest.mark.long,
        ),
        pytest.param(
            speaking_plain_text, "content_type_conformance", AT_ONCE, id="another content type", marks=pytest.mark.long
        ),
        pytest.param(letting_anybody_in, "ignored_auth", AT_ONCE, id="no token asked for"),
        pytest.param(
            forgetting_to_delete, "use_after_free", IN_SEQUENCE, id="gone and still there", marks=pytest.mark.long
        ),
        pytest.param(
            answering(with_another_id),
            "ensure_resource_availability",
            IN_SEQUENCE,
            id="made and not there",
            marks=pytest.mark.long,
        ),
    ],
)
def test_a_broken_emulator_is_found_out(app: Callable[[], ASGIApp], check: str, profile: Profile) -> None:
    """Each check finds the fault it is there for, and says which request shows it."""
    report = fuzz(replace(profile, checks=(check,)), seed=0, requests=400, app=app)
    found = list(report.findings.values())

    assert {finding.check for finding in found} == {check}
    assert "curl -X" in found[0].curl
    assert "http://127.0.0.1:8086/" in found[0].curl
    assert not report.is_clean


@pytest.mark.long
def test_a_missing_parent_is_not_a_missing_folder() -> None:
    """A folder that was just made is there, whatever its PUT says of the parent that a body names: that is excused."""
    folders = looking_at("createFolder", "updateFolder", phases=("stateful",))
    excused, blamed = (
        fuzz(replace(folders, checks=("ensure_resource_availability",), excused=each), seed=0, requests=300)
        for each in (WORKATO.excused, {})
    )

    assert excused.is_clean, [*excused.findings, *excused.errors]
    assert {operation for operation, _ in blamed.findings} == {"POST /api/folders"}


def test_a_fuzzing_client_cannot_shut_itself_out() -> None:
    """Whatever it does to API clients, its own token goes on working: else the rest of a run would be one long 401."""
    emulator = Emulator(WORKATO.world)
    client = httpx.Client(transport=emulator.transport, base_url="http://localhost", headers=dict(WORKATO.headers))
    for each in client.get("/api/developer_api_clients").json()["result"]["items"]:
        path = f"/api/developer_api_clients/{each['id']}"
        client.put(path, json={"ip_allow_list": "192.0.2.10", "environment_name": "Production"})
        client.post(f"{path}/regenerate")
        client.delete(path)

    left = client.get("/api/developer_api_clients").json()["result"]["items"]
    assert [each["name"] for each in left] == ["okta"]
    assert client.get("/api/members").status_code == 200


@pytest.mark.parametrize("profile", [WORKATO, CONTROL, SCIM], ids=["workato", "control", "scim"])
def test_the_budget_is_kept(profile: Profile) -> None:
    """A run stops with the request that spends the budget, or a few after it, and tells every one of them."""
    told: list[int] = []
    report = fuzz(profile, seed=0, requests=60, progress=told.append)

    assert 60 <= report.requests <= 65
    assert told == list(range(1, report.requests + 1))


def test_an_interrupt_ends_it_with_what_was_asked_by_then() -> None:
    """The counts are told, and that they are not all; nothing is called clean that was not looked at."""

    def stop(count: int) -> None:
        if count == 30:
            os.kill(os.getpid(), signal.SIGINT)  # as Ctrl-C does: it is the main thread's, whoever asks

    report = fuzz(WORKATO, seed=0, requests=400, progress=stop)
    said = StringIO()
    tell(Console(file=said, width=100), WORKATO, report, "again")

    assert report.interrupted
    assert 30 <= report.requests < 400
    assert "interrupted: this is what was asked by then" in said.getvalue()
    assert "Every answer" not in said.getvalue()


def test_a_fault_in_the_last_request_is_told() -> None:
    """What the budget cuts short is judged all the same."""
    assert fuzz(WORKATO, seed=0, requests=1, app=answering(with_every_answer_broken)).findings


def test_a_finding_ends_the_command_with_1_and_says_how_to_have_it_again() -> None:
    """The check, the request as curl and the replay stand in the output."""
    profile = looking_at("inviteCollaborator", phases=("examples",))
    report = fuzz(profile, seed=0, requests=1, app=answering(with_every_answer_broken))
    console = Console(width=200, record=True, file=StringIO())
    tell(console, WORKATO, report, "workato-emulator fuzz --seed 0")
    text = console.export_text()

    assert "FAILED  POST /api/member_invitations" in text
    assert "not_a_server_error: Server error" in text
    assert "curl -X POST" in text
    assert "Only refused: inviteCollaborator" in text
    assert text.rstrip().endswith("The same again:\n  workato-emulator fuzz --seed 0")


def without_schemathesis(package: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command where schemathesis cannot be imported and our package lies in `package`."""
    without = (
        f"import sys; sys.path.insert(0, {package!r}); sys.modules['schemathesis'] = None; "
        "from workato_emulator.cli import main; main(['fuzz'])"
    )
    return subprocess.run([sys.executable, "-c", without], capture_output=True, text=True, check=False, cwd=cwd)


def test_without_schemathesis_the_command_says_what_to_install(tmp_path: Path) -> None:
    """It is an extra, of the checkout where we run from one and else of the package; 2 means that nothing could run."""
    checkout = Path(workato_emulator.__file__).parents[2]
    installed = tmp_path / "site-packages"
    installed.mkdir()
    (installed / "workato_emulator").symlink_to(checkout / "emulator" / "workato_emulator")
    runs = {where: without_schemathesis(where, tmp_path) for where in (str(checkout / "emulator"), str(installed))}

    assert {run.returncode for run in runs.values()} == {2}
    assert f"pip install -e '{checkout}[fuzz]'" in runs[str(checkout / "emulator")].stderr
    assert "pip install 'workato-emulator[fuzz]'" in runs[str(installed)].stderr


def test_a_served_emulator_is_fuzzed_and_put_back() -> None:
    """The same requests over HTTP, in a world of the fuzzer's own; afterwards everything is as it was."""
    with serving(bound=120) as served, httpx.Client(base_url=served.url) as client:
        client.post("/_emulator/v1/clock/advance", json={"seconds": 3600})
        before = client.get("/_emulator/v1/export").json()["workspaces"]
        with leased(served.url) as there:
            report = fuzz(WORKATO, seed=0, requests=60, app=lambda: there.app(WORKATO))

        assert report.is_clean, [*report.findings, *report.errors]
        assert report.requests >= 60
        assert client.get("/_emulator/v1/export").json()["workspaces"] == before
        assert "leased" not in {
            key for key, value in client.get("/_emulator/v1/health").json().items() if value is True
        }


@pytest.mark.long
def test_a_served_emulator_that_lies_is_found_out() -> None:
    """A fault that is armed there spoils an answer, and the fuzzer says so: it is that emulator that is asked."""
    with serving(bound=120) as served, leased(served.url) as there:

        def spoiled() -> ASGIApp:
            app = there.app(WORKATO)
            there.ask("POST", "/faults", {"operation": "listCollaborators", "effect": "garbage", "count": 1000})
            return app

        report = fuzz(WORKATO, seed=0, requests=400, app=spoiled)

    assert any("/api/members" in finding.operation for finding in report.findings.values())


@pytest.mark.parametrize(
    "url",
    [
        *("localhost:8086", "http://127.0.0.1:1", "ftp://x", "http://127.0.0.1:1/path", "http://[::1", "http://[a]"),
        *("http://localhost:x", "http://999.1.1.1", "http://a\u2100b", "http://a\x01", "http://..", "http://xn--zz99"),
        *("http://me:hush@127.0.0.1:1", "http://127.0.0.1:1?token=hush", "http://127.0.0.1:1#hush"),
    ],
)
def test_where_no_emulator_is_none_is_fuzzed(url: str) -> None:
    """The command says why, repeats no secret, and ends with 2."""
    result = CliRunner().invoke(fuzz_command, ["--url", url, "--requests", "1"])

    assert (result.exit_code, "hush" in result.output) == (2, False)
    assert "FUZZ-2" in result.output


def test_the_control_plane_is_not_fuzzed_from_afar() -> None:
    """It would end the lease that the fuzzer works under."""
    assert CliRunner().invoke(fuzz_command, ["--url", "http://127.0.0.1:1", "--contract", "control"]).exit_code == 2


def test_a_ci_server_is_told_by_operation() -> None:
    """A case for each operation; what was found fails it, with the request; an error of the run is one of its own."""
    found = Finding("GET /a", "check", "Odd \x00 title", "It is odd", "curl http://127.0.0.1:8086/a")
    report = Report({"listA": Counter({"2xx": 1})}, findings={("GET /a", "Odd"): found}, errors=["it broke"])
    suite = ET.fromstring(junit(report, "workato.yaml").encode())  # noqa: S314  (we have just written it)

    assert [case.get("name") for case in suite] == ["GET /a", "listA", "the run itself"]
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("3", "1", "1")
    assert "curl http://127.0.0.1:8086/a" in (suite[0][0].text or "")


@pytest.mark.parametrize("report", ["html=x.html", "junit", "junit=/nowhere/at/all.xml"])
def test_a_report_that_cannot_be_is_refused_at_once(report: str) -> None:
    """Before anything is asked."""
    result = CliRunner().invoke(fuzz_command, ["--report", report])

    assert result.exit_code == 2
    assert "FUZZ-3" in result.output
