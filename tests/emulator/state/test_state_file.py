"""What outlives the process: the log, what it leads back to, and the files that are refused."""

import json
import os
import resource
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from workato_emulator.app import App
from workato_emulator.cli import main
from workato_emulator.clock import Clock
from workato_emulator.recovery import begin, recover
from workato_emulator.state.log import Log, StateProblem
from workato_emulator.state.seeds import parse
from workato_emulator.transport import InProcessTransport

from ..world import ADA, NEW, SEED, Json, row

INVITE = {"name": "New", "email": NEW, "env_roles": [row("dev", "Member")]}


class Kept:
    """An emulator with a state file, spoken to over HTTP."""

    def __init__(self, log: Log, app: App) -> None:
        self.log = log
        self.app = app
        transport = InProcessTransport(app)
        self.acme = httpx.Client(
            transport=transport,
            base_url="http://workato.example.test",
            headers={"Authorization": "Bearer acme-okta", "User-Agent": "okta/1"},
        )
        self.control = httpx.Client(transport=transport, base_url="http://workato.example.test/_emulator/v1")

    def seen(self) -> list[Json]:
        """All that lasts: no journal, no quotas."""
        places = ("/export", "/clock", "/rules", "/assumptions", "/faults", "/snapshots")
        return [self.control.get(place).json() for place in places]

    def invite(self, email: str = NEW) -> httpx.Response:
        return self.acme.post("/api/member_invitations", json=INVITE | {"email": email})

    def ada(self) -> str:
        rows = self.acme.get("/api/members").json()["data"]
        return f"/api/members/{next(each['id'] for each in rows if each['email'] == ADA)}"


@contextmanager
def kept(path: Path, compact_after: int = 1_000) -> Iterator[Kept]:
    """The emulator of this file, until the end of the block: then the file is let go, and memory forgotten."""
    log = Log(path)
    try:
        if log.exists():
            yield Kept(log, recover(log, Clock.still(), compact_after=compact_after))
        else:
            yield Kept(log, begin(log, parse(SEED), Clock.still()))
    finally:
        log.close()


def _many_acts(world: Kept) -> None:
    """Through both doors, changes of every kind that a state file keeps."""
    control, acme = world.control, world.acme
    assert world.invite().status_code == 200
    assert control.post("/clock/advance", json={"seconds": 1200.5}).status_code == 200
    assert control.put("/snapshots/invited").status_code == 204
    assert control.post(f"/workspaces/acme/invitations/{NEW}/accept").status_code == 204
    assert acme.put(world.ada(), json={"env_roles": [row("prod", "NoAccess")]}).status_code == 200
    assert acme.post("/api/user_groups", json={"user_group": {"name": "Zürich ☃"}}).status_code == 200
    assert control.post("/rules/MEM-5/suspend").status_code == 204
    assert control.patch("/assumptions", json={"removal_answer": "200"}).status_code == 200
    assert (
        control.post("/faults", json={"operation": "listCollaborators", "status": 502, "count": 2}).status_code == 201
    )
    assert acme.get("/api/members").status_code == 502


def test_what_was_acknowledged_is_there_after_a_restart(tmp_path: Path) -> None:
    """State, clock, rules, assumptions, faults and snapshots; what is restored from a snapshot too."""
    with kept(tmp_path / "state") as before:
        _many_acts(before)
        seen = before.seen()
        assert before.control.post("/snapshots/invited/restore").status_code == 204
        restored = before.seen()
        before.log.close = lambda: None  # type: ignore[method-assign]  # what follows is never written
        lines = (tmp_path / "state").read_bytes().splitlines(keepends=True)
    Log.close(before.log)
    (tmp_path / "state").write_bytes(b"".join(lines[:-1]))

    with kept(tmp_path / "state") as after:
        assert after.seen() == seen
        assert after.control.post("/snapshots/invited/restore").status_code == 204
        assert after.seen() == restored
    with kept(tmp_path / "state") as again:
        assert again.seen() == restored


def test_what_was_asked_in_a_query_is_asked_again(tmp_path: Path) -> None:
    """It may say whom a request is about."""
    with kept(tmp_path / "state") as before:
        ada = before.ada().rpartition("/")[2]
        made = before.acme.post("/api/user_groups", json={"user_group": {"name": "Audit"}}).json()["data"]["id"]
        members = f"/api/user_groups/{made}/members"
        assert before.acme.post(members, params={"user_ids": [ada]}).status_code == 204
        assert len(before.acme.get(members).json()["data"]) == 1

    with kept(tmp_path / "state") as after:
        assert [str(each["id"]) for each in after.acme.get(members).json()["data"]] == [ada]


