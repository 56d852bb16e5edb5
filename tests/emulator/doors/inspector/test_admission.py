"""Who may look and who may act: forms of our own pages, from people that the control plane would answer."""

import httpx
import pytest

from workato_emulator import Emulator
from workato_emulator.app import create_app
from workato_emulator.clock import Clock
from workato_emulator.state.seeds import parse
from workato_emulator.transport import InProcessTransport

from ...world import NEW, SEED, World
from .looking import BASE, HOME, Looker, button

TOKEN = "control-secret"
HTML = {"Accept": "text/html"}


def _locked() -> tuple[Emulator, Looker]:
    emulator = Emulator(SEED, control_token=TOKEN)
    return emulator, Looker(emulator)


def _entered() -> tuple[Emulator, Looker]:
    emulator, looker = _locked()
    looker.send(button(looker.open(), "Enter"), token=TOKEN)
    return emulator, looker


# Which pages


@pytest.mark.parametrize("path", ["/", "/_emulator"])
def test_a_browser_is_led_to_the_inspector(world: World, path: str) -> None:
    """Every other client of the bare address is answered as ever."""
    client = httpx.Client(transport=world.emulator.transport, base_url=BASE)

    answer = client.get(path, headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (303, HOME)
    assert client.get(path).status_code == {"/": 501, "/_emulator": 404}[path]
    assert client.post(path, headers=HTML).status_code == {"/": 501, "/_emulator": 404}[path]


def test_a_browser_at_a_wrong_address_gets_a_page(world: World) -> None:
    """Another client gets the control plane's answer, and below `v1` so does a browser."""
    client = httpx.Client(transport=world.emulator.transport, base_url=BASE)

    for path, kinds in (("poeple", ("html", "json")), ("v1/healt", ("json", "json"))):
        for headers, kind in zip((HTML, {}), kinds, strict=True):
            answer = client.get(f"/_emulator/{path}", headers=headers)
            assert (answer.status_code, kind in answer.headers["content-type"]) == (404, True)


def test_looking_leaves_no_trace(world: World) -> None:
    """The journal is about what is emulated, and a page is not."""
    looker = Looker(world.emulator)
    looker.open("/")
    looker.send(button(looker.open(), "Show"))

    assert world.journal() == []


def test_every_answer_tells_a_browser_to_be_careful(world: World) -> None:
    """Pages, forms, files and refusals alike: no framing, no keeping, no guessing, nothing from elsewhere."""
    looker = Looker(world.emulator)
    looker.client.follow_redirects = False
    world.invite(NEW)
    accept = button(looker.open(), "Accept")
    answers = [
        looker.client.get(HOME),
        looker.client.get("/"),
        looker.client.get(f"{HOME}look/style.css"),
        looker.client.get(f"{HOME}look/none"),
        looker.client.get(f"{HOME}acts/accept"),
        looker.client.post(accept.action),
        looker.answer(accept, {"Origin": "https://evil.example.test"}),
        looker.answer(accept),
    ]

    for answer in answers:
        policy = answer.headers["content-security-policy"].split("; ")
        assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'self'"} <= {*policy}
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"


# Whose forms


@pytest.mark.parametrize(
    "origin",
    [
        *("https://evil.example.test", "null", "", "http://localhost", "http://localhost:8087", "localhost:8086"),
        *("http://[::1", "http://[a]", "http://localhost:x", "ftp://localhost:8086"),
    ],
)
def test_another_page_cannot_act(world: World, origin: str) -> None:
    """A form counts if it comes from the very host that it is sent to."""
    looker = Looker(world.emulator)
    world.invite(NEW)

    answer = looker.answer(button(looker.open(), "Accept"), {"Origin": origin})

    assert (answer.status_code, NEW in world.members()) == (403, False)


def test_a_form_from_nowhere_cannot_act(world: World) -> None:
    """Every browser says where a form comes from."""
    looker = Looker(world.emulator)
    world.invite(NEW)
    accept = button(looker.open(), "Accept")

    assert (looker.answer(accept, {}).status_code, NEW in world.members()) == (403, False)


@pytest.mark.parametrize("value", ["", "0" * 64, "\u00e9"])
def test_a_form_that_was_not_made_here_cannot_act(world: World, value: str) -> None:
    """Its hidden value is to be had on our pages only, and changes with every start."""
    looker = Looker(world.emulator)
    world.invite(NEW)

    answer = looker.answer(button(looker.open(), "Accept"), csrf=value)
    assert (answer.status_code, NEW in world.members()) == (403, False)

    other = Looker(World().emulator)
    value = button(other.open(), "Show").fields.get("csrf", "") or button(looker.open(), "Accept").fields["csrf"][::-1]
    assert looker.answer(button(looker.open(), "Accept"), csrf=value).status_code == 403


def test_a_form_of_another_kind_cannot_act(world: World) -> None:
    """JSON, or a file, is no form of ours."""
    looker = Looker(world.emulator)
    world.invite(NEW)
    accept = button(looker.open(), "Accept")

    ours = {"Origin": BASE}
    assert looker.client.post(accept.action, json=accept.fields, headers=ours).status_code == 400
    assert looker.client.post(accept.action, data={"csrf": "x" * 300_000}, headers=ours).status_code == 413
    assert NEW not in world.members()


def test_a_form_with_too_many_fields_is_told_so(world: World) -> None:
    """Not that its encoding is wrong; one that is not UTF-8 is told that."""
    looker = Looker(world.emulator)
    world.invite(NEW)
    accept = button(looker.open(), "Accept")

    crowded = looker.answer(accept, None, **{f"field{number}": "" for number in range(1_000)})
    assert (crowded.status_code, "has more than 1000 fields" in crowded.text) == (400, True)

    ours = {"Origin": BASE, "Content-Type": "application/x-www-form-urlencoded"}
    latin = looker.client.post(accept.action, content=b"email=Andr%E9", headers=ours)
    assert (latin.status_code, "is not a form in UTF-8" in latin.text) == (400, True)
    assert NEW not in world.members()


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("", "GET, HEAD"), ("world", "GET, HEAD"), ("session", "GET, HEAD, POST"), ("acts/accept", "POST")],
)
@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE"])
def test_another_method_is_told_what_there_is(world: World, method: str, path: str, allowed: str) -> None:
    """A page of somebody else learns nothing by it."""
    client = Looker(world.emulator).client

    answer = client.request(method, f"{HOME}{path}")
    assert (answer.status_code, answer.headers.get("allow")) == (405, allowed)
    assert client.request(method, f"{HOME}{path}", headers={"Origin": "https://evil.example.test"}).status_code == 403


