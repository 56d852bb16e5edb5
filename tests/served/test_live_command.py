"""`workato-emulator live` against an emulator that pretends to be a tenant, in another process.

Its clock is moved by whoever waits. The code under test has no way to its control plane: that needs a token.
"""

import json
import re
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result

from okta_scenarios.bundled import suites
from okta_scenarios.live import commands
from okta_scenarios.live.tenant import Times
from workato_emulator import Pace
from workato_emulator.cli import main

from ..scenarios.live.pretended import SETTINGS, TOKENS, world
from .serving import serving

pytestmark = pytest.mark.socket
CONTROL = {"Authorization": "Bearer out-of-reach"}
NAME = "Corp Production"


class Tenant:
    """The served emulator, and what only the test may do there."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.control = httpx.Client(base_url=f"{url}/_emulator/v1", headers=CONTROL)

    def now(self) -> datetime:
        return datetime.fromisoformat(self.control.get("/clock").json()["now"])

    def pass_time(self, seconds: float) -> None:
        if seconds:
            self.control.post("/clock/advance", json={"seconds": seconds}).raise_for_status()

    def accept(self, mailbox: str) -> None:
        self.control.post(f"/workspaces/acme/invitations/{mailbox}/accept").raise_for_status()


@pytest.fixture(name="tenant", scope="module")
def _tenant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tenant]:
    seed = tmp_path_factory.mktemp("seed") / "seed.json"
    seed.write_text(
        json.dumps({**world("main")[0], "assumptions": {"removal_answer": "200", "scim_etag": "weak"}}), "utf-8"
    )
    with serving("--seed", str(seed), "--control-token", "out-of-reach", bound=180) as served:
        tenant = Tenant(served.url)
        with tenant.control:
            yield tenant


@pytest.fixture(name="settings")
def _settings(tmp_path: Path, tenant: Tenant, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file, tokens in the environment, time that the tenant's is, and a person who accepts."""
    tenant.pass_time(1300)  # so that no mailbox was invited a short time ago
    for client, token in TOKENS.items():
        monkeypatch.setenv(f"LIVE_{client.upper()}", token)
    monkeypatch.setenv("LIVE_TOKEN", TOKENS["full"])
    times = Times(Pace(lambda: tenant.now().timestamp(), tenant.pass_time), tenant.now)
    monkeypatch.setattr(commands, "real_times", lambda: times)

    def ask(_: object, text: str) -> bool:
        tenant.accept(next(word for word in text.split() if "@" in word))
        return True

    monkeypatch.setattr(commands.AtTheTerminal, "ask", ask)
    file = tmp_path / "live.toml"
    scim = {"base_url": f"{tenant.url}/scim/v2", "token_env": "LIVE_SCIM"}
    written = {**SETTINGS, "host": tenant.url, "scim": scim}
    lines = [_line(key, each) for key, each in written.items()]
    file.write_text("\n".join(lines), "utf-8")
    return file


def _line(key: str, value: object) -> str:
    if isinstance(value, dict):
        return "\n".join((f"[{key}]", *(_line(name, each) for name, each in value.items())))
    return f"{key} = {json.dumps(value)}"


def live(*arguments: object, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["live", *map(str, arguments)], input=typed)


def test_scim_is_asked_at_its_own_base_url(settings: Path, tenant: Tenant, tmp_path: Path) -> None:
    """From the plan to what is settled; neither its token nor its address is anywhere."""
    folder, settled = tmp_path / "run", tmp_path / "settled.toml"
    only = ("--only", "scim-users", "--only", "scim-edges")
    planned = live("plan", settings, *only)
    probed = live("probe", settings, folder, *only, "--workspace", NAME)
    assert probed.exit_code == 0, probed.output
    drift = live("drift", folder, "--settled", settled)

    assert "GET /scim/v2/Users/$user by scim" in planned.stdout
    assert "GET /scim/v2/Users by anonymous" not in planned.stdout
    assert "differs    scim_etag  assumed off; weak seen" in drift.stdout
    assert "agrees     scim_me  assumed 501; 501 seen" in drift.stdout
    assert "0 differences from the contract" in drift.stdout
    assert 'assumption = "scim_etag"\nvalue = "weak"' in settled.read_text("utf-8")
    texts = "\n".join(each.read_text("utf-8") for each in folder.iterdir())
    for secret in ("hush", tenant.url, "corp.example"):
        assert secret not in texts + probed.stdout + drift.stdout


