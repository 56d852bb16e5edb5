"""Scenarios that were read before are kept, and read anew as soon as anything they are made from is different."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from okta_scenarios.bundled import fixtures
from okta_scenarios.cli import check
from okta_scenarios.kept import Kept, kept_answer, kept_scenarios
from okta_scenarios.language import Library, Problems, Vocabulary, library_digest, load
from okta_scenarios.play import vocabulary

from .playing import text_of

CALL = "- {call: listCollaborators, expect: {status: 200}}"
FIXTURE = "fixture: small\ngiven:\n  workspaces: {acme: {}}\n"


class Reader:
    """Reads one folder, keeps scenarios in another, and counts how often it had to read anything."""

    def __init__(self, folder: Path) -> None:
        self.scenarios, self.cache = folder / "mine", folder / "cache"
        self.times = 0
        (self.scenarios / "fixtures").mkdir(parents=True)
        (self.scenarios / "fixtures" / "small.yaml").write_text(FIXTURE, encoding="utf-8")
        self.file = self.scenarios / "SC-001.yaml"
        self.file.write_text(text_of(CALL, "fixture: small"), encoding="utf-8")

    def words(self) -> Vocabulary:
        self.times += 1
        return vocabulary()

    def read(self, *, tried: bool = False) -> Library | Problems:
        with kept_scenarios((self.scenarios,), tried=tried, folder=self.cache) as kept:
            return load((self.scenarios,), self.words, kept=kept, fixtures=fixtures())

    @property
    def kept(self) -> Path:
        (file,) = self.cache.iterdir()
        return file


@pytest.fixture(name="reader")
def _reader(tmp_path: Path) -> Reader:
    return Reader(tmp_path)


def test_what_was_read_once_is_not_read_again(reader: Reader) -> None:
    """The second reading gives an equal library and asks for no words."""
    first, second = reader.read(), reader.read()

    assert isinstance(first, Library)
    assert (first, reader.times) == (second, 1)


def _edit(reader: Reader) -> None:
    reader.file.write_text(text_of(CALL, "fixture: small", title="Another story"), encoding="utf-8")


def _edit_fixture(reader: Reader) -> None:
    (reader.scenarios / "fixtures" / "small.yaml").write_text(FIXTURE.replace("acme", "beta"), encoding="utf-8")


def _damage(reader: Reader) -> None:
    reader.kept.write_bytes(reader.kept.read_bytes()[:-1] + b"?")


def _cut(reader: Reader) -> None:
    reader.kept.write_bytes(reader.kept.read_bytes()[:10])


def _open_to_others(reader: Reader) -> None:
    reader.kept.chmod(0o666)


def _open_folder_to_others(reader: Reader) -> None:
    reader.cache.chmod(0o777)


def _of_another_program(reader: Reader) -> None:
    reader.kept.write_bytes(b"\0" + reader.kept.read_bytes()[1:])


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(_edit, id="the-text"),
        pytest.param(_edit_fixture, id="its-fixture"),
        pytest.param(_damage, id="a-byte-of-the-file"),
        pytest.param(_cut, id="the-length-of-the-file"),
        pytest.param(_open_to_others, id="who-may-write-the-file"),
        pytest.param(_open_folder_to_others, id="who-may-write-the-folder"),
        pytest.param(_of_another_program, id="the-program"),
    ],
)
def test_what_is_different_is_read_anew(reader: Reader, change: Callable[[Reader], None]) -> None:
    """Nothing that somebody else could have written, or that is not whole, is believed."""
    reader.read()
    change(reader)

    again = reader.read()

    assert reader.times == 2
    with kept_scenarios((), tried=False, folder=reader.cache / "none") as nothing:
        assert again == load((reader.scenarios,), vocabulary(), kept=nothing)


def test_what_was_never_set_up_is_not_taken_for_playable(reader: Reader) -> None:
    """Reading without setting up what is given keeps scenarios of its own."""
    reader.read(tried=False)
    reader.read(tried=True)

    assert reader.times == 2


def test_a_file_is_named_as_it_was_found_this_time(reader: Reader) -> None:
    """Two files of one text are told apart."""
    kept = Kept()
    load((reader.file,), vocabulary(), kept=kept)
    copy = reader.scenarios / "copy.yaml"
    copy.write_bytes(reader.file.read_bytes())

    found = load((copy,), vocabulary(), kept=kept)

    assert isinstance(found, Library)
    assert [each.file for each in found] == [str(copy)]


def test_a_scenario_with_a_problem_is_not_kept(reader: Reader) -> None:
    """It is told again the next time."""
    reader.file.write_text(text_of(CALL.replace("status", "statos"), "fixture: small"), encoding="utf-8")

    assert isinstance(reader.read(), Problems)
    assert isinstance(reader.read(), Problems)


def test_what_is_not_asked_for_any_more_is_forgotten(reader: Reader) -> None:
    """The file holds one library as it is now."""
    reader.read()
    size = reader.kept.stat().st_size
    _edit(reader)
    reader.read()

    assert abs(reader.kept.stat().st_size - size) < 100


def test_an_answer_is_found_out_once(tmp_path: Path) -> None:
    """It is kept for these files as they are, and found out anew when they differ, or what was kept is damaged."""
    asked: list[str] = []

    def ask(made_from: bytes) -> tuple[str, ...]:
        def find_out() -> tuple[str, ...]:
            asked.append("again")
            return ("12 scenarios", *asked)

        return kept_answer("check", made_from, find_out, (tmp_path,), tmp_path / "cache")

    assert ask(b"as it was") == ask(b"as it was") == ("12 scenarios", "again")
    assert ask(b"different") == ("12 scenarios", "again", "again")
    assert ask(b"as it was") == ("12 scenarios", *["again"] * 3)
    (file,) = (tmp_path / "cache").iterdir()
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    assert ask(b"as it was") == ("12 scenarios", *["again"] * 4)
    file.chmod(0o666)
    ask(b"as it was")
    assert len(asked) == 5


def _add(reader: Reader) -> None:
    (reader.scenarios / "SC-002.yaml").write_text("scenario: SC-002", encoding="utf-8")


def _rename(reader: Reader) -> None:
    reader.file.rename(reader.scenarios / "SC-003.yaml")


def _add_fixture(reader: Reader) -> None:
    (reader.scenarios / "fixtures" / "other.yaml").write_text(FIXTURE, encoding="utf-8")


@pytest.mark.parametrize("change", [_edit, _edit_fixture, _add, _rename, _add_fixture])
def test_a_library_is_another_when_any_of_its_files_is(reader: Reader, change: Callable[[Reader], None]) -> None:
    """Its digest is that of every text it is read from, and of what the files are called."""
    before = library_digest((reader.scenarios,), fixtures())
    assert before == library_digest((reader.scenarios,), fixtures())
    change(reader)

    assert library_digest((reader.scenarios,), fixtures()) not in {before, None}


def test_a_library_that_cannot_be_read_as_a_whole_has_no_digest(reader: Reader) -> None:
    """Nothing is kept of it."""
    assert library_digest((reader.scenarios / "none",), fixtures()) is None


def test_a_check_says_the_same_the_second_time_and_sees_an_edit(reader: Reader) -> None:
    """Warnings are part of what is kept, and what is wrong is told whenever it is asked."""
    reader.file.write_text(text_of(CALL, "fixture: small").partition("\n")[2], encoding="utf-8")
    tool = CliRunner(env={"WORKATO_EMULATOR_CACHE": str(reader.cache)})
    first, second = (tool.invoke(check, [str(reader.scenarios)]).output for _ in range(2))
    reader.file.write_text(text_of(CALL.replace("status", "statos"), "fixture: small"), encoding="utf-8")
    wrong = [tool.invoke(check, [str(reader.scenarios)]) for _ in range(2)]

    assert first == second
    assert first.startswith("warning: ")
    assert first.endswith("1 scenario, nothing wrong\n")
    assert [(each.exit_code, "statos" in each.output) for each in wrong] == [(2, True), (2, True)]
