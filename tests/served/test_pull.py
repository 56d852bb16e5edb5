"""`workato-emulator pull` from an emulator that pretends to be a tenant, in another process."""

import stat
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import yaml
from click.testing import CliRunner, Result

from workato_emulator import Emulator
from workato_emulator.cli import main

from .serving import serving

pytestmark = pytest.mark.socket
TOKEN = "wrkaus-acme-okta"


@pytest.fixture(name="tenant", scope="module")
def _tenant() -> Iterator[str]:
    with serving("--control-token", "out-of-reach", bound=120) as served:
        yield served.url


@pytest.fixture(name="token", autouse=True)
def _token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKATO_TOKEN", TOKEN)
    monkeypatch.setattr("workato_emulator.cli.pull._wait", lambda _: None)  # nobody else asks this tenant


def pull(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["pull", *map(str, arguments)])


def test_a_pulled_seed_starts_the_emulator(tenant: str, tmp_path: Path) -> None:
    """It is its owner's alone, holds no token, and says what the API does not show."""
    seed = tmp_path / "seed.yaml"
    result = pull("--host", tenant, "--token-env", "WORKATO_TOKEN", "-o", seed)

    assert result.exit_code == 0, result.output
    assert stat.S_IMODE(seed.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["seed.yaml"]
    assert TOKEN not in seed.read_text("utf-8") + result.output
    assert "pending invitations" in result.stdout
    live = httpx.get(f"{tenant}/api/members", headers={"Authorization": f"Bearer {TOKEN}"}).json()
    assert Emulator(seed).client("acme-automation").get("/api/members").json()["total"] == live["total"] > 0


def test_stand_ins_match_in_the_seed_and_the_tables(tenant: str, tmp_path: Path) -> None:
    """The tables that are named are left alone; their copies have the same people as the seed."""
    seed, table = tmp_path / "seed.yaml", tmp_path / "people.csv"
    plain = Emulator().client("acme").get("/api/members").json()["data"]
    table.write_text("email,firstName\n" + "".join(f"{each['email']},Somebody\n" for each in plain), "utf-8")
    before = table.read_text("utf-8")
    result = pull("--host", tenant, "--token-env", "WORKATO_TOKEN", "-o", seed, "--anonymise", table)

    assert result.exit_code == 0, result.output
    assert table.read_text("utf-8") == before
    copy = (tmp_path / "people.anonymised.csv").read_text("utf-8")
    (workspace,) = yaml.safe_load(seed.read_text("utf-8"))["workspaces"].values()
    people = {each["email"] for each in workspace["collaborators"]}
    assert {line.split(",")[0] for line in copy.splitlines()[1:]} == people
    for each in plain:
        assert each["email"] not in seed.read_text("utf-8") + copy
        assert each["name"] not in seed.read_text("utf-8") + copy


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("http://app.eu.workato.com", "the host is not one that a token may be sent to"),
        ("https://me:hush@app.eu.workato.com", "the host is not one that a token may be sent to"),
        ("https://app.eu.workato.com/api", "the host is not one that a token may be sent to"),
        ("http://127.0.0.1:1", "cannot be read"),
    ],
)
def test_a_host_that_cannot_be_asked_is_told(tmp_path: Path, host: str, said: str) -> None:
    """A token goes out over TLS only, but for this machine."""
    result = pull("--host", host, "--token-env", "WORKATO_TOKEN", "-o", tmp_path / "seed.yaml")

    assert (result.exit_code, said in result.stderr, "[PULL-1]" in result.stderr) == (2, True, True)
    assert "hush" not in result.output
    assert not (tmp_path / "seed.yaml").exists()


def test_nothing_is_overwritten_and_no_token_is_taken_from_the_line(tenant: str, tmp_path: Path) -> None:
    """Both are told before anything is asked."""
    seed = tmp_path / "seed.yaml"
    seed.write_text("mine", "utf-8")

    assert "exists; name another file" in pull("--host", tenant, "--token-env", "WORKATO_TOKEN", "-o", seed).stderr
    assert seed.read_text("utf-8") == "mine"
    missing = pull("--host", tenant, "--token-env", "NO_SUCH_NAME", "-o", tmp_path / "other.yaml")
    assert "the environment variable NO_SUCH_NAME is not set" in missing.stderr


def test_a_token_that_is_not_good_is_told(tenant: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not repeated."""
    monkeypatch.setenv("WORKATO_TOKEN", "wrkaus-not-this-one")
    result = pull("--host", tenant, "--token-env", "WORKATO_TOKEN", "-o", tmp_path / "seed.yaml")

    assert (result.exit_code, "answered with 401: the host does not take the token" in result.stderr) == (2, True)
    assert "not-this-one" not in result.output


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("-o", "none/seed.yaml"), "none/seed.yaml cannot be written: no such folder"),
        (("-o", "seed.yaml", "--slug", "A b/c"), "--slug should be small letters"),
        (("-o", "seed.yaml", "people.csv"), "are for --anonymise only"),
        (("-o", "seed.yaml", "--anonymise", "latin.csv"), "latin.csv is not UTF-8"),
        (("-o", "seed.yaml", "--anonymise", "headless.csv"), "headless.csv has no row of column names"),
        (("-o", "seed.yaml", "--anonymise", "people.csv", "taken.csv"), "taken.anonymised.csv exists"),
        (("-o", "seed.yaml", "--host", "http://[::1"), "the host is not one that a token may be sent to"),
    ],
)
def test_what_cannot_be_done_here_is_told_before_anything_is_asked(
    tenant: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...], said: str
) -> None:
    """Exit code 2, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    for name in ("people.csv", "taken.csv", "taken.anonymised.csv"):
        Path(name).write_text("email\nada@example.test\n", "utf-8")
    Path("latin.csv").write_text("email,name\nada@example.test,Jos\u00e9\n", "latin-1")
    Path("headless.csv").write_text("ada@example.test,Ada\n", "utf-8")
    before = sorted(tmp_path.iterdir())
    result = pull("--host", tenant, "--token-env", "WORKATO_TOKEN", *more)

    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr
    assert "GET /api" not in result.stderr
    assert sorted(tmp_path.iterdir()) == before
