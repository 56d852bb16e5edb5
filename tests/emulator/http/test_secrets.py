"""A secret is planted in every place of every operation of both contracts, and looked for in all that is shown."""

import json
import logging
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import yaml

from workato_emulator import Emulator

OPENAPI = Path(__file__).parents[3] / "openapi"

ODD = "s3cr3t-Pa55.word"
"""A client's token that does not look like one: it can be known by its value only."""
REVOKED = "n0-l0nger-va1id"
TYPICAL = "wrktrial-Zm9vYmFy"
STRANGER = "hunter2hunter2"
"""Secret by the name that it stands under, and by nothing else."""
CALLER = "wrkaus-acme-caller"
ALL = (ODD, REVOKED, TYPICAL, STRANGER, CALLER)

SEED = {
    "workspaces": {
        "acme": {
            "plan": {"requests_per_minute": 100_000},
            "api_clients": [
                {"name": "caller", "token": CALLER, "privileges": "all"},
                {"name": "odd", "token": ODD, "privileges": "all"},
                {"name": "gone", "token": REVOKED},
            ],
        }
    }
}
NAMES = (
    "token",
    "tokens",
    "access_token",
    "apiKey",
    "api-key",
    "x_api_key",
    "password",
    "pwd",
    "secret",
    "credentials",
)