def test_what_was_done_was_done_when_it_was_done(tmp_path: Path) -> None:
    """A restart is no new beginning of a lifetime: the machine's clock has gone on, and history stands."""
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    with closing(Log(tmp_path / "state")) as log:
        before = Kept(log, begin(log, parse(SEED), Clock.system(lambda: noon)))
        assert before.invite().status_code == 200
        invited = before.control.get("/workspaces/acme/invitations").json()

    with closing(Log(tmp_path / "state")) as log:
        after = Kept(log, recover(log, Clock.system(lambda: noon + timedelta(hours=1))))
        assert after.control.get("/workspaces/acme/invitations").json() == invited


def test_a_token_outlives_the_process_that_made_it(tmp_path: Path) -> None:
    """The one that is alive, and a regenerated one stays dead; the next token is another one."""
    clients = "/api/developer_api_clients"
    with kept(tmp_path / "state") as before:
        role = before.acme.get("/api/developer_api_client_roles").json()["result"]["items"][0]["id"]
        wanted = {"api_privilege_group_id": role, "all_folders": True, "environment_name": "Development"}
        made = before.acme.post(clients, json=wanted | {"name": "Sync"}).json()["result"]
        again = before.acme.post(f"{clients}/{made['id']}/regenerate").json()["result"]
        seen = before.seen()

    with kept(tmp_path / "state") as after:
        assert after.seen() == seen
        bearing = [{"Authorization": f"Bearer {each['token']['value']}"} for each in (made, again)]
        assert [after.acme.get("/api/members", headers=each).status_code for each in bearing] == [401, 200]
        third = after.acme.post(clients, json=wanted | {"name": "Another"}).json()["result"]
        assert third["token"]["value"] not in {each["token"]["value"] for each in (made, again)}


def test_only_what_changed_something_is_written(tmp_path: Path) -> None:
    """Reads, refusals and a journal that is cleared leave the file alone."""
    path = tmp_path / "state"
    with kept(path) as world:
        size = path.stat().st_size
        assert world.acme.get("/api/members").status_code == 200
        assert world.acme.post("/api/member_invitations", json={}).status_code == 400
        assert world.acme.get("/api/nothing").status_code == 501
        assert world.control.delete("/journal").status_code == 204
        assert world.control.get("/export").status_code == 200
        assert world.control.post("/clock/advance", json={"seconds": 0}).status_code == 200
        assert path.stat().st_size == size
        assert world.invite().status_code == 200
        assert path.stat().st_size > size


def test_a_refusal_that_leaves_something_is_kept(tmp_path: Path) -> None:
    """Under the assumption that an invitation which comes too soon starts its cool-down again."""
    with kept(tmp_path / "state") as world:
        world.control.patch("/assumptions", json={"invitation_cooldown_extended": "yes"})
        world.invite()
        world.control.post("/clock/advance", json={"seconds": 600})
        assert world.invite().status_code == 429
        world.control.post("/clock/advance", json={"seconds": 601})
    with kept(tmp_path / "state") as world:
        assert world.invite().status_code == 429


def test_quotas_and_the_journal_begin_anew(tmp_path: Path) -> None:
    """They are about this minute and this session."""
    with kept(tmp_path / "state") as world:
        for _ in range(60):
            world.acme.get("/api/members")
        world.invite()
        assert world.acme.get("/api/members").status_code == 429
    with kept(tmp_path / "state") as world:
        assert world.control.get("/journal").json()["data"] == []
        assert world.acme.get("/api/members").status_code == 200


def test_calls_beyond_the_quota_do_not_stop_a_replay(tmp_path: Path) -> None:
    """However many changes there were in one minute on the file's clock, the file leads back to them."""
    seen: list[object] = []
    for restart in range(3):  # what was counted does not outlive the process
        with kept(tmp_path / "state") as world:
            assert world.seen() == seen or not restart
            world.control.patch("/workspaces/acme/plan", json={"requests_per_minute": 5})
            for number in range(4):
                assert world.invite(f"n{restart}{number}@example.test").status_code == 200
            assert world.invite(f"n{restart}0@example.test").status_code == 429  # too soon: counted, not in the file
            assert world.invite(f"n{restart}9@example.test").status_code == 429
            seen = world.seen()


