"""Who may drive a served emulator, and what it never tells anybody."""

import signal
from pathlib import Path

import httpx
import pytest

from .serving import serving

TOKEN = "control-0ne-and-0nly"
GREETED = "wrkaus-acme-okta"
STRAY = "stray-t0ken-of-nobody"
ANOTHER = "regenerated-t0ken"
PROXY = "pr0xy-credentials"


@pytest.mark.socket
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({}, 200, id="an address"),
        pytest.param({"Host": "localhost:1"}, 200, id="localhost"),
        pytest.param({"Host": "LOCALHOST."}, 200, id="localhost in full"),
        pytest.param({"Host": "[::1]:8086"}, 200, id="IPv6"),
        pytest.param({"Host": "127.9.9.9"}, 200, id="another loopback address"),
        pytest.param({"Host": "evil.example.test"}, 403, id="a name"),
        pytest.param({"Host": "localhost.evil.example.test:8086"}, 403, id="a name that begins well"),
        pytest.param({"Host": "192.0.2.1"}, 403, id="another address"),
        pytest.param({"Host": "127.0.0.1.example.test"}, 403, id="a name like an address"),
        pytest.param({"Host": "0.0.0.0"}, 403, id="every address"),  # noqa: S104
        pytest.param({"Host": ""}, 403, id="nothing"),
        pytest.param({"Origin": "http://localhost:3000"}, 403, id="a page"),
        pytest.param({"Sec-Fetch-Site": "cross-site"}, 403, id="a page elsewhere, without saying so"),
        pytest.param({"Sec-Fetch-Site": "same-site"}, 403, id="a page next door"),
        pytest.param({"Sec-Fetch-Site": "none"}, 200, id="somebody who typed the address"),
    ],
)
def test_only_this_machine_drives_a_loopback_emulator(
    loopback: httpx.Client, headers: dict[str, str], status: int
) -> None:
    """A page can make a name of its own lead to loopback, so the name is looked at; the vendor's API has any name."""
    assert loopback.get("/_emulator/v1/clock", headers=headers).status_code == status
    assert loopback.post("/_emulator/v1/reset", headers=headers).status_code == (204 if status == 200 else 403)
    assert loopback.get("/api/members", headers=headers | {"Authorization": f"Bearer {GREETED}"}).status_code == 200


@pytest.mark.socket
def test_an_emulator_that_others_can_reach_asks_for_its_token() -> None:
    """Under any name, since it is reached under many; a page is turned away even so."""
    with serving("--host", "0.0.0.0", "--control-token", TOKEN) as served:  # noqa: S104
        assert "0.0.0.0" in served.url  # noqa: S104
        with httpx.Client(base_url=served.url.replace("0.0.0.0", "127.0.0.1")) as client:  # noqa: S104
            bearer = {"Authorization": f"Bearer {TOKEN}"}
            assert client.get("/_emulator/v1/export").status_code == 401
            assert client.get("/_emulator/v1/export", headers={"Authorization": "Bearer x"}).status_code == 401
            assert client.get("/_emulator/v1/export", headers=bearer).status_code == 200
            assert client.get("/_emulator/v1/export", headers=bearer | {"Host": "emulator:8086"}).status_code == 200
            page = bearer | {"Origin": "https://evil.example.test"}
            assert client.get("/_emulator/v1/export", headers=page).status_code == 403


@pytest.mark.socket
def test_secrets_are_told_to_nobody(tmp_path: Path) -> None:
    """Neither journal nor log nor answer repeats a credential; the control plane's own is in no file either."""
    state = tmp_path / "state"
    with serving("--state", str(state), "--control-token", TOKEN) as served:
        with httpx.Client(base_url=served.url, headers={"Proxy-Authorization": PROXY, "Cookie": PROXY}) as client:
            answers = []
            control = {"Authorization": f"Bearer {TOKEN}"}
            for token in (GREETED, STRAY, TOKEN):
                bearer = {"Authorization": f"Bearer {token}"}
                answers += [
                    client.get("/api/members", headers=bearer),
                    client.get("/api/nothing", headers=bearer),
                    client.post("/api/member_invitations", headers=bearer, content=b"{"),
                    client.post("/api/member_invitations", headers=bearer, json={"name": 1}),
                    client.put("/api/members/1", headers=bearer, content=b"\xff"),
                    client.delete("/api/members/1", headers=bearer | {"X-Emulator-Rules": "1"}),
                    client.get("/_emulator/v1/nothing", headers=bearer),
                ]
            path = "/_emulator/v1/workspaces/acme/api_clients/okta"
            answers.append(client.patch(path, headers=control, json={"token": ANOTHER}))
            answers.append(client.get("/api/members", headers={"Authorization": f"Bearer {GREETED}"}))
            answers.append(client.get("/_emulator/v1/journal", headers=control))
        code, out, logged = served.stop(signal.SIGTERM)

    assert [each.status_code for each in answers[-3:]] == [204, 401, 200]
    told = "".join(each.text + str(each.headers) for each in answers) + out + logged
    assert (code, [each for each in (TOKEN, GREETED, STRAY, ANOTHER, PROXY) if each in told]) == (0, [])
    assert [each for each in (TOKEN, STRAY, PROXY) if each in state.read_text(encoding="utf-8")] == []
