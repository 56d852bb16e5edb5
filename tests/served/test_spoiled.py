"""What only a real connection can show of faults and of strictness."""

import re
import signal
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from .serving import serving

_BOUND = 30
"""Seconds after which a call is given up."""

_MEMBER = {"environment_type": "dev", "name": "Member", "role_type": "environment"}


def _armed(client: httpx.Client, operation: str, **effect: object) -> None:
    answer = client.post("/_emulator/v1/faults", json={"operation": operation} | effect)
    assert answer.status_code == 201, answer.text


@pytest.mark.socket
def test_faults_spoil_a_real_connection() -> None:
    """Closed before and after the work, cut off half way, and late without keeping anybody else waiting."""
    with serving() as served:
        token = re.search(r"token (\S+)", "".join(served.greeting))
        assert token is not None
        bearer = {"Authorization": f"Bearer {token[1]}"}
        with httpx.Client(base_url=served.url, headers=bearer, timeout=_BOUND) as client:
            invitation = {"email": "new@example.test", "name": "New", "env_roles": [_MEMBER]}
            for effect, invited in (("drop_before_work", 0), ("drop_after_work", 1)):
                _armed(client, "inviteCollaborator", effect=effect)
                with pytest.raises(httpx.RemoteProtocolError, match="Server disconnected without sending a response"):
                    client.post("/api/member_invitations", json=invitation)
                waiting = client.get("/_emulator/v1/workspaces/acme/invitations").json()["data"]
                assert [each["email"] for each in waiting].count("new@example.test") == invited
            _armed(client, "listCollaborators", effect="truncated")
            with pytest.raises(httpx.RemoteProtocolError, match="peer closed connection"):
                client.get("/api/members")

            _armed(client, "listCollaborators", effect="latency", latency_seconds=30)
            with ThreadPoolExecutor(1) as others:
                late = others.submit(httpx.get, f"{served.url}/api/members", headers=bearer, timeout=1)
                while client.get("/_emulator/v1/faults").json()["data"]:
                    pass  # until the late call has come in
                assert client.get("/api/members").status_code == 200
                assert not late.done()
                assert isinstance(late.exception(), httpx.ReadTimeout)
        assert served.stop(signal.SIGTERM)[2] == ""


@pytest.mark.socket
def test_a_served_emulator_can_be_strict() -> None:
    """With `--strict`, from the first request on."""
    with serving("--strict") as served:
        assert httpx.get(f"{served.url}/_emulator/v1/strict").json() == {"strict": True}