def test_a_body_that_is_no_text_is_kept_as_it_was(tmp_path: Path) -> None:
    """A fault is spent by a call with any body; so the call is in the file."""
    fault = {"operation": "inviteCollaborator", "status": 502, "count": 1}
    with kept(tmp_path / "state") as world:
        for body in (b"\xff\xfe", b"x" * 2_000_000):
            world.control.post("/faults", json=fault)
            assert world.acme.post("/api/member_invitations", content=body).status_code == 502
        seen = world.seen()
    assert (tmp_path / "state").stat().st_size < 100_000
    with kept(tmp_path / "state") as world:
        assert world.seen() == seen


def test_the_last_line_of_a_killed_process_is_cut_off(tmp_path: Path) -> None:
    """Wherever in the line it was killed; what was acknowledged before is there."""
    path = tmp_path / "state"
    with kept(path) as world:
        world.invite("first@example.test")
        seen, size = world.seen(), path.stat().st_size
        world.invite("second@example.test")
    whole = path.read_bytes()
    for end in {size + 1, size + 8, size + 9, size + 30, len(whole) - 1}:
        path.write_bytes(whole[:end])
        with kept(path) as world:
            assert world.seen() == seen
        assert path.read_bytes() == whole[:size]
    with kept(path) as world:
        world.invite("third@example.test")
        seen = world.seen()
    with kept(path) as world:
        assert world.seen() == seen


def _signed(payload: bytes, before: bytes | None = None) -> bytes:
    """A line as the log writes it: the base without a `before`, or a change."""
    found = zlib.crc32(payload, 0 if before is None else zlib.crc32(before))
    return b"%08x %s\n" % (found, payload) if before is None else b"%08x %d %s\n" % (found, len(payload), payload)


def _lines(content: bytes) -> list[bytes]:
    return content.splitlines(keepends=True)


def _changed_base(change: Callable[[Any], object]) -> Callable[[bytes], bytes]:
    def damage(content: bytes) -> bytes:
        header = json.loads(_lines(content)[0][9:])
        change(header)
        return _signed(json.dumps(header).encode())

    return damage


def _changed_record(**changes: object) -> Callable[[bytes], bytes]:
    def damage(content: bytes) -> bytes:
        first, second, *_ = _lines(content)
        record = json.loads(second[9:].partition(b" ")[2]) | changes
        return first + _signed(json.dumps(record).encode(), first[9:-1])

    return damage


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        pytest.param(lambda _: b"", ": is not a state file of the emulator", id="empty"),
        pytest.param(lambda _: b"workspaces: {}\n", ": is not a state file of the emulator", id="a seed"),
        pytest.param(lambda _: b"\0\xff" * 5_000, ": is not a state file of the emulator", id="bytes"),
        pytest.param(lambda _: b"\n", ": is not a state file of the emulator", id="an empty line"),
        pytest.param(lambda each: each[:200], ":1: this line, or", id="half a base"),
        pytest.param(lambda each: each.replace(b"Ada", b"Eve", 1), ":1: this line, or", id="another base"),
        pytest.param(lambda each: each.replace(b"first@", b"frist@"), ":2: this line, or", id="another change"),
        pytest.param(lambda each: each.replace(b"third@", b"thrid@"), ":4: this line, or", id="another last change"),
        pytest.param(lambda each: b"".join(_lines(each)[:1] + _lines(each)[2:]), ":2: this", id="a change is lost"),
        pytest.param(lambda each: each + _lines(each)[-1], ":5: this line, or", id="a change is doubled"),
        pytest.param(lambda each: each + b"\n", ":5: this line, or", id="a line too many"),
        pytest.param(lambda each: each[:-30] + b"\0" * 29 + b"\n", ":4: this line, or", id="zeros"),
        pytest.param(lambda each: each[:-1] + b"\x8a", ":4: this line, or", id="another end of the last line"),
        pytest.param(lambda each: each[:-30] + b"\0" * 30, ":4: this line, or", id="zeros at the end"),
        pytest.param(lambda each: each.replace(b"\n", b"J"), ":1: this line, or", id="no line ends"),
        pytest.param(lambda each: each.replace(b"\n", b"\r\n"), ":1: this line, or", id="other line ends"),
        pytest.param(_changed_base(lambda it: it.update(format=3)), ":1: is in format 3, by version", id="format"),
        pytest.param(_changed_base(lambda it: it.pop("first")), ":1: does not describe a state", id="no beginning"),
        pytest.param(_changed_base(lambda it: it.update(first=[])), ":1: does not describe a state", id="a list"),
        pytest.param(
            _changed_base(lambda it: it["first"]["document"].update(wrkspaces={})), "did you mean", id="a bad seed"
        ),
        pytest.param(
            _changed_base(lambda it: it["first"]["clock"].update(kind="system")), "system clock", id="another clock"
        ),
        pytest.param(_changed_record(status=404), ":2: POST /api/member_invitations was answered 404", id="answer"),
        pytest.param(_changed_record(ids=7), "was answered 200 with 7 ids", id="ids"),
        pytest.param(_changed_record(door="back"), ":2: does not describe a request", id="door"),
        pytest.param(_changed_record(body=3), ":2: does not describe a request", id="body"),
        pytest.param(_changed_record(headers=[["a"]]), ":2: does not describe a request", id="headers"),
    ],
)
def test_a_damaged_file_is_refused_and_left_as_it_was(
    tmp_path: Path, damage: Callable[[bytes], bytes], message: str
) -> None:
    """The message names the file, the line and what is wrong."""
    path = tmp_path / "state"
    with kept(path) as world:
        for name in ("first", "second", "third"):
            world.invite(f"{name}@example.test")
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)

    with pytest.raises(StateProblem) as caught, kept(path):
        pass
    assert str(caught.value).startswith(str(path))
    assert message in str(caught.value)
    assert path.read_bytes() == damaged


