"""Broken files. `▶` stands where the complaint has to point."""

from typing import Any

import pytest

FRAME = """\
scenario: SC-001
title: Somebody is hired
given:
  workspaces:
    acme:
      collaborators: {cleo: {roles: {dev: Member}}}
      groups: {Payroll: {members: [cleo]}}
      clients: {narrow: {privileges: [Collaborators.list]}}
  okta:
    acme-okta:
      apps: {workato: {workspace: acme}}
      people: [ada, ben]
      groups: {Builders: [ada]}
"""

TWO = """\
scenario: SC-001
title: Two of everything
given:
  workspaces: {acme: {}, globex: {}}
  okta:
    a-okta: {apps: {workato: {workspace: acme}}, people: [ada]}
    b-okta: {apps: {workato: {workspace: globex}, spare: {workspace: acme}}, people: [ada, ben]}
"""


ONE_STEP = "steps:\n  - okta: test_credentials\n"


def steps(*lines: str) -> str:
    return FRAME + "steps:\n" + "\n".join(f"  {line}" for line in lines) + "\n"


def given(*lines: str) -> str:
    return (
        "scenario: SC-001\ntitle: t\ngiven:\n"
        + "".join(f"  {line}\n" for line in lines)
        + "steps:\n  - clock: {advance: 1h}\n"
    )


def pointed(text: str) -> tuple[str, int, int]:
    """The text without its pointer, and the line and column the pointer stands at."""
    before = text[: text.index("▶")]
    return text.replace("▶", ""), before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def table(cases: dict[str, tuple[str, str]]) -> list[Any]:
    return [pytest.param(text, message, id=name) for name, (text, message) in cases.items()]


def complaint(found: object) -> list[tuple[int, int, str]]:
    """Line, column and words of each problem, without its code."""
    assert isinstance(found, tuple)
    return [(each.line, each.column, str(each).split(": ", 1)[1].removesuffix(f"  [{each.code}]")) for each in found]
