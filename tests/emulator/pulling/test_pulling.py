"""A workspace is read slowly, with GET only, and becomes a seed that starts the emulator with the same people."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from workato_emulator import Emulator
from workato_emulator.pulling.anonymise import NoTable, StandIns
from workato_emulator.pulling.channel import Pace
from workato_emulator.pulling.seed import Pulled, seed_of
from workato_emulator.pulling.survey import survey
from workato_emulator.pulling.tenant import Answers, Tenant, TenantUnreadable
from workato_emulator.pulling.writing import yaml_of

HOST = "http://localhost"
TENANT: dict[str, Any] = {
    "workspaces": {
        "acme": {
            "name": "Acme & Söhne",
            "roles": [{"name": "Builder", "privileges": {"Recipes": ["read"]}}],
            "project_roles": [{"name": "Auditor", "config": {"project": {"privileges": "all"}}}],
            "groups": [{"name": "Payroll", "description": "Pays"}, {"name": "Empty"}],
            "collaborators": [
                {
                    "name": "Ada Lovelace",
                    "email": "ada@example.test",
                    "roles": {"dev": "Builder", "prod": "Member"},
                    "groups": ["Payroll"],
                },
                {"name": "Ben", "email": "ben@example.test", "external_id": "x-1"},
            ],
            "projects": [
                {
                    "name": "HR",
                    "folders": [{"name": "In", "folders": [{"name": "Deep"}]}],
                    "grants": [
                        {"role": "Auditor", "group": "Payroll"},
                        {"role": "Builder", "user": "ben@example.test"},
                    ],
                }
            ],
            "folders": [{"name": "Loose", "folders": [{"name": "Looser"}]}],
            "client_roles": [{"name": "Reads"}],
            "api_clients": [{"name": "okta", "token": "acme-okta", "role": "Reads", "ip_allow_list": ["127.0.0.0/8"]}],
        }
    }
}
LEGACY = {
    "workspaces": {
        "acme": {
            "permission_model": "legacy_roles",
            "roles": [{"name": "Clerk", "privileges": {"Recipes": ["read"]}}],
            "collaborators": [
                {"name": "Ada", "email": "ada@example.test", "roles": {"dev": "Clerk"}},
                {"name": "Ben", "email": "ben@example.test", "roles": {"dev": "Admin"}},
            ],
            "api_clients": [{"name": "okta", "token": "acme-okta"}],
        }
    }
}
CROWD = {
    "workspaces": {
        "acme": {
            "groups": [{"name": f"g{number}"} for number in range(250)],
            "collaborators": [
                {"name": f"P{number}", "email": f"p{number}@example.test", "groups": ["g0"]} for number in range(230)
            ],
            "api_clients": [{"name": "okta", "token": "acme-okta"}],
        }
    }
}


class Pulling:
    """Pulls of one emulator, on its clock."""

    def __init__(self, emulator: Emulator, folder: Path) -> None:
        self.emulator = emulator
        self.answers = Answers(folder / "seed.yaml.part")
        self.asked: list[str] = []
        self.stop_after = 10_000
        self.hear: Callable[[str], None] = lambda _: None

    def _told(self, path: str) -> None:
        if len(self.asked) == self.stop_after:
            raise KeyboardInterrupt
        self.asked.append(path)
        self.hear(path)

    def __call__(self, token: str = "acme-okta") -> Pulled:  # noqa: S107
        self.asked = []
        clock = self.emulator.clock
        pace = Pace(lambda: clock.now().timestamp(), lambda seconds: clock.advance(timedelta(seconds=seconds)))
        with Tenant(HOST, token, self.answers, pace, self._told, self.emulator.transport) as tenant:
            return seed_of(survey(tenant), "localhost", tenant.refused)


def pulled(seed: dict[str, Any], folder: Path, token: str = "acme-okta") -> Pulled:  # noqa: S107
    folder.mkdir()
    return Pulling(Emulator(seed), folder)(token)


@pytest.mark.parametrize("seed", [TENANT, LEGACY, CROWD], ids=["new model", "legacy", "many pages"])
def test_what_is_pulled_from_an_emulator_of_what_was_pulled_is_equal(seed: dict[str, Any], tmp_path: Path) -> None:
    """But for the tokens, which no API shows."""
    first = pulled(seed, tmp_path / "first").document
    (slug, workspace), *_ = first["workspaces"].items()
    second = pulled(first, tmp_path / "second", workspace["api_clients"][0]["token"]).document

    assert second == first
    people = Emulator(seed).client("acme", token="acme-okta").get("/api/members").json()["data"]
    again = Emulator(first).client(slug).get("/api/members").json()["data"]
    assert [(each["id"], each["email"], each["name"], each["roles"]) for each in again] == [
        (each["id"], each["email"], each["name"], each["roles"]) for each in people
    ]


def test_groups_grants_and_folders_come_along(tmp_path: Path) -> None:
    """Under their names and with their ids."""
    (workspace,) = pulled(TENANT, tmp_path / "p").document["workspaces"].values()

    assert [each["groups"] for each in workspace["collaborators"] if "groups" in each] == [["Payroll"]]
    (project,) = workspace["projects"]
    assert sorted((each["role"], each.get("group", each.get("user"))) for each in project["grants"]) == [
        ("Auditor", "Payroll"),
        ("Builder", "ben@example.test"),
    ]
    assert project["folders"][0]["folders"][0]["name"] == "Deep"
    assert [each["name"] for each in workspace["folders"]] == ["Loose"]
    assert workspace["folders"][0]["folders"][0]["name"] == "Looser"
    assert workspace["api_clients"][0]["ip_allow_list"] == ["127.0.0.0/8"]


def test_it_reads_only_and_at_half_the_documented_rate(tmp_path: Path) -> None:
    """GET, thirty times in any minute at most, also where a list has many pages."""
    pulling = Pulling(Emulator(CROWD), tmp_path)
    pulling()
    sent = pulling.emulator.control.get("/journal?limit=1000").json()["data"]
    times = [datetime.fromisoformat(each["at"]) for each in sent]

    assert {each["method"] for each in sent} == {"GET"}
    assert {each["status"] for each in sent} == {200}
    assert len(sent) == len(pulling.asked) > 250
    assert all(later - at >= timedelta(minutes=1) for at, later in zip(times, times[30:], strict=False))


def test_it_waits_as_long_as_it_is_told(tmp_path: Path) -> None:
    """A 429 and a failing server are asked again, a few times."""
    pulling = Pulling(Emulator(TENANT), tmp_path)
    late = {"operation": "listCollaboratorGroups", "effect": "rate_limited", "retry_after_seconds": 50}
    pulling.emulator.control.post("/faults", json=late).raise_for_status()
    pulling.emulator.control.post("/faults", json={"operation": "listProjects", "status": 503}).raise_for_status()
    before = pulling.emulator.clock.now()

    assert "Payroll" in json.dumps(pulling().document)
    assert pulling.emulator.clock.now() - before > timedelta(seconds=50)


@pytest.mark.parametrize("after", [0, 1, 5, 12])
def test_an_interrupted_pull_goes_on(tmp_path: Path, after: int) -> None:
    """Nothing but the workspace itself is asked twice, and the seed is the same."""
    whole = pulled(TENANT, tmp_path / "whole").document
    pulling = Pulling(Emulator(TENANT), tmp_path)
    pulling.stop_after = after
    with pytest.raises(KeyboardInterrupt):
        pulling()
    first = pulling.asked
    pulling.stop_after = 10_000

    assert pulling().document == whole
    assert set(first) & set(pulling.asked) <= {"/api/users/me", "/api/user_groups"}
    assert pulling.asked[0] == "/api/users/me"


def test_a_line_that_was_cut_off_is_asked_again(tmp_path: Path) -> None:
    """As a kill in the middle of writing leaves it."""
    pulling = Pulling(Emulator(TENANT), tmp_path)
    whole = pulling()
    path = pulling.answers.path
    path.write_bytes(path.read_bytes()[:-20])

    assert pulling() == whole
    assert len(pulling.asked) == 2


def test_answers_of_another_workspace_are_not_mixed_in(tmp_path: Path) -> None:
    """The file says whose they are."""
    Pulling(Emulator(TENANT), tmp_path)()

    with pytest.raises(TenantUnreadable, match="answers of another workspace"):
        Pulling(Emulator({"workspaces": {"acme": {**CROWD["workspaces"]["acme"], "id": 7}}}), tmp_path)()


def test_what_a_token_may_not_read_is_told(tmp_path: Path) -> None:
    """The seed has the rest; a role that somebody holds is there although no list has it."""
    narrow = {"name": "okta", "token": "acme-okta", "privileges": ["collaborators.list", "workspace.details"]}
    acme = {**TENANT["workspaces"]["acme"], "api_clients": [narrow]}
    found = pulled({"workspaces": {"acme": acme}}, tmp_path / "p")
    (workspace,) = found.document["workspaces"].values()

    told = "\n".join(found.unshown)
    assert "groups: GET /api/user_groups is answered with 40" in told
    assert "'Builder'" in told
    assert [each["name"] for each in workspace["roles"]] == ["Builder"]
    Emulator(found.document)


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (
            {"status": 302, "headers": {"Location": "https://elsewhere.example.test/"}},
            "a redirect, which is not followed",
        ),
        ({"effect": "garbage", "body": "<html>"}, "not JSON"),
        ({"effect": "drop_before_work"}, "cannot be read"),
        ({"status": 418}, "is answered with 418"),
    ],
)
def test_an_unforeseen_answer_ends_the_pull(tmp_path: Path, fault: dict[str, Any], why: str) -> None:
    """What was read before it is kept."""
    pulling = Pulling(Emulator(TENANT), tmp_path)
    armed = {"operation": "listCollaborators", "count": 9, **fault}
    pulling.emulator.control.post("/faults", json=armed).raise_for_status()

    with pytest.raises(TenantUnreadable, match=why):
        pulling()
    pulling.emulator.control.delete("/faults")
    assert pulling().document == pulled(TENANT, tmp_path / "p").document


def test_no_token_is_kept_although_the_host_answers_with_it(tmp_path: Path) -> None:
    """In a field that a seed has, and in one that it has not."""
    pulling = Pulling(Emulator(TENANT), tmp_path)
    row = {"id": 7, "name": "Bearer acme-okta", "email": "eve@example.test", "roles": [], "token": "acme-okta"}
    answer = {"operation": "listCollaborators", "status": 200, "body": {"data": [row]}}
    pulling.emulator.control.post("/faults", json=answer).raise_for_status()
    found = pulling()

    kept = pulling.answers.path.read_text(encoding="utf-8")
    assert "eve@example.test" in kept
    assert "acme-okta" not in kept
    assert "acme-okta" not in json.dumps(found.document["workspaces"]["acme-s-hne"]["collaborators"])


ODD_NAMES = (
    "12e4",
    "1:30",
    "0100",
    "yes",
    "null",
    " led",
    "# no",
    "a: b",
    "\x85",
    "\u2028",
    "\U0001f600",
    "'",
    "- x",
    "é",
)


def test_names_come_as_they_are_whatever_they_look_like(tmp_path: Path) -> None:
    """Like numbers and marks of YAML, or like credentials; the text of the seed says the same as the document."""
    names = [*ODD_NAMES, "Basic authentication", "token: finance", "Bearer Services", "wrkaus-prod-recipes"]
    role = {"name": "Basic authentication", "privileges": {"Secrets management": ["all"]}}
    person = {"name": "yes", "email": "on@example.test", "roles": {"dev": role["name"]}, "groups": names}
    client = {"name": "okta", "token": "acme-okta"}
    acme = {"roles": [role], "groups": [{"name": each} for each in names], "collaborators": [person]}
    document = pulled({"workspaces": {"acme": {**acme, "api_clients": [client]}}}, tmp_path / "p").document
    (workspace,) = document["workspaces"].values()

    assert sorted(each["name"] for each in workspace["groups"]) == sorted(names)
    assert workspace["roles"][0]["name"] == role["name"]
    assert workspace["roles"][0]["privileges"] == role["privileges"]
    file = tmp_path / "seed.yaml"
    file.write_text(yaml_of(document), encoding="utf-8")
    assert Emulator(file).export() == Emulator(document).export()


def test_projects_of_every_environment_come_with_their_folders(tmp_path: Path) -> None:
    """Where a grant shows the environment; otherwise the seed says that it does not know."""
    grants = [{"role": "Builder", "user": "ada@example.test"}]
    acme = {
        "environments": ["dev", "prod"],
        "collaborators": [{"name": "Ada", "email": "ada@example.test"}],
        "projects": [
            {
                "name": "P",
                "environment": "prod",
                "folders": [{"name": "X", "folders": [{"name": "Y"}]}],
                "grants": grants,
            },
            {"name": "Q"},
        ],
        "api_clients": [{"name": "okta", "token": "acme-okta", "environments": ["dev", "prod"]}],
    }
    found = pulled({"workspaces": {"acme": acme}}, tmp_path / "p")
    (workspace,) = found.document["workspaces"].values()

    first, second = workspace["projects"]
    assert (first["environment"], first["folders"][0]["folders"][0]["name"]) == ("prod", "Y")
    assert "environment" not in second
    assert "'Q'" in "\n".join(found.unshown)
    assert "'P'" not in "\n".join(found.unshown)
    Emulator(found.document)


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("getWorkspaceDetails", {"id": True}),
        ("getWorkspaceDetails", []),
        ("listCollaborators", {"data": [{"id": 1}]}),
        ("listCollaborators", {"data": ["x"]}),
        (
            "listCollaborators",
            {"data": [{"id": 1, "name": "A", "email": "a@b.test", "roles": [{"environment_type": "dev"}]}]},
        ),
        ("listCollaborators", "[" * 5_000),
        ("listCollaborators", "{}"),
        ("listCollaboratorGroups", {"data": [{"id": [1], "name": "G"}]}),
        ("listCollaboratorGroups", {"data": [{"id": "pf-AAAAAAAA-aaaaaa"}]}),
        ("listProjectGrants", {"data": [{"id": "pg-AAAAAAAA-aaaaaa"}]}),
        ("listApiClients", {"result": {"items": [{"id": 1, "name": "c", "ip_allow_list": 5}]}}),
    ],
)
def test_an_answer_that_is_not_as_the_pages_say_ends_the_pull(tmp_path: Path, operation: str, body: object) -> None:
    """In our own words. It is not kept, so that the same command goes on when the host is well."""
    pulling = Pulling(Emulator(TENANT), tmp_path)
    armed = {"operation": operation, "status": 200, "body": body, "count": 5}
    pulling.emulator.control.post("/faults", json=armed).raise_for_status()
    with pytest.raises(TenantUnreadable):
        pulling()
    pulling.emulator.control.delete("/faults")

    assert pulling().document == pulled(TENANT, tmp_path / "p").document


def test_folders_that_lie_in_each_other_are_taken_once(tmp_path: Path) -> None:
    """As no workspace has them."""
    pulling = Pulling(Emulator(TENANT), tmp_path)
    rows = [{"id": 1, "name": "a", "parent_id": 2}, {"id": 2, "name": "b", "parent_id": 1}]
    armed = {"operation": "listFolders", "status": 200, "body": rows, "count": 9}
    pulling.emulator.control.post("/faults", json=armed).raise_for_status()

    assert "folders" not in next(iter(pulling().document["workspaces"].values()))


def test_a_token_that_is_taken_away_meanwhile_ends_the_pull(tmp_path: Path) -> None:
    """Nothing is left out of the seed for it, and what was read is kept."""
    pulling = Pulling(Emulator(TENANT), tmp_path)
    control = pulling.emulator.control

    def told(path: str) -> None:
        if path == "/api/projects":
            for operation in ("listProjects", "getWorkspaceDetails"):
                control.post("/faults", json={"operation": operation, "status": 401}).raise_for_status()

    pulling.hear = told
    with pytest.raises(TenantUnreadable, match="401, and so is GET /api/users/me by now"):
        pulling()
    pulling.hear = lambda _: None
    assert pulling().document == pulled(TENANT, tmp_path / "p").document


class Endless(httpx.BaseTransport):
    """A host whose answer goes on and on, a piece in so many seconds of the emulator's clock."""

    def __init__(self, emulator: Emulator, seconds: float, piece: bytes) -> None:
        self.emulator, self.seconds, self.piece = emulator, seconds, piece

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        def pieces() -> Iterator[bytes]:
            while True:
                self.emulator.clock.advance(timedelta(seconds=self.seconds))
                yield self.piece

        return httpx.Response(200, content=pieces(), request=request)


