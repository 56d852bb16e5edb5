"""JUnit XML: one test case per scenario, the rules it claims as properties. An unnoticed claim is a failure."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from okta_scenarios.bundled import suites
from okta_scenarios.play import ScenarioResult, StepResult
from okta_scenarios.reports.differences import in_words
from okta_scenarios.reports.failures import failure_text, unnoticed_text
from okta_scenarios.reports.summary import Run
from workato_emulator import one_line

_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'  # ElementTree would name the machine's encoding
_LONG = 200
"""Characters of a value in a failure's message, which CI servers show in a list."""


def junit_report(run: Run) -> str:
    suite = ET.Element(
        "testsuite",
        name="okta-to-workato",
        tests=str(len(run.results) + run.interrupted + bool(run.shortcomings)),
        failures=str(
            run.failed + sum(bool(run.unnoticed_in(result)) for result in run.results) + bool(run.shortcomings)
        ),
        errors=str(int(run.interrupted)),
        time=f"{run.seconds:.3f}",
    )
    for result in run.results:
        _case(suite, run, result)
    if run.interrupted:
        case = ET.SubElement(suite, "testcase", classname="okta-to-workato", name="the whole run", time="0.000")
        unplayed = f": {run.unplayed} not played" if run.unplayed else ""
        ET.SubElement(case, "error", type="interrupted", message=f"interrupted{unplayed}")
    if run.shortcomings:
        case = ET.SubElement(suite, "testcase", classname="okta-to-workato", name="strict", time="0.000")
        failure = ET.SubElement(case, "failure", type="strict", message=_xml(one_line(run.shortcomings[0])))
        failure.text = _xml("\n".join(map(one_line, run.shortcomings)))
    ET.indent(suite)
    return f"{_DECLARATION}{ET.tostring(suite, encoding='unicode')}\n"


def _case(suite: ET.Element, run: Run, result: ScenarioResult) -> None:
    case = ET.SubElement(
        suite,
        "testcase",
        classname=_xml(_class_name(result.file)),
        name=_xml(one_line(f"{result.id} {result.title}")),
        file=_xml(one_line(result.file)),
        line=str(1 if result.failure is None else result.failure.line),
        time=f"{result.seconds:.3f}",
    )
    properties = ET.SubElement(case, "properties")
    for rule in result.rules:
        ET.SubElement(properties, "property", name="rule", value=_xml(rule))
    for fault in result.faults:
        ET.SubElement(properties, "property", name="fault", value=_xml(fault))
    if result.failure is not None:
        failure = ET.SubElement(case, "failure", type="expectation", message=_xml(_message(result.failure)))
        failure.text = _xml(failure_text(result))
    unnoticed = run.unnoticed_in(result)
    if unnoticed:
        message = f"unnoticed: {', '.join(verdict.rule.id for verdict in unnoticed)}"
        text = "\n".join(unnoticed_text(verdict, run.results) for verdict in unnoticed)
        ET.SubElement(case, "failure", type="unnoticed", message=_xml(message)).text = _xml(text)


def _class_name(file: str) -> str:
    """The file's path with dots, as CI servers group by it: seen from the working directory or the library's folder."""
    path = Path(file).resolve()
    for root in (Path.cwd(), suites().resolve().parent):
        if path.is_relative_to(root):
            path = path.relative_to(root)
            break
    parts = (part for part in path.with_suffix("").parts if part != path.anchor)
    return ".".join(one_line(part).replace(".", "_") for part in parts)


def _message(step: StepResult) -> str:
    """What was different, in a line that is worth reading in a list of failures."""
    first, *more = step.mismatches
    expected, actual = (_cut(one_line(in_words(each))) for each in (first.expected, first.actual))
    rest = f" (and {len(more)} more)" if more else ""
    return f"step {step.number}: {one_line(first.where)}: expected {expected}, actual {actual}{rest}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[:_LONG]}…"


def _xml(text: str) -> str:
    """The text with what XML has no way to write replaced."""
    return _NOT_XML.sub("\ufffd", text)
