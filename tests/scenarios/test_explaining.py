"""Every error that is printed has a code, and every code is explained."""

import ast
import contextlib
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import okta_scenarios
import workato_emulator.app
from okta_org.messages import TASK_TEXTS
from okta_scenarios.bundled import starter
from okta_scenarios.explaining import explain
from workato_emulator import error_codes
from workato_emulator.cli import main
from workato_emulator.domain.refusals import Refusal

CODES = {each.code: each for each in error_codes()}
SOURCES = tuple(
    path
    for package in (workato_emulator, okta_scenarios)
    for path in sorted(Path(package.__file__ or "").parent.rglob("*.py"))
)
STATUSES = {"verified", "unnoticed", "unclaimed", "unbreakable", "failed"}


@cache
def modules() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}


def explaining(*arguments: str) -> Result:
    return CliRunner().invoke(explain, list(arguments))


def called(name: str) -> Iterator[ast.Call]:
    """Every call of a function of this name in the packages."""
    for module in modules().values():
        for node in ast.walk(module):
            if (
                isinstance(node, ast.Call)
                and (getattr(node.func, "id", None) or getattr(node.func, "attr", "")) == name
            ):
                yield node


def answered_codes() -> set[str]:
    """What the control plane can answer: the codes that it names, and each kind of refusal."""
    given = (argument for call in called("own_error") for argument in call.args[1:2])
    named = {str(each.value) for each in given if isinstance(each, ast.Constant)}
    kinds = {re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower(): kind.__module__ for kind in kinds_of(Refusal)}
    return named | {word for word, module in kinds.items() if ".scim." not in module or word in BY_HAND_TOO}


BY_HAND_TOO = {"scim_disabled", "sign_in_blocked"}
"""Refusals of SCIM that the control plane has too. The others speak SCIM's own dialect, which has no such codes."""


def kinds_of(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for each in kind.__subclasses__():
        if each.__module__.startswith("workato_emulator."):
            yield each
            yield from kinds_of(each)


def test_every_explanation_is_reached() -> None:
    """A declared code is used where an error is raised; nothing is explained that cannot happen."""
    declarations = set(called("declare"))
    declared = {
        target.id: node.value.args[0].value
        for module in modules().values()
        for node in module.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and node.value in declarations
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.args[0], ast.Constant)
    }
    used = {
        node.id
        for path, module in modules().items()
        if "error_codes" not in (path.stem, path.parent.name)
        for node in ast.walk(module)
        if isinstance(node, ast.Name)
    }

    assert len(declared) > 30
    assert sorted(declared.keys() - used) == []
    assert {code for code in CODES if "-" in code} == set(declared.values())


