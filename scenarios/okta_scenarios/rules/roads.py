"""What becomes of each rule of Okta's page when Okta reaches Workato by SCIM, and the scenario that shows it.

Okta's page is about the integration of its catalogue, which calls the Developer API. The page says nothing of SCIM.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class OnTheOtherRoad(StrEnum):
    HOLDS = "holds"
    DIFFERS = "differs"
    LACKS = "does not apply"


@dataclass(frozen=True, slots=True)
class OverScim:
    """`scenario` shows it; where the rule holds, that scenario claims it."""

    becomes: OnTheOtherRoad
    what: str
    scenario: str


HOLDS, DIFFERS, LACKS = OnTheOtherRoad.HOLDS, OnTheOtherRoad.DIFFERS, OnTheOtherRoad.LACKS

_NO_GROUPS = "Workato's SCIM has no groups; SAML brings them"

OVER_SCIM: Mapping[str, OverScim] = {
    "PNU-1": OverScim(DIFFERS, "the user joins at once, without an invitation", "RC-PNU-1-both-roads"),
    "PNU-2": OverScim(LACKS, "there is nothing to accept", "RC-PNU-2-no-pending-state"),
    "PNU-3": OverScim(DIFFERS, "without a role the user gets the default role", "RC-PNU-3-both-roads"),
    "PNU-4": OverScim(HOLDS, "Okta refuses before anything is sent", "RC-PNU-4-both-roads"),
    "PNU-5": OverScim(DIFFERS, "the server tells users apart, by userName in any case", "RC-PNU-5-scim-case"),
    "PNU-6": OverScim(HOLDS, "environments without a value in Okta keep their role", "RC-PNU-6-both-roads"),
    "PNU-7": OverScim(DIFFERS, "the user joins at once, with the account that is there", "RC-PNU-7-scim-account"),
    "PNU-8": OverScim(LACKS, "SCIM sends no invitation that could be repeated", "RC-PUD-8-both-roads"),
    "PNU-9": OverScim(LACKS, "roles travel by name alone", "RC-EM-1-scim"),
    "PNU-10": OverScim(HOLDS, "for the environments whose role is mapped", "RC-PNU-10-scim"),
    "PPU-1": OverScim(HOLDS, "for the roles that are mapped", "RC-PPU-1-both-roads"),
    "PPU-2": OverScim(DIFFERS, "the new username is sent, and the server refuses it", "RC-PPU-2-both-roads"),
    "PPU-3": OverScim(HOLDS, "and so does putting the username back", "RC-PPU-3-scim"),
    "PPU-4": OverScim(DIFFERS, "the name travels, and reaches an account that SCIM has made", "RC-PPU-4-both-roads"),
    "PPU-5": OverScim(LACKS, "SCIM knows no pending state", "RC-PPU-5-both-roads"),
    "PPU-6": OverScim(DIFFERS, "an org that maps no role hands on what it reads", "RC-GOV-2-scim"),
    "PPU-7": OverScim(DIFFERS, "an attribute without a value is not sent, so the role stays", "RC-PPU-7-scim-emptied"),
    "PPU-8": OverScim(HOLDS, "the task has the detail of the SCIM error", "RC-PPU-8-scim"),
    "PUD-1": OverScim(HOLDS, "the user is kept as inactive", "RC-PUD-1-both-roads"),
    "PUD-2": OverScim(HOLDS, "suspension sends nothing", "RC-PUD-2-scim"),
    "PUD-3": OverScim(LACKS, "SCIM knows no pending state", "RC-PUD-3-both-roads"),
    "PUD-4": OverScim(DIFFERS, "a creation closes an invitation that waits", "RC-OSC-1-create-over-invitation"),
    "PUD-5": OverScim(HOLDS, "also where the workspaces are reached by different roads", "RC-PUD-5-both-roads"),
    "PUD-6": OverScim(HOLDS, "also where the workspaces are reached by different roads", "RC-PUD-5-both-roads"),
    "PUD-7": OverScim(HOLDS, "the account is untouched", "RC-PUD-1-both-roads"),
    "PUD-8": OverScim(HOLDS, "Okta waits alike; no limit of coming and going is known", "RC-PUD-8-scim-rate-limit"),
    "PUD-9": OverScim(LACKS, "no limit of coming and going is known", "RC-PUD-8-both-roads"),
    "PUD-10": OverScim(DIFFERS, "somebody who is gone makes a task", "RC-PUD-10-scim"),
    "INU-1": OverScim(HOLDS, "a hundred users at a time", "RC-INU-1-both-roads"),
    "INU-2": OverScim(DIFFERS, "no account of Okta's waits for an acceptance", "RC-INU-2-scim"),
    "INU-3": OverScim(HOLDS, "an inactive user counts as gone", "RC-INU-3-scim-inactive"),
    "INU-4": OverScim(DIFFERS, "no roles come along", "RC-INU-4-scim"),
    "INU-5": OverScim(LACKS, "SCIM knows no grants", "RC-INU-4-scim"),
    "INU-6": OverScim(DIFFERS, "the task ends, and no roles are pushed", "RC-INU-6-scim"),
    "IUS-1": OverScim(LACKS, "a custom app imports no schema", "RC-IUS-1-both-roads"),
    "EM-1": OverScim(HOLDS, "a role is an attribute of the profile, not an entitlement", "RC-EM-1-scim"),
    "EM-2": OverScim(LACKS, "SCIM knows no entitlements, with governance or without", "RC-EM-2-both-roads"),
    "PG-1": OverScim(LACKS, "Push Groups is not ticked", "RC-PG-1-both-roads"),
    **{f"PG-{number}": OverScim(LACKS, _NO_GROUPS, "RC-PG-2-scim-no-groups") for number in range(2, 9)},
}
"""By the id of the rule, for the families of Okta's page."""
