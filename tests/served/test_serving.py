"""The command line, and the same emulator over a real socket."""

import re
import signal
import socket
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from workato_emulator.cli import main

from .serving import serving


@pytest.mark.socket
def test_a_served_emulator_answers_and_stops_when_told_to() -> None:
    """The first line has the address; a token from the greeting opens it; SIGTERM is a clean end."""
    with serving("--host", "localhost") as served:
        token = re.search(r"token (\S+)", "".join(served.greeting))
        assert token is not None
        with httpx.Client(base_url=served.url, headers={"Authorization": f"Bearer {token[1]}"}) as client:
            answer = client.get("/api/members")
            assert (answer.status_code, answer.json()["total"]) == (200, 3)
            assert answer.headers["content-type"] == "application/json; charset=utf-8"
            assert client.head("/api/members").status_code == 200
            assert client.get("/_emulator/v1/clock").json()["kind"] == "system"
            assert client.get("/api/user_groups/%2F%00%ff").status_code in {404, 501}
        assert served.stop(signal.SIGTERM) == (0, "", "")


@pytest.mark.socket
def test_a_served_emulator_takes_a_seed_and_a_control_token(tmp_path: Path) -> None:
    """The greeting shows the seed's workspaces; the control plane wants its token; Ctrl-C is a clean end too."""
    seed = tmp_path / "seed.yaml"
    seed.write_text("workspaces: {tiny: {environments: [dev], api_clients: [{name: a, token: tiny-a}]}}")
    with serving("--seed", str(seed), "--control-token", "secret") as served:
        assert "workspace tiny  (environment_roles: dev)\n" in served.greeting
        assert "  API client a  token tiny-a\n" in served.greeting
        with httpx.Client(base_url=served.url) as client:
            assert client.get("/_emulator/v1/export").status_code == 401
            health = client.get("/_emulator/v1/health", headers={"Authorization": "Bearer secret"})
            assert health.json()["workspaces"] == ["tiny"]
            body = b"x" * 2 * 1024 * 1024
            answer = client.put("/api/members/1", content=body, headers={"Authorization": "Bearer tiny-a"})
            assert answer.status_code == 413
        assert served.stop(signal.SIGINT) == (0, "", "")


@pytest.mark.socket
def test_the_greeting_leads_to_scim() -> None:
    """Whoever only has a SCIM app finds the base URL and the token of each workspace in it."""
    with serving() as served:
        said = "".join(served.greeting)
        base, token = re.search(r"^SCIM +(\S+)$", said, re.MULTILINE), re.search(r"SCIM  token (\S+)", said)
        assert base is not None
        assert token is not None
        answer = httpx.get(f"{base[1]}/Users", headers={"Authorization": f"Bearer {token[1]}"})
        assert (answer.status_code, answer.json()["totalResults"]) == (200, 3)


@pytest.mark.socket
def test_the_greeting_obeys_no_name(tmp_path: Path) -> None:
    """A client's name comes from a file: what a terminal would obey in it is shown, and a line stays one line."""
    seed = tmp_path / "seed.yaml"
    name = '"a\\e[2J\\nworkspace forged"'
    seed.write_text(f"workspaces: {{tiny: {{api_clients: [{{name: {name}, token: tiny-a}}]}}}}", encoding="utf-8")
    with serving("--seed", str(seed)) as served:
        assert "  API client a\\x1b[2J\\nworkspace forged  token tiny-a\n" in served.greeting
        assert not any(line.startswith("workspace forged") for line in served.greeting)


