"""Running one scenario, step by step, up to the first that does not hold.

A fault has to strike as often as it is armed for, and a step that waits for a request has to happen: what goes on as
ever without them shows nothing about them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from okta_org import LogEvent, OktaRefusal, UnknownName
from okta_scenarios.language import Scenario
from okta_scenarios.language.durations import duration_in_words
from okta_scenarios.language.models.scenario import verb_of
from okta_scenarios.language.models.steps import (
    CallStep,
    CheckStep,
    ClaimingStep,
    ClockStep,
    DuringStep,
    FaultStep,
    PeopleStep,
    Step,
)
from okta_scenarios.play.acts import act
from okta_scenarios.play.captions import caption, moment
from okta_scenarios.play.expectations import Expectations
from okta_scenarios.play.harness import IN_PROCESS, Harness
from okta_scenarios.play.outcomes import StepOutcome
from okta_scenarios.play.redaction import without_secrets
from okta_scenarios.play.results import Change, Mismatch, ScenarioResult, StepResult
from okta_scenarios.play.state import State, changed_paths
from okta_scenarios.play.world import AS_DOCUMENTED, World
from okta_scenarios.targets import CannotBegin, Target
from workato_emulator import counted, text_without_secrets


def run_scenario(
    scenario: Scenario,
    world: World = AS_DOCUMENTED,
    target: Target = IN_PROCESS,
    *,
    seed: int = 0,
    closely: bool = False,
) -> ScenarioResult:
    """Play the scenario in this world, at this target.

    Watched `closely`, each step also says what it changed at Workato, which costs two looks at everything there.
    """
    consulted: frozenset[str] = frozenset()
    elapsed = timedelta()
    clean: Callable[[str], str] = text_without_secrets
    try:
        harness = Harness(scenario, seed, world, target)
    except (OktaRefusal, UnknownName, CannotBegin) as problem:
        setting = Mismatch("given", "(can be set up)", text_without_secrets(str(problem)))
        steps: tuple[StepResult, ...] = (StepResult(0, 1, "given", None, (), (setting,), (), ()),)
    else:
        steps = _steps(scenario, harness, closely=closely)
        consulted = harness.consulted()
        elapsed = harness.now() - harness.start
        clean = harness.secrets().out_of_text
    return ScenarioResult(
        scenario.id,
        clean(scenario.title),
        scenario.file,
        scenario.rules,
        steps,
        tuple(fault_title(step) for step in scenario.steps if isinstance(step, FaultStep)),
        tuple(map(clean, scenario.tags)),
        consulted,
        elapsed=elapsed,
    )


def _steps(scenario: Scenario, harness: Harness, *, closely: bool) -> tuple[StepResult, ...]:
    results: list[StepResult] = []
    for index, step in enumerate(scenario.steps):
        result, happened = _step(harness, step, index + 1, scenario.lines[index], closely=closely)
        results.append(result)
        for waited, outcome in happened:
            number = next(number for number, each in enumerate(scenario.steps) if each is waited)
            results[number] = _failing(harness, waited, results[number], _refusals(harness, waited, outcome))
        if not all(result.passed for result in results):
            return tuple(results)
    idle = _idle(harness, scenario.steps)
    return tuple(
        _failing(harness, scenario.steps[index], result, idle.get(index, ())) for index, result in enumerate(results)
    )


def _failing(harness: Harness, step: Step, result: StepResult, mismatches: Iterable[Mismatch]) -> StepResult:
    """The result with what was found out later about its step."""
    found = tuple(mismatches)
    if not found:
        return result
    said = result.said or caption(step, harness.given)
    return without_secrets(replace(result, mismatches=found, said=said), harness.secrets())


def _refusals(harness: Harness, step: DuringStep, outcome: StepOutcome) -> Iterator[Mismatch]:
    """Why a step that happened meanwhile did not get its way. Nothing can be expected of it, so it has to."""
    yield from Expectations(harness, step, outcome, before={}, exchanges=(), events=()).check(None)
    answer = outcome.response
    if answer is not None and not answer.is_success:
        yield Mismatch("expect.status", "(done)", f"{answer.status_code} {answer.text}")


def _idle(harness: Harness, steps: Sequence[Step]) -> Mapping[int, tuple[Mismatch]]:
    """The steps that waited for calls which did not come, by their index."""
    found: dict[int, tuple[Mismatch]] = {}
    left = (
        strikes_left(steps, harness.armed_faults())
        if any(isinstance(step, FaultStep) for step in steps)
        else [0] * len(steps)
    )
    for index, step in enumerate(steps):
        if isinstance(step, FaultStep) and left[index]:
            count, operation = step.fault.count, step.fault.operation
            expected = f"{count} of {count} calls of {operation} go wrong"
            found[index] = (Mismatch("fault.count", expected, f"{count - left[index]} did"),)
        elif isinstance(step, DuringStep) and harness.meanwhile.still_waits(step):
            found[index] = (Mismatch("during", f"{step.during} is called", "it was not"),)
    return found


def strikes_left(steps: Sequence[Step], armed: Sequence[tuple[str, int]]) -> Sequence[int]:
    """For each step, how many calls its fault is still waiting for.

    `armed` is what the emulator still holds: operation and count, in the order of arming. Of two faults on one
    operation the first strikes first, so those that are left are the last ones.
    """
    waiting: dict[str, list[int]] = {}
    for operation, count in armed:
        waiting.setdefault(operation, []).append(count)
    left = [0] * len(steps)
    for index in reversed(range(len(steps))):
        step = steps[index]
        if isinstance(step, FaultStep) and waiting.get(step.fault.operation):
            left[index] = waiting[step.fault.operation].pop()
    return left


def _step(
    harness: Harness, step: Step, number: int, line: int, *, closely: bool
) -> tuple[StepResult, Sequence[tuple[DuringStep, StepOutcome]]]:
    """The step as it went, and the steps that happened while its requests were under way."""
    claiming = step if isinstance(step, ClaimingStep) else None
    expect = claiming.expect if claiming else None
    asked = expect is not None and "changed" in expect.model_fields_set
    before = harness.state() if asked or closely else {}
    logged = {name: len(org.log) for name, org in harness.orgs.items()}
    harness.recorder.take()
    at = harness.now()
    outcome = act(harness, step)
    happened = harness.meanwhile.take()
    exchanges = harness.recorder.take()
    events: list[LogEvent] = [event for name, org in harness.orgs.items() for event in org.log[logged[name] :]]
    expectations = Expectations(harness, step, outcome, before=before, exchanges=exchanges, events=events)
    mismatches = tuple(expectations.check(expect))
    played = StepResult(
        number=number,
        line=line,
        title=title_of(step),
        note=step.note,
        proves=claiming.proves if claiming else (),
        mismatches=mismatches,
        exchanges=exchanges,
        tasks=tuple(task.message for org in harness.orgs.values() for task in org.tasks.open),
        events=tuple(map(_in_words, events)),
        warnings=tuple(_in_words(event) for event in events if event.warning),
        changes=_changes(before, harness.state()) if closely else (),
        meanwhile=tuple(title_of(waited) for waited, _ in happened),
        said=caption(step, harness.given) if closely or mismatches else "",
        when=moment(at, harness.start),
    )
    return without_secrets(played, harness.secrets()), happened


def _in_words(event: LogEvent) -> str:
    """An entry of the System Log on one line."""
    warning = " WARN" if event.warning else ""
    said = f"{event.type.value} {event.outcome.value}{warning} {', '.join(event.targets)}".rstrip()
    return f"{said}: {event.detail}" if event.detail else said


def _changes(before: State, after: State) -> tuple[Change, ...]:
    return tuple(Change(path, before.get(path), after.get(path)) for path in changed_paths(before, after))


def fault_title(step: FaultStep) -> str:
    """A fault in a few words, as a report lists it: `inviteCollaborator 502`, `listRoles latency`."""
    fault = step.fault
    times = "" if fault.count == 1 else f" x{fault.count}"
    return f"{fault.operation} {fault.status if fault.effect == 'status' else fault.effect}{times}"


def title_of(step: Step) -> str:
    """A step in a few words: whose it is, the verb, and whom it is about."""
    match step:
        case ClockStep():
            return f"clock advance {duration_in_words(step.clock.advance)}"
        case FaultStep():
            return f"fault {fault_title(step)}"
        case CallStep():
            return f"call {step.call}{_during(step)}"
        case CheckStep():
            return f"check {step.check}" if isinstance(step.check, str) else "check"
    side = "okta" if "okta" in type(step).model_fields else "workato"
    about = next(
        (str(getattr(step, key)) for key in ("user", "group", "role", "client") if getattr(step, key, None)), ""
    )
    if isinstance(step, PeopleStep) and step.users is not None:
        first, *others = step.users
        about = f"{first} and {counted(len(others), 'other')}" if others else first
    return f"{side} {verb_of(step)} {about}".rstrip() + _during(step)


def _during(step: Step) -> str:
    return f" during {step.during}" if isinstance(step, DuringStep) and step.during is not None else ""
