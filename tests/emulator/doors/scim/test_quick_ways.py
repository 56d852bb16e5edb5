"""What nearly all requests are is answered without the library, and the library would answer alike.

The traps of the library are here too: reserved addresses, underscores, loose truths, and the class called `Filter`.
"""

import subprocess
import sys
from datetime import UTC, datetime
from json import dumps
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scim2_models import ScimFilter

from workato_emulator.clock import Clock

from ...world import ADA, BEN, Json
from .provider import JOE, ROLE, Provider, refusal

PROVIDER = Provider()
BLANKS = st.text(" ", min_size=1, max_size=3)
NAMES = st.sampled_from(
    [JOE, BEN, ADA, JOE.upper(), "joe", "nobody@example.test", 'a"b@example.test', "a\\b@x.test", "é@x.test"]
)


def _any_case(text: str) -> st.SearchStrategy[str]:
    return st.tuples(*(st.sampled_from([each.lower(), each.upper()]) for each in text)).map("".join)


@settings(max_examples=60)
@given(attribute=_any_case("userName"), operator=_any_case("eq"), name=NAMES, first=BLANKS, second=BLANKS)
def test_a_look_up_is_answered_from_the_index_as_the_library_would(
    attribute: str, operator: str, name: str, first: str, second: str
) -> None:
    """The same people, whatever the case and the blanks. Parentheses around it lead to the library."""
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    text = f'{attribute}{first}{operator}{second}"{quoted}"'

    assert PROVIDER.find(text).json() == PROVIDER.find(f"({text})").json()


def _crowd() -> Provider:
    """Names that look alike, differ in case or in how they are composed, and texts of the client's own."""
    provider = Provider()
    for number, name in enumerate(["Kay Oak", "Kay;oak", "\u00c9lan", "E\u0301lan Oak", "\u212aay", "oak B", "Oak"]):
        more = {"externalId": name} if number % 2 else {}
        provider.create(f"{name.replace(' ', '.')}@x.test", displayName=name, **more).raise_for_status()
    provider.patch({"op": "replace", "value": {"active": False}})
    return provider


CROWD = _crowd()
TEXTS = [
    "Oak",
    "oak b",
    "k",
    "Kay;oak",
    "kay;oak@x.test",
    "\u212aay",
    "\u00e9lan",
    "e\u0301",
    "E",
    "\u037e",
    "50023",
    "",
]
ATTRIBUTES = [
    "userName",
    "emails",
    "emails.value",
    "externalId",
    "displayName",
    "name.givenName",
    "name.familyName",
    "id",
]
OTHERS = [
    *("active eq true", "active eq false", "externalId pr", "externalId eq null", "name.familyName pr", "meta pr"),
    *('emails[value co "oak"]', 'emails[type eq "work" and value sw "k"]', 'nickName eq "k"', 'emails.type eq "work"'),
    *('externalId eq "oak B" or userName sw "kay"', 'externalId eq "oak B" and active eq true'),
    *(f'{ROLE}:workato_role eq "Member"', 'urn:ietf:params:scim:schemas:core:2.0:User:userName ew "x.TEST"'),
]


def _must_find_whom_the_library_finds(text: str) -> None:
    from workato_emulator.doors.scim.models import model_for

    cloud = CROWD.world.emulator.app.backend.store.read().cloud
    model = model_for(cloud.workspaces[cloud.slugs["acme"]])
    bound: Any = ScimFilter
    found = bound[model](text)

    expected = [each for each in EVERYBODY if found.match(model.model_validate(each))]
    assert CROWD.find(text).json()["Resources"] == expected, text


EVERYBODY = CROWD.client.get("/Users").json()["Resources"]


@pytest.mark.parametrize("operator", ["eq", "ne", "co", "sw", "ew", "le"])
def test_a_comparison_finds_whom_the_library_finds(operator: str) -> None:
    """Though the library is not asked about whoever lacks the text."""
    for attribute in ATTRIBUTES:
        for text in TEXTS:
            _must_find_whom_the_library_finds(f"{attribute} {operator} {dumps(text)}")


@pytest.mark.parametrize("text", OTHERS)
def test_a_filter_finds_whom_the_library_finds(text: str) -> None:
    """Though the library is asked once for all who are alike."""
    _must_find_whom_the_library_finds(text)


COMPARED = st.builds(
    lambda attribute, operator, text: f"{attribute} {operator} {dumps(text)}",
    st.sampled_from(ATTRIBUTES),
    st.sampled_from(["eq", "co"]),
    st.sampled_from(TEXTS),
)


@settings(max_examples=60)
@given(
    text=st.recursive(
        COMPARED | st.sampled_from(OTHERS),
        lambda one: (
            st.builds("({}) {} ({})".format, one, st.sampled_from(["and", "or"]), one) | one.map("not ({})".format)
        ),
        max_leaves=4,
    )
)
def test_filters_together_find_whom_the_library_finds(text: str) -> None:
    """However they are put together."""
    _must_find_whom_the_library_finds(text)


TRUTHS: st.SearchStrategy[Json] = st.sampled_from(
    [True, False, "True", "False", "true", "FALSE", "yes", "on", "1", "", 0, 1, None, [], {}]
)


@settings(max_examples=60)
@given(value=TRUTHS, op=st.sampled_from(["add", "Replace", "REPLACE"]), path=st.booleans())
def test_both_shapes_of_active_are_read_as_the_library_would(value: Json, op: str, path: bool) -> None:
    """The same answer and the same state. A second operation, which changes nothing, leads to the library."""
    answers = []
    for more in ([], [{"op": "remove", "path": "nickName"}]):
        provider = Provider()
        operation = {"op": op, "path": "active", "value": value} if path else {"op": op, "value": {"active": value}}
        answer = provider.patch(operation, *more)
        answers.append((answer.status_code, answer.json().get("active"), JOE in provider.world.members()))

    assert answers[0] == answers[1]