@pytest.mark.parametrize(("seconds", "piece"), [(5, b"x"), (0, b"x" * 1_000_000)], ids=["slow", "large"])
def test_an_answer_without_an_end_is_given_up(tmp_path: Path, seconds: float, piece: bytes) -> None:
    """After a minute, or 64 MiB."""
    emulator = Emulator(TENANT)
    pace = Pace(lambda: emulator.clock.now().timestamp(), lambda _: None)
    hanging = Endless(emulator, seconds, piece)
    tenant = Tenant(HOST, "acme-okta", Answers(tmp_path / "part"), pace, lambda _: None, hanging)
    with tenant, pytest.raises(TenantUnreadable, match="more than is waited for"):
        survey(tenant)


@pytest.mark.parametrize("line", ["5", "[]", '{"asked": "x"}', "nonsense", "[" * 100_000])
def test_a_file_that_holds_no_answers_is_refused(tmp_path: Path, line: str) -> None:
    """Its first line may be right."""
    pulling = Pulling(Emulator(TENANT), tmp_path)
    pulling.stop_after = 1
    with pytest.raises(KeyboardInterrupt):
        pulling()
    with pulling.answers.path.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    pulling.stop_after = 10_000

    with pytest.raises(TenantUnreadable, match="does not hold the answers of a pull"):
        pulling()


