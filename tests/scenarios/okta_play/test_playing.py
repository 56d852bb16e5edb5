"""Okta's client plays against a server that nobody here wrote, and against ones that are wrong in one way each."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from okta_scenarios.okta_play import ACTS, RULES, Level, Playing, Report, play

from ...connector.scim.servers import TOKEN, Wire, scim2_server

URL = "https://scim.example.test/v2"
EVERYTHING = (*ACTS, "leave", "return", "leave")


@dataclass
class Spoiled(httpx.BaseTransport):
    """scim2-server, but for the answers that a test changes."""

    change: Callable[[httpx.Request, httpx.Response], httpx.Response]
    server: Wire = field(default_factory=scim2_server)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self.server.handle_request(request)
        answer.read()
        return self.change(request, answer)


def run(transport: httpx.BaseTransport, *lifecycle: str, app: str = "custom") -> Report:
    playing = Playing(app=app, lifecycle=lifecycle or EVERYTHING, run="abc123")
    return play(URL, TOKEN, playing, transport=transport)


def with_body(answer: httpx.Response, change: Callable[[Any], object]) -> httpx.Response:
    """The same answer with another body."""
    body = json.loads(answer.content)
    changed = change(body)
    headers = {"content-type": answer.headers["content-type"]}
    headers |= {"location": answer.headers["location"]} if "location" in answer.headers else {}
    return httpx.Response(answer.status_code, json=body if changed is None else changed, headers=headers)


def on(method: str, change: Callable[[httpx.Response], httpx.Response], ends: str = "") -> Spoiled:
    """Change what is answered to a method, of a path that ends so."""
    return Spoiled(
        lambda request, answer: (
            change(answer)
            if request.method == method and request.url.path.endswith(ends) and answer.is_success
            else answer
        )
    )


def trips(report: Report) -> set[str]:
    return {each.rule.id for each in report.trips}


def remarks(report: Report) -> set[str]:
    return {each.rule.id for each in report.findings} - trips(report)


@pytest.mark.parametrize("app", ["custom", "catalogue"])
def test_nothing_is_found_at_a_strict_server(app: str) -> None:
    """Nothing is found at a strict server."""
    report = run(Wire(scim2_server()), app=app)
    assert report.findings == ()
    assert report.passed
    assert report.left == ()
    assert [each.name for each in report.acts] == [*EVERYTHING, "clean up"]


def test_the_specification_suite_is_twelve_requests_at_a_server_with_users() -> None:
    """The specification suite is twelve requests at a server with users."""
    server = scim2_server()
    body = {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "someone@example.com"}
    with httpx.Client(transport=server, headers={"Authorization": f"Bearer {TOKEN}"}) as http:
        http.post(f"{URL.removesuffix('/v2')}/Users", json=body).raise_for_status()
    server.requests.clear()
    report = run(server, "spec", "group")
    spec = next(each for each in report.acts if each.name == "spec")
    assert len(spec.exchanges) == 12
    assert [each.status for each in spec.exchanges] == [200, 200, 200, 200, 404, 201, 200, 409, 200, 200, 401, 404]
    assert {"UNIQUE", "UNKNOWN", "TOKEN", "CASE", "GROUPS", "ABSENT"} <= set(report.judged)


def test_everything_that_was_made_is_deleted_in_the_end() -> None:
    """Everything that was made is deleted in the end."""
    server = scim2_server()
    run(server)
    with httpx.Client(transport=server, headers={"Authorization": f"Bearer {TOKEN}"}) as http:
        assert http.get("https://scim.example.test/Users").json()["totalResults"] == 0
        assert http.get("https://scim.example.test/Groups").json()["totalResults"] == 0


def test_whoever_cannot_be_deleted_is_deactivated_and_listed() -> None:
    """Whoever cannot be deleted is deactivated and listed."""
    report = run(Undeletable(scim2_server()), "hire")
    ((kind, deactivated),) = {(each.kind, each.deactivated) for each in report.left}
    assert (kind, deactivated) == ("Users", True)
    assert report.passed


@dataclass
class Undeletable(httpx.BaseTransport):
    through: httpx.BaseTransport

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(405) if request.method == "DELETE" else self.through.handle_request(request)


def test_an_interrupted_run_cleans_up_all_the_same() -> None:
    """An interrupted run cleans up all the same."""
    server = scim2_server()

    def stop(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        if request.method == "PUT":
            raise KeyboardInterrupt
        return answer

    report = run(Spoiled(stop, server), "hire", "change")
    assert report.interrupted
    assert not report.passed
    assert server.lines[-1].startswith("DELETE /v2/Users/")


def test_a_creation_that_was_never_answered_is_found_by_its_name_and_deleted() -> None:
    """A creation that was never answered is found by its name and deleted."""
    server = scim2_server()

    def cut(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        if request.method == "POST":
            raise httpx.ReadTimeout("too late")
        return answer

    report = run(Spoiled(cut, server), "hire")
    assert trips(report) == {"ANSWERED", "LIFECYCLE", "CREATED"}
    assert server.lines[-1].startswith("DELETE /v2/Users/")


def test_nobody_else_s_user_is_ever_written_to() -> None:
    """A server whose look-up ignores the filter would have Okta overwrite the first user there is."""
    server = scim2_server()
    stranger = {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
        "userName": "owner@example.com",
        "id": "1",
        "active": True,
    }
    page = {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": 1,
        "startIndex": 1,
        "itemsPerPage": 1,
        "Resources": [stranger],
    }

    def ignoring(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        if "filter" in request.url.params:
            return httpx.Response(200, json=page, headers={"content-type": "application/scim+json"})
        return answer

    report = run(Spoiled(ignoring, server), "hire")
    assert {"STRANGER", "ABSENT"} <= trips(report)
    assert not [line for line in server.lines if not line.startswith("GET")]


FAULTS = {
    "PASSWORD": on("POST", lambda a: with_body(a, lambda body: body.update(password="k3Vr9qXa"))),
    "SCHEMAS": on("GET", lambda a: with_body(a, lambda body: body.pop("schemas", None) and None)),
    "LIST": on("GET", lambda a: with_body(a, lambda body: body.update(totalResults="1")), "/Users"),
    "KEPT": on("POST", lambda a: with_body(a, lambda body: body.update(active=False)), "/Users"),
    "JSON": on("PUT", lambda _: httpx.Response(200, text="fine")),
    "ANSWERED": on("PUT", lambda _: httpx.Response(502, text="<html>")),
    "CREATED": on("POST", lambda _: httpx.Response(204), "/Users"),
    "WRITTEN": Spoiled(
        lambda request, answer: (
            with_body(answer, lambda body: body["name"].update(givenName="Ines"))
            if request.method == "GET" and "name" in answer.text and "Resources" not in answer.text
            else answer
        )
    ),
    "DEACTIVATED": Spoiled(
        lambda request, answer: (
            httpx.Response(404, json={})
            if request.method == "GET" and '"active": false' in answer.text and "Resources" not in answer.text
            else answer
        )
    ),
    "CASE": Spoiled(
        lambda request, answer: (
            with_body(answer, lambda body: body.update(Resources=[], totalResults=0))
            if "OKTA" in request.url.params.get("filter", "")
            else answer
        )
    ),
    "UNIQUE": Spoiled(lambda _, answer: httpx.Response(201, json={"id": "9"}) if answer.status_code == 409 else answer),
    "UNKNOWN": Spoiled(lambda _, answer: httpx.Response(404) if answer.status_code == 404 else answer),
    "TOKEN": Spoiled(lambda _, answer: httpx.Response(403, json={}) if answer.status_code == 401 else answer),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_a_server_that_is_wrong_in_one_way_is_told_so_by_the_rule(rule: str) -> None:
    """A server that is wrong in one way is told so by the rule."""
    spoiled = FAULTS[rule]
    report = run(Spoiled(spoiled.change), *EVERYTHING[:-3], "leave")
    assert rule in trips(report)
    assert not report.passed


DEPARTURES = {
    "MEDIA-TYPE": Spoiled(lambda _, a: httpx.Response(a.status_code, content=a.content, headers=plain(a))),
    "UNIQUENESS": Spoiled(
        lambda _, a: with_body(a, lambda body: body.pop("scimType") and None) if a.status_code == 409 else a
    ),
    "ERROR": Spoiled(lambda _, a: with_body(a, lambda body: body.update(status=404)) if a.status_code == 404 else a),
    "CREATED-201": on("POST", lambda a: httpx.Response(200, content=a.content, headers=a.headers), "/Users"),
    "LOCATION": on("POST", lambda a: httpx.Response(201, content=a.content, headers=plain(a)), "/Users"),
    "EXTERNAL-ID": on("GET", lambda a: with_body(a, lambda body: body.pop("externalId", None) and None)),
}


def plain(answer: httpx.Response) -> dict[str, str]:
    """The media type that a plain web server would name, and no address."""
    return {"content-type": "application/json"}


@pytest.mark.parametrize("rule", DEPARTURES)
def test_a_departure_that_okta_does_not_notice_is_a_remark(rule: str) -> None:
    """A departure that Okta does not notice is a remark."""
    report = run(Spoiled(DEPARTURES[rule].change), "spec", "hire")
    assert rule in remarks(report)
    assert report.passed


def test_a_catalogue_app_trips_over_a_server_without_patch_and_a_custom_one_does_not() -> None:
    """A catalogue app trips over a server without patch and a custom one does not."""
    refusing = Spoiled(lambda request, a: httpx.Response(501, json={}) if request.method == "PATCH" else a)
    assert "LIFECYCLE" in trips(run(Spoiled(refusing.change), "hire", "leave", app="catalogue"))
    assert run(Spoiled(refusing.change), "hire", "leave").passed


def test_a_rate_limit_has_to_say_whole_seconds() -> None:
    """A rate limit has to say whole seconds."""
    limited = Spoiled(
        lambda request, a: httpx.Response(429, headers={"Retry-After": "soon"}) if request.method == "POST" else a
    )
    report = run(limited, "hire")
    assert "RETRY-AFTER" in trips(report)
    assert any("Rate limit exceeded" in each.what for each in report.findings)


def test_an_act_that_needs_a_person_says_so() -> None:
    """An act that needs a person says so."""
    report = run(scim2_server(), "leave")
    assert trips(report) == {"LIFECYCLE"}
    assert report.findings[0].what == "this act needs a person; begin the lifecycle with hire"


def test_every_rule_says_where_it_is_from_and_most_trip() -> None:
    """Every rule says where it is from and most trip."""
    for rule in RULES.values():
        assert rule.sentence.endswith(".")
        assert "RFC" in rule.source or "Okta" in rule.source
    assert {each.level for each in RULES.values()} == set(Level)


def test_no_two_runs_share_a_name() -> None:
    """No two runs share a name."""
    assert Playing().run != Playing().run


def test_the_fixture_plays_in_process(okta_play: Callable[..., Report]) -> None:
    """The fixture plays in process."""
    assert okta_play(URL, TOKEN, transport=scim2_server(), lifecycle=("hire", "leave")).passed
