"""A seed as a plan may name what is in it."""

from pathlib import Path

from okta_scenarios.language.plan import Seeded, SeededWorkspace
from okta_scenarios.language.plan_world import SYSTEM_ROLES
from okta_scenarios.language.problems import Problem
from workato_emulator import Emulator, SeedProblem


def read_seeded(path: Path) -> Seeded | list[Problem]:
    """What the seed of this file has, or what is wrong with it."""
    try:
        document = Emulator(path).export()
    except SeedProblem as problem:
        return [
            Problem(
                str(path),
                each.mark.line if each.mark else 1,
                each.mark.column if each.mark else 1,
                each.message,
                each.suggestion,
                each.code,
            )
            for each in problem
        ]
    return Seeded(
        document,
        {
            slug: SeededWorkspace(
                data_center=each["data_center"],
                environments=tuple(each["environments"]),
                roles=(*SYSTEM_ROLES[each["permission_model"]], *(role["name"] for role in each["roles"])),
                clients={client["name"]: client["token"] for client in each["api_clients"]},
                scim_token=next(iter((each["scim"] or {}).get("tokens", ())), None),
                groups=tuple(group["name"] for group in each["groups"]),
            )
            for slug, each in document["workspaces"].items()
        },
    )
