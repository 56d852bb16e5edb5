"""A workspace's activity log, in seeds and in exports. An entry's number is its place in the list."""

from typing import Any

from immutables import Map

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.copies import replace
from workato_emulator.domain.people import filed_under
from workato_emulator.domain.values import AccountId, Activity, ActivityId, Cloud, Resource, Workspace
from workato_emulator.state.seeds.document import ActivitySeed, WorkspaceSeed
from workato_emulator.state.seeds.problems import Found, SeedProblem, must_be_known, nearest
from workato_emulator.text.error_codes.commands import SEED_UNKNOWN_NAME

Data = dict[str, Any]


def with_activity(
    workspace: Workspace, seed: WorkspaceSeed, cloud: Cloud, assumptions: Assumptions, place: str, found: Found
) -> Workspace:
    """The workspace with the log that the seed gives it. Raises `SeedProblem` for a stranger or a wrong environment."""
    log: dict[ActivityId, Activity] = {}
    latest: dict[AccountId, ActivityId] = {}
    for index, each in enumerate(seed.activity):
        with found.apart():
            here = f"{place}.activity.{index}"
            if each.environment is not None:
                must_be_known(each.environment, workspace.environments, f"{here}.environment", "environment")
            actor = _actor(each, workspace, cloud, assumptions, here)
            about = Resource(each.resource.id, each.resource.type, each.resource.name, each.resource.email)
            id_ = latest[actor] = ActivityId(index + 1)
            log[id_] = Activity(
                id_, each.at, each.event, actor, about, each.ip_address, each.user_agent, each.environment
            )
    return replace(workspace, activity=Map(log), last_activity=Map(latest))


def _actor(seed: ActivitySeed, workspace: Workspace, cloud: Cloud, assumptions: Assumptions, place: str) -> AccountId:
    if seed.actor is None:
        return workspace.owner
    if isinstance(seed.actor, int):
        return AccountId(seed.actor)
    account = cloud.accounts.get(filed_under(seed.actor, assumptions))
    if account is None:
        known = [each.email for each in cloud.accounts.values()]
        unknown = f"unknown account {seed.actor!r}"
        raise SeedProblem(f"{place}.actor", unknown, nearest(seed.actor, known), code=SEED_UNKNOWN_NAME)
    return account.id


def export(workspace: Workspace) -> list[Data]:
    return [_entry(workspace.activity[id_]) for id_ in sorted(workspace.activity)]


def _entry(entry: Activity) -> Data:
    """Only what an entry has: a log grows without end, and whoever exports to compare waits for all of it."""
    resource: Data = {"id": entry.resource.id, "type": entry.resource.type, "name": entry.resource.name}
    if entry.resource.email is not None:
        resource["email"] = entry.resource.email
    row: Data = {
        "at": entry.at.isoformat(),
        "event": entry.event,
        "actor": entry.actor,
        "resource": resource,
        "ip_address": entry.ip_address,
        "user_agent": entry.user_agent,
    }
    if entry.environment is not None:
        row["environment"] = entry.environment
    return row