@pytest.mark.parametrize("domain", ["example.test", "corp.invalid", "host.localhost", "one.example"])
def test_a_reserved_address_is_an_address(domain: str) -> None:
    """The library's own user refuses those; ours is found by the library's filter."""
    provider = Provider()
    email = f"new@{domain}"

    assert provider.create(email).status_code == 201
    assert provider.find(f'emails.value eq "{email}"').json()["totalResults"] == 1


def test_role_attributes_have_underscores() -> None:
    """In answers, filters, patches and schemas; in camel case they are unknown."""
    provider = Provider()
    patched = provider.patch({"op": "replace", "path": f"{ROLE}:workato_role_test", "value": "Member"})
    assert patched.json()[ROLE]["workato_role_test"] == "Member"
    assert provider.find(f'{ROLE}:workato_role_test eq "Member"').json()["totalResults"] == 1
    assert refusal(provider.find(f'{ROLE}:workatoRole eq "Member"')) == (400, "invalidFilter")
    wrong = {"op": "replace", "path": f"{ROLE}:workatoRole", "value": "Member"}
    assert refusal(provider.patch(wrong)) == (400, "invalidPath")


@pytest.mark.parametrize("value", ["yes", "on", "1", 1, "f", "no"])
def test_a_truth_is_written_as_one(value: Json) -> None:
    """The library also takes what pydantic takes; the door does not, wherever it stands."""
    provider = Provider()
    for operation in (
        {"op": "replace", "value": {"active": value, "nickName": "J"}},
        {"op": "add", "path": "emails", "value": [{"value": JOE, "primary": value}]},
    ):
        assert refusal(provider.patch(operation)) == (400, "invalidValue")


def test_a_filter_is_a_filter() -> None:
    """The class of the library that is called so describes what a server can; what is asked is evaluated."""
    assert Provider().find('userName sw "joe" and active eq true').json()["totalResults"] == 1


def test_a_list_that_is_kept_is_held_to_its_rule_each_time() -> None:
    """The rule says who is in it: it speaks for the second page as for the first, and may fall silent in between."""
    provider = Provider()
    provider.patch({"op": "replace", "value": {"active": False}})

    def total() -> tuple[int, bool]:
        answer = provider.client.get("/Users", headers={"X-Emulator-Rules": "1"})
        return answer.json()["totalResults"], "SCIM-20=held" in answer.headers["X-Emulator-Rules"]

    assert [total(), total()] == [(3, True)] * 2
    provider.world.suspend("SCIM-20")
    assert total() == (2, False)


_START = """
import sys
from workato_emulator import Emulator
emulator = Emulator()
emulator.client("acme").get("/api/members").raise_for_status()
scim = emulator.scim("acme")
scim.get("/ServiceProviderConfig").raise_for_status()
found = scim.get("/Users", params={"filter": 'userName eq "krista.kelley@example.test"'}).json()
user = scim.post("/Users", json={"userName": "new@example.test"}).json()
scim.get("/Users/" + user["id"]).raise_for_status()
scim.put("/Users/" + user["id"], json=user).raise_for_status()
operation = {"op": "replace", "value": {"active": False}}
scim.patch("/Users/" + user["id"], json={"Operations": [operation]}).raise_for_status()
assert not {"scim2_models", "pydantic"} & set(sys.modules)
scim.get("/Users", params={"filter": "active eq true"}).raise_for_status()
assert "scim2_models" in sys.modules
"""


def test_the_library_is_loaded_by_the_first_request_that_needs_it() -> None:
    """Not by a start, nor by anything that Okta's custom app sends."""
    done = subprocess.run([sys.executable, "-c", _START], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


@pytest.mark.long
def test_a_look_up_among_many_costs_what_it_costs_among_few() -> None:
    """And so does reading one, and a page of a list that has not changed."""
    few, many = (_seconds(people) for people in (100, 100_000))

    for name, seconds in many.items():
        assert seconds < 4 * few[name] + 0.002, name


def _seconds(people: int) -> dict[str, float]:
    from workato_emulator import Emulator

    rows: list[dict[str, Any]] = [
        {"name": f"P {number}", "email": f"p{number}@example.test", "roles": {"dev": "Member"}}
        for number in range(people)
    ]
    acme = {"scim": {"token": "scim-acme"}, "collaborators": rows, "plan": {"collaborator_limit": people + 1}}
    emulator = Emulator(
        {"workspaces": {"acme": acme}, "assumptions": {"scim_rate_limit": "none"}},
        clock=Clock.still(datetime(2026, 1, 5, tzinfo=UTC)),
    )
    client = emulator.scim("acme")
    found = client.get("/Users", params={"filter": f'userName eq "p{people // 2}@example.test"'}).json()
    path = f"/Users/{found['Resources'][0]['id']}"
    client.get("/Users", params={"count": "10"})
    asked: dict[str, tuple[str, dict[str, str]]] = {
        "look-up": ("/Users", {"filter": f'userName eq "p{people // 3}@example.test"'}),
        "one": (path, {}),
        "page": ("/Users", {"startIndex": str(people // 2), "count": "10"}),
    }
    return {name: _fastest(client, target, query) for name, (target, query) in asked.items()}


def _fastest(client: Any, target: str, query: dict[str, str]) -> float:  # noqa: ANN401  (a client)
    from time import perf_counter

    times = []
    for _ in range(15):
        begin = perf_counter()
        client.get(target, params=query)
        times.append(perf_counter() - begin)
    return min(times)
