"""Each open question about the live service is an assumption, or says why it is none."""

from dataclasses import dataclass

import pytest

from workato_emulator import assumptions, operations

NUMBERS = range(1, 26)
"""The entries of section 7."""


@dataclass(frozen=True)
class Excused:
    """An entry without an assumption. `until` is the path whose being served ends the excuse."""

    because: str
    until: str | None = None


UNKNOWNS: dict[int, tuple[str, ...] | Excused] = {
    1: ("error_envelope",),
    2: ("already_collaborator",),
    3: ("invitation_cooldown_status", "invitation_cooldown_header", "invitation_cooldown_extended"),
    4: ("known_account_joins",),
    5: ("member_envelope",),
    6: ("removal_answer",),
    7: ("invitation_lifetime",),
    8: ("owner_listed",),
    9: ("protected_removal",),
    10: ("direct_addition",),
    11: ("name_filter",),
    12: ("legacy_role_type",),
    13: ("project_role_id",),
    14: ("creation_status",),
    15: ("role_config",),
    16: ("projects_privileges_element",),
    17: ("activity_keys",),
    18: ("rate_body", "rate_window", "rate_scope", "refused_call_counts"),
    19: Excused("SCIM is not served", until="/scim/v2/Users"),
    20: Excused("SCIM is not served", until="/scim/v2/Users"),
    21: Excused("SCIM is not served", until="/scim/v2/Users"),
    22: ("email_case",),
    23: ("page_out_of_range",),
    24: Excused("no page names a government host, and an emulator's host is its user's choice"),
    25: Excused("the Embedded twins are declined, in either spelling"),
}


def test_every_open_question_has_its_entry() -> None:
    """None is forgotten, and none is made up."""
    assert list(UNKNOWNS) == list(NUMBERS)


@pytest.mark.parametrize("number", [pytest.param(each, id=f"{each}") for each in NUMBERS])
def test_an_open_question_can_be_answered_otherwise(number: int) -> None:
    """Its assumptions exist and have alternatives; an excuse for having none still holds."""
    entry = UNKNOWNS[number]
    known = {each.id: each for each in assumptions()}

    if isinstance(entry, Excused):
        assert entry.until not in {path for _, path in operations().values()}, f"give entry {number} its assumptions"
    else:
        assert entry
        assert [name for name in entry if not known[name].alternatives] == []
