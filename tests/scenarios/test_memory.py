"""What failed the last time."""

from pathlib import Path

import pytest

from okta_scenarios.memory import Memory

from .playing import play

FAILED = play("- {check: {}, expect: {people: {ben: {invited: true}}}}")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"failed": 1}', '{"failed": [1]}'])
def test_a_spoilt_memory_is_none(tmp_path: Path, text: str) -> None:
    """Whatever stands in the file, a run is never stopped by it, and the next failure mends it."""
    (tmp_path / "failed.json").write_text(text, encoding="utf-8")
    memory = Memory(tmp_path)

    assert memory.failed_files() == frozenset()
    memory.keep([FAILED])
    assert memory.failed_files() == {Path(FAILED.file).resolve()}


def test_a_folder_that_cannot_be_made_is_no_reason_to_fail(tmp_path: Path) -> None:
    """Remembering is a convenience."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    memory = Memory(tmp_path / "file" / "folder")
    memory.keep([FAILED])

    assert memory.failed_files() == frozenset()
