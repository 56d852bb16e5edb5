"""An Okta that is recorded at the SCIM door: its switches are named, and nobody is."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from okta_scenarios.assumptions import okta_assumptions
from okta_scenarios.live.drift import Drift, Status, drift_of
from okta_scenarios.live.okta_side import WITNESSES, NoConversation, conversation, with_verdicts
from okta_scenarios.live.recording import About, Recording, read
from workato_emulator.observed import Observed, observed_text, read_observed

from .okta_played import Okta, lifecycle, recorded
from .test_recording import SIGNS, Planter

TODAY = date(2026, 12, 1)
PATCHES = {"okta_app_kind": "catalogue_patch"}
ABSENT_HERE = {
    "custom": {"okta_link_activation", "okta_import_user_schema"},
    "catalogue": {"okta_group_reads_before_put", "okta_import_user_schema"},
}
"""Only an app that sends PATCH activates by one, and only one that sends PUT reads a group first. That a schema is
never asked for shows in no request."""
ALTERNATIVES = [
    pytest.param(each.id, choice, id=f"{each.id}={choice}")
    for each in okta_assumptions()
    if each.id in WITNESSES
    for choice in each.alternatives
]


def played(folder: Path, app: str = "custom", **switches: str) -> Drift:
    okta = Okta(**switches)
    lifecycle(okta)
    return drift_of([recorded(folder, okta, app)], TODAY)


def ids(drift: Drift, status: Status) -> set[str]:
    return {each.assumption.id for each in drift.with_status(status)}


@pytest.mark.parametrize(("assumption", "choice"), ALTERNATIVES)
def test_the_requests_of_an_okta_name_the_one_switch_that_is_another_way(
    assumption: str, choice: str, tmp_path: Path
) -> None:
    """And all that the lifecycle can tell is told: everything else agrees."""
    base = PATCHES if assumption == "okta_link_activation" else {}
    switches = {**base, assumption: choice}
    app = "custom" if switches.get("okta_app_kind", "custom") == "custom" else "catalogue"
    drift = played(tmp_path / "okta", app, **switches)

    assert {each.assumption.id: each.seen for each in drift.with_status(Status.DIFFERS)} == switches
    assert not ids(drift, Status.NEITHER) | ids(drift, Status.OPEN)
    told = ids(drift, Status.AGREES) | ids(drift, Status.DIFFERS)
    silent = ABSENT_HERE["catalogue" if switches.get("okta_app_kind") == "catalogue_patch" else "custom"]
    assert WITNESSES.keys() - told == silent - {assumption}
    assert drift.differs


def test_an_okta_as_assumed_agrees_in_all_that_requests_tell(tmp_path: Path) -> None:
    """Each switch is asked, but for those that never show in a request."""
    drift = played(tmp_path / "okta")

    assert ids(drift, Status.AGREES) == WITNESSES.keys() - ABSENT_HERE["custom"]
    assert not drift.differs
    assert "not asked  sync_state  assumed tracked; no request at the door says it; Read an app user" in drift.text()


def test_a_custom_app_that_sends_patch_fits_no_alternative_and_its_request_is_shown(tmp_path: Path) -> None:
    """The admin said that it is a custom app, and no custom app is known that does this."""
    drift = played(tmp_path / "okta", "custom", **PATCHES)

    assert ids(drift, Status.NEITHER) == {"okta_app_kind"}
    assert '             PATCH /scim/v2/Users/1001 {"schemas":' in drift.text()


def test_what_was_seen_of_an_okta_settles_its_switches_for_every_command(tmp_path: Path) -> None:
    """The file that drift writes is one that `--assume-file` reads."""
    drift = played(tmp_path / "okta", okta_retry="current")
    (tmp_path / "settled.toml").write_text(observed_text(Observed(drift.sightings)))
    choices = read_observed(tmp_path / "settled.toml", TODAY, okta_assumptions()).choices()

    assert choices["okta_retry"] == "current"
    assert choices.keys() == WITNESSES.keys() - ABSENT_HERE["custom"]


def test_recordings_of_both_sides_are_reported_together_and_each_speaks_of_its_own(tmp_path: Path) -> None:
    """What Workato answers says nothing of Okta's client, and the other way round."""
    okta = Okta(okta_email_type="absent")
    lifecycle(okta)
    with Recording(tmp_path / "workato", About("2026-11-01", "eu"), datetime(2026, 11, 1, tzinfo=UTC)):
        pass
    both = drift_of([read(tmp_path / "workato"), recorded(tmp_path / "okta", okta, "custom")], TODAY)

    assert ids(both, Status.DIFFERS) == {"okta_email_type"}
    assert {"removal_answer", "sync_state"} <= ids(both, Status.NOT_ASKED)
    assert not both.fields


