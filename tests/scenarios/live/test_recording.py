"""The gate: what is recorded of an exchange, and that nothing of anybody's gets through."""

import json
import re
import stat
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from okta_scenarios.live import recording
from okta_scenarios.live.exchange import Exchange
from okta_scenarios.live.har import HarProblem, har_text, read_har
from okta_scenarios.live.recording import About, NotARecording, NotRecorded, Recording, read
from okta_scenarios.live.scan import Scan
from workato_emulator import contract_documents, operations, scim_operations, shape_of

from .pretended import EVERYTHING, POOL, TOKENS, Json, Pretended, probe, world

BEGUN = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
ABOUT = About("2026-12-01", "eu")
SECRETS = (
    "Jaroslava Quillfeather{n}",
    "jaro.quill{n}@corp.example.com",
    "wrkaeu-eyJhbGci{n}.eyJzdWIi.c2lnbmF0dXJl",
    "+44 7700 {n}",
    "203.0.113.{m}",
    "Quarterly Zebra{n} Payout",
    "pf-Zq{n}xWv-Jk{n}",
    "https://cdn.corp.example.com/{n}.png",
    "2024-03-0{d}T08:15:{m2}.123+01:00",
)
"""Tokens and personal data of every form; each is made another one wherever it is planted."""


SIGNS = (
    *("Quillfeather", "jaro", "wrk", "7700", "203.0.113", "Zebra", "Payout", "pf-Zq", "xWv", "cdn", "2024-03", "88000"),
    *("eyJ", "corp.example"),
)
"""Parts of them, of which none may be seen. Looking for thousands of whole values takes long."""