def test_what_an_okta_asked_is_recorded_from_the_journal(tenant: Tenant, tmp_path: Path) -> None:
    """From the journal to what is settled; neither token nor person is anywhere."""
    folder, settled = tmp_path / "okta", tmp_path / "settled.toml"
    tenant.control.delete("/journal")
    user = {"userName": "quill@corp.example", "emails": [{"value": "quill@corp.example"}], "password": "k3Vr9qXa"}
    bearer = {"Authorization": f"Bearer {TOKENS['scim']}"}
    httpx.post(f"{tenant.url}/scim/v2/Users", json=user, headers=bearer)
    command = ("okta", folder, "--app", "custom", "--url", tenant.url)
    taken = live(*command, "--control-token", "out-of-reach")
    drift = live("drift", folder, "--settled", settled)

    assert taken.stdout.startswith(f"{folder}: 1 exchange\n")
    assert drift.exit_code == 1
    assert "differs    okta_email_type  assumed work; absent seen" in drift.stdout
    assert 'assumption = "okta_email_type"\nvalue = "absent"' in settled.read_text("utf-8")
    texts = "\n".join(each.read_text("utf-8") for each in folder.iterdir())
    for secret in ("hush", tenant.url, "corp.example", "quill", "k3Vr9qXa"):
        assert secret not in texts + drift.stdout
    assert "holds a recording already" in live(*command, "--control-token", "out-of-reach").stderr
    assert "the journal cannot be read, it answers 401" in live(*command).stderr


def test_a_plan_is_shown_and_nothing_is_sent(settings: Path, tenant: Tenant) -> None:
    """What would be sent, what it settles, and what cannot be settled here and why."""
    before = tenant.control.get("/journal").json()["data"]
    result = live("plan", settings, "--write")

    assert result.exit_code == 0, result.output
    assert "group (objects), settles creation_status, group_name_taken" in result.stdout
    assert "POST /api/user_groups" in result.stdout
    assert "accepted: needs --writes-people" in result.stdout
    of_the_api, of_scim = result.stdout.partition("would settle ")[2].split("would settle ")
    for sum_ in (of_the_api, of_scim):
        settled, all_, *_ = (int(word) for word in re.findall(r"\d+", sum_))
        assert settled + len(sum_.strip().splitlines()[1:]) == all_
    assert "can be reached by a probe" in of_scim
    assert "legacy_role_type: legacy-members: needs a workspace with permission_model 'legacy_roles'" in result.stdout
    assert tenant.control.get("/journal").json()["data"] == before


def test_the_smallest_useful_set_is_one_command(settings: Path, tenant: Tenant, tmp_path: Path) -> None:
    """Probed, recorded, compared, settled; the name of the workspace is typed once, and no token is anywhere."""
    folder, settled = tmp_path / "run", tmp_path / "settled.toml"
    probed = live("probe", settings, folder, "--smallest", "--writes-people", typed=f"{NAME}\n")
    assert probed.exit_code == 0, probed.output
    drift = live("drift", folder, "--settled", settled)

    assert drift.exit_code == 1, "one answer differs"
    assert "differs    removal_answer  assumed 204; 200 seen" in drift.stdout
    assert "0 differences from the contract" in drift.stdout
    assert 'assumption = "removal_answer"\nvalue = "200"' in settled.read_text("utf-8")
    again = live("probe", settings, tmp_path / "again", "--only", "me")
    assert again.exit_code == 0, again.output
    files = [each for each in tmp_path.rglob("*") if each.is_file() and each != settings]
    texts = "\n".join(each.read_text("utf-8") for each in files)
    assert stat.S_IMODE((folder / "exchanges.jsonl").stat().st_mode) == 0o600
    for secret in ("hush", NAME, "corp.example"):
        assert secret not in texts
    assert "hush" not in probed.output + drift.output + again.output


