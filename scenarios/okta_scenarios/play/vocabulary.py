"""The words of scenarios, taken from the emulator and from the catalogue of documented rules."""

from functools import cache

import workato_emulator
from okta_org import EventType
from okta_scenarios.assumptions import questions
from okta_scenarios.bundled import fixtures
from okta_scenarios.language import Operation, Vocabulary
from okta_scenarios.language.vocabulary import Named
from okta_scenarios.rules import SEAM_RULES


def _named(operation: str) -> Named | None:
    """The names that an operation knows; None of SCIM, whose bodies may hold attributes of any schema."""
    return None if operation in workato_emulator.scim_operations() else workato_emulator.named(operation)


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary(
        operations={
            id_: Operation(method, path)
            for id_, (method, path) in (workato_emulator.operations() | workato_emulator.scim_operations()).items()
        },
        emulator_rules=frozenset(rule.id for rule in workato_emulator.rules()),
        seam_rules=frozenset(SEAM_RULES),
        assumptions={each.id: (each.default, *each.alternatives) for each in questions()},
        privileges=frozenset(workato_emulator.privileges()),
        hosts=workato_emulator.hosts(),
        events=frozenset(event.value for event in EventType),
        named=_named,
        fixtures=fixtures(),
    )
