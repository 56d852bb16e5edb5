"""Noticing saves, without waiting for them."""

from collections.abc import Iterator
from pathlib import Path

from okta_scenarios.watch import saves


def test_every_save_is_noticed_once(tmp_path: Path) -> None:
    """Written, new, gone: each is one turn; a look at which nothing is different is none."""
    file = tmp_path / "a.yaml"
    file.write_text("1", encoding="utf-8")
    looks: list[str] = []

    def happenings() -> Iterator[str]:
        yield "nothing"
        file.write_text("22", encoding="utf-8")
        yield "written"
        yield "nothing"
        (tmp_path / "b.yaml").write_text("1", encoding="utf-8")
        yield "new"
        file.unlink()
        yield "gone"

    story = happenings()
    turns = saves(lambda: sorted(tmp_path.glob("*.yaml")), lambda: looks.append(next(story)))
    next(turns)
    noticed = []
    for _ in range(3):
        next(turns)
        noticed.append(looks[-1])

    assert noticed == ["written", "new", "gone"]
    assert looks == ["nothing", "written", "nothing", "new", "gone"]


def test_a_save_during_a_run_is_not_lost(tmp_path: Path) -> None:
    """What is written between two looks, while the caller is busy, is noticed at the next."""
    file = tmp_path / "a.yaml"
    looks = iter(("first", "second"))
    last: list[str] = []
    turns = saves(lambda: [file], lambda: last.append(next(looks)))
    next(turns)
    file.write_text("1", encoding="utf-8")
    next(turns)

    assert last == ["first"]
