"""Signing in by SAML: who may, and whose roles the assertion brings."""

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.rules import Standing, rule
from workato_emulator.domain.scim.refusals import SignInBlocked
from workato_emulator.domain.values import EmailKey, Workspace


@rule(
    "SCIM-23",
    "Somebody whom SCIM has deactivated does not come back by signing in, though just-in-time provisioning is on.",
    source="assumption scim_then_jit",
    standing=Standing.ASSUMED,
)
def must_not_be_deactivated(workspace: Workspace, email: str, key: EmailKey, assumptions: Assumptions) -> None:
    if key in workspace.scim_left and assumptions.scim_then_jit == "blocked":
        raise SignInBlocked(email)