@pytest.mark.socket
def test_a_served_emulator_sees_where_a_call_comes_from_and_which_host_it_asks() -> None:
    """The peer, not what a header says of it; a data center by its host name."""
    with serving() as served, httpx.Client(base_url=served.url) as client:
        client.headers["Authorization"] = "Bearer wrkaus-acme-okta"
        assert client.get("/api/members", headers={"Host": "app.workato.com"}).status_code == 200
        assert client.get("/api/members", headers={"Host": "app.eu.workato.com"}).status_code == 401
        allowed = {"ip_allow_list": ["192.0.2.10"]}
        assert client.patch("/_emulator/v1/workspaces/acme/api_clients/okta", json=allowed).status_code == 204
        assert client.get("/api/members", headers={"X-Forwarded-For": "192.0.2.10"}).status_code == 401
        allowed = {"ip_allow_list": ["127.0.0.0/8"]}
        assert client.patch("/_emulator/v1/workspaces/acme/api_clients/okta", json=allowed).status_code == 204
        assert client.get("/api/members").status_code == 200


@pytest.mark.socket
def test_a_fault_without_a_body_does_not_garble_the_connection() -> None:
    """The same connection carries the next answer."""
    with serving("--host", "::1") as served, httpx.Client(base_url=served.url) as client:
        assert served.url.startswith("http://[::1]:")
        client.headers["Authorization"] = "Bearer wrkaus-acme-okta"
        fault = {"operation": "listCollaborators", "status": 204, "count": 1}
        assert client.post("/_emulator/v1/faults", json=fault).status_code == 201
        assert [client.get("/api/members").status_code for _ in range(2)] == [204, 200]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "emulator.example.test"])  # noqa: S104
def test_an_address_that_others_can_reach_needs_a_token(host: str) -> None:
    """Refused before anything is opened."""
    result = CliRunner().invoke(main, ["serve", "--host", host, "--port", "0"])

    assert result.exit_code == 2
    assert f"{host} can be reached by others: give the control plane a --control-token" in result.output


@pytest.mark.parametrize(
    ("text", "message"),
    [("workspaces: {acme: {plam: {}}}", "did you mean 'plan'?"), ("[", "seed.yaml:2:1: not YAML: did not find")],
)
def test_a_bad_seed_is_refused_beforeserving(tmp_path: Path, text: str, message: str) -> None:
    """Exit 2 with the file and the place."""
    path = tmp_path / "seed.yaml"
    path.write_text(text)
    result = CliRunner().invoke(main, ["serve", "--seed", str(path)])

    assert result.exit_code == 2
    assert message in result.output


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ("removal_anwser=200", "no assumption is called 'removal_anwser'; did you mean 'removal_answer'?"),
        ("update_scope=merges", "update_scope is one of merge, replace, not 'merges'; did you mean 'merge'?"),
        ("update_scope", "an assumption is given as NAME=VALUE, not 'update_scope'"),
    ],
)
def test_an_unknown_assumption_is_refused_before_serving(choice: str, message: str) -> None:
    """Exit 2 with the nearest spelling; one good choice beside it does not help."""
    result = CliRunner().invoke(main, ["serve", "--assume", "removal_answer=200", "--assume", choice])

    assert result.exit_code == 2
    assert message in result.output


@pytest.mark.socket
def test_assumptions_of_the_command_line_win_over_the_seed(tmp_path: Path) -> None:
    """Those that it does not name stay as the seed has them; a state file keeps them, and later ones are not read."""
    seed, state = tmp_path / "seed.yaml", tmp_path / "state"
    seed.write_text("workspaces: {tiny: {}}\nassumptions: {removal_answer: '200', owner_listed: 'yes'}")
    chosen = ("--assume", "removal_answer=204", "--assume", "update_scope=replace")
    assumed = {"owner_listed": "yes", "update_scope": "replace"}
    with (
        serving("--state", str(state), "--seed", str(seed), *chosen) as served,
        httpx.Client(base_url=served.url) as client,
    ):
        assert client.get("/_emulator/v1/export").json()["assumptions"] == assumed
    later = ("--assume", "update_scope=merge")
    with serving("--state", str(state), *later) as served, httpx.Client(base_url=served.url) as client:
        assert client.get("/_emulator/v1/export").json()["assumptions"] == assumed
        told = f"{state} exists and is taken up where it ends, without --assume update_scope=merge.\n"
        assert served.logged() == told


