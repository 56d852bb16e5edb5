"""Which probes can be sent to a workspace, why the others cannot, and what the sending would look like."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import timedelta

from okta_scenarios.live.probes import BY_HAND, PROBES, SMALLEST, UNREACHED, Kind, Probe, Step, settled_by
from okta_scenarios.live.settings import MAY, Settings
from workato_emulator import assumptions, counted

_ALLOWED: Mapping[Kind, str] = {
    Kind.READ: "read",
    Kind.REFUSED: "objects",
    Kind.OBJECTS: "objects",
    Kind.PEOPLE: "people",
    Kind.SPECIAL: "people",
}
"""What `may` has to be for probes of this kind."""
_FLAGS: Mapping[Kind, str] = {
    Kind.REFUSED: "--write",
    Kind.OBJECTS: "--write",
    Kind.PEOPLE: "--writes-people",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for. Without names, every probe of the kinds that are allowed."""

    write: bool = False
    writes_people: bool = False
    names: tuple[str, ...] = ()
    smallest: bool = False

    def flagged(self, kind: Kind) -> bool:
        if kind is Kind.READ:
            return True
        return self.writes_people if kind in {Kind.PEOPLE, Kind.SPECIAL} else self.write or self.writes_people


@dataclass(frozen=True, slots=True)
class Plan:
    """`chosen` in the order of sending; `left_out` says why, by the probe's id."""

    chosen: tuple[Probe, ...]
    left_out: Mapping[str, str]

    @property
    def settles(self) -> AbstractSet[str]:
        return {name for probe in self.chosen for name in probe.settles}

    @property
    def unsettled(self) -> Mapping[str, str]:
        """What cannot be settled here, and why."""
        found = dict(UNREACHED)
        for name, probes in settled_by().items():
            if name not in self.settles:
                found[name] = "; ".join(f"{each}: {self.left_out[each]}" for each in probes)
        return found


def plan_for(settings: Settings, wanted: Wanted) -> Plan:
    """Mailboxes are given out in order; who comes too late for them is left out."""
    names = SMALLEST if wanted.smallest else wanted.names
    free = len(settings.people.mailboxes)
    chosen: list[Probe] = []
    left_out: dict[str, str] = {}
    for probe in PROBES:
        why = _why_not(probe, settings, wanted, names)
        if why is None and probe.mailboxes > free:
            why = f"needs {counted(probe.mailboxes, 'mailbox', 'mailboxes')} more in people.mailboxes"
        if why is None:
            chosen.append(probe)
            free -= probe.mailboxes
        else:
            left_out[probe.id] = why
    return Plan(tuple(chosen), left_out)


def _why_not(probe: Probe, settings: Settings, wanted: Wanted, names: Sequence[str]) -> str | None:
    return next(_reasons_against(probe, settings, wanted, names), None)


def _reasons_against(probe: Probe, settings: Settings, wanted: Wanted, names: Sequence[str]) -> Iterator[str]:
    if names and probe.id not in names:
        yield "was not asked for"
    if probe.kind is Kind.SPECIAL and probe.id not in names:
        yield f"is asked for by its name: --only {probe.id}"
    if not wanted.flagged(probe.kind):
        yield f"needs {_FLAGS.get(probe.kind, '--writes-people')}"
    allowed = _ALLOWED[probe.kind]
    if MAY.index(settings.may) < MAY.index(allowed):
        yield f"needs may = {allowed!r} in the settings"
    lacking = [lack for need in sorted(probe.needs) if (lack := settings.lacks(need)) is not None]
    if lacking:
        yield f"needs {' and '.join(lacking)}"
    if uses_spare(probe) and not settings.people.mailboxes:
        yield "needs a mailbox in people.mailboxes"
    if probe.lasts > settings.patience:
        yield f"takes {probe.lasts}, and longest_wait is {settings.longest_wait}"


def uses_spare(probe: Probe) -> bool:
    """Whether it names a mailbox in a request that is refused."""
    return any(isinstance(step.body, Mapping) and step.body.get("email") == "$spare" for step in probe.steps)


def told(plan: Plan) -> Iterator[str]:
    """The plan, line by line."""
    sent = sum(step.times for probe in plan.chosen for step in probe.steps if step.method != BY_HAND)
    waits = sum((probe.lasts for probe in plan.chosen), timedelta(0))
    by_hand = sum(step.method == BY_HAND for probe in plan.chosen for step in probe.steps)
    probes, requests = counted(len(plan.chosen), "probe"), counted(sent, "request")
    yield f"{probes}, at most {requests}, about {counted(_minutes(sent, waits), 'minute')}"
    yield f"{by_hand} by hand" if by_hand else "nothing by hand"
    for probe in plan.chosen:
        yield ""
        yield f"{probe.id} ({probe.kind.value}), settles {', '.join(probe.settles)}"
        if probe.note:
            yield f"  {probe.note}"
        for step in probe.steps:
            yield f"  {_line(step)}"
    if plan.left_out:
        yield ""
        yield "left out:"
        yield from (f"  {name}: {why}" for name, why in plan.left_out.items())
    yield ""
    asked = {each.id for each in assumptions()}
    about_scim = {each for each in asked if each.startswith("scim_")}
    yield from _settled(plan, "the Developer API", asked - about_scim)
    yield from _settled(plan, "SCIM", about_scim)


def _settled(plan: Plan, what: str, names: AbstractSet[str]) -> Iterator[str]:
    """How many questions of one door would be settled here and could be anywhere, and why the others are not."""
    here, anywhere = len(names & plan.settles), len(names & settled_by().keys())
    reached = "" if anywhere == len(names) else f" ({anywhere} can be reached by a probe)"
    yield f"would settle {here} of {len(names)} assumptions about {what}{reached}; not here:"
    yield from (f"  {name}: {why}" for name, why in plan.unsettled.items() if name in names)


def _minutes(requests: int, waits: timedelta) -> int:
    return round((requests * 2 + waits.total_seconds()) / 60) + 1


def _line(step: Step) -> str:
    query = "&".join(f"{name}={value}" for name, value in step.query.items())
    by = "" if step.client == "full" else f" by {step.client}"
    after = f", {step.later} later" if step.later else ""
    return f"{step.method} {step.path}{f'?{query}' if query else ''}{by}{after}"
