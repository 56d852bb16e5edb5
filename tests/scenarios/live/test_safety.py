"""What must never happen at a live workspace, whatever goes wrong."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest

from okta_scenarios.live.exchange import Exchange
from okta_scenarios.live.ledger import Ledger
from okta_scenarios.live.planning import Wanted, plan_for
from okta_scenarios.live.probes import PROBES
from okta_scenarios.live.probing import Probing
from okta_scenarios.live.recording import NotRecorded
from okta_scenarios.live.removing import clean_up
from okta_scenarios.live.settings import mark_of
from okta_scenarios.live.tenant import Stopped, Tenant, WrongWorkspace
from workato_emulator import Channel, Unanswered

from .pretended import EVERYTHING, HOST, POOL, TOKENS, Json, Pretended, probe, untouched, world

TOKEN = TOKENS["full"]


def tenant_of(there: Pretended, transport: httpx.BaseTransport) -> Tenant:
    channel = Channel(HOST, there.times.pace, lambda *_: None, [*TOKENS.values()], transport)
    return Tenant(channel, TOKENS, there.times, there, lambda _: None)


class _Killed(BaseException):
    """The process is gone: nobody tidies up."""


def killing(there: Pretended, at: int, *, delivered: bool) -> httpx.MockTransport:
    """The way to the tenant until the process is killed at a write, before or after that arrives."""
    seen = 0

    def answer(request: httpx.Request) -> httpx.Response:
        nonlocal seen
        seen += request.method != "GET"
        now = seen == at and request.method != "GET"
        if now and not delivered:
            raise _Killed
        response = there.emulator.transport.handle_request(request)
        if now:
            raise _Killed
        return response

    return httpx.MockTransport(answer)


BY_THE_API = ("group", "project", "granted-role", "client", "accepted", "known-account", "direct", "roles")
BY_SCIM = ("scim-known", "scim-created", "scim-elsewhere", "scim-roles", "scim-address", "scim-leaving")
WILLING = {
    "scim_create_over_inactive": "reactivates",
    "scim_email_differs": "emails_win",
    "scim_put_active_omitted": "true",
    "scim_username_change": "renames",
}
"""A tenant that lets SCIM do whatever it can."""


def kill_and_clean_up(
    folder: Path, at: int, *, delivered: bool, names: tuple[str, ...] = BY_THE_API, **answers: str
) -> bool:
    """Probes that make things are killed at a write, and another process cleans up; whether they came that far."""
    seed, settings = world("main")
    plan = plan_for(settings, Wanted(write=True, writes_people=True, names=names))
    there = Pretended(seed, {"direct_addition": "present", **answers})
    before = untouched(there.emulator.export())
    tenant = tenant_of(there, killing(there, at, delivered=delivered))
    came_so_far = True
    with suppress(_Killed):
        Probing(tenant, settings, Ledger(folder), "c0ffee", "").play(plan.chosen)
        came_so_far = False
    pool = (*POOL, str(settings.people.known))
    assert clean_up(tenant_of(there, there.transport), Ledger(folder), pool) == []

    assert untouched(there.emulator.export()) == before
    assert not (folder / "made.jsonl").exists()
    return came_so_far


@pytest.mark.parametrize("at", range(2, 41, 3))
def test_a_kill_leaves_nothing_that_cannot_be_removed_and_nothing_else_is_removed(tmp_path: Path, at: int) -> None:
    """Right after a write arrived, whose answer is lost."""
    kill_and_clean_up(tmp_path, at, known_account_joins="at_once", delivered=True)


@pytest.mark.parametrize("answers", [{}, WILLING], ids=["as assumed", "willing"])
@pytest.mark.parametrize("at", range(1, 35, 4))
def test_a_kill_leaves_nobody_whom_scim_made(tmp_path: Path, at: int, answers: dict[str, str]) -> None:
    """Whatever SCIM calls them by then: they are found by their mailbox, and removed by the Developer API."""
    kill_and_clean_up(tmp_path, at, delivered=True, names=BY_SCIM, **answers)


@pytest.mark.long
@pytest.mark.parametrize("answers", [{}, WILLING], ids=["as assumed", "willing"])
@pytest.mark.parametrize("delivered", [False, True], ids=["before it arrives", "after it arrived"])
def test_no_kill_leaves_anybody_whom_scim_made(tmp_path: Path, delivered: bool, answers: dict[str, str]) -> None:
    """At every write that there is."""
    writes = 1
    while kill_and_clean_up(tmp_path / f"{writes}", writes, delivered=delivered, names=BY_SCIM, **answers):
        writes += 1
    assert writes > 30


@pytest.mark.long
@pytest.mark.parametrize("joins", ["at_once", "on_acceptance"])
@pytest.mark.parametrize("delivered", [False, True], ids=["before it arrives", "after it arrived"])
def test_no_kill_leaves_anything_that_cannot_be_removed(tmp_path: Path, joins: str, delivered: bool) -> None:
    """At every write that there is."""
    writes = 1
    while kill_and_clean_up(tmp_path / f"{writes}", writes, known_account_joins=joins, delivered=delivered):
        writes += 1
    assert writes > 25


def test_the_first_answer_to_a_write_that_nobody_foresaw_stops_everything(tmp_path: Path) -> None:
    """The message says what it was and how to clean up; what was made is known and can be removed."""
    seed, settings = world("main")
    there = Pretended(seed)
    before = untouched(there.emulator.export())
    there.emulator.control.post("/faults", json={"operation": "addGroupMembers", "status": 500})
    said = r"group, step unknown-user: POST /api/user_groups/.* with 500.* was not foreseen.*CLEAN UP"
    with pytest.raises(Stopped, match=said):
        probe(there, settings, EVERYTHING, tmp_path / "run")

    ledger = Ledger(tmp_path / "run")
    assert [each.what for each in ledger.left()] == ["group"]
    assert "corp.example" not in ledger.file.read_text("utf-8")
    assert there.sent[-1].method == "POST", "nothing was sent after it"
    assert clean_up(tenant_of(there, there.transport), ledger, POOL) == []
    assert untouched(there.emulator.export()) == before


def test_a_thing_of_almost_the_same_name_is_never_removed(tmp_path: Path) -> None:
    """Only what has this run's very name goes: not what begins alike, not what another run made."""
    seed, settings = world("main")
    seed["workspaces"]["acme"]["groups"] += [
        {"name": "zz-probe-c0ffee-group-group-2"},
        {"name": "zz-probe-abcdef-group-group"},
    ]
    there = Pretended(seed)
    before = untouched(there.emulator.export())
    plan = plan_for(settings, Wanted(write=True, names=("group",)))
    with suppress(_Killed):
        tenant = tenant_of(there, killing(there, 1, delivered=True))
        Probing(tenant, settings, Ledger(tmp_path), "c0ffee", "").play(plan.chosen)
    assert untouched(there.emulator.export()) != before
    clean_up(tenant_of(there, there.transport), Ledger(tmp_path), POOL)

    assert untouched(there.emulator.export()) == before


