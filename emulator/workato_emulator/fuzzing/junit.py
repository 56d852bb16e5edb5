"""What a run of the fuzzer did, as JUnit XML: a case per operation, and one for what went wrong in the fuzzer."""

import re
from xml.etree import ElementTree as ET

from workato_emulator.fuzzing.run import Report

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NOT_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def junit(report: Report, contract: str) -> str:
    """An operation fails where an answer was not as the contract says; the request is in the failure's text."""
    operations = sorted({*report.answers, *(finding.operation for finding in report.findings.values())})
    errors = [*report.errors, *(["interrupted"] if report.interrupted else [])]
    suite = ET.Element(
        "testsuite",
        name=f"fuzz {contract}",
        tests=str(len(operations) + bool(errors)),
        failures=str(len(report.findings)),
        errors=str(len(errors)),
    )
    for operation in operations:
        case = ET.SubElement(suite, "testcase", classname=contract, name=_xml(operation))
        for finding in report.findings.values():
            if finding.operation == operation:
                failure = ET.SubElement(case, "failure", type=_xml(finding.check), message=_xml(finding.title))
                failure.text = _xml(f"{finding.message}\n\n{finding.curl}")
    if errors:
        case = ET.SubElement(suite, "testcase", classname=contract, name="the run itself")
        for error in errors:
            ET.SubElement(case, "error", message=_xml(error))
    ET.indent(suite)
    return f"{_DECLARATION}{ET.tostring(suite, encoding='unicode')}\n"


def _xml(text: str) -> str:
    """The text with what XML has no way to write replaced."""
    return _NOT_XML.sub("\ufffd", text)