@pytest.mark.socket
def test_the_activity_log_outlives_a_kill(tmp_path: Path) -> None:
    """With who asked, from where and with what."""
    arguments = ("--state", str(tmp_path / "state"))
    headers = {"Authorization": "Bearer wrkaus-acme-okta", "User-Agent": "probe/1"}
    with serving(*arguments) as served, httpx.Client(base_url=served.url, headers=headers) as client:
        assert client.post("/api/user_groups", json={"user_group": {"name": "Audit"}}).status_code == 200
        before = client.get("/api/activity_logs").json()
        served.kill()
    with serving(*arguments) as served, httpx.Client(base_url=served.url, headers=headers) as client:
        assert client.get("/api/activity_logs").json() == before
    assert before["data"][0]["details"]["request"] == {"ip_address": "127.0.0.1", "user_agent": "probe/1"}


@pytest.mark.socket
def test_a_strict_server_refuses_what_nobody_reads() -> None:
    """A query parameter that no page knows, for one."""
    headers = {"Authorization": "Bearer wrkaus-acme-okta"}
    with serving("--strict") as served, httpx.Client(base_url=served.url, headers=headers) as client:
        assert client.get("/api/members", params={"mail": "ada"}).status_code == 400


def test_the_command_line_knows_its_commands() -> None:
    """Its own, those of other packages, and none that nobody has."""
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    assert "serve" in result.output

    unknown = CliRunner().invoke(main, ["sreve"])
    assert unknown.exit_code == 2
    assert "No such command 'sreve'" in unknown.output


@pytest.mark.socket
@pytest.mark.parametrize(
    ("host", "named", "advice"),
    [
        ("127.0.0.1", "127.0.0.1:{}", "take another with --port (0 takes a free one)"),
        ("localhost", "localhost:{}", "take another with --port (0 takes a free one)"),
        ("192.0.2.1", "192.0.2.1:{}", "name an address of this machine with --host"),
        ("2001:db8::1", "[2001:db8::1]:{}", "name an address of this machine with --host"),
        ("no.example.test", "no.example.test:{}", "name an address of this machine with --host"),
    ],
)
def test_an_address_that_cannot_be_had_is_said_in_one_line(host: str, named: str, advice: str) -> None:
    """Which one, why, and what to do; exit 2."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        arguments = ["serve", "--host", host, "--port", str(port), "--control-token", "x"]
        result = CliRunner().invoke(main, arguments)

    assert (result.exit_code, result.output.count("\n")) == (2, 1)
    assert f"cannot listen on {named.format(port)} (" in result.output
    assert advice in result.output


@pytest.mark.socket
def test_a_state_file_wins_over_a_seed_and_says_so(tmp_path: Path) -> None:
    """The seed makes the file; from then on it is not read, and need not be there."""
    seed, state = tmp_path / "seed.yaml", tmp_path / "state"
    seed.write_text("workspaces: {tiny: {environments: [dev], api_clients: [{name: a, token: tiny-a}]}}")
    arguments = ("--state", str(state), "--seed", str(seed))
    with serving(*arguments) as served, httpx.Client(base_url=served.url) as client:
        assert client.patch("/_emulator/v1/workspaces/tiny/api_clients/a", json={"token": "new"}).status_code == 204
        assert client.post("/_emulator/v1/clock/advance", json={"seconds": 86_400}).status_code == 200
        now = client.get("/_emulator/v1/clock").json()["now"]
        assert served.logged() == ""
        in_use = CliRunner().invoke(main, ["serve", "--port", "0", "--state", str(state)])
        assert (in_use.exit_code, in_use.output.count("\n")) == (2, 1)
        assert "another `serve` is using it" in in_use.output
        served.kill()
    seed.unlink()
    with serving(*arguments) as served, httpx.Client(base_url=served.url) as client:
        assert served.logged() == f"{state} exists and is taken up where it ends, without --seed {seed}.\n"
        assert "  API client a  token new\n" in served.greeting
        assert client.get("/_emulator/v1/clock").json()["now"] > now
