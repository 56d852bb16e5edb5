"""Probes of SCIM that spend a quota or fill a plan. Each is asked for by its name."""

from datetime import timedelta

from okta_scenarios.live.probes.answers import Answers, status, well
from okta_scenarios.live.probes.model import Kind, Need, Probe, Reading, needing, read, statuses
from okta_scenarios.live.probes.scim.steps import FIRST, ask, create, earlier, purge

_MAY_BE_TOO_MANY = statuses(200, 429)
_SEATS = ("403", "400", "409", "402")


def _is_spent(answers: Answers) -> bool:
    return earlier("spend", 429)(answers)


SPECIAL = (
    Probe(
        "scim-rate",
        Kind.SPECIAL,
        (
            ask(
                "spend",
                "/Users",
                query={"count": 1},
                later=timedelta(seconds=61),
                to_second=40,
                times=65,
                may=_MAY_BE_TOO_MANY,
            ),
            read(
                "other-door",
                "/api/members",
                hurry=True,
                may=_MAY_BE_TOO_MANY,
                reads=(
                    Reading(
                        "scim_rate_limit",
                        {
                            "none": lambda answers: not _is_spent(answers),
                            "shared": lambda answers: _is_spent(answers) and status(429)(answers),
                            "own": lambda answers: _is_spent(answers) and well(answers),
                        },
                    ),
                ),
            ),
        ),
        needing(Need.SCIM),
        note="The identity provider is refused for a minute afterwards, and your API client may be.",
    ),
    Probe(
        "scim-seats",
        Kind.SPECIAL,
        (
            create("first", "$mail1", {"workato_role": FIRST}),
            create(
                "second",
                "$mail2",
                {"workato_role": FIRST},
                "user2",
                may=statuses(*map(int, _SEATS)),
                reads=(
                    Reading(
                        "scim_seats_exhausted",
                        {each: status(int(each)) for each in _SEATS},
                        when=status(*map(int, _SEATS)),
                    ),
                ),
            ),
            *purge(),
        ),
        needing(Need.SCIM, Need.ONE_SEAT, Need.NEW_MODEL),
        mailboxes=2,
        note="The plan must have one seat left.",
    ),
)
