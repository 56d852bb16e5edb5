"""Sends the probes of a plan, reads the answers, and removes what was made."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from okta_connector.folding import fold
from okta_scenarios.live.exchange import NEITHER, Exchange, Json
from okta_scenarios.live.ledger import Item, Ledger
from okta_scenarios.live.probes import BY_HAND, Kind, Need, Probe, Step
from okta_scenarios.live.probes.answers import Answer, Answers, found
from okta_scenarios.live.removing import removed
from okta_scenarios.live.settings import Settings
from okta_scenarios.live.tenant import BETWEEN_LOOKS, MEMBERS, Stopped, Tenant
from workato_emulator import assumptions

_GOT_IT, TOO_MANY = 300, 429
_WEB_TOKEN = re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]*")
_VARIABLE = re.compile(r"\$([a-z_0-9:]+)")


@dataclass(slots=True)
class _State:
    """What one probe knows so far."""

    known: dict[str, Json]
    earlier: dict[str, Answer] = field(default_factory=dict)


class Probing:
    """One run. `run` is its short name, which is in the name of all that it makes."""

    def __init__(self, tenant: Tenant, settings: Settings, ledger: Ledger, run: str, clean_up: str) -> None:
        self._tenant = tenant
        self._settings = settings
        self._ledger = ledger
        self._run = run
        self._clean_up = clean_up
        self._choices = {each.id: (each.default, *each.alternatives) for each in assumptions()}
        self._taken = 0
        self._known_was_invited = False
        self.invited = 0
        """How many of the mailboxes have an invitation, which no request can take back."""

    def play(self, probes: Sequence[Probe]) -> None:
        """Raises `Stopped` at the first unforeseen answer to a write, and `Unanswered`."""
        if any(probe.mailboxes or probe.kind in {Kind.PEOPLE, Kind.SPECIAL} for probe in probes):
            self._mailboxes_must_be_free()
        if any(Need.CLIENT_ROLE in probe.needs for probe in probes):
            self._look_for_client_role()
        if any(Need.SCIM in probe.needs for probe in probes):
            self._scim_must_be_of_the_workspace()
        for probe in probes:
            self._play(probe)

    def _mailboxes_must_be_free(self) -> None:
        """Whoever is there already was not invited by this run, and would not be told from those who were."""
        there = {fold(str(each.get("email"))) for each in self._tenant.members()}
        for number, mailbox in enumerate(self._pool(), 1):
            if fold(mailbox) in there:
                raise Stopped(f"mailbox {number} of people.mailboxes is a collaborator already; name one that is not")

    def _look_for_client_role(self) -> None:
        """Whoever misspelt it can stop here, before the first write; who goes on misses what needs it."""
        wanted, there = str(self._settings.client_role), self._tenant.client_roles()
        if there is not None and wanted.lower() not in map(str.lower, there):
            self._tenant.hand.tell(
                f"client_role: the workspace has no client role {wanted!r}, so what needs one is left out; it has "
                f"{', '.join(map(repr, there)) or 'none'}"
            )

    def _scim_must_be_of_the_workspace(self) -> None:
        """A SCIM token names its workspace, and SCIM does not say which: its users have to be known there."""
        shown = self._tenant.scim_users()
        known = {fold(str(each.get("email"))) for each in self._tenant.members()} if shown else set()
        if shown and not known & {fold(each) for each in shown}:
            raise Stopped(
                "scim.token_env: the SCIM token leads to another workspace than the one that was named: none of its "
                "users is a collaborator there; nothing was sent but GET"
            )

    def _pool(self) -> tuple[str, ...]:
        people = self._settings.people
        return (*people.mailboxes, *((people.known,) if people.known else ()))

    def _play(self, probe: Probe) -> None:
        self._tenant.hand.tell(f"{probe.id}: {', '.join(probe.settles)}")
        state = _State(self._variables(probe))
        for step in probe.steps:
            self._step(probe, step, state)
        for item in self._ledger.left():
            self._remove(item, probe.id)

    def _variables(self, probe: Probe) -> dict[str, Json]:
        people, environments = self._settings.people, self._settings.environments
        words = ("folder", "group", "inner", "client", "person", "plain", "project", "projectrole", "role")
        known: dict[str, Json] = {f"name:{word}": f"zz-probe-{self._run}-{probe.id}-{word}" for word in words}
        mailboxes = people.mailboxes[self._taken : self._taken + probe.mailboxes]
        self._taken += probe.mailboxes
        known |= {f"mail{number}": each for number, each in enumerate(mailboxes, 1)}
        known |= people.model_dump(exclude={"mailboxes"}, exclude_none=True)
        if people.mailboxes:
            known["spare"] = people.mailboxes[0]
        if people.collaborator is not None:
            known["collaborator:capitals"] = people.collaborator.upper()
        if self._settings.client_role is not None:
            known["client_role"] = self._settings.client_role
        if len(environments) > 1:
            known["second_environment"] = environments[1]
        known["known_was_invited"] = self._known_was_invited
        if self._settings.scim is not None:
            known |= {"scim_is_at": self._settings.scim_is_at, "scim_bearer": form_of(self._tenant.token("scim"))}
        return known | {"today": self._tenant.times.wall().date().isoformat()}

    def _step(self, probe: Probe, step: Step, state: _State) -> None:
        answers = Answers(Answer(0, {}, None), state.earlier, state.known)
        path, query, body = (_filled(each, state.known) for each in (step.path, dict(step.query), step.body))
        unknown = any(_has_gap(each) for each in (path, query, body)) or not self._tenant.has(step.client)
        if unknown:
            self._tenant.hand.tell(f"{step.name} is left out: no answer before it has what it needs")
        if unknown or not step.only_if(answers):
            return
        self._wait(step)
        asked = Exchange(
            step.method, str(path), 0, query=query, body=body, probe=probe.id, step=step.name, client=step.client
        )
        item = self._begin(step, state)
        answer, exchange = self._answer(step, asked, state)
        state.earlier[step.name] = answer
        self._learn(step, answer, state, item)
        answers = replace(answers, now=answer)
        self._keep(step, exchange, answers)
        if step.method not in {"GET", BY_HAND} and answer.status not in step.may:
            raise Stopped(
                f"{probe.id}, step {step.name}: {step.method} {asked.path} was answered with {answer.status}, which "
                f"was not foreseen; nothing more is sent. {self._clean_up}"
            )
        if step.method == "DELETE" and answer.status < _GOT_IT:
            self._ledger.gone_at(asked.path)
        if "member_invitations" in asked.path and answer.status < _GOT_IT:
            self.invited += 1
            self._known_was_invited |= isinstance(body, dict) and body.get("email") == self._settings.people.known

    def _wait(self, step: Step) -> None:
        self._tenant.wait(step.later, f"before {step.name}")
        if step.to_second is not None:
            into = self._tenant.times.wall()
            seconds = (step.to_second - into.second - into.microsecond / 1e6) % 60
            self._tenant.wait(timedelta(seconds=seconds), f"for second {step.to_second} of the minute")

    def _begin(self, step: Step, state: _State) -> Item | None:
        if step.makes is None:
            return None
        mailbox = None
        if step.joins or not step.makes.named:
            wanted = fold(str(_filled(step.joins or "$known", state.known)))
            mailbox = next(number for number, each in enumerate(self._pool()) if fold(each) == wanted)
        listed, name = (str(_filled(each, state.known)) for each in (step.makes.listed, step.makes.named))
        return self._ledger.begin(step.makes.what, listed, name, mailbox)

    def _answer(self, step: Step, asked: Exchange, state: _State) -> tuple[Answer, Exchange]:
        if step.method == BY_HAND:
            return self._by_hand(step, asked, state)
        hurry, may_be_too_many = step.times > 1 or step.hurry, TOO_MANY in step.may
        for left in reversed(range(step.times)):
            answer, exchange = self._tenant.send(
                asked, headers=step.headers, may_be_too_many=may_be_too_many, hurry=hurry, recorded=False
            )
            if answer.status == TOO_MANY or not left:
                return answer, exchange
        raise AssertionError("a step is sent at least once")

    def _by_hand(self, step: Step, asked: Exchange, state: _State) -> tuple[Answer, Exchange]:
        """Somebody is asked to accept, and then seen among the collaborators or not."""
        can = self._tenant.hand.ask(asked.path)
        look = replace(asked, method="GET", path=MEMBERS, client="full")
        patience = self._tenant.elapsed + self._settings.patience
        while True:
            answer, exchange = self._tenant.send(look, recorded=False)
            joined, _ = found(answer.json, f"data.[email={step.joins}].id", state.known)
            if joined or not can or self._tenant.elapsed >= patience:
                return answer, exchange
            self._tenant.wait(timedelta(seconds=BETWEEN_LOOKS), "for the acceptance")

    def _learn(self, step: Step, answer: Answer, state: _State, item: Item | None) -> None:
        """Take over what the answer has for later; what was made is in the ledger from now on."""
        for name, place in step.keeps.items():
            is_there, value = found(answer.json, place, state.known)
            if is_there and (name != "bare_token" or isinstance(value, str)):
                if name in {"token", "bare_token"}:
                    self._tenant.take("made", str(value))
                else:
                    state.known[name] = value
        if item is None or step.makes is None:
            return
        path = _filled(step.makes.remove, state.known)
        if answer.status < _GOT_IT and path and not _has_gap(path):
            self._ledger.made(item, str(path))
        elif answer.status >= _GOT_IT or step.method in {"GET", BY_HAND}:
            self._ledger.gone(item.number)  # refused, or nobody came; what was made and shows no id is looked for later

    def _keep(self, step: Step, exchange: Exchange, answers: Answers) -> None:
        read = [each for each in step.reads if each.when(answers)]
        verdicts = {
            each.assumption: next((name for name, holds in each.choices.items() if holds(answers)), NEITHER)
            for each in read
        }
        foreseen = {each.assumption: self._choices[each.assumption] for each in read}
        self._tenant.record(replace(exchange, foreseen=foreseen, verdicts=verdicts))

    def _remove(self, item: Item, probe: str) -> None:
        if not removed(self._tenant, item, self._pool(), probe):
            raise Stopped(f"{item.what} {item.name or 'of the probe'} could not be removed. {self._clean_up}")
        self._ledger.gone(item.number)


def form_of(token: str) -> str:
    """Whether it is a JSON Web Token, or says nothing (assumption `scim_token_format`)."""
    return "jwt" if _WEB_TOKEN.fullmatch(token) else "opaque"


def _filled(value: Json, known: Mapping[str, Json]) -> Json:
    """The template with the variables that are known; a value that is nothing but a variable keeps its type."""
    if isinstance(value, dict):
        return {key: _filled(each, known) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, known) for each in value]
    if not isinstance(value, str) or "$" not in value:
        return value
    if value.removeprefix("$") in known and value.startswith("$"):
        return known[value[1:]]
    return _VARIABLE.sub(lambda found: str(known.get(found[1], found[0])), value)


def _has_gap(value: Any) -> bool:  # noqa: ANN401  (JSON)
    return any("$" in text for text in _texts(value))


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str):
        yield value
