"""Whatever a server answers, nobody else's resource is written to, and what the run made goes away or is named."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from okta_scenarios.okta_play import Playing, Report, play
from okta_scenarios.okta_play.telling import act_lines, as_json, as_junit, verdict_lines
from workato_emulator import Secrets

from ...connector.scim.servers import TOKEN, Wire, scim2_server

URL = "https://scim.example.test/v2"
Answer = Callable[[httpx.Request], httpx.Response]


@dataclass
class Between(httpx.BaseTransport):
    """scim2-server behind something that answers for it, or does not let it answer."""

    answer: Callable[[httpx.Request, Answer], httpx.Response]
    server: Wire = field(default_factory=scim2_server)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self.answer(request, self._pass_on)

    def _pass_on(self, request: httpx.Request) -> httpx.Response:
        answer = self.server.handle_request(request)
        answer.read()
        return answer


def run(transport: httpx.BaseTransport, *lifecycle: str, tell: Callable[[Any], None] = lambda _: None) -> Report:
    return play(URL, TOKEN, Playing(lifecycle=lifecycle, run="abc123"), transport=transport, tell=tell)


def users_of(server: Wire) -> list[str]:
    with httpx.Client(transport=server, headers={"Authorization": f"Bearer {TOKEN}"}) as http:
        return [each["userName"] for each in http.get(f"{URL}/Users").json().get("Resources", ())]


def told_of(report: Report) -> str:
    secrets = Secrets([TOKEN])
    lines = [line for act in report.acts for line in act_lines(act, secrets)]
    documents = (as_json(report, secrets), as_junit(report, secrets))
    return "\n".join((*lines, *verdict_lines(report, secrets), *documents))


def test_a_creation_whose_answer_is_interrupted_is_found_by_its_name_and_deleted() -> None:
    """Ctrl-C comes while the answer is awaited, and the server has made the user."""

    def stop(request: httpx.Request, pass_on: Answer) -> httpx.Response:
        answer = pass_on(request)
        if request.method == "POST":
            raise KeyboardInterrupt
        return answer

    between = Between(stop)
    assert run(between, "hire").interrupted
    assert users_of(between.server) == []


def test_a_clean_up_that_is_interrupted_begins_again() -> None:
    """A clean up that is interrupted begins again."""
    signals: Iterator[type[BaseException]] = iter([KeyboardInterrupt])

    def stop(request: httpx.Request, pass_on: Answer) -> httpx.Response:
        if request.method == "DELETE":
            for signal in signals:
                raise signal
        return pass_on(request)

    between = Between(stop)
    report = run(between, "spec", "hire")
    assert report.interrupted
    assert users_of(between.server) == []


def test_whatever_ends_a_run_it_cleans_up() -> None:
    """Whatever ends a run it cleans up."""

    def gone(_: object) -> None:
        raise BrokenPipeError

    server = scim2_server()
    with pytest.raises(BrokenPipeError):
        run(server, "hire", tell=gone)
    assert users_of(server) == []


@pytest.mark.parametrize(("allowed_after", "left"), [(2, 0), (99, 1)])
def test_a_clean_up_waits_for_a_rate_limit_and_not_for_ever(allowed_after: int, left: int) -> None:
    """A clean up waits for a rate limit and not for ever."""
    waits: list[float] = []

    def limited(request: httpx.Request, pass_on: Answer) -> httpx.Response:
        if request.method == "DELETE" and len(waits) < allowed_after:
            return httpx.Response(429, headers={"Retry-After": "7"}, json={})
        return pass_on(request)

    between = Between(limited)
    report = play(URL, TOKEN, Playing(lifecycle=("hire",), run="abc123"), transport=between, wait=waits.append)
    assert len(users_of(between.server)) == len(report.left) == left
    assert waits == [7] * min(allowed_after, 3)


def test_a_deletion_that_is_not_served_is_no_deletion() -> None:
    """Many servers answer 404 to a method that they do not have."""

    def without_delete(request: httpx.Request, pass_on: Answer) -> httpx.Response:
        return httpx.Response(404, text="Cannot DELETE") if request.method == "DELETE" else pass_on(request)

    report = run(Between(without_delete), "hire")
    assert [(each.kind, each.deactivated) for each in report.left] == [("Users", True)]


def with_id(resource: str) -> Callable[[httpx.Request, Answer], httpx.Response]:
    def spoil(request: httpx.Request, pass_on: Answer) -> httpx.Response:
        if b"%ED%A0%80" in request.url.raw_path:  # no header that scim2-server sends can hold it
            return httpx.Response(404)
        answer = pass_on(request)
        if request.method == "POST" and answer.is_success:
            return httpx.Response(201, content=json.dumps({**json.loads(answer.content), "id": resource}))
        return answer

    return spoil


def test_an_id_of_somebody_else_in_the_answer_to_a_creation_is_not_believed() -> None:
    """An id of somebody else in the answer to a creation is not believed."""
    server = scim2_server()
    body = {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "owner@example.com"}
    with httpx.Client(transport=server, headers={"Authorization": f"Bearer {TOKEN}"}) as http:
        owner = http.post(f"{URL}/Users", json=body).json()["id"]
    server.requests.clear()
    report = run(Between(with_id(owner), server), "spec", "hire", "change", "leave")
    assert "owner@example.com" in users_of(server)
    assert [line for line in server.lines if not line.startswith(("GET", "POST")) and owner in line] == []
    assert not report.passed


@pytest.mark.parametrize("resource", ["..", ".", "\ud800", "a/b", TOKEN])
def test_an_id_that_is_no_id_ends_no_run_and_writes_to_nothing_else(resource: str) -> None:
    """An id that is no id ends no run and writes to nothing else."""
    between = Between(with_id(resource))
    report = run(between, "spec", "hire", "leave")
    assert not report.passed
    assert TOKEN not in told_of(report)
    assert not [line for line in between.server.lines if line.startswith("DELETE") and ".." in line]


def test_what_is_no_list_of_scim_s_tells_nothing_of_others() -> None:
    """What is no list of SCIM's tells nothing of others."""
    rows = [{"id": "7", "userName": "owner@example.com"}, {"mail": "owner@example.com"}]
    for body in (rows, {"users": rows}, {"mail": "owner@example.com"}, rows[0]):
        answer = httpx.MockTransport(lambda _, body=body: httpx.Response(200, json=body))
        assert "owner@example.com" not in told_of(run(answer, "connect", "spec", "import"))


