"""The command: what it refuses, what it prints, its reports and its exit codes; once over a real port."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result
from scim2_server.memory import InMemoryStorage
from scim2_server.testserver.application import BearerTokenApplication

from okta_scenarios.okta_play_command import okta_play

from ...connector.scim.servers import PROVIDER, TOKEN


def command(*arguments: str, token: str | None = TOKEN) -> Result:
    environment = {} if token is None else {"SCIM_TOKEN": token}
    return CliRunner().invoke(okta_play, [*arguments, "--token-env", "SCIM_TOKEN"], env=environment)


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that it overrides
        pass


@contextmanager
def served() -> Iterator[str]:
    """scim2-server at a port of this machine."""
    application = BearerTokenApplication(InMemoryStorage(), PROVIDER(), bearer_tokens=[TOKEN])
    server = make_server("127.0.0.1", 0, application, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.socket
def test_a_run_over_a_port_prints_each_exchange_and_writes_its_reports(tmp_path: Path) -> None:
    """A run over a port prints each exchange and writes its reports."""
    reports = [f"--report={kind}={tmp_path / kind}" for kind in ("json", "junit")]
    with served() as url:
        done = command(url, "--app", "catalogue", "--lifecycle", "connect,hire,leave", *reports)
    assert done.exit_code == 0, done.output
    assert "  POST /Users" in done.output
    assert "Okta shows: application.provision.user.push SUCCESS" in done.output
    assert "0 things that Okta trips over, 0 remarks" in done.output
    document = json.loads((tmp_path / "json").read_text())
    assert document["passed"]
    assert [act["act"] for act in document["acts"]] == ["connect", "hire", "leave", "clean up"]
    assert document["left"] == []
    suite = ET.fromstring((tmp_path / "junit").read_text())  # noqa: S314 - our own
    assert suite.get("failures") == "0"
    assert int(suite.get("tests") or 0) == len(document["rules"]) > 5
    told = done.output + (tmp_path / "json").read_text() + (tmp_path / "junit").read_text()
    assert TOKEN not in told
    assert '"password": "[redacted]"' in told


@pytest.mark.socket
def test_a_wrong_token_is_what_okta_trips_over() -> None:
    """A wrong token is what Okta trips over."""
    with served() as url:
        done = command(url, "--lifecycle", "connect", "-q", token="another-token")
    assert done.exit_code == 1
    assert "Error authenticating: Unauthorized" in done.output
    assert "TRIPS  LIFECYCLE" in done.output
    assert "another-token" not in done.output


@pytest.mark.parametrize(
    ("arguments", "token", "said"),
    [
        (("https://scim.example.com",), TOKEN, "add --i-accept-side-effects"),
        (("http://10.0.0.1/scim",), TOKEN, "add --i-accept-side-effects"),
        (("nowhere",), TOKEN, "URL names no host"),
        (("http://localhost:1",), None, "'SCIM_TOKEN' is empty or not set"),
        (("http://localhost:1",), "", "'SCIM_TOKEN' is empty or not set"),
        (("http://localhost:1", "--lifecycle", "hire,leaf"), TOKEN, "unknown act 'leaf'; did you mean 'leave'?"),
        (("http://localhost:1", "--lifecycle", "xyz"), TOKEN, "the acts are connect, spec, hire"),
        (("http://localhost:1", "--app", "custm"), TOKEN, "did you mean 'custom'?"),
        (("http://localhost:1", "--report", "html=x"), TOKEN, "json=FILE or junit=FILE"),
        (("http://localhost:1", "--report", "json=/no/such/folder/x"), TOKEN, "--report json=/no/such/folder/x"),
        (("http://user:word@localhost:1",), TOKEN, "it holds a user name or a password"),
    ],
)
def test_what_cannot_be_played_is_refused_before_anything_is_sent(
    arguments: tuple[str, ...], token: str | None, said: str
) -> None:
    """What cannot be played is refused before anything is sent."""
    done = command(*arguments, token=token)
    assert done.exit_code == 2
    assert said in done.output


def test_nobody_at_the_address_is_told_and_is_no_traceback() -> None:
    """Nobody at the address is told and is no traceback."""
    done = command("http://127.0.0.1:1", "--lifecycle", "hire", "-q")
    assert done.exit_code == 1
    assert "TRIPS  ANSWERED" in done.output
    assert "Traceback" not in done.output
