"""Our own player as the Okta whose requests are recorded: a fixed lifecycle at the door, whatever its switches are."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from okta_connector.scim import ScimConnector, ScimSettings, connect_scim
from okta_org import AppSettings, OktaOrg, OktaUser
from okta_org.apps import apply_updates_now, import_schema
from okta_org.assignments import assign, assign_group
from okta_org.assumptions import assumptions_among
from okta_org.directory import activate_user, add_user, deactivate_user, edit_profile
from okta_org.group_push import push_group
from okta_org.groups import add_to_group, create_group, remove_from_group
from okta_org.refusals import OktaRefusal
from okta_org.retries import retry_task, run_due
from okta_scenarios.live.okta_side import EMPTIED, RETRIED, conversation, with_verdicts
from okta_scenarios.live.recording import About, Recorded, Recording, read
from workato_emulator import Emulator

BEGUN = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
ERIN = "erin@example.test"


class Okta:
    """An org with one app at an emulator of its own. `instead` are faults that the person who records arms."""

    def __init__(self, **switches: str) -> None:
        seed = {"workspaces": {"acme": {"scim": {"token": "scim-acme"}}}, "assumptions": {"scim_groups": "served"}}
        self.emulator = Emulator(seed)
        self.passed = timedelta(0)
        choices = assumptions_among(switches)
        self.org = OktaOrg("acme", lambda: BEGUN + self.passed, assumptions=choices)
        http = connect_scim("https://app.example.test/scim/v2", "scim-acme", transport=self.emulator.transport)
        connector = ScimConnector(http, ScimSettings(groups=True), switches=choices, password=lambda: "k3Vr9qXa")
        self.org.add_app("scim", connector, AppSettings(road="scim", governance=False, import_groups=False))

    def person(self, name: str, **attributes: str) -> str:
        address = f"{name}@example.test"
        self.org.do(add_user, OktaUser(name, address, address, name.title(), "Example", attributes=attributes))
        return name

    def fault(self, operation: str, **what: object) -> None:
        answer = self.emulator.control.post("/faults", json={"operation": operation, **what})
        assert answer.is_success, answer.text

    def wait(self, **time: float) -> None:
        self.passed += timedelta(**time)
        seconds = timedelta(**time).total_seconds()
        assert self.emulator.control.post("/clock/advance", json={"seconds": seconds}).is_success
        self.org.do(run_due)

    def journal(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.emulator.control.get("/journal").json()
        return found


def lifecycle(okta: Okta) -> None:
    """What the page asks of the person who records, and what an outage adds."""
    org = okta.org
    there = okta.emulator.scim("acme")
    made = there.post("/Users", json={"userName": ERIN, "name": {"givenName": "Erin", "familyName": "Example"}}).json()
    there.put(f"/Users/{made['id']}", json={**made, "active": False})
    okta.emulator.control.delete("/journal")

    org.do(assign, okta.person("erin"), "scim")
    org.do(create_group, "devs", (okta.person("ada"), okta.person("ben")), "Developers")
    org.do(assign_group, "devs", "scim")
    org.do(deactivate_user, "ada")
    org.do(activate_user, "ada")
    _retried(okta)
    _emptied(okta)
    _found_twice(okta)
    _made_with_200(okta)
    _pushed(okta)
    _limited(okta)
    with suppress(OktaRefusal):
        org.do(import_schema, "scim")
    okta.wait(hours=8)
    org.do(assign, okta.person("zoe"), "scim")


def _retried(okta: Okta) -> None:
    okta.fault("createScimUser", status=400, body={"detail": "refused"})
    okta.org.do(assign, okta.person("cleo", title=RETRIED), "scim")
    okta.org.configure_app("scim", mapping=("display_name", "title"))
    okta.org.do(retry_task, "scim")
    okta.org.do(apply_updates_now, "scim")


def _emptied(okta: Okta) -> None:
    okta.org.do(assign, okta.person("dora", title="Baker"), "scim")
    account = okta.org.app_user("dora", "scim")
    assert account is not None
    id_ = account.external_id
    shown = okta.emulator.scim("acme").get(f"/Users/{id_}").json()
    okta.fault("getScimUser", status=200, body={**shown, "title": EMPTIED})
    okta.org.do(edit_profile, "dora", {"title": None})


def _found_twice(okta: Okta) -> None:
    rows = [{"id": "1", "userName": "x-fred@example.test"}, {"id": "2", "userName": "fred@example.test"}]
    okta.fault("listScimUsers", status=200, body={"totalResults": 2, "Resources": rows})
    okta.org.do(assign, okta.person("fred"), "scim")


def _made_with_200(okta: Okta) -> None:
    okta.fault("createScimUser", status=200, body={"id": "77", "userName": "gina@example.test"})
    okta.org.do(assign, okta.person("gina"), "scim")
    if okta.org.tasks.open:
        okta.org.do(retry_task, "scim")
    okta.org.do(edit_profile, "gina", {"last_name": "Other"})


def _pushed(okta: Okta) -> None:
    okta.org.do(push_group, "devs", "scim")
    okta.org.do(remove_from_group, "devs", ("ben",))
    okta.fault("replaceScimGroup", status=502)
    okta.fault("patchScimGroup", status=502)
    okta.org.do(add_to_group, "devs", ("ben",))
    for _ in range(7):
        okta.wait(hours=1)


def _limited(okta: Okta) -> None:
    okta.fault("createScimUser", effect="rate_limited", retry_after_seconds=60)
    okta.org.do(assign, okta.person("hugo"), "scim")
    okta.wait(minutes=2)


def recorded(folder: Path, okta: Okta, app: str) -> Recorded:
    """The journal through the gate."""
    exchanges, begun = conversation(okta.journal())
    about = About(begun.date().isoformat(), f"okta-{app}", clients=("okta",), okta_app=app)
    with Recording(folder, about, begun) as recording:
        for each in with_verdicts(exchanges, app):
            recording.add(each)
    return read(folder)