def test_a_mailbox_that_is_a_collaborator_already_is_not_taken(tmp_path: Path) -> None:
    """That person would be removed at the end."""
    seed, settings = world("main")
    quinn = {"name": "Quinn", "email": POOL[3].lower(), "roles": {"dev": "Member"}}
    seed["workspaces"]["acme"]["collaborators"].append(quinn)
    there = Pretended(seed)
    with pytest.raises(Stopped, match=r"mailbox 4 of people\.mailboxes is a collaborator already"):
        probe(there, settings, Wanted(write=True, writes_people=True, names=("accepted",)), tmp_path / "run")
    assert {each.method for each in there.sent} == {"GET"}


def test_without_more_flags_only_get_is_sent(tmp_path: Path) -> None:
    """Whatever the settings allow."""
    seed, settings = world("main")
    there = Pretended(seed)
    probe(there, settings, Wanted(), tmp_path / "run")

    assert len(there.sent) > 10
    assert {each.method for each in there.sent} == {"GET"}


def test_no_more_than_thirty_requests_are_sent_in_a_minute(tmp_path: Path) -> None:
    """By the tenant's own clock, and one at a time."""
    seed, settings = world("main")
    there = Pretended(seed)
    times: list[float] = []

    def noting(request: httpx.Request) -> httpx.Response:
        times.append(there.clock.now().timestamp())
        return there.emulator.transport.handle_request(request)

    plan = plan_for(settings, Wanted(write=True))
    Probing(tenant_of(there, httpx.MockTransport(noting)), settings, Ledger(tmp_path), "c0ffee", "").play(plan.chosen)

    assert len(times) > 60
    assert max(sum(begin <= each < begin + 60 for each in times) for begin in times) <= 30


