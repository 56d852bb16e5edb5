"""What is done with a click outlives the process, where a state file keeps it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workato_emulator.app import App
from workato_emulator.clock import Clock
from workato_emulator.recovery import begin, recover
from workato_emulator.state.log import Log
from workato_emulator.state.seeds import parse

from ...world import SEED
from .looking import HOME, Looker, button

WORLD = f"{HOME}world"
WAITING = {"name": "Wes", "email": "wes@example.test", "roles": {"dev": "Member"}}


@contextmanager
def _kept(path: Path) -> Iterator[App]:
    """The emulator of this file, until the end of the block."""
    log = Log(path)
    try:
        if log.exists():
            yield recover(log, Clock.still())
        else:
            acme = {**SEED["workspaces"]["acme"], "invitations": [WAITING]}
            yield begin(log, parse({"workspaces": {"acme": acme}}), Clock.still())
    finally:
        log.close()


def _seen(app: App) -> list[str]:
    """What lasts, as the pages show it; no token of a form is the same after a restart."""
    looker = Looker(app)
    places = (HOME, WORLD, f"{WORLD}/differences", f"{HOME}workspaces/acme/people/ben@example.test")
    return [looker.open(place).text for place in places]


def test_acts_outlive_the_process(tmp_path: Path) -> None:
    """People, time, rules, assumptions, faults, strictness and snapshots."""
    path = tmp_path / "state"
    with _kept(path) as app:
        looker = Looker(app)
        looker.send(button(looker.open(), "Accept"))
        looker.send(button(looker.open(looker.open().links["Ben"]), "Change roles"), **{"role-in-prod": "Member"})
        looker.send(button(looker.open(WORLD), "+1 day"))
        looker.send(button(looker.open(f"{WORLD}/rules"), "Suspend", "INV-6"))
        looker.send(button(looker.open(f"{WORLD}/assumptions"), "Switch", "removal_answer"), value="200")
        looker.send(button(looker.open(WORLD), "Arm"), operation="listCollaborators", effect="garbage")
        looker.send(button(looker.open(WORLD), "Take"), snapshot="here")
        looker.send(button(looker.open(WORLD), "Be strict"))
        seen = _seen(app)
        assert "wes@example.test" in seen[0]
        assert "The emulator is strict" in seen[1]

    with _kept(path) as app:
        assert _seen(app) == seen
        looker = Looker(app)
        looker.send(button(looker.open(WORLD), "Restore", "here"))
        restored = _seen(app)

    with _kept(path) as app:
        assert _seen(app) == restored


def test_the_file_holds_no_more_than_the_control_plane_was_asked(tmp_path: Path) -> None:
    """One record for each change, none for looking, and no secret of a form."""
    path = tmp_path / "state"
    with _kept(path) as app:
        looker = Looker(app)
        before = path.read_bytes()
        page = looker.open(WORLD)
        looker.open(f"{WORLD}/differences")
        assert path.read_bytes() == before

        advance = button(page, "+20 min")
        looker.send(advance)

    added = path.read_bytes()[len(before) :]
    assert added.count(b"\n") == 1
    assert b'"/_emulator/v1/clock/advance"' in added
    assert advance.fields["csrf"].encode() not in added


def test_what_cannot_be_written_down_is_refused_in_words(tmp_path: Path) -> None:
    """And has not happened."""

    def full(_record: object) -> None:
        raise OSError(28, "No space left on device")

    with _kept(tmp_path / "state") as app:
        app.backend.changes.append = full
        looker = Looker(app)
        page = looker.send(button(looker.open(), "Accept"))

    assert "Refused: the state file cannot be written" in page.text
    assert "No invitation waits for an answer." not in page.text
