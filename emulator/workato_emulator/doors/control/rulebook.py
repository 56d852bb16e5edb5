"""What is believed and how firmly: rules, which can be silenced one by one, and assumptions, which can be switched."""

from dataclasses import asdict
from typing import Any

from starlette.responses import Response

from workato_emulator.domain.assumptions import Assumptions, UnknownAssumption, catalogue
from workato_emulator.domain.copies import replace
from workato_emulator.domain.people import rekey
from workato_emulator.domain.refusals import NotFound
from workato_emulator.domain.rules import CATALOGUE, Rule
from workato_emulator.doors.control.call import ControlCall, Routes
from workato_emulator.http.answers import empty, ok
from workato_emulator.http.bodies import UnusableValue
from workato_emulator.text import of_another_side


def list_rules(call: ControlCall) -> Response:
    return ok({"data": [_rule(rule, call) for _, rule in sorted(CATALOGUE.items())]})


def one_rule(call: ControlCall) -> Response:
    return ok(_rule(_named(call), call))


def suspend(call: ControlCall) -> Response:
    store = call.backend.store
    stored = store.read()
    store.write(replace(stored, suspended=stored.suspended | {_named(call).id}))
    return empty()


def resume(call: ControlCall) -> Response:
    store = call.backend.store
    stored = store.read()
    store.write(replace(stored, suspended=stored.suspended - {_named(call).id}))
    return empty()


def list_assumptions(call: ControlCall) -> Response:
    return ok({"data": _assumptions(call.backend.store.read().assumptions)})


def set_assumptions(call: ControlCall) -> Response:
    """Switch some. Emails are filed anew, since `email_case` decides which two of them are one person."""
    store = call.backend.store
    stored = store.read()
    try:
        switched = stored.assumptions.switch(call.fields)
    except UnknownAssumption as error:
        raise UnusableValue(of_another_side(error.name or "") or str(error)) from None
    cloud = stored.cloud if switched.email_case == stored.assumptions.email_case else rekey(stored.cloud, switched)
    store.write(replace(stored, assumptions=switched, cloud=cloud))
    call.work = call.backend.begin()
    return ok({"data": _assumptions(switched)})


def _named(call: ControlCall) -> Rule:
    rule = CATALOGUE.get(call.path["rule"])
    if rule is None:
        raise NotFound("rule", call.path["rule"], CATALOGUE)
    return rule


def _rule(rule: Rule, call: ControlCall) -> dict[str, Any]:
    return {
        "id": rule.id,
        "statement": rule.statement,
        "source": rule.source,
        "standing": rule.standing.value,
        "suspended": rule.id in call.backend.store.read().suspended,
    }


def _assumptions(assumed: Assumptions) -> list[dict[str, Any]]:
    chosen = assumed.choices()
    return [asdict(each) | {"alternatives": list(each.alternatives), "value": chosen[each.id]} for each in catalogue()]


ROUTES: Routes = (
    ("GET", "/rules", "listRules", list_rules),
    ("GET", "/rules/{rule}", "getRule", one_rule),
    ("POST", "/rules/{rule}/suspend", "suspendRule", suspend),
    ("POST", "/rules/{rule}/resume", "resumeRule", resume),
    ("GET", "/assumptions", "listAssumptions", list_assumptions),
    ("PATCH", "/assumptions", "setAssumptions", set_assumptions),
)
