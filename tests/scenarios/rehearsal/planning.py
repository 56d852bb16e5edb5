"""Plans for tests: a small company, and whatever a test says of it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from okta_scenarios.language.plan import Plan
from okta_scenarios.language.plan_reader import read_plan
from okta_scenarios.language.problems import Problems
from okta_scenarios.language.vocabulary import Vocabulary
from okta_scenarios.play import World, vocabulary
from okta_scenarios.rehearsal.outcome import Outcome, Row
from okta_scenarios.rehearsal.playing import rehearse
from okta_scenarios.rehearsal.seeds import read_seeded
from workato_emulator import EPOCH

SEED = """\
workspaces:
  acme:
    roles: [{name: Builder}]
    collaborators:
      - {name: Grace Hopper, email: grace@example.test, roles: {dev: Environment admin, prod: Builder}}
      - {name: Carol Shaw, email: carol@example.test, roles: {dev: Environment admin}}
    api_clients: [{name: okta, token: wrkaus-acme-okta, privileges: okta}]
"""
PEOPLE = """\
login,firstName,lastName,groups
grace@example.test,Grace,Hopper,Staff
ada@example.test,Ada,Lovelace,Staff
"""
PLAN = """\
rehearsal: A small rollout
starts: 2026-03-02T09:00:00Z
workato: {seed: seed.yaml}
okta:
  acme-okta:
    people: people.csv
    apps: {workato: {workspace: acme}}
    assignments: [{group: Staff, entitlements: {dev: Builder}}]
invitations: {everybody: accepts after 2 days}
"""


def written(folder: Path, plan: str = PLAN, files: Mapping[str, str | bytes] | None = None) -> Path:
    """The plan's file, with the seed and the tables beside it."""
    for name, text in {"seed.yaml": SEED, "people.csv": PEOPLE, "plan.yaml": plan, **(files or {})}.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder / "plan.yaml"


def problems(folder: Path, plan: str = PLAN, files: Mapping[str, str | bytes] | None = None) -> list[str]:
    """What is wrong with it, without the folder."""
    found = read_plan(written(folder, plan, files), words(), EPOCH, read_seeded)
    assert isinstance(found, Problems)
    return [str(each).replace(f"{folder}/", "") for each in found]


def plan_of(folder: Path, plan: str = PLAN, files: Mapping[str, str | bytes] | None = None) -> Plan:
    found = read_plan(written(folder, plan, files), words(), EPOCH, read_seeded)
    assert isinstance(found, Plan), str(found)
    return found


def rehearsed(
    folder: Path, plan: str = PLAN, files: Mapping[str, str | bytes] | None = None, **assumptions: str
) -> Outcome:
    return rehearse(plan_of(folder, plan, files), World(assumptions))


def row_of(outcome: Outcome, person: str) -> Row:
    (found,) = (row for row in outcome.rows if row.person == person)
    return found


def dangers_of(outcome: Outcome, person: str) -> list[str]:
    return [str(each.danger) for each in row_of(outcome, person).findings]


@cache
def words() -> Vocabulary:
    return vocabulary()