class Planter:
    """Makes values that must not be seen again."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.planted: set[str] = set()

    def text(self) -> str:
        number = next(self._numbers)
        text = SECRETS[number % len(SECRETS)].format(
            n=70_000 + number, m=number % 250 + 1, d=number % 9 + 1, m2=f"{number % 60:02}"
        )
        self.planted.add(text)
        return text

    def number(self) -> int:
        number = 8_800_000_000 + next(self._numbers)
        self.planted.add(str(number))
        return number

    def body(self, shape: Mapping[str, Any], path: str = "") -> Json:
        """An answer with something planted in every field that the contract has."""
        types = shape[path].types
        below = {key for key in shape if _parent(key) == path and key != path}
        if "object" in types and (below or not types & {"string", "integer"}):
            start = f"{path}." if path else ""
            names = {key.removeprefix(start): key for key in below if not key.endswith("[]")}
            found = {
                name if name != "*" else f"{self.text()} key": self.body(shape, key) for name, key in names.items()
            }
            return {**found, "never_seen_before": self.text(), "nested": {"deeper": [self.text(), self.number()]}}
        if "array" in types and f"{path}[]" in shape:
            return [self.body(shape, f"{path}[]") for _ in range(2)]
        if "string" in types:
            return (
                f"Role {self.text()} was refused to {self.text()}"
                if path.endswith(("message", "title"))
                else self.text()
            )
        return self.number() if "integer" in types else True


def _parent(path: str) -> str:
    return path[:-2] if path.endswith("[]") else path.rpartition(".")[0]


def body_fields(schema: Json, planter: Planter, document: Json) -> Json:
    """A request with something planted in every field."""
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "items" in schema:
        return [body_fields(schema["items"], planter, document)]
    if "properties" in schema:
        return {name: body_fields(each, planter, document) for name, each in schema["properties"].items()}
    return planter.number() if schema.get("type") == "integer" else planter.text()


def planted_exchanges(planter: Planter) -> Iterator[Exchange]:
    """Every operation of both doors with every status that it has."""
    api, scim = contract_documents()
    both = [*((api, *each) for each in operations().items()), *((scim, *each) for each in scim_operations().items())]
    for document, name, (method, path) in both:
        operation = document["paths"][path][method.lower()]
        content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        queries = [each for each in operation.get("parameters", ()) if each.get("in") == "query"]
        for status in map(int, operation["responses"]):
            shape = shape_of(name, status)
            yield Exchange(
                method,
                path.replace("{id}", str(planter.number())),
                status,
                query={each["name"]: planter.text() for each in queries},
                body=body_fields(content["schema"], planter, document) if content else None,
                headers={
                    "Content-Type": "application/json",
                    "Retry-After": "1200",
                    "X-Rate-Limit-Remaining": "59",
                    "Set-Cookie": planter.text(),
                    "X-Request-Id": planter.text(),
                    "Location": f"https://{planter.text()}",
                    "Server": planter.text(),
                },
                answer=planter.body(shape) if shape else None,
            )


def record(folder: Path, *exchanges: Exchange) -> str:
    with Recording(folder, ABOUT, BEGUN) as gate:
        for each in exchanges:
            gate.add(each)
    return (folder / "exchanges.jsonl").read_text("utf-8")


def test_nothing_that_is_planted_in_any_field_of_any_operation_is_recorded(tmp_path: Path) -> None:
    """Bodies both ways, queries, paths, headers, names of fields, words of errors."""
    planter = Planter()
    exchanges = [*planted_exchanges(planter)]
    text = record(tmp_path / "run", *exchanges)

    assert len(exchanges) > 350
    assert len(planter.planted) > 5000
    assert all(any(sign in each for sign in SIGNS) for each in planter.planted), "what is looked for is in all of them"
    assert [sign for sign in SIGNS if sign in text] == []


def test_a_field_that_is_somebodys_and_unknown_is_not_recorded_either(tmp_path: Path) -> None:
    """Its name is: a field that is new is a finding."""
    answer = {"data": [{"favourite_colour": "Vermilion", "shoe_size": 43.5, "admin": True, "nothing": None}]}
    line = json.loads(record(tmp_path / "run", Exchange("GET", "/api/members", 200, answer=answer)))

    assert line["response"]["body"]["data"] == [
        {"favourite_colour": "«string»", "shoe_size": 0, "admin": True, "nothing": None}
    ]


def test_what_was_equal_stays_equal_and_workatos_own_words_stay(tmp_path: Path) -> None:
    """Otherwise nobody could read it."""
    ada = {"id": 51_877, "name": "Ada Lane", "email": "Ada@corp.example.com", "created_at": "2026-11-30T09:30:00.000Z"}
    roles = [
        {"environment_type": "dev", "role_name": "Environment admin"},
        {"environment_type": "dev", "role_name": "Ours"},
    ]
    text = record(
        tmp_path / "run",
        Exchange("GET", "/api/members", 200, answer={"data": [{**ada, "roles": roles}], "total": 1}),
        Exchange(
            "DELETE", "/api/members/51877", 400, answer={"message": "User ada@corp.example.com is the last admin"}
        ),
    )
    listed, removed = map(json.loads, text.splitlines())
    (member,) = listed["response"]["body"]["data"]

    assert (member["id"], member["name"], member["email"]) == (1001, "Person 1", "person-1@example.test")
    assert member["created_at"] == "2026-01-04T17:00:00.000Z", "one shift for all: a day before the run began"
    assert [each["role_name"] for each in member["roles"]] == ["Environment admin", "Role 1"]
    assert removed["request"]["path"] == "/api/members/1001"
    assert removed["response"]["body"] == {"message": "User «person-1@example.test» is the last admin"}


def test_a_person_is_the_same_at_both_doors(tmp_path: Path) -> None:
    """Ids, addresses and role names have one stand-in, whichever door shows them; what is SCIM's own stays."""
    extension = "urn:ietf:params:scim:schemas:workato:1.0:WorkatoRole"
    uuid = "7d1f3c9a-11aa-4bcd-9e00-1234567890ab"
    ada = {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:example:acme:2.0:Employee"],
        "id": "51877",
        "externalId": "00uAda",
        "userName": "Ada@corp.example.com",
        "name": {"givenName": "Ada", "familyName": "Lane"},
        "displayName": "Ada Lane",
        "emails": [{"value": "ada@corp.example.com", "type": "work", "primary": True}],
        "active": True,
        extension: {"workato_role": "Payroll captain", "workato_role_test": "NoAccess", "workato_role_acme": "Member"},
    }
    missing = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "404", "detail": "no user Ada"}
    text = record(
        tmp_path / "run",
        Exchange("GET", "/api/members", 200, answer={"data": [{"id": 51_877, "email": "ada@corp.example.com"}]}),
        Exchange(
            "GET",
            "/scim/v2/Users",
            200,
            query={"filter": 'userName eq "ada@corp.example.com"', "count": 100},
            headers={"Content-Type": "application/scim+json; charset=utf-8", "ETag": 'W/"ada"'},
            answer={"totalResults": 2, "Resources": [ada, {"id": uuid}]},
        ),
        Exchange("GET", f"/scim/v2/Users/{uuid}", 404, answer=missing),
    )
    members, users, nobody = map(json.loads, text.splitlines())
    shown, other = users["response"]["body"]["Resources"]

    assert members["response"]["body"]["data"] == [{"id": 1001, "email": "person-1@example.test"}]
    assert users["request"]["query"] == {"filter": 'userName eq "«person-1@example.test»"', "count": 100}
    assert users["response"]["headers"]["Content-Type"] == "application/scim+json; charset=utf-8"
    assert users["response"]["headers"]["ETag"] == "«string»"
    assert (shown["id"], shown["userName"], shown["externalId"]) == ("1001", "person-1@example.test", "External id 1")
    assert shown["schemas"] == ["urn:ietf:params:scim:schemas:core:2.0:User", "«string»"]
    assert shown["emails"] == [{"value": "person-1@example.test", "type": "work", "primary": True}]
    assert shown[extension] == {"workato_role": "Role 1", "workato_role_test": "NoAccess", "«key»": "Member"}
    assert nobody["request"]["path"] == f"/scim/v2/Users/{other['id']}"
    assert nobody["response"]["body"]["status"] == "404"
    for secret in ("Ada", "Lane", "corp", uuid, "acme", "captain"):
        assert secret not in text


