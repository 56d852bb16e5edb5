"""A run that several machines share, and its reports put together."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from okta_scenarios.cli import run
from okta_scenarios.report_command import report
from okta_scenarios.selection import Unusable
from okta_scenarios.sharding import Shard, shard

from .playing import text_of

ASSIGN = "- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {%s}, proves: [PNU-1]}"
STORIES = {
    "A-1": ASSIGN % "task: none",  # claims a rule and does not notice when it is broken
    "A-2": ASSIGN % "invited: true",
    "A-3": ASSIGN.replace("PNU-1", "PNU-2") % "invited: false",
    "A-4": "- {call: listCollaborators, token: wrong, expect: {status: 401}, proves: [AUTH-1]}",
    "A-5": "- {clock: {advance: 1h}}\n- {call: listCollaborators, expect: {status: 200}}",
}


@pytest.fixture(name="suite")
def _suite(tmp_path: Path) -> Path:
    folder = tmp_path / "suite"
    folder.mkdir()
    for id_, steps in STORIES.items():
        (folder / f"{id_}.yaml").write_text(text_of(steps, id_=id_), encoding="utf-8")
    return folder


def _played(suite: Path, *options: str) -> tuple[Result, dict[str, object], Path]:
    file = suite.parent / f"{'-'.join(options).replace('/', 'of') or 'whole'}.json"
    result = CliRunner().invoke(run, [str(suite), "-n", "1", "--report", f"json={file}", *options])
    return result, json.loads(file.read_text(encoding="utf-8")), file


def _merged(into: Path, *files: Path) -> tuple[Result, dict[str, object]]:
    result = CliRunner().invoke(report, ["merge", *map(str, files), "-o", str(into)])
    return result, json.loads(into.read_text(encoding="utf-8")) if into.exists() else {}


@pytest.mark.parametrize("of", [2, *(pytest.param(each, marks=pytest.mark.long) for each in (1, 7))])
def test_shards_together_are_the_whole_run(suite: Path, of: int) -> None:
    """Every scenario is in exactly one shard, and the reports together say what one run says, but for its timing."""
    _, whole, _ = _played(suite, "--sweep")
    shards = [_played(suite, "--sweep", "--shard", f"{number}/{of}") for number in range(1, of + 1)]
    result, together = _merged(suite.parent / "merged.json", *(file for _, _, file in reversed(shards)))

    assert {**together, "timing": None} == {**whole, "timing": None}
    assert result.exit_code == 1, "one scenario fails"


def test_a_rule_that_one_shard_misses_fails_neither_the_shard_nor_the_whole(suite: Path) -> None:
    """Whether a claim is noticed is known when all shards are there: a claim of another may be the one that is."""
    (suite / "A-3.yaml").unlink()
    first, alone, one = _played(suite, "--shard", "1/2")
    _, _, other = _played(suite, "--shard", "2/2")
    result, together = _merged(suite.parent / "merged.json", one, other)

    assert first.exit_code == 0
    assert _status(alone, "PNU-1") == "unnoticed"
    assert _status(together, "PNU-1") == "verified"
    assert result.exit_code == 0, result.output


def _status(told: dict[str, object], rule: str) -> str:
    rules = told["rules"]
    assert isinstance(rules, list)
    return next(str(each["status"]) for each in rules if each["id"] == rule)


def test_an_unnoticed_rule_of_all_shards_fails_them_together(suite: Path) -> None:
    """And the scenario that claims it says so in the merged report, as in that of one run."""
    for name in ("A-2", "A-3"):
        (suite / f"{name}.yaml").unlink()
    _, whole, _ = _played(suite)
    files = [_played(suite, "--shard", f"{number}/2")[2] for number in (1, 2)]
    result, together = _merged(suite.parent / "merged.json", *files)

    assert {**together, "timing": None} == {**whole, "timing": None}
    assert result.exit_code == 1


def test_a_missing_shard_is_told(suite: Path) -> None:
    """The report is written, and is not complete."""
    _, _, file = _played(suite, "--shard", "2/3")
    result, together = _merged(suite.parent / "merged.json", file)

    assert "not complete" in result.output
    assert isinstance(together["summary"], dict)
    assert together["summary"]["complete"] is False


def test_reports_that_do_not_belong_together_are_refused(suite: Path) -> None:
    """The same scenario twice, another seed, or a file that is no report: nothing is written."""
    _, _, file = _played(suite)
    _, _, other = _played(suite, "--seed", "7")
    into = suite.parent / "merged.json"

    for files, why in (([file, file], "more than one"), ([file, other], "seed is 0 and 7")):
        result, _ = _merged(into, *files)
        assert result.exit_code == 2
        assert why in result.output
    odd = suite.parent / "odd.json"
    odd.write_text("{}", encoding="utf-8")
    assert "this is not a report of this version" in _merged(into, odd)[0].output
    assert not into.exists()


@pytest.mark.parametrize("text", ["", "2", "0/4", "5/4", "1/0", "a/b", "1/2/3", "-1/2"])
def test_a_shard_that_is_none_is_refused(text: str) -> None:
    """With what is right."""
    with pytest.raises(Unusable, match="one such as 2/4"):
        shard(text)


def test_neighbours_go_to_different_shards() -> None:
    """The slow ones of a folder are spread, whatever the number of shards."""
    assert [Shard(number, 3).share("abcdefg") for number in (1, 2, 3)] == [
        ("a", "d", "g"),
        ("b", "e"),
        ("c", "f"),
    ]