def test_nothing_that_an_okta_sends_or_is_answered_gets_into_the_recording(tmp_path: Path) -> None:
    """Every text and every number of a whole conversation is somebody's; paths and queries too."""
    okta = Okta()
    lifecycle(okta)
    planter = Planter()
    rows = [_planted(row, planter) for row in okta.journal()["data"]]
    exchanges, _ = conversation({"data": rows, "dropped": 0})
    about = About("2026-12-01", "okta-custom", okta_app="custom")
    with Recording(tmp_path / "okta", about, datetime(2026, 12, 1, 9, 30, tzinfo=UTC)) as recording:
        for each in with_verdicts(exchanges, "custom"):
            recording.add(each)
    text = (tmp_path / "okta" / "exchanges.jsonl").read_text("utf-8")

    assert len(planter.planted) > 100
    assert len(text.splitlines()) == len(rows)
    assert not [each for each in SIGNS if each in text]


def _planted(row: Mapping[str, Any], planter: Planter) -> Mapping[str, Any]:
    path, _, query = row["path"].partition("?")
    asked = f"{path}/{planter.text()}?{query}&filter=userName%20eq%20%22{planter.text()}%22"
    return {
        **row,
        "path": asked,
        "request": _full(row["request"], planter),
        "response": _full(row["response"], planter),
    }


def _full(value: object, planter: Planter) -> object:
    """The same with a secret for every text, and one more field in every object."""
    if isinstance(value, Mapping):
        return {**{name: _full(each, planter) for name, each in value.items()}, "note": planter.text()}
    if isinstance(value, list):
        return [_full(each, planter) for each in value]
    return planter.text() if isinstance(value, str) else value


@pytest.mark.parametrize(
    ("journal", "why"),
    [
        pytest.param({"data": [], "dropped": 0}, "the journal has no request to /scim/v2", id="nothing"),
        pytest.param({"data": [{"path": 7}], "dropped": 0}, "what was answered is not a journal", id="strange"),
        pytest.param({"data": [], "dropped": 3}, "the journal has lost its first 3 entries", id="overfull"),
    ],
)
def test_a_journal_without_an_okta_is_refused(journal: Mapping[str, Any], why: str) -> None:
    """The reason is said, and no recording is begun."""
    with pytest.raises(NoConversation, match=why):
        conversation(journal)


def test_requests_of_the_developer_api_are_left_out() -> None:
    """Only the SCIM door is recorded."""
    okta = Okta()
    okta.emulator.client("acme").get("/api/members")
    okta.emulator.scim("acme").get("/Users")
    exchanges, _ = conversation(okta.journal())

    assert [each.path for each in exchanges] == ["/scim/v2/Users"]


def test_a_retry_without_the_agreed_value_settles_nothing() -> None:
    """The requests do not say when the person at Okta edited what."""
    okta = Okta()
    lifecycle(okta)
    exchanges, _ = conversation(okta.journal())
    unmarked = json.loads(json.dumps([each.body for each in exchanges]).replace("zz-retry", "Countess"))
    found = with_verdicts([replace(each, body=body) for each, body in zip(exchanges, unmarked, strict=True)], "custom")

    assert not any("okta_retry" in each.verdicts for each in found)
