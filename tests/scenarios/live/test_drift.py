"""What recordings are made of, put together: a report, a file that settles assumptions, and what takes that."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from okta_scenarios.documents.rulebook import rulebook
from okta_scenarios.language import Library
from okta_scenarios.live.drift import Drift, FieldDrift, Status, drift_of, field_drift
from okta_scenarios.live.exchange import Exchange
from okta_scenarios.live.recording import About, Recorded, Recording, read
from okta_scenarios.workato_fixture import Workato
from workato_emulator import assumptions
from workato_emulator.observed import Observed, ObservedProblem, Sighting, observed_text, read_observed

from .pretended import Json

TODAY = date(2026, 12, 1)


def recorded(folder: Path, *exchanges: Exchange, on: str = "2026-12-01", at: str = "eu") -> Recorded:
    about = About(on, at, permission_model="environment_roles", unreachable={"update_scope": "scope: needs more"})
    with Recording(folder, about, datetime(2026, 12, 1, tzinfo=UTC)) as recording:
        for each in exchanges:
            recording.add(each)
    return read(folder)


def said(**verdicts: str) -> Exchange:
    return Exchange("GET", "/api/nothing", 404, answer={"message": "Not found"}, verdicts=verdicts)


def status_of(drift: Drift, assumption: str) -> Status:
    return next(each.status for each in drift.assumptions if each.assumption.id == assumption)


def test_the_report_says_agrees_differs_neither_open_and_not_asked(tmp_path: Path) -> None:
    """With the switch to set, the answer that fits nothing, and why something was not asked."""
    one = recorded(tmp_path / "1", said(removal_answer="200", member_id="account", activity_order="neither"))
    two = recorded(tmp_path / "2", said(role_config="empty"), on="2026-11-01", at="trial")
    three = recorded(tmp_path / "3", said(role_config="opaque"))
    drift = drift_of([one, two, three], TODAY)
    text = drift.text()

    assert "differs    removal_answer  assumed 204; 200 seen 2026-12-01, eu; --assume removal_answer=200" in text
    assert "agrees     member_id  assumed account; account seen 2026-12-01, eu" in text
    assert 'neither    activity_order  assumed newest_first\n             404 {"message": "Not found"}' in text
    assert "open       role_config  assumed opaque; opaque seen 2026-12-01, eu, empty seen 2026-11-01, trial" in text
    assert "not asked  update_scope  assumed merge; scope: needs more" in text
    assert f"1 differs, 1 neither, 1 open, 1 agrees, {len(assumptions()) - 4} not asked" in text
    assert "| differs | removal_answer | 204 | 200 | seen 2026-12-01, eu |" in drift.markdown()
    found = {each["id"]: each for each in json.loads(drift.json())["assumptions"]}
    assert found["removal_answer"]["seen"] == [
        {"value": "200", "date": "2026-12-01", "data_center": "eu", "old": False}
    ]
    assert drift.differs


def test_what_was_seen_long_ago_is_told_as_such(tmp_path: Path) -> None:
    """After 180 days; the day before it is not."""
    drift = [
        drift_of([recorded(tmp_path / on, said(member_id="account"), on=on)], TODAY).text()
        for on in ("2026-06-04", "2026-06-03")
    ]

    assert ["more than 180 days ago" in each for each in drift] == [False, True]


MEMBER: Json = {
    "id": 7,
    "grant_type": "team",
    "roles": [],
    "external_id": None,
    "name": "A",
    "email": "a@example.test",
    "time_zone": None,
    "created_at": "2026-01-01T00:00:00.000Z",
    "last_activity_log": None,
}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, ()),
        ({"shoe_size": 43}, (("data[].shoe_size", "new"),)),
        ({"roles": [{"environment_type": "dev"}]}, (("data[].roles[].role_name", "missing"),)),
        ({"created_at": None}, (("data[].created_at", "null"),)),
        ({"id": "seven"}, (("data[].id", "other type: string"),)),
        (
            {"last_activity_log": {"id": 1, "event_type": "user_login"}},
            (("data[].last_activity_log.created_at", "missing"),),
        ),
    ],
    ids=["as written", "new", "missing", "null", "other type", "missing below"],
)
def test_fields_are_compared_with_the_contract(
    tmp_path: Path, change: Mapping[str, Json], found: tuple[tuple[str, str], ...]
) -> None:
    """Two answers with the same difference are one row."""
    answer = {"data": [{**MEMBER, **change}], "total": 1}
    run = recorded(tmp_path / "run", *[Exchange("GET", "/api/members", 200, answer=answer)] * 2)

    assert field_drift([run]) == tuple(FieldDrift("listCollaborators", 200, *each, 2) for each in found)


ROLE = "urn:ietf:params:scim:schemas:workato:1.0:WorkatoRole"
USER: Json = {"schemas": [ROLE], "id": "7", "userName": "a@example.test", "active": True, ROLE: {"workato_role": "A"}}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, ()),
        ({"shoeSize": 43}, (("Resources[].shoeSize", "new"),)),
        ({"active": "true"}, (("Resources[].active", "other type: string"),)),
        ({ROLE: {"workato_role": None}}, ((f"Resources[].{ROLE}.workato_role", "null"),)),
        ({"emails": [{"value": "a@example.test", "since": 1}]}, (("Resources[].emails[].since", "new"),)),
    ],
    ids=["as written", "new", "other type", "null in the extension", "new below"],
)
def test_fields_of_scim_are_compared_with_its_contract(
    tmp_path: Path, change: Mapping[str, Json], found: tuple[tuple[str, str], ...]
) -> None:
    """Also those whose names are URNs with dots in them."""
    page = {"schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"], "totalResults": 1, "startIndex": 1}
    answer = {**page, "itemsPerPage": 1, "Resources": [{**USER, **change}]}
    run = recorded(tmp_path / "run", Exchange("GET", "/scim/v2/Users", 200, answer=answer))
    bare = recorded(tmp_path / "bare", Exchange("GET", "/scim/v2/Users", 200, answer=page | {"Resources": []}))

    assert field_drift([run]) == tuple(FieldDrift("listScimUsers", 200, *each) for each in found)
    assert field_drift([bare]) == (FieldDrift("listScimUsers", 200, "itemsPerPage", "missing"),)


def test_statuses_bodies_and_operations_are_compared_too(tmp_path: Path) -> None:
    """One that the contract does not have, one that should have none, and one that is no JSON."""
    run = recorded(
        tmp_path / "run",
        Exchange("GET", "/api/members", 418, answer={"message": "teapot"}),
        Exchange("DELETE", "/api/members/7", 204, answer={"result": "ok"}),
        Exchange("GET", "/api/members", 200, answer="<html>"),
        Exchange("GET", "/api/recipes", 200, answer=[]),
    )

    assert field_drift([run]) == (
        FieldDrift("GET /api/«segment»", 200, "", "unknown operation"),
        FieldDrift("listCollaborators", 200, "", "other type: string"),
        FieldDrift("listCollaborators", 418, "", "other status"),
        FieldDrift("removeCollaborator", 204, "", "new"),
    )


def test_what_is_settled_is_written_and_read_again(tmp_path: Path) -> None:
    """Nothing is lost on the way; a later look at the same place wins; what disagrees is not settled."""
    seen = drift_of([recorded(tmp_path / "run", said(removal_answer="200", role_config="empty"))], TODAY).sightings
    observed = Observed().and_(seen)
    file = tmp_path / "settled.toml"
    file.write_text(observed_text(observed), "utf-8")

    assert read_observed(file, TODAY) == observed
    assert observed.choices() == {"removal_answer": "200", "role_config": "empty"}
    elsewhere = Sighting("role_config", date(2026, 12, 2), "trial", "opaque")
    assert observed.and_([elsewhere]).choices() == {"removal_answer": "200"}
    assert observed.and_([elsewhere]).is_open("role_config")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[[seen]]\nassumption = 'removal_anwser'\nvalue = '200'\ndate = 2026-12-01\ndata_center = 'eu'",
            "did you mean",
        ),
        ("[[seen]]\nassumption = 'removal_answer'\nvalue = '418'\ndate = 2026-12-01\ndata_center = 'eu'", "204, 200"),
        ("[[seen]]\nassumption = 'removal_answer'", "missing required field"),
        (
            "[[seen]]\nassumption = 'removal_answer'\nvalue = '200'\ndate = 2026-12-02\ndata_center = 'eu'",
            r"settled.toml: seen\[0\].date: 2026-12-02 is in the future; today is 2026-12-01",
        ),
        ("[[sen]]", "unknown key 'sen'"),
        ("[[", "is not TOML"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_settles_nothing_is_refused(tmp_path: Path, text: str | None, said: str) -> None:
    """With the nearest spelling, or what is allowed."""
    file = tmp_path / "settled.toml"
    if text is not None:
        file.write_text(text, "utf-8")
    with pytest.raises(ObservedProblem, match=said):
        read_observed(file, TODAY)


def test_the_fixture_takes_the_file(tmp_path: Path) -> None:
    """What is said in so many words wins over it."""
    sightings = [
        Sighting(name, date(2024, 1, 2), "eu", value)
        for name, value in (("removal_answer", "200"), ("creation_status", "201"))
    ]
    file = tmp_path / "settled.toml"
    file.write_text(observed_text(Observed().and_(sightings)), "utf-8")
    workato = Workato(assume={"creation_status": "200"}, assume_file=file)
    member = workato.client.get("/api/members").json()["data"][-1]["id"]

    assert workato.client.delete(f"/api/members/{member}").status_code == 200
    assert workato.client.post("/api/user_groups", json={"user_group": {"name": "New"}}).status_code == 200
    with pytest.raises(AssertionError, match="cannot be read"):
        Workato(assume_file=tmp_path / "none.toml")


def test_the_rule_book_says_what_was_observed(tmp_path: Path) -> None:
    """With date and place; what is old and what is open say so."""
    sightings = [
        Sighting("removal_answer", date(2026, 1, 1), "eu", "200"),
        Sighting("creation_status", TODAY, "eu", "201"),
        Sighting("creation_status", TODAY, "trial", "200"),
    ]
    text = rulebook(Library(()), Observed().and_(sightings), TODAY)

    assert "- `removal_answer` is `200`: observed, seen 2026-01-01, eu, more than 180 days ago\n" in text
    assert "- `creation_status` is `201`: observed, seen 2026-12-01, eu, open: another was seen elsewhere\n" in text
    assert "## Observed" not in rulebook(Library(()))
