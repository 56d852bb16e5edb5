"""Rules of SCIM that are about a request as a whole."""

from workato_emulator.domain.assumptions import Assumptions
from workato_emulator.domain.rules import Standing, choice


def _any_number(count: int | None, assumptions: Assumptions) -> int | None:
    return None if count is None else max(0, count)


@choice(
    "SCIM-21",
    "A page holds 100 users at most, however many are asked for; the total is told in full.",
    source="RFC 7644, section 3.4.2.4; assumption scim_page_max",
    standing=Standing.ASSUMED,
    otherwise=_any_number,
)
def page_size(count: int | None, assumptions: Assumptions) -> int | None:
    """How many rows a page holds; None for all of them."""
    asked = _any_number(count, assumptions)
    if assumptions.scim_page_max == "none":
        return asked
    most = int(assumptions.scim_page_max)
    return most if asked is None else min(asked, most)
