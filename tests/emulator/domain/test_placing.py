"""Folders and projects as values: where one may stand, what it is called, and what goes with it."""

import pytest

from workato_emulator.domain import folders, projects
from workato_emulator.domain.changes import ABSENT
from workato_emulator.domain.ids import IdFactory
from workato_emulator.domain.projects import DEEPEST, LONGEST_NAME, depth_of
from workato_emulator.domain.refusals import FieldInvalid, FolderProtected
from workato_emulator.domain.values import Folder, Project, Workspace

from .small import BEN, DEFAULTS, NOW, SECOND, a_cloud, acme, assuming, folder, must_be_consistent

TREE = [
    {"name": "Payroll", "folders": [{"name": "Recipes", "folders": [{"name": "Old"}]}, {"name": "Tables"}]},
    {"name": "Sales", "grants": [{"role": "Builder", "user": BEN}], "folders": [{"name": "Leads"}]},
    {"name": "Live", "environment": "prod"},
]
LATER = NOW + SECOND


def small() -> tuple[Workspace, IdFactory]:
    cloud, ids = a_cloud(projects=TREE)
    return acme(cloud), ids


def home(workspace: Workspace, environment: str = "dev") -> Folder:
    return workspace.folders[workspace.homes[environment]]


def created(workspace: Workspace, ids: IdFactory, parent: Folder, name: str) -> tuple[Workspace, Folder]:
    after, made = projects.create(workspace, parent, name, now=LATER, ids=ids, assumptions=DEFAULTS)
    return must_be_consistent(after), made


def moved(
    workspace: Workspace, name: str, to: str | None = None, called: str | None = None
) -> tuple[Workspace, Folder]:
    parent = None if to is None else home(workspace) if to == "Home" else folder(workspace, to)
    after, changed = folders.update(
        workspace, folder(workspace, name), name=called, parent=parent, now=LATER, assumptions=DEFAULTS
    )
    return must_be_consistent(after), changed


def below(workspace: Workspace, name: str) -> list[str]:
    return [each.name for each in projects.below(workspace, folder(workspace, name).id)]


def test_a_folder_under_home_is_a_project_and_a_deeper_one_is_in_it() -> None:
    """Ids are its own; the environment is its parent's."""
    workspace, ids = small()
    after, made = created(workspace, ids, home(workspace, "prod"), "Billing")
    assert made.project is not None
    project = after.projects[made.project]
    deeper, inner = created(after, ids, made, "Inner")

    assert project == Project(made.project, "Billing", None, "prod", made.id)
    assert (made.created_at, made.updated_at, made.environment) == (LATER, LATER, "prod")
    assert (inner.project, inner.parent, inner.environment) == (project.id, made.id, "prod")
    assert len(deeper.projects) == len(after.projects)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        pytest.param(" ", "can't be blank", id="blank"),
        pytest.param("x" * LONGEST_NAME, None, id="long"),
        pytest.param("x" * (LONGEST_NAME + 1), "is too long (maximum is 255 characters)", id="too-long"),
        pytest.param("a/b", "can't contain / or \\", id="slash"),
        pytest.param("a\\b", "can't contain / or \\", id="backslash"),
        pytest.param("Recipes", "has already been taken", id="taken"),
        pytest.param("recipes", None, id="another-case"),
        pytest.param("Old", None, id="taken-elsewhere"),
    ],
)
def test_a_name_can_be_or_not(name: str, problem: str | None) -> None:
    """The same for a new folder and for one that is renamed."""
    workspace, ids = small()
    payroll = folder(workspace, "Payroll")

    if problem is None:
        assert created(workspace, ids, payroll, name)[1].name == name
        assert moved(workspace, "Tables", called=name)[1].name == name
        return
    with pytest.raises(FieldInvalid) as refused:
        created(workspace, ids, payroll, name)
    assert (refused.value.field, refused.value.problem) == ("name", problem)
    with pytest.raises(FieldInvalid) as refused:
        moved(workspace, "Tables", called=name)
    assert (refused.value.field, refused.value.problem) == ("name", problem)


def test_a_name_may_be_taken_where_that_is_allowed() -> None:
    """Assumption folder_name_taken; both folders are there, and one of them can go."""
    workspace, ids = small()
    allowed = assuming(folder_name_taken="allowed")
    after, twin = projects.create(
        workspace, folder(workspace, "Payroll"), "Recipes", now=LATER, ids=ids, assumptions=allowed
    )
    must_be_consistent(after)
    one_left = must_be_consistent(folders.delete(after, twin, DEFAULTS))

    assert below(after, "Payroll").count("Recipes") == 2
    assert below(one_left, "Payroll") == below(workspace, "Payroll")


def test_folders_are_twenty_levels_deep_at_most() -> None:
    """A new one, and what a moved one brings along."""
    workspace, ids = small()
    deepest = folder(workspace, "Leads")
    while depth_of(workspace, deepest) < DEEPEST:
        workspace, deepest = created(workspace, ids, deepest, f"level {depth_of(workspace, deepest) + 1}")
    above = workspace.folders[deepest.parent] if deepest.parent is not None else deepest

    with pytest.raises(FieldInvalid) as refused:
        created(workspace, ids, deepest, "one more")
    assert (refused.value.field, refused.value.problem) == ("parent_id", "is nested too deeply (maximum is 20 levels)")
    assert moved(workspace, "Tables", above.name)[1].parent == above.id
    for name, to in (("Tables", deepest.name), ("Recipes", above.name)):
        with pytest.raises(FieldInvalid, match="Validation failed") as refused:
            moved(workspace, name, to)
        assert refused.value.problem == "is nested too deeply (maximum is 20 levels)"


