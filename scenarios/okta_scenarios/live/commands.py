"""What the commands of `workato-emulator live` do."""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

import click

from okta_scenarios.assumptions import okta_assumptions
from okta_scenarios.error_codes import LIVE_RECORDING, LIVE_SETTINGS, LIVE_STOPPED, LIVE_WORKSPACE
from okta_scenarios.live.drift import drift_of
from okta_scenarios.live.har import HarProblem, har_text, read_har
from okta_scenarios.live.ledger import Ledger
from okta_scenarios.live.okta_side import NoConversation, conversation, with_verdicts
from okta_scenarios.live.planning import Wanted, plan_for, told
from okta_scenarios.live.probes import PROBES
from okta_scenarios.live.probing import Probing
from okta_scenarios.live.recording import RUN, About, NotARecording, NotRecorded, Recorded, Recording, read
from okta_scenarios.live.removing import clean_up
from okta_scenarios.live.settings import (
    Settings,
    SettingsProblem,
    known_mark,
    mark_of,
    read_settings,
    remember,
    tokens_of,
)
from okta_scenarios.live.tenant import Stopped, Tenant, Times, WrongWorkspace
from workato_emulator import (
    Channel,
    Pace,
    Unanswered,
    as_argument,
    counted,
    data_center_of,
    did_you_mean,
    interruptible,
    one_line,
    visible,
)
from workato_emulator.cli.assume_file import observed_in
from workato_emulator.cli.journal import read_journal
from workato_emulator.cli.refused import Refused
from workato_emulator.clock import machine_time
from workato_emulator.observed import observed_text


@dataclass(frozen=True, slots=True)
class AtTheTerminal:
    """The person at the keyboard."""

    def tell(self, text: str) -> None:
        click.echo(one_line(text), err=True)

    def ask(self, text: str) -> bool:
        return click.confirm(visible(f"Please {text}. Done?"), default=True, err=True)


def real_times() -> Times:
    """The machine's time, and waits that are real."""
    return Times(Pace(time.monotonic, time.sleep), machine_time)  # noqa: TID251


def wanted(only: tuple[str, ...], *, smallest: bool, write: bool, writes_people: bool) -> Wanted:
    """Raises `UsageError` for a probe that does not exist."""
    known = [each.id for each in PROBES]
    for name in only:
        if name not in known:
            raise click.UsageError(f"no probe is called {name!r}{did_you_mean(name, known)}")
    if smallest and only:
        raise click.UsageError("--smallest or --only, not both")
    return Wanted(write=write, writes_people=writes_people, names=only, smallest=smallest)


def settings_in(file: Path) -> Settings:
    """Raises `Refused`."""
    try:
        return read_settings(file)
    except SettingsProblem as problem:
        raise Refused(str(problem), LIVE_SETTINGS) from None


def show_plan(file: Path, asked: Wanted) -> None:
    for line in told(plan_for(settings_in(file), asked)):
        click.echo(one_line(line))


def how_to_clean_up(file: Path, folder: Path) -> str:
    called = f"workato-emulator live clean-up {as_argument(str(file))} {as_argument(str(folder))}"
    return f"Remove what was made with: {called}"


def send_probes(
    file: Path, folder: Path, asked: Wanted, workspace: str | None, let_come: Callable[[], None] = lambda: None
) -> None:
    settings = settings_in(file)
    plan = plan_for(settings, asked)
    if not plan.chosen:
        raise click.UsageError(f"nothing can be asked: {next(iter(plan.left_out.values()))}")
    how = how_to_clean_up(file, folder)
    times = real_times()
    about = About(
        date=times.wall().date().isoformat(),
        data_center=data_center_of(settings.address),
        permission_model=settings.permission_model,
        environments=settings.environments,
        clients=(
            "full",
            *settings.tokens.model_dump(exclude_none=True),
            *(("scim",) if settings.scim is not None else ()),
        ),
        tool=version("workato-emulator"),
        unreachable=plan.unsettled,
    )
    with interruptible(), told_as_refusals():
        let_come()
        with (
            Recording(folder, about, times.wall()) as recording,
            workspace_of(settings, file, workspace, times) as tenant,
        ):
            tenant.record = recording.add
            probing = Probing(tenant, settings, Ledger(folder), secrets.token_hex(3), how)
            try:
                probing.play(plan.chosen)
            finally:
                if Ledger(folder).left():
                    click.echo(one_line(how), err=True)
                if probing.invited:
                    pending = counted(probing.invited, "invitation")
                    click.echo(f"{pending} sent; delete those that are pending in Workato's own pages", err=True)
    click.echo(f"{folder}: {counted(len(plan.chosen), 'probe')}, {counted(tenant.channel.sent, 'request')}")
    click.echo(f"Now\n  workato-emulator live drift {as_argument(str(folder))}")