def test_another_workspace_than_the_one_that_was_named_is_refused() -> None:
    """After one GET; what is kept of the name is no name."""
    there = Pretended(world("main")[0])
    with pytest.raises(WrongWorkspace, match="nothing else was sent") as refused:
        tenant_of(there, there.transport).must_be(mark_of(HOST, "My sandbox"))

    assert [(each.method, each.url.path) for each in there.sent] == [("GET", "/api/users/me")]
    assert "Corp Production" not in str(refused.value)
    tenant_of(there, there.transport).must_be(mark_of(HOST, "Corp Production"))
    assert mark_of(HOST, "Corp Production") != mark_of("https://app.jp.workato.com", "Corp Production")


class _WithoutFilters(Pretended):
    """A SCIM that answers with everybody, whoever is asked for."""

    def _answer(self, request: httpx.Request) -> httpx.Response:
        url = request.url.copy_remove_param("filter")
        return super()._answer(httpx.Request(request.method, url, headers=request.headers, content=request.content))


def test_nobody_else_is_deleted_where_scim_ignores_filters(tmp_path: Path) -> None:
    """Whom the answer has in the first place need not be whom the probe made."""
    seed, settings = world("main")
    zoe = {"name": "Zoe Ash", "email": "zoe.ash@corp.example.com", "roles": {"dev": "Member"}}
    seed["workspaces"]["acme"]["collaborators"].insert(0, zoe)
    there = _WithoutFilters(seed)
    before = untouched(there.emulator.export())
    probe(there, settings, Wanted(write=True, writes_people=True, names=BY_SCIM), tmp_path / "run")

    assert untouched(there.emulator.export()) == before


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "<html>",
        {"Resources": "x", "totalResults": "many", "filter": 5, "status": []},
        {"Resources": [1, None, {"id": None, "userName": 7}], "totalResults": 3, "id": {}, "active": "yes"},
    ],
    ids=["nothing", "a list", "a page", "other types", "strange users"],
)
def test_strange_answers_of_scim_break_nothing(tmp_path: Path, body: Json) -> None:
    """They are recorded as what they are, or end the run in a sentence."""
    seed, settings = world("main")
    there = Pretended(seed)
    before = untouched(there.emulator.export())

    def strange(request: httpx.Request) -> httpx.Response:
        if not request.url.path.startswith("/scim/"):
            return there.emulator.transport.handle_request(request)
        return httpx.Response(201 if request.method == "POST" else 200, json=body)

    names = tuple(each.id for each in PROBES if each.id.startswith("scim-"))
    tenant = tenant_of(there, httpx.MockTransport(strange))
    chosen = plan_for(settings, Wanted(write=True, writes_people=True, names=names)).chosen
    for each in chosen:
        with suppress(Stopped):
            Probing(tenant, settings, Ledger(tmp_path / each.id), "c0ffee", "").play((each,))

    assert len(chosen) > 10
    assert untouched(there.emulator.export()) == before


def test_a_scim_token_of_another_workspace_is_refused(tmp_path: Path) -> None:
    """SCIM does not say whose it is: its users are looked for among the collaborators before anything is written."""
    seed, settings = world("main")
    seed["workspaces"]["other"] = {**seed["workspaces"]["other"], "scim": {"token": "scim-other-hush"}}
    there = Pretended(seed)
    with pytest.raises(Stopped, match=r"scim\.token_env: the SCIM token leads to another workspace"):
        probe(there, settings, EVERYTHING, tmp_path / "run", tokens={**TOKENS, "scim": "scim-other-hush"})

    assert {each.method for each in there.sent} == {"GET"}


def test_without_scim_in_the_settings_nothing_is_asked_of_it(tmp_path: Path) -> None:
    """The drift report says of each of its questions why not."""
    seed, settings = world("main")
    there = Pretended(seed)
    recorded = probe(there, settings.model_copy(update={"scim": None}), Wanted(), tmp_path / "run")

    assert not [each for each in there.sent if each.url.path.startswith("/scim")]
    why = recorded.about.unreachable
    assert why["scim_me"] == "scim-edges: needs scim.base_url and scim.token_env"
    assert "signs in by SAML" in why["scim_then_jit"]