@pytest.mark.parametrize(
    ("name", "to", "problem"),
    [
        pytest.param("Home", "Payroll", "can't be changed: the home folder stays where it is", id="home"),
        pytest.param("Recipes", "Live", "is in another environment", id="environment"),
        pytest.param("Recipes", "Recipes", "is the folder itself or inside it", id="itself"),
        pytest.param("Recipes", "Old", "is the folder itself or inside it", id="inside"),
        pytest.param("Payroll", "Sales", "can't be changed: a project stays in the home folder", id="project"),
        pytest.param("Recipes", "Home", "is the home folder, which holds projects only", id="to-home"),
    ],
)
def test_a_move_leaves_a_tree(name: str, to: str, problem: str) -> None:
    """Of projects, which stay, and their folders."""
    workspace, _ = small()

    with pytest.raises(FieldInvalid) as refused:
        moved(workspace, name, to)
    assert (refused.value.field, refused.value.problem) == ("parent_id", problem)


def test_a_move_takes_what_is_inside_into_the_other_project() -> None:
    """With a new time on the folder that was moved only."""
    workspace, _ = small()
    after, recipes = moved(workspace, "Recipes", "Leads", called="Old ones")
    sales = folder(after, "Sales")

    assert below(after, "Sales") == ["Leads", "Old ones", "Old"]
    assert below(after, "Payroll") == ["Tables"]
    assert recipes.project == sales.project == folder(after, "Old").project
    assert (recipes.updated_at, recipes.created_at, folder(after, "Old").updated_at) == (LATER, NOW, NOW)


@pytest.mark.parametrize(("name", "to", "called"), [("Recipes", None, None), ("Recipes", "Payroll", "Recipes")])
def test_what_is_so_already_changes_nothing(name: str, to: str | None, called: str | None) -> None:
    """The workspace is the same value."""
    workspace, _ = small()

    assert moved(workspace, name, to, called) == (workspace, folder(workspace, name))


def test_a_project_and_its_folder_have_one_name() -> None:
    """Whichever is renamed; a description is the project's own, and null is not absent."""
    workspace, _ = small()
    renamed, payroll = moved(workspace, "Payroll", called="Wages")
    assert payroll.project is not None
    project = renamed.projects[payroll.project]
    described, after = folders.update_project(
        renamed, project, name="Salaries", description="What we pay", now=LATER, assumptions=DEFAULTS
    )
    kept, same = folders.update_project(
        described, after, name=None, description=ABSENT, now=LATER, assumptions=DEFAULTS
    )
    _, plain = folders.update_project(described, after, name=None, description=None, now=LATER, assumptions=DEFAULTS)

    assert project.name == "Wages"
    assert folder(must_be_consistent(described), "Salaries").id == project.folder
    assert (after.name, after.description, plain.description) == ("Salaries", "What we pay", None)
    assert (kept, same) == (described, after)
    assert moved(workspace, "Recipes", called="Flows")[0].projects == workspace.projects


def test_the_home_folder_keeps_its_name_and_stays() -> None:
    """It is told which of the two cannot be done."""
    workspace, _ = small()

    with pytest.raises(FolderProtected, match="Cannot update folder"):
        moved(workspace, "Home", called="House")
    with pytest.raises(FolderProtected, match="Cannot destroy folder"):
        folders.delete(workspace, home(workspace), DEFAULTS)


def test_deleting_takes_along_what_is_inside() -> None:
    """A project's grants too, and nothing of another project; or only what is empty, by assumption."""
    workspace, _ = small()
    empty_only = assuming(project_deletion="empty_only")
    sales = next(each for each in workspace.projects.values() if each.name == "Sales")
    without_recipes = must_be_consistent(folders.delete(workspace, folder(workspace, "Recipes"), DEFAULTS))
    without_sales = must_be_consistent(folders.delete_project(workspace, sales, DEFAULTS))

    assert below(without_recipes, "Payroll") == ["Tables"]
    assert without_recipes.grants == workspace.grants
    assert not without_sales.grants
    assert {each.name for each in without_sales.projects.values()} == {"Payroll", "Live"}
    assert below(without_sales, "Payroll") == below(workspace, "Payroll")
    with pytest.raises(FolderProtected):
        folders.delete(workspace, folder(workspace, "Recipes"), empty_only)
    with pytest.raises(FolderProtected):
        folders.delete_project(workspace, sales, empty_only)
    assert below(folders.delete(workspace, folder(workspace, "Old"), empty_only), "Recipes") == []


@pytest.mark.parametrize(("answer", "deleted"), [("refused", False), ("deleted", True)])
def test_a_project_is_deleted_through_its_folder_or_not(answer: str, *, deleted: bool) -> None:
    """By assumption project_folder_deletion."""
    workspace, _ = small()
    sales = folder(workspace, "Sales")

    if deleted:
        after = must_be_consistent(folders.delete(workspace, sales, assuming(project_folder_deletion=answer)))
        assert sales.project not in after.projects
        assert not after.grants
    else:
        with pytest.raises(FolderProtected):
            folders.delete(workspace, sales, assuming(project_folder_deletion=answer))