def remove_what_is_left(file: Path, folder: Path, workspace: str | None) -> None:
    settings = settings_in(file)
    ledger = Ledger(folder)
    if not ledger.left():
        click.echo(f"{folder}: nothing is left to remove")
        return
    with interruptible(), told_as_refusals(), workspace_of(settings, file, workspace, real_times()) as tenant:
        people = settings.people
        left = clean_up(tenant, ledger, (*people.mailboxes, *((people.known,) if people.known else ())))
    for item in left:
        click.echo(one_line(f"could not be removed: {item.what} {item.name}"))
    if left:
        raise Refused(f"{counted(len(left), 'thing')} could not be removed", LIVE_STOPPED)
    click.echo(f"{folder}: everything that was made is removed")


def show_drift(folders: tuple[Path, ...], form: str, settled: Path | None) -> int:
    today = real_times().wall().date()
    try:
        found = drift_of([_read_by(each, today) for each in folders], today)
    except NotARecording as problem:
        raise Refused(str(problem), LIVE_RECORDING) from None
    click.echo({"text": found.text, "markdown": found.markdown, "json": found.json}[form](), nl=False)
    if settled is not None:
        before = observed_in(settled if settled.exists() else None, okta_assumptions())
        _write(settled, observed_text(before.and_(found.sightings)))
    return 1 if found.differs else 0


def _read_by(folder: Path, today: date) -> Recorded:
    """What is recorded there. Raises `NotARecording`, also for one of the future, which no command would take."""
    found = read(folder)
    if date.fromisoformat(found.about.date) > today:
        raise NotARecording(f"{folder / RUN}: date: {found.about.date} is in the future; today is {today} (UTC)")
    return found


def record_okta(folder: Path, app: str, url: str, control_token: str | None) -> None:
    """Through the gate, from the memory of the served emulator: what Okta sent as it was is in no file."""
    try:
        exchanges, begun = conversation(read_journal(url, control_token))
        about = About(
            real_times().wall().date().isoformat(),
            f"okta-{app}",
            clients=("okta",),
            okta_app=app,
            tool=version("workato-emulator"),
        )
        with Recording(folder, about, begun) as recording:
            for each in with_verdicts(exchanges, app):
                recording.add(each)
    except (NoConversation, NotRecorded) as problem:
        raise Refused(str(problem), LIVE_RECORDING) from None
    click.echo(f"{folder}: {counted(len(exchanges), 'exchange')}")
    click.echo(f"Now\n  workato-emulator live drift {as_argument(str(folder))}")


def export_har(folder: Path, file: Path) -> None:
    try:
        _write(file, har_text(read(folder)))
    except NotARecording as problem:
        raise Refused(str(problem), LIVE_RECORDING) from None


def import_har(file: Path, folder: Path, data_center: str) -> None:
    try:
        exchanges, begun = read_har(file)
        about = About(begun.date().isoformat(), data_center, tool=version("workato-emulator"))
        with Recording(folder, about, begun) as recording:
            for each in exchanges:
                recording.add(each)
    except (HarProblem, NotRecorded) as problem:
        raise Refused(str(problem), LIVE_RECORDING) from None
    click.echo(f"{folder}: {counted(len(exchanges), 'exchange')}")


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refused(f"{file} cannot be written: {error.strerror}", LIVE_RECORDING) from None


@contextmanager
def told_as_refusals() -> Iterator[None]:
    """What stops a run, as a message."""
    try:
        yield
    except SettingsProblem as problem:
        raise Refused(str(problem), LIVE_SETTINGS) from None
    except WrongWorkspace as problem:
        raise Refused(str(problem), LIVE_WORKSPACE) from None
    except (Stopped, Unanswered) as problem:
        raise Refused(str(problem), LIVE_STOPPED) from None
    except NotRecorded as problem:
        raise Refused(str(problem), LIVE_RECORDING) from None


@contextmanager
def workspace_of(settings: Settings, file: Path, workspace: str | None, times: Times) -> Iterator[Tenant]:
    """The workspace that was named, which is looked at before anything else is sent."""
    tokens = tokens_of(settings)
    hand = AtTheTerminal()
    with Channel(
        settings.address,
        times.pace,
        lambda method, path: hand.tell(f"{method} {path}"),
        [*tokens.values()],
        elsewhere=settings.elsewhere,
    ) as channel:
        tenant = Tenant(channel, tokens, times, hand, lambda _: None)
        mark = known_mark(file) if workspace is None else mark_of(settings.address, workspace)
        if mark is None:
            name = click.prompt("The workspace's name, as it stands in Workato", err=True)
            mark = mark_of(settings.address, str(name))
        tenant.must_be(mark)
        try:
            remember(file, mark)
        except OSError as error:
            raise SettingsProblem(f"{file}.workspace cannot be written: {error.strerror}") from None
        yield tenant