def test_headers_that_matter_stay_and_others_keep_their_names(tmp_path: Path) -> None:
    """A value is kept by its form, too."""
    headers = {
        "Retry-After": "1200",
        "X-Rate-Limit-Remaining": "59",
        "Server": "nginx Jane",
        "Content-Type": "Jane/json",
    }
    line = json.loads(record(tmp_path / "run", Exchange("GET", "/api/members", 429, headers=headers)))

    assert line["response"]["headers"] == {
        "Retry-After": "1200",
        "X-Rate-Limit-Remaining": "59",
        "Server": "«string»",
        "Content-Type": "«string»",
    }


def test_the_scan_deletes_a_recording_that_the_redaction_let_something_into(tmp_path: Path) -> None:
    """It names the place and not the value."""
    folder = tmp_path / "run"
    new_field = Exchange("GET", "/api/users/me", 200, answer={"jane_doe": None})
    of_somebody = Exchange("GET", "/api/projects", 200, answer=[{"id": 7, "name": "jane_doe"}])
    with pytest.raises(NotRecorded, match=r"exchange 1 has a text that was replaced elsewhere at .*a name") as refused:
        record(folder, new_field, of_somebody)
    assert "jane" not in str(refused.value)
    assert not (folder / "exchanges.jsonl").exists()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("see wrkaus-abc", "an API client's token"),
        ("eyJhbGciOi.eyJzdWIi", "a JSON Web Token"),
        ("jane@corp.com", "an email address"),
        ("from 203.0.113.9", "an IP address"),
    ],
)
def test_the_scan_knows_secrets_by_their_look(text: str, what: str) -> None:
    """Whatever the redaction thought of them."""
    line = {"request": {"body": {"note": [text]}}, "response": {}}

    assert [*Scan().hits(line)] == [f"{what} at request.body.note[0]"]


def test_equal_runs_have_equal_files(tmp_path: Path) -> None:
    """So a recording can be made anew, and compared."""
    texts = []
    for folder in ("one", "two"):
        seed, settings = world("main")
        probe(Pretended(seed), settings, EVERYTHING, tmp_path / folder)
        texts.append((tmp_path / folder / "exchanges.jsonl").read_text("utf-8"))

    assert texts[0] == texts[1]
    for secret in (*TOKENS.values(), *POOL, "corp.example", "Marsh", "wages", "Payroll", "captain", "Olga"):
        assert secret not in texts[0]


def test_only_the_gate_writes_exchanges() -> None:
    """Of the modules that could have one in their hands, no other one writes files."""
    writing = re.compile(r"\bopen\(|fdopen|write_text|write_bytes|\.dump\(")
    package = Path(recording.__file__).parent
    found = {each.name for each in package.rglob("*.py") if writing.search(each.read_text("utf-8"))}

    assert found == {"recording.py", "ledger.py", "settings.py", "commands.py"}


def test_what_fails_before_the_first_exchange_leaves_no_recording(tmp_path: Path) -> None:
    """So that the same command can be given again; files of somebody else's stay."""
    for folder, others in ((tmp_path / "new", []), (tmp_path / "there", ["notes.txt"])):
        for other in others:
            folder.mkdir()
            (folder / other).write_text("mine", "utf-8")
        with pytest.raises(ZeroDivisionError), Recording(folder, ABOUT, BEGUN):
            raise ZeroDivisionError
        assert sorted(each.name for each in tmp_path.glob(f"{folder.name}/*")) == others
        assert folder.exists() is bool(others)
        with Recording(folder, ABOUT, BEGUN):
            pass
        assert read(folder).exchanges == ()