def test_stand_ins_are_the_same_in_the_seed_and_in_the_tables() -> None:
    """Addresses in any case and of any form; the surest column says whose row it is, and names follow it."""
    stand_ins = StandIns()
    people = [
        {"name": "Ada Lovelace", "email": "Ada@example.test", "external_id": "x"},
        {"name": "Pat O'Brien", "email": "o'brien@example.test"},
    ]
    table = (
        "Manager Email,user.firstName,last_name,Team,login\n"
        "o'brien@example.test,Ada,Lovelace,Payroll,ada@EXAMPLE.test\n"
        ",Zoe,Zett,,\n"
    )

    assert stand_ins.in_seed({"collaborators": people}) == {
        "collaborators": [
            {"name": "Person 1", "email": "person-1@example.test"},
            {"name": "Person 2", "email": "person-2@example.test"},
        ]
    }
    assert stand_ins.in_csv(table).splitlines() == [
        "Manager Email,user.firstName,last_name,Team,login",
        "person-2@example.test,Person,1,Payroll,person-1@example.test",
        ",Person,Unknown,,",
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_column_of_which_nothing_is_known_is_empty(delimiter: str) -> None:
    """Unless it is named; whatever stands between the columns."""
    rows = [["Name", "E-Mail", "Mobile", "dev", "Notes"], ["Ada", "ada@example.test", "0123", "Member", "tall"]]
    table = "".join(delimiter.join(row) + "\n" for row in rows)
    strict, lenient = StandIns(), StandIns(keep=["notes"])

    shown = strict.in_csv(table).splitlines()[1].split(delimiter)
    assert shown == ["Person 1", "person-1@example.test", "", "Member", ""]
    assert strict.emptied == {"Mobile", "Notes"}
    assert lenient.in_csv(table).splitlines()[1].split(delimiter)[-1] == "tall"


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ("ada@example.test,Ada\n", "no row of column names"),
        ("", "no row of column names"),
        ("email\n" + "x" * 200_000, "is not a table"),
    ],
)
def test_what_is_no_table_of_people_is_refused(table: str, why: str) -> None:
    """Without its head nobody knows what a column holds."""
    with pytest.raises(NoTable, match=why):
        StandIns().in_csv(table)