@cache
def operations(contract: str) -> list[tuple[str, str, str, dict[str, Any]]]:
    """Method, path, operationId and the rest of each operation."""
    document = yaml.load((OPENAPI / contract).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return [
        (method.upper(), path, each["operationId"], each)
        for path, item in document["paths"].items()
        for method, each in item.items()
        if isinstance(each, dict) and "operationId" in each
    ]


def spellings(secret: str) -> Iterator[str]:
    """The ways in which a secret can stand in a URL."""
    yield secret
    yield secret.replace("-", "%2D").replace("3", "%33")
    yield quote(quote(secret.replace("-", "~"), safe="").replace("~", "%2D"), safe="%")
    yield "".join(f"%{byte:02x}" for byte in secret.encode())


def urls(path: str) -> Iterator[str]:
    """This path with a secret in each place of a URL."""
    plain = "/".join("1" if part.startswith("{") else part for part in path.split("/"))
    for secret in (ODD, REVOKED, TYPICAL):
        for spelt in spellings(secret):
            there = "/".join(spelt if part.startswith("{") else part for part in path.split("/"))
            yield f"{there}?{spelt}=1&email={spelt}&name=x{spelt}y&q=Bearer%20{spelt}"
    yield plain + "?" + "&".join(f"{name}={STRANGER}" for name in NAMES)
    yield plain + "?" + "&".join(f"{quote(name)}[]=Bearer+{STRANGER}" for name in NAMES)
    yield f"{plain}?pass%77ord={STRANGER}&t%6fken={STRANGER}&q=Bearer+{STRANGER}&u=https://me:{STRANGER}@h/"


def bodies(operation: dict[str, Any]) -> Iterator[bytes]:
    """Bodies with a secret in each place: as every value, every key, under every credential's name, cut, escaped."""
    example = example_of(operation)
    for secret in (ODD, REVOKED, TYPICAL):
        yield dumped(planted(example, secret))
        yield dumped({**planted(example, f"it is {secret}!"), secret: {secret: [secret]}})
        yield dumped(planted(example, f"Authorization: Bearer {secret}"))
        yield dumped(planted(example, secret)).replace(b"-", b"\\u002d")
        yield f"note={secret}".encode("utf-16")
    for value in (STRANGER, [STRANGER], {"value": STRANGER}, [{"v": [STRANGER]}], {"x": {"y": STRANGER}}):
        named = dict.fromkeys(NAMES, value)
        yield dumped({**example, **named})
        yield dumped({**example, **named})[:-1]
        yield dumped({**example, **named}).replace(b"o", b"\\u006f")[:-1]
        yield dumped({"note": dumped(named).decode()})
    yield ("{" + ", ".join(f'"{name}" \n :\n  "two words {STRANGER}"' for name in NAMES)).encode()
    yield "&".join(f"a=1&{name}={STRANGER}&b=2" for name in NAMES).encode()
    yield dumped({"name": "n" * (16 * 1024 - 20), "email": ODD})


def example_of(operation: dict[str, Any]) -> dict[str, Any]:
    media = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    found: object = media.get("example") or next((each["value"] for each in media.get("examples", {}).values()), {})
    return deepcopy(found) if isinstance(found, dict) and found else {"name": "n", "email": "e"}


def planted(value: Any, secret: str) -> Any:  # noqa: ANN401
    """The same JSON with every text replaced by the secret."""
    if isinstance(value, dict):
        return {key: planted(each, secret) for key, each in value.items()}
    if isinstance(value, list):
        return [planted(each, secret) for each in value]
    return secret if isinstance(value, str) else value


def dumped(value: object) -> bytes:
    return json.dumps(value).encode()


def shown(emulator: Emulator) -> dict[str, str]:
    """Everything that tells people what went on."""
    return {page: emulator.control.get(page).text for page in ("/journal", "/journal.har", "/diff")}


def seen(emulator: Emulator, log: str = "") -> list[tuple[str, str]]:
    texts = shown(emulator) | {"log": log}
    return [(page, secret) for page, text in texts.items() for secret in ALL if secret in text]


@pytest.fixture(name="emulator")
def _emulator() -> Emulator:
    emulator = Emulator(SEED)
    emulator.control.patch("/workspaces/acme/api_clients/gone", json={"token": "another-0ne"})
    return emulator


@pytest.mark.parametrize(
    "operation",
    [
        pytest.param(each, id=each[2], marks=[] if number % 3 == 0 else pytest.mark.long)
        for number, each in enumerate(operations("workato.yaml"))
    ],
)
def test_no_secret_of_a_call_is_shown(operation: tuple[str, str, str, dict[str, Any]], emulator: Emulator) -> None:
    """Neither in the journal nor in what is made of it, wherever in the call it stood."""
    method, path, _, rest = operation
    client = emulator.client("acme", token=CALLER)
    for url in urls(path):
        client.request(method, httpx.URL(f"http://workato.example.test{url}"))
    plain = "/".join("1" if part.startswith("{") else part for part in path.split("/"))
    headers = {"Content-Type": "application/json", "User-Agent": ODD, "X-Correlation-Id": TYPICAL}
    for body in bodies(rest):
        client.request(method, plain, content=body, headers=headers)
    assert seen(emulator) == []


@pytest.mark.parametrize(
    "operation",
    [
        pytest.param(each, id=each[2], marks=[] if number % 3 == 0 else pytest.mark.long)
        for number, each in enumerate(operations("control.yaml"))
    ],
)
def test_no_secret_of_the_control_plane_is_shown(
    operation: tuple[str, str, str, dict[str, Any]], emulator: Emulator, caplog: pytest.LogCaptureFixture
) -> None:
    """What the harness does is not in the journal; what it changed is in the diff."""
    method, path, _, rest = operation
    with caplog.at_level(logging.DEBUG, "workato_emulator"):
        for url in urls(path):
            emulator.control.request(method, httpx.URL(f"http://workato.example.test{url}"))
        there = path.removeprefix("/_emulator/v1").replace("{workspace}", "acme")
        plain = "/".join("1" if part.startswith("{") else part for part in there.split("/"))
        for body in bodies(rest):
            emulator.control.request(method, plain, content=body, headers={"Content-Type": "application/json"})
    ours = (each.getMessage() for each in caplog.records if each.name == "workato_emulator")
    assert seen(emulator, "\n".join(ours)) == []


def test_a_token_stays_secret_after_it_was_replaced(emulator: Emulator) -> None:
    """By the API, by hand, by a reset or another seed: somebody may have written it down."""
    client = emulator.client("acme", token=CALLER)
    rows = client.get("/api/developer_api_clients").json()["result"]["items"]
    odd = next(row["id"] for row in rows if row["name"] == "odd")
    assert client.post(f"/api/developer_api_clients/{odd}/regenerate").status_code == 200
    emulator.control.patch("/workspaces/acme/api_clients/gone", json={"token": "br4nd.new.one"})
    emulator.control.post("/reset")
    emulator.control.put("/seed", json={"workspaces": {"acme": {}}})
    fresh = emulator.client("acme")
    for token in (ODD, REVOKED, "another-0ne", "br4nd.new.one"):
        fresh.get(f"/api/members?email={token}")

    text = emulator.control.get("/journal").text
    assert text.count("email=[redacted]") == 4


@pytest.mark.parametrize(
    ("value", "left"),
    [
        (["a", ["b"], None], ["[redacted]", ["[redacted]"], None]),
        (
            {"value": "a", "made_at": "2026-01-05", "on": True},
            {"value": "[redacted]", "made_at": "2026-01-05", "on": True},
        ),
        ([{"value": ""}, 7], [{"value": ""}, "[redacted]"]),
    ],
)
def test_what_is_under_a_credentials_name_keeps_its_form(emulator: Emulator, value: object, left: object) -> None:
    """Whoever looks for a mistake sees what was sent, but for the values."""
    emulator.client("acme", token=CALLER).post("/api/member_invitations", json={"tokens": value})

    assert emulator.control.get("/journal").json()["data"][-1]["request"] == {"tokens": left}


def test_the_control_planes_own_token_is_a_secret() -> None:
    """Whoever sends it to the wrong door does not find it in the journal."""
    emulator = Emulator(SEED, control_token="open.sesame.now")
    emulator.client("acme").get("/api/members?email=open.sesame.now")
    text = emulator.control.get("/journal", headers={"Authorization": "Bearer open.sesame.now"}).text

    assert "email=[redacted]" in text


@pytest.mark.parametrize("path", ["/api/members", "/api/nowhere", "/_emulator/v1/rules", "/nowhere"])
def test_no_secret_of_a_path_that_leads_nowhere_is_shown(path: str, emulator: Emulator) -> None:
    """A neighbour may be suggested, and what was asked for is told."""
    client = emulator.client("acme", token=CALLER)
    for secret in (ODD, REVOKED, TYPICAL):
        for spelt in spellings(secret):
            client.get(httpx.URL(f"http://workato.example.test{path}/{spelt}"))

    assert seen(emulator) == []


@pytest.mark.parametrize(
    "body",
    [
        *({"name": "n" * (16 * 1024 - 20), "email": secret} for secret in (ODD, REVOKED, TYPICAL)),
        *({"pad": "n" * (16 * 1024 - 40), name: STRANGER} for name in NAMES),
    ],
    ids=[ODD, REVOKED, TYPICAL, *NAMES],
)
def test_no_secret_is_shown_where_a_body_is_cut(body: dict[str, str], emulator: Emulator) -> None:
    """Whatever it is known by."""
    emulator.client("acme", token=CALLER).post("/api/member_invitations", json=body)

    assert seen(emulator) == []


def test_the_beginning_of_a_token_at_the_end_of_a_cut_body_is_left_out(emulator: Emulator) -> None:
    """Most of a secret is a secret."""
    body = b'{"name": "' + b"n" * (16 * 1024 - 10 - 12) + ODD.encode() + b'"}'
    emulator.client("acme", token=CALLER).post("/api/member_invitations", content=body)

    assert ODD[:8] not in emulator.control.get("/journal").text


def test_what_is_no_secret_is_shown_as_it_was(emulator: Emulator) -> None:
    """Percent signs, braces, words that contain a credential's name."""
    body = {
        "name": "Bypass %41 {x} author",
        "email": "key@example.test",
        "env_roles": [],
        "keys": ["a"],
        "compass": "n",
    }
    emulator.client("acme", token=CALLER).post("/api/member_invitations?email=a%2Bb&x=%7B%22", json=body)
    entry = emulator.control.get("/journal").json()["data"][0]

    assert entry["request"] == body
    assert entry["path"] == "/api/member_invitations?email=a%2Bb&x=%7B%22"