def test_an_import_whose_pages_are_empty_comes_to_an_end() -> None:
    """An import whose pages are empty comes to an end."""
    asked = []

    def endless(request: httpx.Request) -> httpx.Response:
        asked.append(request.url)
        if len(asked) > 2000:
            raise KeyboardInterrupt
        return httpx.Response(200, json={"totalResults": 10**12, "Resources": []})

    assert not run(httpx.MockTransport(endless), "import").interrupted


@pytest.mark.parametrize("status", [199, 299, 399, 499, 599, 600, 999])
def test_a_status_that_means_nothing_ends_no_run(status: int) -> None:
    """A status that means nothing ends no run."""
    answer = httpx.MockTransport(lambda _: httpx.Response(status, json={}))
    report = run(answer, "connect", "spec", "hire", "change", "leave", "import")
    assert [each.name for each in report.acts][-1] == "clean up"
    assert not report.passed


@pytest.mark.parametrize("depth", [200, 500, 900, 3000])
def test_an_answer_that_is_nested_deep_ends_no_run(depth: int) -> None:
    """An answer that is nested deep ends no run."""

    def deep(request: httpx.Request, pass_on: Answer) -> httpx.Response:
        answer = pass_on(request)
        if answer.is_success and answer.content and b"Resources" not in answer.content:
            body = answer.content.decode().rstrip()[:-1] + ', "deep": ' + "[" * depth + "]" * depth + "}"
            return httpx.Response(answer.status_code, text=body)
        return answer

    between = Between(deep)
    told_of(run(between, "hire", "change", "leave"))
    assert users_of(between.server) == []