def test_serve_says_what_is_wrong_with_a_state_file(tmp_path: Path) -> None:
    """One line and exit 2; a folder, and a place that does not exist, as well."""
    path = tmp_path / "state"
    path.write_text("mine, not yours")
    for given, message in (
        (path, f"{path}: is not a state file of the emulator"),
        (tmp_path, f"{tmp_path}: is not a regular file"),
        (tmp_path / "no" / "state", "no such folder"),
        (Path(os.devnull), "is not a regular file"),
    ):
        result = CliRunner().invoke(main, ["serve", "--port", "0", "--state", str(given)])
        assert (result.exit_code, result.output.count("\n")) == (2, 1), result.output
        assert message in result.output
    assert path.read_text() == "mine, not yours"


def test_a_file_has_one_owner(tmp_path: Path) -> None:
    """Also under another name."""
    (tmp_path / "alias").symlink_to(tmp_path / "state")
    with kept(tmp_path / "state"):
        for name in ("state", "alias"):
            with pytest.raises(StateProblem, match="another `serve` is using it"):
                Log(tmp_path / name)
    with kept(tmp_path / "alias"):
        pass


@contextmanager
def _no_file_larger_than(size: int) -> Iterator[None]:
    """A disk that is full from here on."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("room", [0, 1, 100])
def test_what_cannot_be_written_has_not_happened(tmp_path: Path, room: int, caplog: pytest.LogCaptureFixture) -> None:
    """500 in each door's words, nothing changed, and the file goes on being good when there is room again."""
    path = tmp_path / "state"
    with kept(path) as world:
        world.invite("first@example.test")
        world.control.put("/snapshots/one")
        before, size = world.seen(), path.stat().st_size
        with _no_file_larger_than(size + room):
            answer = world.invite("second@example.test")
            acts = [
                world.control.post("/clock/advance", json={"seconds": 5}),
                world.control.put("/snapshots/two"),
                world.control.delete("/snapshots/one"),
                world.control.post("/rules/MEM-5/suspend"),
                world.control.post("/reset"),
                world.control.put("/seed", json=SEED),
                world.control.post("/faults", json={"operation": "listCollaborators", "status": 502, "count": 1}),
            ]
            assert world.seen() == before
            assert path.stat().st_size == size
        assert (answer.status_code, answer.json()["message"]) == (500, "Server error")
        assert {(each.status_code, each.json()["error"]["code"]) for each in acts} == {(500, "state_not_written")}
        assert {each.getMessage().endswith("File too large") for each in caplog.records} == {True}
        assert world.invite("second@example.test").status_code == 200
        after = world.seen()
    with kept(path) as world:
        assert world.seen() == after