def test_a_recording_is_its_owners_and_is_not_overwritten(tmp_path: Path) -> None:
    """Line by line, so that a crash loses nothing but the line that was cut off."""
    folder = tmp_path / "run"
    record(folder, Exchange("GET", "/api/members", 200, answer={"data": []}))
    file = folder / "exchanges.jsonl"

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(NotRecorded, match="holds a recording already"):
        record(folder)
    file.write_text(file.read_text("utf-8") + '{"n": 2, "pro', "utf-8")
    assert [each["n"] for each in read(folder).exchanges] == [1]


@pytest.mark.parametrize("broken", ["missing", "empty", "foreign"])
def test_what_is_no_recording_is_told(tmp_path: Path, broken: str) -> None:
    """A folder without one, or with files of somebody else's."""
    folder = tmp_path / "run"
    if broken != "missing":
        folder.mkdir()
    if broken == "foreign":
        (folder / "run.json").write_text('{"colour": "red"}', "utf-8")
    with pytest.raises(NotARecording, match="holds no recording"):
        read(folder)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("exchanges.jsonl", '"verdicts": {}', '"verdict": {}'),
        ("exchanges.jsonl", '"status": 200', '"status": "200"'),
        ("exchanges.jsonl", '"query": {}', '"query": []'),
        ("run.json", "2026-12-01", "yesterday"),
        ("run.json", '"unreachable": {}', '"unreachable": 3'),
    ],
)
def test_a_recording_that_somebody_broke_is_told(tmp_path: Path, file: str, old: str, new: str) -> None:
    """And not found out halfway through a comparison."""
    record(tmp_path / "run", Exchange("GET", "/api/members", 200, answer={"data": []}))
    broken = tmp_path / "run" / file
    text = broken.read_text("utf-8")
    assert old in text
    broken.write_text(text.replace(old, new), "utf-8")

    with pytest.raises(NotARecording, match="not of the form that a probe writes"):
        read(tmp_path / "run")


def test_a_har_comes_in_through_the_same_gate(tmp_path: Path) -> None:
    """Headers of requests, cookies and requests to other places stay behind; what goes out comes in again."""
    entry = {
        "startedDateTime": "2026-11-30T10:00:00.000Z",
        "request": {
            "method": "GET",
            "url": "https://app.eu.workato.com/api/members?email=jane%40corp.com",
            "headers": [{"name": "Authorization", "value": "Bearer wrkaeu-hush"}],
            "cookies": [{"name": "session", "value": "hush"}],
        },
        "response": {
            "status": 200,
            "headers": [{"name": "Content-Type", "value": "application/json"}],
            "content": {"text": json.dumps({"data": [{"id": 51_877, "email": "jane@corp.com"}], "total": 1})},
        },
    }
    other = {**entry, "request": {**entry["request"], "url": "https://mail.corp.com/inbox"}}  # type: ignore[dict-item]
    file = tmp_path / "captured.har"
    file.write_text(json.dumps({"log": {"entries": [entry, other]}}), "utf-8")
    exchanges, begun = read_har(file)
    folder = tmp_path / "run"
    with Recording(folder, ABOUT, begun) as gate:
        for each in exchanges:
            gate.add(each)

    (line,) = read(folder).exchanges
    assert line["request"]["query"] == {"email": "person-1@example.test"}
    assert line["response"]["body"] == {"data": [{"id": 1001, "email": "person-1@example.test"}], "total": 1}
    assert "hush" not in (folder / "exchanges.jsonl").read_text("utf-8")
    again = tmp_path / "again.har"
    again.write_text(har_text(read(folder)), "utf-8")
    ((only,), _) = read_har(again)
    assert only.answer == line["response"]["body"]


@pytest.mark.parametrize("text", ["", "[]", '{"log": {"entries": [7]}}', '{"log": {"entries": []}}'])
def test_what_is_no_har_is_told(tmp_path: Path, text: str) -> None:
    """And so is one without a request to the API."""
    file = tmp_path / "captured.har"
    file.write_text(text, "utf-8")
    with pytest.raises(HarProblem):
        read_har(file)