def test_every_code_that_the_control_plane_answers_is_explained() -> None:
    """And no word is explained that it never answers, the statuses of rules apart."""
    words = {code for code in CODES if "-" not in code}

    assert sorted(answered_codes() - words) == []
    assert sorted(words - answered_codes() - STATUSES) == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["rnu"], "OPT-2", id="unknown-command"),
        pytest.param(["--colour"], "OPT-2", id="unknown-option-of-the-group"),
        pytest.param(["serve", "--prot", "1"], "OPT-2", id="unknown-option"),
        pytest.param(["serve", "--port", "seventy"], "OPT-4", id="value-of-another-kind"),
        pytest.param(["serve", "--port"], "OPT-1", id="option-without-value"),
        pytest.param(["serve", "extra"], "OPT-1", id="argument-too-many"),
        pytest.param(["run", "--report", "json=none/x.json"], "RUN-5", id="file-that-cannot-be"),
        pytest.param(["assumptions", "--json", "--markdown"], "OPT-1", id="options-that-exclude-each-other"),
        pytest.param(["assumptions", "removal_anwser"], "ASSUME-1", id="unknown-assumption"),
        pytest.param(["serve", "--assume", "x"], "ASSUME-1", id="unusable-assumption"),
        pytest.param(["serve", "--assume", "okta_retry=current"], "ASSUME-1", id="assumption-of-another-side"),
        pytest.param(["explain", "Bad", "Request"], "RUN-4", id="two-words-that-nobody-says"),
        pytest.param(["serve", "--host", "0.0.0.0"], "SRV-2", id="open-to-others"),  # noqa: S104
        pytest.param(["serve", "--host", "192.0.2.1", "--control-token", "x"], "SRV-1", id="another-machine's-address"),
        pytest.param(["serve", "--seed", "none.yaml"], "SEED-2", id="no-seed"),
        pytest.param(["serve", "--seed", "not.yaml"], "SEED-2", id="no-yaml"),
        pytest.param(["serve", "--seed", "misspelt.yaml"], "SEED-4", id="misspelt-seed"),
        pytest.param(["serve", "--seed", "role.yaml"], "SEED-3", id="seed-without-that-role"),
        pytest.param(["serve", "--seed", "twice.yaml"], "SEED-1", id="seed-with-a-name-twice"),
        pytest.param(["serve", "--state", "none/x"], "STATE-1", id="no-folder-for-the-state"),
        pytest.param(["serve", "--state", "not.yaml"], "STATE-3", id="no-state-file"),
        pytest.param(["check", "none"], "RUN-2", id="no-such-folder"),
        pytest.param(["check", "not.yaml"], "SCN-2", id="scenario-that-is-no-yaml"),
        pytest.param(["run", "mine", "--rule", "PNU-99"], "RUN-4", id="unknown-rule"),
        pytest.param(["run", "mine", "--report", "jsn=x"], "RUN-5", id="unknown-report"),
        pytest.param(["run", "mine", "--text", "nobody says so"], "RUN-3", id="nothing-wanted"),
    ],
)
def test_what_is_printed_ends_with_its_code(arguments: list[str], code: str, tmp_path: Path) -> None:
    """Whatever goes wrong on the command line, the last line ends with a code that is explained; exit code 2."""
    shutil.copytree(starter() / "scenarios", tmp_path / "mine")
    for name, text in {
        "not.yaml": "a: [1",
        "misspelt.yaml": "{workspaces: {acme: {colaborators: []}}}",
        "role.yaml": "{workspaces: {acme: {collaborators: [{name: A, email: a@b.test, roles: {dev: Mebmer}}]}}}",
        "twice.yaml": "{workspaces: {acme: {groups: [{name: A}, {name: A}]}}}",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with contextlib.chdir(tmp_path):
        result = CliRunner().invoke(main, arguments)

    assert result.stderr.rstrip("\n").endswith(f"  [{code}]"), result.output
    assert code in CODES
    assert result.exit_code == 2


def test_every_code_is_told_with_example_and_remedy() -> None:
    """Each explanation has all its parts, as sentences of their own."""
    for code, each in CODES.items():
        told = explaining(code)

        assert told.exit_code == 0
        assert told.stdout.startswith(f"{code}  {each.title}\n\n")
        assert "\nFor example\n  " in told.stdout
        assert "\nWhat to do\n  " in told.stdout
        assert all((each.title, each.meaning, each.example, each.fix))


def test_all_are_listed_without_a_code() -> None:
    """One line each, with the texts of Okta's tasks, and a word on rules."""
    listed = explaining().stdout

    assert [
        code for code in (*CODES, *TASK_TEXTS) if not re.search(rf"^{re.escape(code)}  ", listed, re.MULTILINE)
    ] == []
    assert "explain PNU-1" in listed


def test_what_a_message_quotes_may_be_pasted() -> None:
    """Brackets and case do not matter."""
    assert explaining("[scn-4]").stdout == explaining("SCN-4").stdout


def test_rules_are_explained_too() -> None:
    """As `rules` does it."""
    told = explaining("pnu-1")

    assert told.exit_code == 0
    assert told.stdout.startswith("PNU-1  ")
    assert "  scenario   SC-001  " in told.stdout


def test_texts_of_okta_are_explained_too() -> None:
    """With the places that are filled in."""
    assert "Automatic profile push of user {name} to app {label} failed" in explaining("MSG-2").stdout


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("SCN4", "unknown code 'SCN4'; did you mean 'SCN-4'?  [RUN-4]\n"),
        ("MGS-2", "unknown code 'MGS-2'; did you mean 'MSG-2'?  [RUN-4]\n"),
        ("not_fonud", "unknown code 'not_fonud'; did you mean 'not_found'?  [RUN-4]\n"),
        ("zzz", "unknown code 'zzz'; without a code, `explain` lists them all  [RUN-4]\n"),
    ],
)
def test_a_near_miss_gets_the_nearest_spelling(given: str, said: str) -> None:
    """Exit code 2, and what was probably meant."""
    result = explaining(given)

    assert (result.exit_code, result.stderr) == (2, said)