def test_an_act_leads_back_to_our_own_pages_only(world: World) -> None:
    """Whatever the form says where it stood."""
    looker = Looker(world.emulator)
    looker.client.follow_redirects = False
    world.invite(NEW)
    accept = button(looker.open(), "Accept")
    elsewhere = ("https://evil.example.test", "//evil.example.test", "/\\evil.example.test", "/_emulator/\r\nX: 1", "")

    for back in elsewhere:
        assert looker.answer(accept, back=back).headers["location"].startswith(f"{HOME}?said=")


def test_a_link_cannot_put_words_on_the_page(world: World) -> None:
    """What an act says is remembered here, and a link has its number only."""
    assert "hacked" not in Looker(world.emulator).open(f"{HOME}?said=hacked").text


# From where


def _of_this_machine_only() -> InProcessTransport:
    return InProcessTransport(create_app(parse(SEED), clock=Clock.still(), loopback_only=True))


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost:8086", 200), ("127.0.0.1", 200), ("[::1]:8086", 200), ("evil.example.test", 403), ("a b", 403)],
)
def test_without_a_token_only_this_machine_may_look(host: str, status: int) -> None:
    """As with the control plane: somebody's page could make any other name lead here."""
    client = httpx.Client(transport=_of_this_machine_only(), base_url=BASE, headers={"Host": host, **HTML})

    assert client.get(HOME).status_code == status


# With a token


def test_the_token_is_asked_for_once() -> None:
    """And the first page follows; a wrong one is asked for again."""
    _, looker = _locked()
    page = looker.open()
    assert page.heads == ["Control token"]

    wrong = looker.answer(button(page, "Enter"), token="other")
    assert (wrong.status_code, "This is not the token" in wrong.text) == (403, True)

    assert "People of acme" in looker.send(button(page, "Enter"), token=TOKEN).heads
    assert "People of acme" in looker.open().heads


def test_without_the_token_there_is_nothing_to_see() -> None:
    """No page and no act; what a page looks like is no secret."""
    emulator, looker = _locked()
    looker.client.follow_redirects = False
    _, inside = _entered()
    csrf = button(inside.open(), "Show").fields.get("csrf", "")

    assert looker.client.get(HOME).headers["location"] == f"{HOME}session"
    assert looker.client.get(f"{HOME}requests").status_code == 303
    assert looker.client.post(f"{HOME}acts/accept", data={"csrf": csrf}, headers={"Origin": BASE}).status_code == 401
    assert looker.client.get(f"{HOME}look/style.css").status_code == 200
    assert emulator.control.get("/health").status_code == 200


def test_the_cookie_is_no_token_and_goes_nowhere_else() -> None:
    """Scripts cannot read it, other sites cannot send it, and the control plane does not know it."""
    emulator, looker = _locked()
    looker.client.follow_redirects = False
    enter = button(looker.open(f"{HOME}session"), "Enter")
    (cookie,) = looker.answer(enter, token=TOKEN).headers.get_list("set-cookie")

    value, *attributes = cookie.split("; ")
    assert set(attributes) == {"Path=/_emulator/", "HttpOnly", "SameSite=Strict"}
    assert TOKEN not in value
    stranger = httpx.Client(transport=emulator.transport, base_url=BASE, headers={"Cookie": value})
    assert stranger.get(HOME).status_code == 200
    assert stranger.get("/_emulator/v1/health").status_code == 401
    session = value.partition("=")[2]
    bearer = {"Authorization": f"Bearer {session}"}
    assert stranger.get("/_emulator/v1/health", headers=bearer).status_code == 401


@pytest.mark.parametrize("cookie", ["", "x", "a=b; c", "{json}", "workato_emulator_inspector=", "\u00e9=1"])
def test_another_cookie_opens_nothing(cookie: str) -> None:
    """Nor does it hinder: programs of all sorts leave cookies with this machine's name."""
    emulator, looker = _entered()
    stranger = httpx.Client(transport=emulator.transport, base_url=BASE)

    assert stranger.get(HOME, headers=[(b"cookie", cookie.encode("latin-1"))]).status_code == 303
    ours = "; ".join(f"{name}={value}" for name, value in looker.client.cookies.items())
    both = f"{cookie}; {ours}".encode("latin-1")
    assert stranger.get(HOME, headers=[(b"cookie", both)]).status_code == 200


def test_a_cookie_ends_with_its_process() -> None:
    """Another emulator with the same token does not know it."""
    _, looker = _entered()
    _, other = _locked()
    other.client.cookies = looker.client.cookies

    assert other.open().heads == ["Control token"]
