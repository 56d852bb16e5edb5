"""The open questions about both sides of the seam."""

import workato_emulator
from okta_org import OktaAssumptions
from workato_emulator import Assumption, open_questions


def okta_assumptions() -> tuple[Assumption, ...]:
    return open_questions(OktaAssumptions)


def questions() -> tuple[Assumption, ...]:
    return (*workato_emulator.assumptions(), *okta_assumptions())
