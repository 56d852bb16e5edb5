"""The emulator on a port."""

import errno
import gc
import signal
import socket
import sys
import warnings
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
import uvicorn

from workato_emulator.app import App, create_app
from workato_emulator.cli.refused import Refused
from workato_emulator.clock import Clock
from workato_emulator.domain.assumptions import UnknownAssumption, choices_from
from workato_emulator.domain.values import Cloud, PermissionModel
from workato_emulator.doors.control.resources import PREFIX
from workato_emulator.doors.inspector.door import HOME
from workato_emulator.doors.scim.resources import PREFIX as SCIM
from workato_emulator.http.origins import is_loopback
from workato_emulator.server import GRACE, IDLE, protocol
from workato_emulator.state.garbage import no_collection
from workato_emulator.state.seeds import SeedDocument, SeedProblem, default_document, read_seed
from workato_emulator.text import of_another_side, one_line
from workato_emulator.text.error_codes.commands import (
    ASSUME_UNKNOWN,
    SRV_ADDRESS,
    SRV_EXPOSED,
    SRV_TOKEN,
    STATE_PLACE,
    STATE_POSIX,
)
from workato_emulator.text.tokens import is_sendable

if TYPE_CHECKING:
    from workato_emulator.cli.request_lines import RequestLines
    from workato_emulator.recovery import MakeApp


def serve(
    *,
    host: str,
    port: int,
    seed: Path | None,
    state: Path | None,
    assume: tuple[str, ...],
    control_token: str | None,
    request_timeout: float,
    told: str | None,
    strict: bool,
) -> None:
    """Serve the emulator until it is told to stop. Raises `Refused` for what it cannot start with."""
    if control_token is not None and not is_sendable(control_token):
        raise Refused("the control token is empty, or holds a blank or what is not ASCII", SRV_TOKEN)
    if control_token is None and not is_loopback(host):
        raise Refused(f"{host} can be reached by others: give the control plane a --control-token", SRV_EXPOSED)

    def make(document: SeedDocument, *, clock: Clock, ids_seed: int = 0, strict: bool = strict) -> App:
        return create_app(
            document,
            clock=clock,
            ids_seed=ids_seed,
            strict=strict,
            control_token=control_token,
            loopback_only=control_token is None,
        )

    try:
        chosen = choices_from(assume)
        if state is None:
            with no_collection():
                app = make(_document(seed, chosen), clock=Clock.system())
        else:
            app = _make_with_state(state, seed, chosen, make, strict=strict)
    except SeedProblem as problem:
        raise Refused(problem.with_codes(), [*problem][-1].code) from None
    except UnknownAssumption as problem:
        raise Refused(of_another_side(problem.name or "") or str(problem), ASSUME_UNKNOWN) from None
    listener = _listening(host, port)
    lines = None if told == "nothing" else _request_lines(app, bodies=told == "bodies")
    config = uvicorn.Config(
        app,
        http=protocol(app if lines is None else lines.noting(app), request_timeout),
        ws="none",
        proxy_headers=False,  # or whoever writes X-Forwarded-For walks past an allow list
        log_level="warning",
        access_log=False,
        lifespan="off",
        date_header=False,  # the doors send one, by the emulator's clock
        timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=GRACE + 1,
    )
    gc.freeze()  # what is there by now stays: no collection has to look at it again
    listener.listen(config.backlog)  # whoever reads the address below may call at once and is kept waiting, not refused
    for each in (signal.SIGINT, signal.SIGTERM):  # uvicorn raises the signal again when it is done: a wish, no failure
        signal.signal(each, _stop)
    address, bound = listener.getsockname()[:2]
    base = f"http://[{address}]:{bound}" if ":" in address else f"http://{address}:{bound}"
    click.echo(_greeting(app.backend.store.read().cloud, base))
    try:
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        if lines is not None:
            lines.close()


def _request_lines(app: App, *, bodies: bool) -> "RequestLines | None":
    """What tells of requests; None where the output is no file, as in a test."""
    from workato_emulator.cli.request_lines import RequestLines

    try:
        return RequestLines(app.backend, sys.stdout.fileno(), bodies=bodies)
    except (OSError, ValueError):
        return None


def _stop(*_: object) -> NoReturn:
    """End quietly, also in the moment in which uvicorn has made its coroutine and not begun it."""
    warnings.simplefilter("ignore", RuntimeWarning)
    sys.exit(0)


def _document(seed: Path | None, chosen: Mapping[str, str]) -> SeedDocument:
    document = default_document() if seed is None else read_seed(seed)
    return replace(document, assumptions={**document.assumptions, **chosen}) if chosen else document


def _make_with_state(
    state: Path, seed: Path | None, chosen: Mapping[str, str], make: "MakeApp", *, strict: bool
) -> App:
    """An emulator that keeps its changes in this file: begun there, or taken up where the file ends."""
    try:
        from workato_emulator.recovery import begin, recover
        from workato_emulator.state.log import Log, StateProblem
    except ImportError as error:
        raise Refused(f"--state needs a POSIX system ({error})", STATE_POSIX) from None
    try:
        log = Log(state)
        if not log.exists():
            return begin(log, _document(seed, chosen), Clock.system(), make, strict=strict)
        ignored = [
            *(() if seed is None else (f"--seed {seed}",)),
            *(f"--assume {name}={value}" for name, value in chosen.items()),
            *(("--strict",) if strict else ()),
        ]
        if ignored:
            click.echo(f"{state} exists and is taken up where it ends, without {' and '.join(ignored)}.", err=True)
        return recover(log, Clock.system(), make)
    except StateProblem as problem:
        raise Refused(str(problem), problem.code) from None
    except OSError as error:
        raise Refused(f"{state} cannot be written: {error.strerror}", STATE_PLACE) from None


def _listening(host: str, port: int) -> socket.socket:
    """A socket bound to this address."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        advice = _ADVICE.get(error.errno or 0, "name an address of this machine with --host")
        raise Refused(f"cannot listen on {place} ({error.strerror}): {advice}", SRV_ADDRESS) from None
    return listener


_ADVICE = {
    errno.EADDRINUSE: "stop what listens there, or take another with --port (0 takes a free one)",
    errno.EACCES: "take a port from 1024 up with --port",
}


_MODELS = {
    PermissionModel.ENVIRONMENT_ROLES: "environment_roles",
    PermissionModel.LEGACY_ROLES: "legacy_roles, announced to end in August 2026",
}


def _greeting(cloud: Cloud, base: str) -> str:
    doors = {"Developer API": "/api", "SCIM": SCIM, "Control plane": PREFIX, "Inspector": HOME}
    lines = [*(f"{name:<16}{base}{path}" for name, path in doors.items()), ""]
    for slug, id_ in sorted(cloud.slugs.items()):
        workspace = cloud.workspaces[id_]
        model = _MODELS[workspace.permission_model]
        lines.append(one_line(f"workspace {slug}  ({model}: {', '.join(workspace.environments)})"))
        clients = sorted(workspace.clients.values(), key=lambda each: each.id)
        lines += [one_line(f"  API client {each.name}  token {each.token}") for each in clients]
        lines += [one_line(f"  SCIM  token {each}") for each in (workspace.scim.tokens if workspace.scim else ())]
    return "\n".join([*lines, "", "Stop with Ctrl-C."])
