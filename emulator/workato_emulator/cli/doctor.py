"""`workato-emulator doctor`: whether this machine, this installation and these files are fit, and what to do if not."""

import locale
import re
import shutil
import socket
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution, entry_points, requires
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from workato_emulator.cli.checks import INSTALL_AGAIN, Finding, checks
from workato_emulator.cli.refused import NamedPath
from workato_emulator.clock import Clock
from workato_emulator.console import hanging
from workato_emulator.text import counted, one_line
from workato_emulator.text.error_codes import with_code

OLDEST = (3, 11)
PORT = 8086
FORMAT_OF_STATE = b' {"format":'


@click.command()
@click.argument("files", nargs=-1, type=NamedPath(path_type=Path))
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(1, 65535), help="The port to look at.")
def doctor(files: tuple[Path, ...], port: int) -> None:
    """Check Python, the installation, the port, and each of FILES: a seed, a state file, scenarios or their folder.

    Exit code: 0 where all is well, 1 where there is something to do.
    """
    findings = [*_machine(), *_installation(), port_finding(port), *map(_file, files)]
    wide = max(len(each.what) for each in findings)
    for each in findings:
        label = one_line(f"{'ok     ' if each.remedy is None else 'problem'}  {each.what:{wide}}  ")
        click.echo(hanging(label, one_line(each.found)))
        if each.remedy is not None:
            click.echo(hanging(f"         {'':{wide}}  -> ", one_line(each.remedy)))
    problems = sum(each.remedy is not None for each in findings)
    click.echo(f"\n{counted(problems, 'problem') if problems else 'no problems'}")
    sys.exit(1 if problems else 0)


def _machine() -> Iterator[Finding]:
    yield python_finding(sys.version_info[:3])
    yield encoding_finding(sys.stdout.encoding or locale.getpreferredencoding(do_setlocale=False))


def python_finding(version: tuple[int, ...]) -> Finding:
    shown = ".".join(map(str, version))
    oldest = ".".join(map(str, OLDEST))
    return Finding("Python", shown, None if version >= OLDEST else f"install Python {oldest} or newer")


def encoding_finding(encoding: str) -> Finding:
    """Names of people and the signs in reports need more than ASCII."""
    try:
        "… 美咲".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return Finding("terminal", encoding, "set PYTHONUTF8=1, or a locale with UTF-8 such as LC_ALL=C.UTF-8")
    return Finding("terminal", encoding)


def _installation() -> Iterator[Finding]:
    try:
        yield Finding("package", f"workato-emulator {distribution('workato-emulator').version}")
    except PackageNotFoundError:
        yield Finding("package", "not installed", "pip install workato-emulator (in a checkout: pip install -e .)")
        return
    yield commands_finding(entry_points(group="workato_emulator.commands"))
    yield from _requirements(requires("workato-emulator") or ())
    yield from _data()


def commands_finding(points: Iterable[object]) -> Finding:
    """Whether each command that other packages add can be loaded."""
    broken = []
    names = []
    for point in points:
        names.append(str(getattr(point, "name", point)))
        try:
            getattr(point, "load")()  # noqa: B009  (an entry point, or in a test something like one)
        except (ImportError, AttributeError) as error:
            broken.append(f"{names[-1]} ({error})")
    again = (
        "install the package again: pip install --force-reinstall workato-emulator (in a checkout: pip install -e .)"
    )
    if broken:
        return Finding("commands", f"cannot be loaded: {', '.join(broken)}", again)
    if not names:
        return Finding("commands", "no entry points: run, check and the others are missing", again)
    return Finding("commands", f"{len(names)} beside the emulator's own")


def _requirements(lines: Iterable[str]) -> Iterator[Finding]:
    """Whether what the package needs is there; what only an extra needs is named, and no problem."""
    missing = []
    for line in lines:
        name = re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0]
        if "extra ==" in line or ("sys_platform" in line and sys.platform == "win32"):
            continue
        try:
            distribution(name)
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        yield Finding("libraries", f"missing: {', '.join(missing)}", f"pip install {' '.join(missing)}")
    else:
        yield Finding("libraries", "all there")
    fuzz = find_spec("schemathesis") is not None
    yield Finding("extra: fuzz", "there" if fuzz else "not installed; only `fuzz` needs it: 'workato-emulator[fuzz]'")


def _data() -> Iterator[Finding]:
    """Whether the files that come with the code came with it."""
    from workato_emulator.http.contract import load

    for contract in ("workato.yaml", "control.yaml"):
        try:
            yield Finding(contract, counted(len(load(contract)), "operation"))
        except (OSError, ValueError, KeyError) as error:
            yield Finding(contract, f"cannot be read: {error}", INSTALL_AGAIN)
    for check in checks():
        if isinstance(check, Finding):
            yield check
        else:
            yield from check.installation()


def port_finding(port: int) -> Finding:
    """Whether `serve` could have this port on loopback, and who has it where not."""
    what = f"port {port}"
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError as error:
            free = f"serve --port 0 takes a free one ({error.strerror})"
            from workato_emulator.cli.ports import holder

            return Finding(what, f"taken by {holder(port)}", f"stop it, or serve on another: {free}")
    return Finding(what, "free")


def _file(path: Path) -> Finding:
    """What kind of file it is shows in its beginning; then it is read as that."""
    what = str(path)
    if not path.exists():
        return Finding(what, "does not exist", "check the spelling of the path")
    try:
        head = b"" if path.is_dir() else _beginning(path)
    except OSError as error:
        return Finding(what, f"cannot be read: {error.strerror}", "check its permissions")
    if head[8:].startswith((b" {", FORMAT_OF_STATE)):
        return _state(path)
    for check in checks():
        if not isinstance(check, Finding) and check.is_mine(path, head):
            return check.file(path)
    return Finding(what, "cannot be read", INSTALL_AGAIN) if path.is_dir() else _seed(path)


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4096)


def _seed(path: Path) -> Finding:
    from workato_emulator.emulator import Emulator
    from workato_emulator.state.seeds import SeedProblem

    try:
        Emulator(path)
    except SeedProblem as problem:
        codes = " and ".join(f"`explain {code}`" for code in sorted({each.code for each in problem}))
        count = 1 + len(problem.others)
        found = problem.message if count == 1 else f"{count} problems"
        return Finding(
            f"seed {path}", found, f"{with_code(problem.with_codes(), [*problem][-1].code)}; {codes} says more"
        )
    return Finding(f"seed {path}", "right")


def _state(path: Path) -> Finding:
    """Whether `serve --state` would start with it."""
    what = f"state {path}"
    try:
        from workato_emulator.recovery import recover
        from workato_emulator.state.log import Log, StateProblem
    except ImportError:
        return Finding(what, "needs a POSIX system", "look at it on Linux or macOS")
    with TemporaryDirectory() as folder:  # a start cuts off what a kill left unfinished, and here nothing is to change
        copy = Path(shutil.copy(path, folder))
        try:
            log = Log(copy)
            try:
                recover(log, Clock.system(), compact_after=sys.maxsize)
            finally:
                log.close()
            changes = copy.read_bytes().count(b"\n") - 1
        except StateProblem as problem:
            said = str(problem).replace(str(copy), str(path))
            return Finding(what, said, f"workato-emulator explain {problem.code} says what to do")
    return Finding(what, f"whole, {counted(changes, 'change')}")
