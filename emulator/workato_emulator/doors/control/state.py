"""The harness's side: health, reset, seed, export, snapshots, clock, strictness, faults."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from starlette.responses import Response

from workato_emulator.clock import EARLIEST, LATEST
from workato_emulator.domain.copies import replace
from workato_emulator.domain.refusals import Invalid
from workato_emulator.doors.control.call import ControlCall, Routes
from workato_emulator.http.answers import empty, ok
from workato_emulator.http.bodies import Malformed
from workato_emulator.http.faults import as_request, read_fault
from workato_emulator.service import workspaces
from workato_emulator.service.snapshots import NOW, START
from workato_emulator.state import Stored
from workato_emulator.state.documents import document_of, stored_from
from workato_emulator.state.garbage import no_collection
from workato_emulator.state.seeds import parse
from workato_emulator.state.seeds.difference import difference

_SNAPSHOT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def health(call: ControlCall) -> Response:
    from importlib.metadata import version  # a start needs none

    names = [workspace.slug for workspace in workspaces.listing(call.work)]
    return ok(
        {
            "status": "ok",
            "version": version("workato-emulator"),
            "now": call.work.now.isoformat(),
            "workspaces": names,
            "state_file": call.backend.changes.append is not None,
            "leased": call.backend.snapshots.lease is not None,
        }
    )


def reset(call: ControlCall) -> Response:
    call.backend.snapshots.reset()
    return _as_it_is(call)


@no_collection()
def seed(call: ControlCall) -> Response:
    """Replace the world. The contract leaves the document to the seed's own parser, which knows better words."""
    document = parse(call.body)
    now = call.work.now if document.clock is None else document.clock
    strict = call.backend.strict if document.strict is None else document.strict
    stored: Stored = stored_from(
        document, now, call.backend.present_ids_seed, strict=strict
    )  # refused, it must not have moved the clock
    if document.clock is not None:
        call.backend.clock.set(document.clock)
    call.backend.build(stored)
    call.work = call.backend.begin()
    return ok({"workspaces": sorted(stored.cloud.slugs)})


@no_collection()
def export(call: ControlCall) -> Response:
    return ok(document_of(call.backend.store.read()))


@no_collection()
def diff(call: ControlCall) -> Response:
    """What became of one point on the way to another."""
    from_, to = call.query.get("from", START), call.query.get("to", NOW)
    before, after = (cast("Stored", call.backend.snapshots.read("store", point)) for point in (from_, to))
    found = difference(_whole(before, after), _whole(after, before))
    same = not found["workspaces"] and not any(found["emulator"].values())
    groups = (found["emulator"], *found["workspaces"].values())
    secrets = call.backend.secrets()
    for change in (each for group in groups for kind in group.values() for each in kind):
        last = change["path"].rpartition(".")[2]
        name = "" if last.endswith("]") else last  # in brackets stands a row's name, and no field's
        change |= {key: secrets.out_of(change[key], name) for key in ("before", "after") if key in change}
        change["path"] = secrets.out_of_text(change["path"])
    return ok({"from": from_, "to": to, "same": same, **found})


def _whole(stored: Stored, apart_from: Stored) -> dict[str, Any]:
    """The document without the people who are the same in the other, and what no seed can say."""
    return document_of(stored, apart_from) | {"suspended_rules": sorted(stored.suspended)}


def list_snapshots(call: ControlCall) -> Response:
    return ok({"data": [{"name": name} for name in call.backend.snapshots.names()]})


def take_snapshot(call: ControlCall) -> Response:
    name = call.path["name"]
    if not _SNAPSHOT_NAME.fullmatch(name):
        form = "up to 100 letters, digits, dots, dashes and underscores, such as before-acceptance"
        raise Malformed(f"a snapshot's name has {form}", "name")
    if name in {START, NOW}:
        raise Malformed(f"{START} and {NOW} are points already", "name")
    call.backend.snapshots.take(name)
    return empty()


def restore_snapshot(call: ControlCall) -> Response:
    call.backend.snapshots.restore(call.path["name"])
    return _as_it_is(call)


def drop_snapshot(call: ControlCall) -> Response:
    call.backend.snapshots.drop(call.path["name"])
    return empty()


def read_clock(call: ControlCall) -> Response:
    clock = call.backend.clock
    return ok({"now": clock.now().isoformat(), "kind": clock.kind})


def set_clock(call: ControlCall) -> Response:
    try:
        moment = datetime.fromisoformat(call.fields["now"])
    except ValueError:
        raise Invalid("now is not an ISO-8601 instant") from None
    _move(call, moment)
    return read_clock(call)


def advance_clock(call: ControlCall) -> Response:
    _move(call, call.backend.clock.now() + timedelta(seconds=call.fields["seconds"]))
    return read_clock(call)


def _move(call: ControlCall, moment: datetime) -> None:
    """Set the clock, leaving room for cool-downs and lifetimes that are added to it."""
    if not EARLIEST <= moment <= LATEST:
        raise Invalid("the clock runs from 1970 to 9000")
    call.backend.clock.set(moment.astimezone(UTC))


def read_strict(call: ControlCall) -> Response:
    return ok({"strict": call.backend.store.read().strict})


def set_strict(call: ControlCall) -> Response:
    store = call.backend.store
    store.write(replace(store.read(), strict=call.fields["strict"]))
    return read_strict(call)


def list_faults(call: ControlCall) -> Response:
    return ok({"data": [as_request(fault) for fault in call.backend.faults.read()]})


def arm_fault(call: ControlCall) -> Response:
    fault = read_fault(call.fields, call.backend.operations)
    call.backend.faults.arm(fault)
    return ok(as_request(fault), 201)


def clear_faults(call: ControlCall) -> Response:
    call.backend.faults.clear()
    return empty()


def _as_it_is(call: ControlCall) -> Response:
    """An empty answer, with the transaction begun anew: what it read before is gone."""
    call.work = call.backend.begin()
    return empty()


ROUTES: Routes = (
    ("GET", "/health", "getHealth", health),
    ("POST", "/reset", "reset", reset),
    ("PUT", "/seed", "seed", seed),
    ("GET", "/export", "exportState", export),
    ("GET", "/diff", "diffState", diff),
    ("GET", "/snapshots", "listSnapshots", list_snapshots),
    ("PUT", "/snapshots/{name}", "takeSnapshot", take_snapshot),
    ("POST", "/snapshots/{name}/restore", "restoreSnapshot", restore_snapshot),
    ("DELETE", "/snapshots/{name}", "deleteSnapshot", drop_snapshot),
    ("GET", "/clock", "getClock", read_clock),
    ("PUT", "/clock", "setClock", set_clock),
    ("POST", "/clock/advance", "advanceClock", advance_clock),
    ("GET", "/strict", "getStrict", read_strict),
    ("PUT", "/strict", "setStrict", set_strict),
    ("GET", "/faults", "listFaults", list_faults),
    ("POST", "/faults", "armFault", arm_fault),
    ("DELETE", "/faults", "clearFaults", clear_faults),
)
