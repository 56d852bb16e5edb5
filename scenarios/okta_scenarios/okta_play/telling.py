"""A run as text, JSON and JUnit XML. No token is in it, and nobody's data but of those whom the run made."""

import json
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from okta_scenarios.okta_play.judging import RULES
from okta_scenarios.okta_play.others import Others
from okta_scenarios.okta_play.player import Report, Shown
from okta_scenarios.okta_play.recording import Exchange
from workato_emulator import Secrets, counted

LONGEST = 2_000
_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def act_lines(act: Shown, secrets: Secrets) -> Iterator[str]:
    """An act: each exchange with its bodies, then what Okta shows its admin."""
    yield f"{act.name}"
    for each in act.exchanges:
        yield f"  {secrets.out_of_text(each.line)}"
        if each.sent is not None:
            yield f"    sent      {_json(secrets.out_of(each.sent))}"
        yield f"    answered  {each.status or 'nothing'} {_received(each, secrets, act.others)}".rstrip()
    for line in act.okta:
        yield f"  Okta shows: {secrets.out_of_text(line)}"


def verdict_lines(report: Report, secrets: Secrets) -> Iterator[str]:
    """What was found, what was left, and the sum."""
    for each in report.findings:
        name = "TRIPS" if each.rule.level.value == "trips" else "remark"
        yield f"{name}  {each.rule.id}: {each.rule.sentence} ({each.rule.source})"
        yield f"    {secrets.out_of_text(f'{each.where}: {each.what}')}"
    for left in report.left:
        place = secrets.out_of_text(f"{left.kind}/{left.id}")
        yield f"left behind: {place}{', deactivated' if left.deactivated else ', as it is'}"
    remarks = len(report.findings) - len(report.trips)
    found = f"{counted(len(report.trips), 'thing')} that Okta trips over, {counted(remarks, 'remark')}"
    yield f"{counted(len(report.judged), 'rule')} judged: {found}"
    if report.interrupted:
        yield "interrupted: this is what was played by then"


def as_json(report: Report, secrets: Secrets) -> str:
    document = {
        "server": secrets.out_of_text(report.server),
        "app": report.app,
        "passed": report.passed,
        "interrupted": report.interrupted,
        "acts": [
            {
                "act": act.name,
                "exchanges": [
                    {
                        "request": secrets.out_of_text(each.line),
                        "sent": secrets.out_of(each.sent),
                        "status": each.status,
                        "received": secrets.out_of(report.others.out_of(each.body)),
                        "trouble": secrets.out_of_text(each.trouble),
                    }
                    for each in act.exchanges
                ],
                "okta_shows": [secrets.out_of_text(line) for line in act.okta],
            }
            for act in report.acts
        ],
        "rules": [
            {
                "id": rule,
                "level": RULES[rule].level.value,
                "rule": RULES[rule].sentence,
                "source": RULES[rule].source,
                "findings": [
                    {"where": secrets.out_of_text(each.where), "what": secrets.out_of_text(each.what)}
                    for each in report.findings
                    if each.rule.id == rule
                ],
            }
            for rule in _judged(report)
        ],
        "left": [
            {"kind": each.kind, "id": secrets.out_of_text(each.id), "deactivated": each.deactivated}
            for each in report.left
        ],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def as_junit(report: Report, secrets: Secrets) -> str:
    """A case per rule that came up; only what Okta trips over fails one."""
    judged = _judged(report)
    failing = {each.rule.id for each in report.trips}
    suite = ET.Element(
        "testsuite",
        name="okta-play",
        tests=str(len(judged) + report.interrupted),
        failures=str(len(failing)),
        errors=str(int(report.interrupted)),
    )
    for rule in judged:
        case = ET.SubElement(suite, "testcase", classname="okta-play", name=f"{rule}: {RULES[rule].sentence}")
        said = [f"{each.where}: {each.what}" for each in report.findings if each.rule.id == rule]
        text = _xml(secrets.out_of_text("\n".join(said)))
        if rule in failing:
            ET.SubElement(case, "failure", type=rule, message=_xml(RULES[rule].source)).text = text
        elif said:
            ET.SubElement(case, "system-out").text = text
    if report.interrupted:
        case = ET.SubElement(suite, "testcase", classname="okta-play", name="the whole run")
        ET.SubElement(case, "error", type="interrupted", message="interrupted")
    ET.indent(suite)
    return f"{_DECLARATION}{ET.tostring(suite, encoding='unicode')}\n"


def _judged(report: Report) -> tuple[str, ...]:
    """Rules that came up, and those that only a finding speaks of, in the order of the table."""
    named = {*report.judged, *(each.rule.id for each in report.findings)}
    return tuple(rule for rule in RULES if rule in named)


def _received(exchange: Exchange, secrets: Secrets, others: Others) -> str:
    if exchange.trouble:
        return secrets.out_of_text(exchange.trouble)
    if exchange.body is None:
        return others.out_of_text(secrets.out_of_part(exchange.received[:LONGEST].strip()))
    return _json(secrets.out_of(others.out_of(exchange.body)))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