def test_a_long_file_is_compacted_at_start(tmp_path: Path) -> None:
    """One line that leads to the same, snapshots and reset included."""
    path = tmp_path / "state"
    with kept(path) as world:
        world.control.post("/rules/MEM-5/suspend")
        world.control.post(
            "/faults", json={"operation": "listCollaborators", "status": 502, "count": 1, "headers": {"X-A": "b"}}
        )
        world.control.put("/snapshots/early")
        world.control.patch("/assumptions", json={"removal_answer": "200"})
        for _ in range(20):
            world.control.post("/clock/advance", json={"seconds": 0.25})
        seen = world.seen()
    with kept(path, compact_after=30) as world:
        assert world.seen() == seen
    assert len(_lines(path.read_bytes())) > 20
    with kept(path, compact_after=20) as world:
        assert world.seen() == seen
    assert len(_lines(path.read_bytes())) == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["state", "state.lock"]
    with kept(path) as world, kept(tmp_path / "fresh") as fresh:
        assert world.seen() == seen
        world.control.post("/snapshots/early/restore")
        assert world.control.get("/rules/MEM-5").json()["suspended"]
        assert world.control.get("/clock").json() == fresh.control.get("/clock").json()
        world.control.post("/reset")
        assert world.seen() == fresh.seen()


def test_a_long_file_of_ordinary_acts_is_compacted(tmp_path: Path) -> None:
    """People, roles, groups and their activity are all in the base that takes the place of the log."""
    path = tmp_path / "state"
    with kept(path) as world:
        _many_acts(world)
        world.control.post("/rules/MEM-5/resume")
        seen, activity = world.seen(), world.acme.get("/api/activity_logs").json()
    with kept(path, compact_after=0):
        pass
    assert len(_lines(path.read_bytes())) == 1
    with kept(path) as world:
        assert world.seen() == seen
        assert world.acme.get("/api/activity_logs").json() == activity


def test_the_file_is_for_its_owner_and_without_the_control_token(tmp_path: Path) -> None:
    """It holds API tokens, as an export does, so nobody else reads it; the control plane's token is not in it."""
    path = tmp_path / "state"
    with kept(path) as world:
        world.control.headers["Authorization"] = "Bearer very-secret"
        world.control.post("/clock/advance", json={"seconds": 5})

    assert path.stat().st_mode & 0o777 == 0o600
    assert len(_lines(path.read_bytes())) == 2
    assert b"very-secret" not in path.read_bytes()


EFFECTS: list[Json] = [
    {"effect": "drop_after_work"},
    {"effect": "garbage"},
    {"effect": "truncated"},
    {"effect": "latency", "latency_seconds": 0.01},
    {"status": 502},
]


@pytest.mark.parametrize("effect", EFFECTS, ids=[str(each.get("effect", "status")) for each in EFFECTS])
@pytest.mark.parametrize("operation", ["removeCollaborator", "inviteCollaborator"])
def test_what_the_quota_refused_stays_refused_after_a_restart(tmp_path: Path, operation: str, effect: Json) -> None:
    """A fault is spent by a call that the quota refuses, so the call is in the file; it is not done at the replay."""
    with kept(tmp_path / "state") as world:
        ada = world.ada()
        world.control.patch("/workspaces/acme/plan", json={"requests_per_minute": 1})
        world.invite("first@example.test")
        world.control.post("/faults", json=effect | {"operation": operation, "count": 1})
        with suppress(httpx.TransportError):
            if operation == "removeCollaborator":
                world.acme.delete(ada)
            else:
                world.invite()
        seen = world.seen()
    with kept(tmp_path / "state") as world:
        state, _clock, *others = world.seen()  # in this process a late answer moves the clock once it has been given
        assert [state, *others] == [seen[0], *seen[2:]]