def test_a_redirect_to_another_host_is_not_followed() -> None:
    """The token would go there."""
    hosts: list[str] = []

    def redirect(request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        return httpx.Response(307, headers={"Location": "https://evil.example.test/api/users/me"})

    tenant = tenant_of(Pretended(world("main")[0]), httpx.MockTransport(redirect))
    with pytest.raises(WrongWorkspace, match="answered with 307"):
        tenant.must_be(mark_of(HOST, "Corp Production"))
    tenant.send(Exchange("POST", "/api/user_groups", 0, client="full"))

    assert hosts == ["app.eu.workato.com"] * 2


class _Echoing(Pretended):
    """A host that answers with the token wherever it can."""

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(_echo)


def _echo(request: httpx.Request) -> httpx.Response:
    token = request.headers.get("authorization", "Bearer hush")
    body: Json = {"name": token, "email": token, "message": f"no {token}", token: [token], "data": [{"id": token}]}
    return httpx.Response(200, headers={"X-Echo": token, "Location": f"https://{token}"}, json=body)


def test_a_host_that_repeats_the_token_gets_it_nowhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not into the recording, the ledger, a message or a traceback."""
    seed, settings = world("main")
    there = _Echoing(seed)
    with suppress(Stopped, NotRecorded, Unanswered):
        probe(there, settings, Wanted(), tmp_path / "run")
    try:
        probe(there, settings, Wanted(write=True, names=("group",)), tmp_path / "other")
    except Stopped as error:
        there.said.append(repr(error))

    said = "\n".join((*there.said, *capsys.readouterr()))
    files = "\n".join(each.read_text("utf-8") for each in tmp_path.rglob("*") if each.is_file())
    assert len(files) > 1000
    assert "hush" not in said + files


def test_a_failure_that_repeats_the_token_is_told_without_it() -> None:
    """And its cause is not shown."""

    def fail(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError(f"cannot send {request.headers['authorization']}")

    tenant = tenant_of(Pretended(world("main")[0]), httpx.MockTransport(fail))
    with pytest.raises(Unanswered) as refused:
        tenant.name()
    assert "hush" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


@contextmanager
def over_tls(certificate: Path) -> Iterator[str]:
    """A host on this machine whose certificate nobody vouches for."""
    asked: list[str] = []

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

    server = HTTPServer(("127.0.0.1", 0), Answering)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.handle_request, daemon=True)
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_address[1]}"
    finally:
        thread.join(10)
        server.server_close()
    assert not asked, "the token was sent"


@pytest.mark.socket
def test_a_certificate_that_is_not_good_ends_it() -> None:
    """There is no way to say that it does not matter."""
    there = Pretended(world("main")[0])
    with over_tls(Path(__file__).with_name("nobodys.pem")) as base:
        channel = Channel(base, there.times.pace, lambda *_: None, [TOKEN])
        tenant = Tenant(channel, TOKENS, there.times, there, lambda _: None)
        with pytest.raises(Unanswered, match=r"(?i)certificate"):
            tenant.name()


def test_a_client_role_that_is_not_there_leaves_out_what_needs_it(tmp_path: Path) -> None:
    """No API client is made, nothing is sent in its name, and the next probes are played."""
    seed, settings = world("main")
    there = Pretended(seed)
    wrong = settings.model_copy(update={"client_role": "Nobody has this"})
    recorded = probe(there, wrong, Wanted(write=True, names=("client", "client-folder", "me")), tmp_path / "run")

    assert {each["step"] for each in recorded.exchanges} == {"client-roles", "workspace"}
    assert "regenerate is left out: no answer before it has what it needs" in there.said


class _Noting(Pretended):
    """Keeps what was sent by the time something was said of the client role."""

    def tell(self, text: str) -> None:
        super().tell(text)
        if text.startswith("client_role: "):
            self.by_then = [each.method for each in self.sent]


def test_a_client_role_that_is_not_there_is_told_before_the_first_write(tmp_path: Path) -> None:
    """With those that are there."""
    seed, settings = world("main")
    there = _Noting(seed)
    wrong = settings.model_copy(update={"client_role": "Nobody has this"})
    probe(there, wrong, Wanted(write=True, names=("group", "client")), tmp_path / "run")

    (said,) = (each for each in there.said if each.startswith("client_role: "))
    assert "no client role 'Nobody has this'" in said
    assert said.endswith("it has 'full', 'twin', 'narrow', 'lister', 'elsewhere'")
    assert set(there.by_then) == {"GET"}


@pytest.mark.parametrize(("role", "names"), [("FULL", ("client",)), ("Nobody has this", ("group",))])
def test_a_client_role_is_not_spoken_of_without_need(tmp_path: Path, role: str, names: tuple[str, ...]) -> None:
    """It is there, in whatever case, or no probe uses it."""
    seed, settings = world("main")
    there = Pretended(seed)
    named = settings.model_copy(update={"client_role": role})
    probe(there, named, Wanted(write=True, names=names), tmp_path / "run")

    assert not [each for each in there.said if each.startswith("client_role: ")]
