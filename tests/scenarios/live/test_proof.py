"""The probes against tenants that are pretended: the drift report names exactly what is different there.

For every alternative of every assumption, the probes that settle it are sent to a tenant that answers so. With `--long`
all probes are, so that nothing else may look different because of it.
"""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from okta_scenarios.live.drift import Drift, Status, drift_of
from okta_scenarios.live.planning import Wanted
from okta_scenarios.live.probes import PROBES, UNREACHED, settled_by
from workato_emulator import assumptions

from .pretended import BEGUN, Pretended, probe, untouched, world

TODAY = BEGUN.date()
ELSEWHERE = {
    "dev only": ("client-environment", "client-alone", "client-alone-folder"),
    "legacy": ("legacy-members", "legacy-roles"),
    "full": ("seats", "scim-seats"),
}
NAMES = {
    "main": tuple(each.id for each in PROBES if not any(each.id in names for names in ELSEWHERE.values())),
    **ELSEWHERE,
}
"""The probes that are sent to each kind of tenant: no tenant can have it both ways."""
FOLLOWS = {("scim_rate_limit", "shared"): {"rate_scope": "workspace"}}
"""What cannot but look different, too: a limit that SCIM shares with the Developer API is the whole workspace's."""
HIDDEN = {("scim_known_account", "409")}
"""What only its own probes tell: a run that has invited the same mailbox before may be refused because of that."""
ALTERNATIVES = [
    pytest.param(each.id, choice, id=f"{each.id}={choice}")
    for each in assumptions()
    if each.id in settled_by()
    for choice in each.alternatives
]


def kind_for(assumption: str) -> str:
    """The kind of tenant to which the question can be put."""
    settling = settled_by()[assumption]
    return next(kind for kind, names in NAMES.items() if set(settling) & set(names))


def look(kind: str, names: tuple[str, ...], folder: Path, **answers: str) -> Drift:
    """What is found out about a tenant that answers so. Nothing of its own may be another way afterwards."""
    seed, choices = world(kind, **answers)
    tenant = Pretended(seed, answers)
    before = untouched(tenant.emulator.export())
    recorded = probe(tenant, choices, Wanted(write=True, writes_people=True, names=names), folder, tokens=tenant.tokens)
    assert untouched(tenant.emulator.export()) == before
    return drift_of([recorded], TODAY)


def different(drift: Drift) -> dict[str, str]:
    """What the report says is not as assumed."""
    assert drift.fields == (), "every alternative is in the contract"
    assert not drift.with_status(Status.NEITHER)
    assert not drift.with_status(Status.OPEN)
    return {each.assumption.id: each.seen for each in drift.with_status(Status.DIFFERS)}


def test_every_assumption_is_settled_by_a_probe_or_says_why_it_is_not() -> None:
    """None is left out, and none is named that does not exist. All about the Developer API are settled."""
    assert settled_by().keys() | UNREACHED.keys() == {each.id for each in assumptions()}
    assert not settled_by().keys() & UNREACHED.keys()
    of_scim = {each.id for each in assumptions() if each.id.startswith("scim_")}
    reached = len(of_scim & settled_by().keys())
    page = (Path(__file__).parents[3] / "scenarios/plans/README.md").read_text("utf-8")
    assert f"all {len(assumptions()) - len(of_scim)} assumptions about the Developer API" in page
    assert f"{reached} of the {len(of_scim)} about SCIM" in page
    assert all(each.startswith("scim_") for each in UNREACHED)


@pytest.mark.parametrize("kind", NAMES)
def test_a_tenant_as_assumed_differs_in_nothing(kind: str, tmp_path: Path) -> None:
    """Every question that can be put there is answered, and as assumed; so is every field."""
    drift = look(kind, NAMES[kind], tmp_path / "run")

    assert different(drift) == {}
    assert not drift.differs
    asked = {each.assumption.id for each in drift.with_status(Status.AGREES)}
    chosen = [each for each in PROBES if each.id in NAMES[kind]]
    assert asked == {name for each in chosen for name in each.settles}


@pytest.mark.parametrize(("assumption", "choice"), ALTERNATIVES)
def test_the_alternative_is_found_by_its_probes(assumption: str, choice: str, tmp_path: Path) -> None:
    """It, and nothing else of what these probes settle."""
    kind = kind_for(assumption)
    names = tuple(each for each in settled_by()[assumption] if each in NAMES[kind])

    assert different(look(kind, names, tmp_path / "run", **{assumption: choice})) == {assumption: choice}


@pytest.mark.long
@pytest.mark.parametrize(("assumption", "choice"), ALTERNATIVES)
def test_the_alternative_is_the_only_thing_found(assumption: str, choice: str, tmp_path: Path) -> None:
    """All probes are sent, and no other answer looks different because of it."""
    kind = kind_for(assumption)
    itself = {} if (assumption, choice) in HIDDEN else {assumption: choice}
    expected = {**itself, **FOLLOWS.get((assumption, choice), {})}

    assert different(look(kind, NAMES[kind], tmp_path / "run", **{assumption: choice})) == expected


OF_THE_API = tuple(each for each in NAMES["main"] if not each.startswith("scim-"))
THREE = st.lists(
    st.sampled_from(
        [
            each
            for each in assumptions()
            if each.id in settled_by() and kind_for(each.id) == "main" and not each.id.startswith("scim_")
        ]
    ),
    min_size=3,
    max_size=3,
    unique_by=lambda each: each.id,
).flatmap(lambda three: st.fixed_dictionaries({each.id: st.sampled_from(each.alternatives) for each in three}))


@settings(max_examples=3, deadline=None)
@given(answers=THREE)
def test_three_differences_at_once_are_all_found(
    tmp_path_factory: pytest.TempPathFactory, answers: dict[str, str]
) -> None:
    """Any three of the Developer API: none hides another. Of SCIM some do, as one that has nobody join."""
    folder = tmp_path_factory.mktemp("three") / "run"

    assert different(look("main", OF_THE_API, folder, **answers)) == answers


@pytest.mark.long
@settings(max_examples=60, deadline=None)
@given(answers=THREE)
def test_many_threes_are_all_found(tmp_path_factory: pytest.TempPathFactory, answers: dict[str, str]) -> None:
    """The same, often."""
    folder = tmp_path_factory.mktemp("three") / "run"

    assert different(look("main", OF_THE_API, folder, **answers)) == answers