def test_what_was_seen_is_assumed_by_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its date, in the terminal and in the report."""
    monkeypatch.chdir(tmp_path)
    settled = tmp_path / "settled.toml"
    settled.write_text(
        '[[seen]]\nassumption = "removal_answer"\nvalue = "200"\ndate = 2024-01-02\ndata_center = "trial"\n', "utf-8"
    )
    run = [
        "run",
        str(suites() / "pud" / "SC-060.yaml"),
        "--no-audit",
        "-n",
        "1",
        "--assume-file",
        "settled.toml",
        "--report",
        "json=r.json",
    ]
    result = CliRunner().invoke(main, run)
    assert result.exit_code == 0, result.output
    summary = json.loads(Path("r.json").read_text("utf-8"))["summary"]

    assert "observed   removal_answer: 200 (seen 2024-01-02, trial" in result.stdout
    assert summary["assumptions"] == {"removal_answer": "200"}
    assert summary["observed"]["removal_answer"].startswith("200 (seen 2024-01-02, trial")
    one = CliRunner().invoke(main, ["rules", "PNU-1", "--assume-file", "settled.toml"])
    assert "--assume-file is for --markdown" in one.stderr


def test_a_rehearsal_takes_what_was_seen(tmp_path: Path) -> None:
    """A file that settles nothing is refused before anything is played; one that does is assumed."""
    settled = tmp_path / "settled.toml"
    settled.write_text("[[seen]]\n", "utf-8")
    assert "[ASSUME-2]" in CliRunner().invoke(main, ["rehearse", "--assume-file", str(settled)]).stderr
    settled.write_text(
        '[[seen]]\nassumption = "update_scope"\nvalue = "replace"\ndate = 2024-01-02\ndata_center = "eu"\n', "utf-8"
    )
    report = tmp_path / "r.json"
    played = [
        CliRunner().invoke(main, ["rehearse", "--no-alternatives", "--report", f"json={report}", *more]).exit_code
        or json.loads(report.read_text("utf-8"))
        for more in (["--assume-file", str(settled)], ["--assume", "update_scope=replace"], [])
    ]

    assert played[0] == played[1] != played[2]


def test_serve_takes_what_was_seen(tmp_path: Path) -> None:
    """As if each were given with --assume."""
    settled = tmp_path / "settled.toml"
    settled.write_text(
        '[[seen]]\nassumption = "removal_answer"\nvalue = "200"\ndate = 2024-01-02\ndata_center = "trial"\n', "utf-8"
    )
    with serving("--assume-file", str(settled)) as served:
        found = httpx.get(f"{served.url}/_emulator/v1/assumptions").json()["data"]
    assert {each["id"]: each["value"] for each in found}["removal_answer"] == "200"


def test_another_workspace_is_refused(settings: Path, tmp_path: Path) -> None:
    """Whether its name is typed, given, or known from before; nothing is remembered of it."""
    typed = live("probe", settings, tmp_path / "run", typed="Somebody else's\n")
    given = live("probe", settings, tmp_path / "run2", "--workspace", "Somebody else's")

    for result in (typed, given):
        assert (result.exit_code, "[LIVE-2]" in result.stderr) == (2, True), result.output
    assert not settings.with_name("live.toml.workspace").exists()


def test_a_token_that_is_not_good_is_told_and_the_command_can_be_given_again(
    settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not repeated, and no recording is in the way."""
    with monkeypatch.context() as wrong:
        wrong.setenv("LIVE_TOKEN", "wrkaeu-not-this-one")
        result = live("probe", settings, tmp_path / "run", "--only", "me", "--workspace", NAME)
    assert (result.exit_code, "the host does not take the token" in result.stderr) == (2, True), result.output
    assert "not-this-one" not in result.output
    again = live("probe", settings, tmp_path / "run", "--only", "me", "--workspace", NAME)

    assert again.exit_code == 0, again.output


