"""`workato-emulator assumptions`, and the places of assumptions in the contract."""

import json

import pytest
from click.testing import CliRunner

from okta_scenarios.assumptions import okta_assumptions
from workato_emulator import assumptions, documented
from workato_emulator.cli import main
from workato_emulator.http.contract import load, shared_assumptions

EVERY = {each.id: each for each in assumptions()}
OKTAS = [each.id for each in okta_assumptions()]


def told(*arguments: str) -> str:
    result = CliRunner().invoke(main, ["assumptions", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_each_assumption_is_explained_once() -> None:
    """Question, default, alternatives, evidence and probe, under what it is about."""
    text = told()

    for each in EVERY.values():
        assert text.count(f"  {each.id} = {each.default}\n    or        {', '.join(each.alternatives)}\n") == 1
        for sentence in (each.question, f"evidence  {each.evidence}", f"probe     {each.probe}"):
            assert f"    {sentence}\n" in text
    assert text.index("\nEvery operation\n") < text.index("\nCollaborators\n") < text.index("\nActivity log\n")


def test_one_assumption_can_be_asked_for() -> None:
    """Nothing is said of the others."""
    text = told("activity_order")

    assert "activity_order = newest_first\n    or        oldest_first\n" in text
    assert "activity_keys" not in text


def test_assumptions_are_there_as_data_and_as_a_document() -> None:
    """`--json` has every field; `--markdown` has a heading for each."""
    data = json.loads(told("--json"))
    headings = [line.removeprefix("### ") for line in told("--markdown").splitlines() if line.startswith("### ")]

    assert sorted(each["id"] for each in data) == sorted(headings) == sorted([*EVERY, *OKTAS])
    assert list(data[0]) == ["id", "question", "default", "alternatives", "evidence", "probe"]
    assert told("activity_order", "--markdown").startswith("# Assumptions\n\n## Activity log\n\n### activity_order\n")


def test_what_others_assume_is_explained_beside_it() -> None:
    """Okta's side comes last, under its name, with the same fields."""
    every = {each["id"]: each for each in json.loads(told("--json"))}
    text = told()

    assert list(every)[-len(OKTAS) :] == OKTAS
    assert text.index("\nOkta\n") < text.index("  okta_retry = snapshot\n    or        current\n")
    assert set(every["okta_retry"]) == set(every["activity_order"])
    assert told("okta_retry", "--markdown").startswith("# Assumptions\n\n## Okta\n\n### okta_retry\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("okta_rety",), "no assumption is called 'okta_rety'; did you mean 'okta_retry'?"),
        (("activity_ordre",), "no assumption is called 'activity_ordre'; did you mean 'activity_order'?"),
        (("zzz",), "no assumption is called 'zzz'"),
        (("--json", "--markdown"), "--json or --markdown, not both"),
    ],
)
def test_what_cannot_be_explained_ends_with_2(arguments: tuple[str, ...], message: str) -> None:
    """With the nearest spelling, where there is one."""
    result = CliRunner().invoke(main, ["assumptions", *arguments])

    assert (result.exit_code, message in result.stderr) == (2, True)


def test_every_assumption_has_its_place_in_the_contract() -> None:
    """Some operation rests on it, or all do and the contract says so at its top; never both, and none is invented."""
    named: set[str] = set()
    for contract in ("workato.yaml", "scim.yaml"):
        shared = set(shared_assumptions(contract))
        particular = {name for operation in load(contract).values() for name in operation.assumptions}
        assert shared & particular == set()
        assert {name.startswith("scim_") for name in shared | particular} == {contract == "scim.yaml"}
        named |= shared | particular

    assert named | {name for each in load("control.yaml").values() for name in each.assumptions} == set(EVERY)


def test_every_operation_of_the_contract_says_how_well_it_is_known() -> None:
    """And what it is about."""
    assert {each.standing for each in load("workato.yaml").values()} <= {"documented", "observed", "assumed"}
    assert all(each.tag for each in load("workato.yaml").values())


def test_every_served_operation_is_documented_or_says_that_it_is_not() -> None:
    """Each documented operation stands there once; what only clients know comes last; nothing declined is served."""
    known = documented()
    served = [each.serves.id for each in known if each.serves is not None]
    beyond = [each for each in known if each.group == "Known from clients only"]

    assert sorted(served) == sorted(load("workato.yaml"))
    assert len({(each.method, each.path) for each in known}) == len(known)
    assert [(each.path, each.serves and each.serves.standing) for each in beyond] == [("/api/members", "assumed")]
    assert [each.path for each in known if each.serves and each.declined] == []
    assert {each.status for each in known if each.path.startswith("/api/managed_users")} == {"declined"}
