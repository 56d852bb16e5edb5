"""The schema of scenario files with all that an editor can offer: rules and assumptions, each with its sentence."""

from itertools import chain

import workato_emulator
from okta_org import OktaAssumption, okta_assumptions
from okta_scenarios.language.schema import OpenQuestion, schema_text
from okta_scenarios.rules import known_rules
from workato_emulator import Assumption


def editor_schema() -> str:
    """As `workato-emulator schema` prints it, and as `init` writes it beside the first scenario."""
    every: chain[Assumption | OktaAssumption] = chain(workato_emulator.assumptions(), okta_assumptions())
    return schema_text(
        {each.id: each.statement for each in known_rules().values()},
        {each.id: OpenQuestion(each.question, (each.default, *each.alternatives)) for each in every},
    )
