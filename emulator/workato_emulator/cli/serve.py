"""`workato-emulator serve`: the emulator on a port."""

import gc
import ipaddress
import signal
import sys
from pathlib import Path

import click

from workato_emulator.app import create_app
from workato_emulator.clock import Clock
from workato_emulator.control import PREFIX
from workato_emulator.seeds import SeedDocument, SeedProblem, default_document, read_seed
from workato_emulator.seeds.document import api_clients_of


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8086, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free port.")
@click.option("--seed", type=click.Path(path_type=Path), help="YAML or JSON file with the workspaces to start with.")
@click.option(
    "--control-token",
    envvar="WORKATO_EMULATOR_CONTROL_TOKEN",
    help="Token that the control plane asks for. Needed wherever others can reach it.",
)
@click.option("--strict", is_flag=True, help="Refuse query parameters and body fields that nobody reads.")
def serve(host: str, port: int, seed: Path | None, control_token: str | None, *, strict: bool) -> None:
    """Serve the emulator until it is told to stop."""
    import uvicorn  # slow to import, and needed by this command only

    from workato_emulator.cli.line import LendingProtocol

    if control_token is None and not _is_loopback(host):
        raise click.UsageError(f"{host} can be reached by others: give the control plane a --control-token")
    try:
        document = default_document() if seed is None else read_seed(seed)
        app = create_app(document, clock=Clock.system(), control_token=control_token, strict=strict)
    except SeedProblem as problem:
        raise click.UsageError(str(problem)) from None
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=LendingProtocol,
        log_level="warning",
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=5,
    )
    gc.freeze()  # what is there by now stays: no collection has to look at it again
    listener = config.bind_socket()
    listener.listen()  # whoever reads the address below may call at once and is kept waiting, not refused
    for each in (signal.SIGINT, signal.SIGTERM):  # uvicorn raises the signal again when it is done: a wish, no failure
        signal.signal(each, lambda *_: sys.exit(0))
    address, bound = listener.getsockname()[:2]
    base = f"http://[{address}]:{bound}" if ":" in address else f"http://{address}:{bound}"
    click.echo(_greeting(document, base))
    uvicorn.Server(config).run(sockets=[listener])


def _greeting(document: SeedDocument, base: str) -> str:
    lines = [f"Developer API   {base}/api", f"Control plane   {base}{PREFIX}", ""]
    for slug, workspace in document.workspaces.items():
        lines.append(f"workspace {slug}  ({workspace.permission_model.value}: {', '.join(workspace.environments)})")
        lines += [f"  API client {each.name}  token {each.token}" for each in api_clients_of(slug, workspace)]
    return "\n".join([*lines, "", "Stop with Ctrl-C."])


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
