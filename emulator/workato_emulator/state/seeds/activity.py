"""A workspace's activity log, in seeds and in exports. An entry's number is its place in the list."""

from typing import Any

from immutables import Map

from workato_emulator.domain.copies import replace
from workato_emulator.domain.values import AccountId, Activity, ActivityId, Cloud, Resource, Workspace
from workato_emulator.state.seeds.document import ActivitySeed, ResourceSeed, WorkspaceSeed
from workato_emulator.state.seeds.making import Making
from workato_emulator.state.seeds.problems import must_be_known, unknown
from workato_emulator.state.seeds.rows import UNSAID
from workato_emulator.text.wording import show

Data = dict[str, Any]


def with_activity(make: Making, workspace: Workspace, seed: WorkspaceSeed, cloud: Cloud, place: str) -> Workspace:
    """The workspace with the log that the seed gives it. Raises `SeedProblem` for a stranger or a wrong environment."""
    log: dict[ActivityId, Activity] = {}
    latest: dict[AccountId, ActivityId] = {}
    for index, each in enumerate(seed.activity):
        with make.found.apart():
            here = f"{place}.activity.{index}"
            if each.environment is not None:
                with make.found.apart():
                    must_be_known(each.environment, workspace.environments, f"{here}.environment", "environment")
            actor = _actor(make, each, workspace, cloud, here)
            about = Resource(each.resource.id, each.resource.type, each.resource.name, each.resource.email)
            id_ = latest[actor] = ActivityId(index + 1)
            log[id_] = make.value(Activity, each, here, id=id_, actor=actor, resource=about)
    return replace(workspace, activity=Map(log), last_activity=Map(latest))


def _actor(make: Making, seed: ActivitySeed, workspace: Workspace, cloud: Cloud, place: str) -> AccountId:
    if seed.actor is None:
        return workspace.owner
    if isinstance(seed.actor, int):
        return AccountId(seed.actor)
    account = cloud.accounts.get(make.key(seed.actor))
    if account is None:
        known = [each.email for each in cloud.accounts.values()]
        raise unknown(seed.actor, known, f"{place}.actor", f"unknown account {show(seed.actor)}")
    return account.id


def export(workspace: Workspace) -> list[Data]:
    return [_entry(workspace.activity[id_]) for id_ in sorted(workspace.activity)]


def _entry(entry: Activity) -> Data:
    """Only what an entry has: a log grows without end, and whoever exports to compare waits for all of it."""
    about = entry.resource
    return ActivitySeed.export(
        entry,
        resource=ResourceSeed.export(about, email=UNSAID if about.email is None else about.email),
        environment=UNSAID if entry.environment is None else entry.environment,
    )
