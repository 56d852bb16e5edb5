"""Groups as a seed names them: by name, or by id where two have the same name (assumption `group_name_taken`)."""

from workato_emulator.domain.values import Group, GroupId, Workspace
from workato_emulator.state.seeds.problems import SeedProblem, unknown
from workato_emulator.text.wording import show


def reference_to(workspace: Workspace, group: Group) -> str:
    """The text that `group_called` finds this group by."""
    shared = any(each.name == group.name and each.id != group.id for each in workspace.groups.values())
    return group.id if shared else group.name


def group_called(workspace: Workspace, text: str, place: str) -> Group:
    """The group of this name or id. Raises `SeedProblem` where there is none, or more than one of the name."""
    found = [each for each in workspace.groups.values() if each.name == text]
    if len(found) > 1:
        raise SeedProblem(place, f"{len(found)} groups are called {show(text)}; give the id of one")
    by_id = workspace.groups.get(GroupId(text))
    if not found and by_id is None:
        known = [each.name for each in workspace.groups.values()]
        raise unknown(text, known, place, f"no group called {show(text)}")
    return found[0] if found else workspace.groups[GroupId(text)]