def test_a_file_that_is_not_there_any_more_takes_no_change(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Removed, replaced or cut by somebody while it is held: nothing is acknowledged that nobody would read."""
    path = tmp_path / "state"

    def replace() -> None:
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content)

    for spoil, said in (
        (path.unlink, "it was removed"),
        (replace, "another file replaced it"),
        (lambda: os.truncate(path, path.stat().st_size - 10), "it was shortened"),
    ):
        path.unlink(missing_ok=True)
        with kept(path) as world:
            world.invite("first@example.test")
            spoil()
            before = world.seen()
            assert world.invite("second@example.test").status_code == 500
            assert (
                world.control.post("/clock/advance", json={"seconds": 5}).json()["error"]["code"] == "state_not_written"
            )
            assert world.seen() == before
        assert said in caplog.records[-1].getMessage()


def test_a_file_has_one_owner_also_without_its_lock_file(tmp_path: Path) -> None:
    """Before and after it was compacted."""
    path = tmp_path / "state"
    for compact_after in (1_000, 0):
        with kept(path, compact_after) as world:
            world.control.post("/clock/advance", json={"seconds": 5})
            (tmp_path / "state.lock").unlink()
            with pytest.raises(StateProblem, match="another `serve` is using it"):
                Log(path)
            world.control.post("/clock/advance", json={"seconds": 5})
            seen = world.seen()
        with kept(path) as world:
            assert world.seen() == seen


def test_a_link_that_leads_nowhere_is_said_to(tmp_path: Path) -> None:
    """A loop is no file, nor is a name that no file can have."""
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(StateProblem, match="is a link that leads back to itself"):
        Log(tmp_path / "a")
    with pytest.raises(StateProblem, match="File name too long"):
        Log(tmp_path / ("n" * 300))


def test_a_start_goes_on_where_its_file_cannot_be_compacted(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The file is whole, so a full disk is a warning."""
    path = tmp_path / "state"
    with kept(path) as world:
        for _ in range(5):
            world.control.post("/clock/advance", json={"seconds": 1})
        seen, size = world.seen(), path.stat().st_size
    with _no_file_larger_than(100), kept(path, compact_after=0) as world:
        assert world.seen() == seen
    assert path.stat().st_size == size
    assert "keeps its length" in caplog.text


def test_what_changes_nothing_is_not_written(tmp_path: Path) -> None:
    """What is put to where it is already, silenced again, or cleared while there is none."""
    path = tmp_path / "state"
    with kept(path) as world:
        world.control.post("/rules/MEM-5/suspend")
        world.control.put("/snapshots/one")
        size = path.stat().st_size
        plan = world.control.get("/workspaces").json()["data"][0]["plan"]
        for method, place, body in (
            ("PUT", "/strict", {"strict": False}),
            ("PATCH", "/assumptions", {"email_case": "insensitive"}),
            ("PATCH", "/workspaces/acme/plan", plan),
            ("PUT", "/workspaces/acme/permission_model", {"permission_model": "environment_roles"}),
            ("PUT", "/clock", {"now": "2026-01-05T17:00:00Z"}),
            ("POST", "/rules/MEM-5/suspend", None),
            ("POST", "/rules/INV-3/resume", None),
            ("PUT", "/snapshots/one", None),
            ("POST", "/snapshots/one/restore", None),
            ("DELETE", "/faults", None),
        ):
            assert world.control.request(method, place, json=body).status_code in {200, 204}
            assert path.stat().st_size == size, place


def test_a_file_of_the_first_format_is_gone_on_with(tmp_path: Path) -> None:
    """Its lines say no length; they are read, others like them follow, and compacting makes it one of today."""
    path = tmp_path / "state"
    with kept(path) as world:
        world.invite("first@example.test")
    first, second = _lines(path.read_bytes())
    base = first[9:-1].replace(b'"format":2', b'"format":1')
    change = second[9:-1].partition(b" ")[2]
    old = _signed(base) + b"%08x %s\n" % (zlib.crc32(change, zlib.crc32(base)), change)
    path.write_bytes(old + old[-40:-20])
    with kept(path) as world:
        world.invite("second@example.test")
        seen = world.seen()
    assert path.read_bytes().startswith(old)
    with kept(path) as world:
        assert world.seen() == seen
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"J")
    with pytest.raises(StateProblem, match=":3: this line"), kept(path):
        pass
    path.write_bytes(whole)
    with kept(path, compact_after=0) as world:
        assert world.seen() == seen
    assert path.read_bytes()[9:21] == b'{"format":2,'


@pytest.mark.parametrize("kind", ["group", "role"])
def test_a_file_is_compacted_though_an_invitation_named_what_is_gone(tmp_path: Path, kind: str) -> None:
    """What was deleted is in no invitation any more."""
    path = tmp_path / "state"
    with kept(path) as world:
        world.control.post(f"/workspaces/acme/{kind}s", json={"name": "Gone"})
        rows = world.acme.get("/api/user_groups").json()["data"]
        named = {"env_roles": [row("dev", "Gone")]} if kind == "role" else {"user_group_ids": [rows[-1]["id"]]}
        assert world.acme.post("/api/member_invitations", json=INVITE | named).status_code == 200
        assert world.control.delete(f"/workspaces/acme/{kind}s/Gone").status_code == 204
        seen = world.seen()
    with kept(path, compact_after=0) as world:
        assert world.seen() == seen
    assert len(_lines(path.read_bytes())) == 1