def test_an_interrupted_run_says_how_to_clean_up(settings: Path, tenant: Tenant, tmp_path: Path) -> None:
    """The command that it names removes what was made."""
    folder = tmp_path / "run"
    tenant.control.post("/faults", json={"operation": "addGroupMembers", "status": 500}).raise_for_status()
    before = tenant.control.get("/export").json()["workspaces"]["acme"]["groups"]
    stopped = live("probe", settings, folder, "--write", "--only", "group", "--workspace", NAME)
    assert (stopped.exit_code, "[LIVE-3]" in stopped.stderr) == (2, True), stopped.output
    assert f"workato-emulator live clean-up {settings} {folder}" in stopped.stderr
    assert len(tenant.control.get("/export").json()["workspaces"]["acme"]["groups"]) == len(before) + 1
    cleaned = live("clean-up", settings, folder)

    assert cleaned.stdout.endswith("everything that was made is removed\n"), cleaned.output
    assert tenant.control.get("/export").json()["workspaces"]["acme"]["groups"] == before
    assert "nothing is left to remove" in live("clean-up", settings, folder).stdout


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("may = 'all'", "may: input should be 'read', 'objects' or 'people'"),
        ("mailbox = 'a@example.test'", "unknown key 'mailbox'"),
        ("people = {mailboxs = []}", "unknown key 'mailboxs'; did you mean 'mailboxes'?"),
        ("host = 'http://app.eu.workato.com'", "host: a token may not be sent there"),
        (
            "[scim]\nbase_url = 'https://scim.example.test/v2'\ntoken_env = 'X'",
            "scim.base_url: a token may not be sent there",
        ),
        ("[scim]\nbase_url = 'http://[::1'\ntoken_env = 'X'", "scim.base_url: a token may not be sent there"),
        (
            "[scim]\nbase_url = 'https://me:hush@app.eu.workato.com/scim/v2'\ntoken_env = 'LIVE_TOKEN'",
            "scim.base_url: a token may not be sent there",
        ),
        ("[scim]\nbase = 'x'", "scim.base_url: field required"),
        ("environments = ['prod']", "environments: the first should be 'dev'"),
        ("token_env = 'NO_SUCH_NAME'", "the environment variable NO_SUCH_NAME is not set"),
        ("token_env = 'LIVE_BAD'", "LIVE_BAD is not set, or holds what is not a token"),
        ("host = ", "is not TOML"),
    ],
)
def test_settings_that_cannot_be_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str, said: str
) -> None:
    """Before anything is sent, with what is allowed, and without a token."""
    monkeypatch.setenv("LIVE_TOKEN", "wrkaeu-hush")
    monkeypatch.setenv("LIVE_BAD", "two hush")
    file = tmp_path / "live.toml"
    plain = {"host": "host = 'http://127.0.0.1:9'", "token_env": "token_env = 'LIVE_TOKEN'"}
    file.write_text("\n".join((*(each for key, each in plain.items() if not change.startswith(key)), change)), "utf-8")
    result = live("probe", file, tmp_path / "run", "--workspace", "x")

    assert (result.exit_code, "[LIVE-1]" in result.stderr) == (2, True), result.output
    assert said in result.stderr
    assert "hush" not in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("plan", "--only", "grop"), "no probe is called 'grop'; did you mean 'group'?"),
        (("plan", "--only", "group", "--smallest"), "--smallest or --only, not both"),
        (("probe", "run", "--only", "group"), "nothing can be asked"),
    ],
)
def test_what_cannot_be_wanted_is_told(settings: Path, arguments: tuple[str, ...], said: str) -> None:
    """Exit code 2."""
    command, *others = arguments
    result = live(command, settings, *others)

    assert (result.exit_code, said in result.stderr) == (2, True), result.output


