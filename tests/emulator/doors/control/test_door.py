"""The control plane's door: who may come in, and what a stray request is told."""

import httpx
import pytest

from workato_emulator import Emulator
from workato_emulator.http.contract import contract_file

from ...world import SEED, Json, World


def _error(answer: httpx.Response) -> Json:
    assert set(answer.json()) == {"error"}
    return answer.json()["error"]


@pytest.mark.parametrize(
    ("method", "path", "suggestion"),
    [
        ("GET", "/healt", "GET /_emulator/v1/health"),
        ("POST", "/clock/advnce", "POST /_emulator/v1/clock/advance"),
        ("GET", "/rule", "GET /_emulator/v1/rules"),
        ("GET", "/health/", "GET /_emulator/v1/health"),
    ],
)
def test_an_unknown_path_is_told_the_nearest_one(world: World, method: str, path: str, suggestion: str) -> None:
    """404 in the control plane's own words."""
    answer = world.control.request(method, path)

    assert answer.status_code == 404
    assert _error(answer)["suggestion"] == suggestion


def test_an_unknown_path_near_nothing_gets_no_suggestion(world: World) -> None:
    """Better none than a wild guess."""
    answer = world.control.request("OPTIONS", f"/{'z' * 200}")

    assert (answer.status_code, set(_error(answer))) == (404, {"code", "message"})


def test_a_known_path_tells_its_methods(world: World) -> None:
    """405 with Allow."""
    answer = world.control.delete("/clock")

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, PUT")
    assert _error(answer)["code"] == "method_not_allowed"


@pytest.mark.parametrize("path", ["/_emulator", "/_emulator/healt", "/_emulator/v2/health", "/_emulator/v1"])
def test_another_version_is_unknown(world: World, path: str) -> None:
    """The version is part of the path."""
    assert world.acme.get(path).status_code == 404


@pytest.mark.parametrize("origin", ["https://evil.example.test", "null", ""])
def test_a_web_page_is_turned_away(world: World, origin: str) -> None:
    """A browser says where a request comes from; tests and scripts do not."""
    answer = world.control.post("/reset", headers={"Origin": origin})

    assert (answer.status_code, _error(answer)["code"]) == (403, "cross_origin")


@pytest.mark.parametrize(
    ("given", "status"),
    [
        pytest.param(None, 401, id="none"),
        pytest.param("Bearer other", 401, id="another"),
        pytest.param("Bearer secre", 401, id="part of it"),
        pytest.param("Bearer ", 401, id="empty"),
        pytest.param("Bearer s\u00e9cret", 401, id="accented"),
        pytest.param("Bearer secret", 200, id="the right one"),
    ],
)
def test_the_control_token_is_asked_for(given: str | None, status: int) -> None:
    """Every path wants it, an unknown one too; the Developer API does not."""
    emulator = Emulator(SEED, control_token="secret")
    client = httpx.Client(transport=emulator.transport, base_url=emulator.control.base_url)
    headers = {} if given is None else {b"Authorization": given.encode("latin-1")}

    assert client.get("/clock", headers=headers).status_code == status
    assert client.get("/nowhere", headers=headers).status_code == (404 if status == 200 else 401)
    assert emulator.client("acme", token="acme-okta").get("/api/members").status_code == 200


def test_whoever_has_no_token_learns_that_the_emulator_is_up_and_nothing_else() -> None:
    """A container's health check has none. A wrong token, a web page and any other path are turned away as ever."""
    emulator = Emulator(SEED, control_token="secret")
    client = httpx.Client(transport=emulator.transport, base_url=emulator.control.base_url)

    assert client.get("/health").json() == {"status": "ok"}
    assert client.head("/health").status_code == 200
    for headers in ({"Authorization": "Bearer other"}, {"Origin": "https://example.test"}):
        assert client.get("/health", headers=headers).status_code == 401
    assert client.get("/health/").status_code == client.post("/health").status_code == 401
    assert set(client.get("/health", headers={"Authorization": "Bearer secret"}).json()) > {"status", "workspaces"}


def test_the_contracts_can_be_read_there(world: World) -> None:
    """Byte for byte as they are packaged, by the names that are listed."""
    names = world.control.get("/openapi").json()["data"]

    assert {"control.yaml", "workato.yaml"} <= set(names)
    for name in names:
        answer = world.control.get(f"/openapi/{name}")
        assert answer.content == contract_file(name).read_bytes()
        assert answer.headers["content-type"] == "application/yaml"
    assert "did you mean" in world.control.get("/openapi/workato.yml").text or (
        world.control.get("/openapi/workato.yml").json()["error"]["suggestion"] == "workato.yaml"
    )


def test_the_handle_bears_its_own_token() -> None:
    """Whoever made the emulator can ask it for clients."""
    emulator = Emulator(SEED, control_token="secret")

    assert emulator.client("acme").get("/api/members").status_code == 200


def test_health_says_what_is_there(world: World) -> None:
    """The version, the time, the workspaces."""
    body = world.control.get("/health").json()

    assert (body["status"], body["now"]) == ("ok", "2026-01-05T17:00:00+00:00")
    assert body["workspaces"] == ["acme", "northwind"]


@pytest.mark.parametrize(
    ("path", "body", "place", "suggestion"),
    [
        ("/workspaces/acme/plan", {"colaborator_limit": 3}, "colaborator_limit", "collaborator_limit"),
        ("/clock", {"nwo": "2026-01-01T00:00:00Z"}, "nwo", "now"),
        ("/seed", {"workspace": {}}, "workspace", "workspaces"),
        ("/workspaces/acme/api_clients/okta", {"privileges": ["roles.lst"]}, "privileges.0", "roles.list"),
        ("/workspaces/acme/api_clients/okta", {"environments": ["dev", "tst"]}, "environments.1", "test"),
        ("/clock", {"now": "2026-01-01T00:00:00Z", "zzzzzz": 1}, "zzzzzz", None),
    ],
)
def test_a_key_that_means_nothing_is_refused_with_place_and_suggestion(
    world: World, path: str, body: object, place: str, suggestion: str | None
) -> None:
    """Bodies are closed."""
    method = "PATCH" if path.startswith("/workspaces") else "PUT"
    error = _error(world.control.request(method, path, json=body))

    assert (error["place"], error.get("suggestion")) == (place, suggestion)


def test_a_wrong_type_is_refused_with_its_place(world: World) -> None:
    """As in `roles.dev`."""
    body = {"name": "Cy", "email": "cy@example.test", "roles": {"dev": 1}}
    answer = world.control.post("/workspaces/acme/collaborators", json=body)

    assert (answer.status_code, _error(answer)["place"]) == (400, "roles.dev")
    assert _error(answer)["code"] == "malformed"


def test_the_control_plane_writes_no_journal_and_counts_no_calls(world: World) -> None:
    """It is no part of what is emulated."""
    for _ in range(70):
        assert world.control.get("/health").status_code == 200
    assert world.journal() == []
