"""JUnit XML: one test case per scenario, the rules it proves as properties. An unnoticed claim is a failure."""

import re
from xml.etree import ElementTree as ET

from okta_scenarios.reports.explanation import failure_text, unnoticed_text
from okta_scenarios.reports.summary import Run

_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'  # ElementTree would name the machine's encoding


def junit_report(run: Run) -> str:
    suite = ET.Element(
        "testsuite",
        name="okta-to-workato",
        tests=str(len(run.results)),
        failures=str(run.failed + sum(bool(run.unnoticed_in(result)) for result in run.results)),
        errors="0",
        time=f"{run.seconds:.3f}",
    )
    for result in run.results:
        name = f"{result.id} {result.title}"
        case = ET.SubElement(suite, "testcase", classname=_xml(result.file), name=_xml(name))
        properties = ET.SubElement(case, "properties")
        for rule in result.rules:
            ET.SubElement(properties, "property", name="rule", value=rule)
        for fault in result.faults:
            ET.SubElement(properties, "property", name="fault", value=fault)
        if result.failure is not None:
            first = result.failure.mismatches[0]
            message = f"step {result.failure.number}: {first.where}"
            ET.SubElement(case, "failure", message=_xml(message)).text = _xml(failure_text(result))
        unnoticed = run.unnoticed_in(result)
        if unnoticed:
            message = f"unnoticed: {', '.join(verdict.rule.id for verdict in unnoticed)}"
            text = "\n".join(unnoticed_text(verdict, run.results) for verdict in unnoticed)
            ET.SubElement(case, "failure", message=_xml(message)).text = _xml(text)
    ET.indent(suite)
    return f"{_DECLARATION}{ET.tostring(suite, encoding='unicode')}\n"


def _xml(text: str) -> str:
    """The text with what XML has no way to write replaced."""
    return _NOT_XML.sub("\ufffd", text)