def test_a_recording_goes_out_as_har_and_comes_in_again(settings: Path, tmp_path: Path) -> None:
    """What was captured elsewhere goes the same way."""
    assert live("probe", settings, tmp_path / "run", "--only", "members", "--workspace", NAME).exit_code == 0
    file, folder = tmp_path / "run.har", tmp_path / "again"
    assert live("har", "export", tmp_path / "run", file).exit_code == 0
    imported = live("har", "import", file, folder, "--data-center", "eu")

    assert imported.exit_code == 0, imported.output
    assert live("drift", folder).exit_code == 0
    assert "[LIVE-4]" in live("har", "import", settings, tmp_path / "none", "--data-center", "eu").stderr
    assert "[LIVE-4]" in live("drift", tmp_path / "nothing").stderr


def test_what_is_dated_in_the_future_is_refused(settings: Path, tmp_path: Path) -> None:
    """A sighting and a recording, with the place; nothing is written."""
    settled, folder = tmp_path / "settled.toml", tmp_path / "run"
    sighting = '[[seen]]\nassumption = "removal_answer"\nvalue = "200"\ndate = 2999-01-02\ndata_center = "eu"\n'
    settled.write_text(sighting, "utf-8")
    taken = CliRunner().invoke(main, ["rules", "--markdown", "--assume-file", str(settled)])
    assert live("probe", settings, folder, "--only", "me", "--workspace", NAME).exit_code == 0
    file = folder / "run.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | {"date": "2999-01-02"}), "utf-8")
    shown = live("drift", folder, "--settled", tmp_path / "new.toml")

    assert (taken.exit_code, "[ASSUME-2]" in taken.stderr) == (2, True), taken.output
    assert f"{settled}: seen[0].date: 2999-01-02 is in the future" in taken.stderr
    assert (shown.exit_code, "[LIVE-4]" in shown.stderr) == (2, True), shown.output
    assert f"{file}: date: 2999-01-02 is in the future" in shown.stderr
    assert not (tmp_path / "new.toml").exists()


def test_scenarios_run_at_a_live_workspace(settings: Path, tenant: Tenant, tmp_path: Path) -> None:
    """What says so is played, everything else says why not, and no token and no address is in the report."""
    report = tmp_path / "report.json"
    chosen = [suites() / "workato" / f"{name}.yaml" for name in ("RC-MEM-2", "RC-AUTH-1-people", "RC-MEM-5")]
    before = tenant.control.get("/export").json()["workspaces"]["acme"]["collaborators"]
    result = CliRunner().invoke(
        main,
        ["run", *map(str, chosen), "--target", str(settings), "--report", f"json={report}", "-v"],
        input=f"{NAME}\n",
    )

    assert result.exit_code == 0, result.output
    assert "2 passed, 0 failed" in result.stdout
    assert "RC-MEM-5, it does not say `live: read` or `live: write`" in " ".join(result.stdout.split())
    assert tenant.control.get("/export").json()["workspaces"]["acme"]["collaborators"] == before
    for secret in ("hush", "corp.example", "probe1@"):
        assert secret not in report.read_text("utf-8") + result.stdout


def test_a_run_at_a_live_workspace_that_cannot_be_says_so(settings: Path, tmp_path: Path) -> None:
    """Settings, workspace or place."""
    path = str(suites() / "workato" / "RC-MEM-2.yaml")
    missing = CliRunner().invoke(main, ["run", path, "--target", str(tmp_path / "none.toml")])
    other = CliRunner().invoke(main, ["run", path, "--target", str(settings)], input="Somebody else's\n")

    assert (missing.exit_code, "[LIVE-1]" in missing.stderr) == (2, True), missing.output
    assert (other.exit_code, "[LIVE-2]" in other.stderr) == (2, True), other.output
