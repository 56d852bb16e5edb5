"""What is printed of a run: no secret, and nothing of people whom the run did not make."""

import json
from collections.abc import Callable
from xml.etree import ElementTree as ET

import httpx
import pytest

from okta_scenarios.okta_play import Playing, Report, play
from okta_scenarios.okta_play.others import STRANGER
from okta_scenarios.okta_play.telling import act_lines, as_json, as_junit, verdict_lines
from workato_emulator import Secrets

from ...connector.scim.servers import TOKEN, scim2_server

URL = "https://scim.example.test"
SECRETS = Secrets([TOKEN])
OWNER = {
    "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
    "userName": "owner@example.com",
    "name": {"givenName": "Olga", "familyName": "Owner"},
}


def with_an_owner(*lifecycle: str) -> Report:
    server = scim2_server()
    with httpx.Client(transport=server, headers={"Authorization": f"Bearer {TOKEN}"}) as http:
        http.post(f"{URL}/Users", json=OWNER).raise_for_status()
    return play(URL, TOKEN, Playing(lifecycle=lifecycle, run="abc123"), transport=server)


def everything_told(report: Report) -> str:
    lines = [line for act in report.acts for line in act_lines(act, SECRETS)]
    return "\n".join((*lines, *verdict_lines(report, SECRETS), as_json(report, SECRETS), as_junit(report, SECRETS)))


def test_nothing_is_told_of_people_whom_the_run_did_not_make() -> None:
    """Nothing is told of people whom the run did not make."""
    told = everything_told(with_an_owner("connect", "spec", "hire", "import", "leave"))
    assert "Olga" not in told
    assert "owner@example.com" not in told
    assert STRANGER in told
    assert "okta-play+abc123-ines@example.com" in told


def a_sentence(request: httpx.Request) -> httpx.Response:
    """A server that lists the owner, and names them to whoever asks for somebody else."""
    if "filter" in request.url.params or request.method == "POST":
        return httpx.Response(409, json={"detail": "taken by Olga Owner, owner@example.com"})
    named = {"givenName": "Olga", "familyName": "Play"}
    return httpx.Response(200, json={"totalResults": 1, "Resources": [{**OWNER, "id": "7", "name": named}]})


OTHERS: dict[str, Callable[[httpx.Request], httpx.Response]] = {
    "a field beside no name": lambda _: httpx.Response(200, json={"id": "7", "title": "Aide of Olga", "x": ["Olga"]}),
    "a username that is no address": lambda _: httpx.Response(200, json={"id": "7", "userName": "Olga"}),
    "a sentence": a_sentence,
    "no JSON": lambda _: httpx.Response(500, text="taken by owner@example.com"),
}


@pytest.mark.parametrize("where", OTHERS)
def test_neither_okta_s_words_nor_findings_nor_fields_tell_of_others(where: str) -> None:
    """Neither Okta's words nor findings nor fields tell of others."""
    lifecycle = ("connect", "spec", "import", "hire", "change")
    server = httpx.MockTransport(OTHERS[where])
    told = everything_told(play(URL, TOKEN, Playing(lifecycle=lifecycle, run="abc123"), transport=server))
    assert "Olga" not in told
    assert "owner@" not in told
    assert where not in {"a sentence", "no JSON"} or "taken by (not of this run)" in told
    assert where != "a sentence" or "user Ines Play to app custom failed" in told


def test_what_is_personal_by_its_form_is_told_neither_as_name_nor_as_number_nor_in_a_sentence() -> None:
    """Of people whom nobody named: the names of fields, numbers, schemas, and what stands in an error's words."""
    said = {
        "note": 5551234567,
        "jane@corp.example": {"badge": 90017},
        "schemas": ["urn:jane@corp.example"],
        "detail": "call +44 7700 900123, seen from 203.0.113.9",
        "totalResults": 12,
    }
    server = httpx.MockTransport(lambda _: httpx.Response(500, json=said))
    told = everything_told(play(URL, TOKEN, Playing(lifecycle=("connect", "hire"), run="abc123"), transport=server))

    assert not [each for each in ("5551234567", "90017", "jane", "7700", "203.0.113") if each in told]
    assert '"totalResults": 12' in told


def test_a_report_that_ends_in_a_traceback_has_nothing_that_the_server_said() -> None:
    """A failed `assert report.passed` shows the report's repr."""
    report = with_an_owner("connect", "spec", "hire", "import", "leave")

    assert "Olga" not in repr(report)
    assert "owner@example.com" not in repr(report)
    assert "POST" in repr(report)


def test_a_token_that_the_server_repeats_is_not_told() -> None:
    """A token that the server repeats is not told."""

    def repeating(request: httpx.Request) -> httpx.Response:
        return httpx.Response(400, json={"detail": f"bad header {request.headers['authorization']}"})

    report = play(
        URL, TOKEN, Playing(lifecycle=("connect", "hire"), run="abc123"), transport=httpx.MockTransport(repeating)
    )
    told = everything_told(report)
    assert "bad header" in told
    assert TOKEN not in told


def test_an_interrupted_run_says_so_in_each_form() -> None:
    """An interrupted run says so in each form."""

    def stop(_: httpx.Request) -> httpx.Response:
        raise KeyboardInterrupt

    report = play(URL, TOKEN, Playing(lifecycle=("connect",), run="abc123"), transport=httpx.MockTransport(stop))
    assert "interrupted: this is what was played by then" in "\n".join(verdict_lines(report, SECRETS))
    assert json.loads(as_json(report, SECRETS))["interrupted"]
    assert ET.fromstring(as_junit(report, SECRETS)).get("errors") == "1"  # noqa: S314 - our own


def test_what_no_xml_can_hold_does_not_break_the_report() -> None:
    """What no xml can hold does not break the report."""
    page = httpx.MockTransport(lambda _: httpx.Response(503, text="\x00\x1b[31m"))
    report = play(URL, TOKEN, Playing(lifecycle=("connect",), run="abc123"), transport=page)
    assert ET.fromstring(as_junit(report, SECRETS)).get("failures") == "3"  # noqa: S314 - our own
