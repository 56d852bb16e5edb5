"""One run of schemathesis against the app, in this process.

Schemathesis drives ASGI applications by itself, so the app is handed over as it is, but for a counter around it.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import schemathesis
from schemathesis.core.failures import Failure
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import ScenarioRecorder
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workato_emulator.fuzzing.profiles import AGAIN, IN_SEQUENCE, Profile
from workato_emulator.http.contract import contract_file

_IN_PROCESS = "http://testserver"
_SERVED = "http://127.0.0.1:8086"
"""Where `workato-emulator serve` listens unless told otherwise: what a curl command should name."""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer that a check did not like. `curl` is the request, after those that it needed before it."""

    operation: str
    check: str
    title: str
    message: str
    curl: str


@dataclass(slots=True)
class Report:
    """What a run did. `answers` counts by operation and status class, `phases` by phase.

    `interrupted` says that somebody stopped it before its budget was spent.
    """

    answers: dict[str, Counter[str]] = field(default_factory=dict)
    phases: Counter[str] = field(default_factory=Counter)
    findings: dict[tuple[str, str], Finding] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    interrupted: bool = False

    @property
    def requests(self) -> int:
        return sum(counter.total() for counter in self.answers.values())

    @property
    def only_refused(self) -> list[str]:
        """The operations of which no answer said that it was done: what they do then was not looked at."""
        return sorted(operation for operation, each in self.answers.items() if operation != "-" and not each["2xx"])

    @property
    def is_clean(self) -> bool:
        return not self.findings and not self.errors


class _Counted:
    """The app, with every answer counted, and the engine stopped when the budget is spent.

    Where operations are tried one after the other, each finds a fresh world: else whatever comes after the removals
    would be refused, and nothing but refusals would be looked at. Sequences keep the world that they made.
    """

    def __init__(self, make: Callable[[], ASGIApp], run: "_Run", *, in_sequence: bool) -> None:
        self._make = make
        self._app = make()
        self._run = run
        self._in_sequence = in_sequence
        self._last: str | None = None
        self.stop: Callable[[], None] = lambda: None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._in_sequence:
            operation = self._run.operation(scope["method"], scope["path"])
            if self._last not in {None, operation}:
                self._app = self._make()
            self._last = operation

        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._run.count(scope["method"], scope["path"], message["status"])
                if self._run.is_over:
                    self.stop()
            await send(message)

        await self._app(scope, receive, counting)


@dataclass(slots=True)
class _Run:
    """One run and its rounds, which are made of phases. Each phase starts in a fresh world, each round has a seed."""

    profile: Profile
    budget: int
    progress: Progress
    report: Report = field(default_factory=Report)
    sent: int = 0
    operation: Callable[[str, str], str] = field(init=False)

    def __post_init__(self) -> None:
        self.operation = self.profile.finder()

    @property
    def is_over(self) -> bool:
        return self.sent >= self.budget

    def count(self, method: str, path: str, status: int) -> None:
        self.report.answers.setdefault(self.operation(method, path), Counter())[f"{status // 100}xx"] += 1
        self.sent += 1
        self.progress(self.sent)

    def round(self, app: Callable[[], ASGIApp], *, seed: int, phases: Iterable[str]) -> None:
        for phase in phases:
            if not self.is_over:
                self._phase(app, seed, phase)

    def _phase(self, app: Callable[[], ASGIApp], seed: int, phase: str) -> None:
        config = schemathesis.Config.from_dict(self.profile.config(seed=seed, phases=(phase,)))
        schema: schemathesis.BaseSchema = schemathesis.openapi.from_path(
            contract_file(self.profile.contract), config=config
        )
        for operation in self.profile.left_out:
            schema = schema.exclude(operation_id=operation)
        schema.app = counted = _Counted(app, self, in_sequence=phase == IN_SEQUENCE)

        # The engine drops the last scenario's events when it is stopped, so findings are noted as they come,
        # and told in full when the scenario ends.
        @schema.hook
        def filter_failure(
            _context: schemathesis.HookContext,
            failure: Failure,
            case: "schemathesis.Case[Any]",
            response: schemathesis.Response,
        ) -> bool:
            if self.profile.excuses(failure.checks, failure.operation, case.operation.label):
                return False
            self._note(failure, case, response)
            return True

        stream = from_schema(schema).execute()
        counted.stop = stream.stop
        before = self.sent
        for event in stream:
            if isinstance(event, events.ScenarioFinished):
                self._say_more(event.recorder)
            elif isinstance(event, events.NonFatalError):
                self.report.errors.append(f"{event.label}: {event.value}")
            elif isinstance(event, events.FatalError):
                self.report.errors.append(str(event.exception))
            elif isinstance(event, events.Interrupted) and not self.is_over:
                raise KeyboardInterrupt  # somebody's, and not the budget's
            elif isinstance(event, events.PhaseFinished) and self.sent > before:
                self.report.phases[event.phase.name.value] += self.sent - before
                before = self.sent

    def _note(self, failure: Failure, case: "schemathesis.Case[Any]", response: schemathesis.Response) -> None:
        operation = failure.operation or case.operation.label
        curl = _at_served_address(case.as_curl_command(headers=dict(response.request.headers)))
        found = Finding(operation, ", ".join(failure.checks), failure.title, failure.message, curl)
        self.report.findings.setdefault((operation, failure.title), found)

    def _say_more(self, recorder: ScenarioRecorder) -> None:
        """Give findings the check's exact name and the requests that led to them."""
        for check in (check for checks in recorder.checks.values() for check in checks):
            if check.failure_info is not None:
                failure = check.failure_info.failure
                key = (failure.operation or recorder.label, failure.title)
                if key in self.report.findings:
                    curl = _at_served_address(check.failure_info.code_sample)
                    self.report.findings[key] = replace(self.report.findings[key], check=check.name, curl=curl)


def fuzz(
    profile: Profile,
    *,
    seed: int,
    requests: int,
    app: Callable[[], ASGIApp] | None = None,
    progress: Progress = lambda _count: None,
) -> Report:
    """Send this many requests, or a few more, and say what came of them.

    Equal arguments send equal requests, and a smaller budget sends the first of them. An interrupt ends it with what
    was found by then. `app` makes the emulator that a round works on; the tests give broken ones, which must be found.
    """
    run = _Run(profile, requests, progress)
    try:
        run.round(app or profile.app, seed=seed, phases=profile.phases)
        before = 0
        while before < run.sent < requests:  # a round that sends nothing ends it, lest it never end
            before, seed = run.sent, seed + 1
            run.round(app or profile.app, seed=seed, phases=[each for each in profile.phases if each in AGAIN])
    except KeyboardInterrupt:
        run.report.interrupted = True
    return run.report


def _at_served_address(curl: str) -> str:
    return curl.replace(_IN_PROCESS, _SERVED)
