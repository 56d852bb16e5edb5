"""Probes that spend a quota, take days, or need a workspace that may be thrown away. Each is asked for by its name."""

from datetime import timedelta

from okta_scenarios.live.probes.answers import Answers, has, refused, status, well
from okta_scenarios.live.probes.model import Kind, Need, Probe, Reading, Step, needing, read, statuses
from okta_scenarios.live.probes.people import INVITED, accept, invite, remove, role

_REFUSED = statuses(400, 403, 422)
_MAY_BE_TOO_MANY = statuses(200, 429)
_SEATS = Reading("seats_exhausted", {"400": status(400), "403": status(403), "422": status(422)}, when=refused)


def _is_spent(answers: Answers) -> bool:
    return answers.status("spend") == 429  # noqa: PLR2004  (what a 429 is)


def _first_joined(answers: Answers) -> bool:
    return answers.at("data.[email=$mail1].id", "after-a-week") is not None


def _second_joined(answers: Answers) -> bool:
    return answers.at("data.[email=$mail2].id") is not None


SPECIAL = (
    Probe(
        "rate",
        Kind.SPECIAL,
        (
            read("idle", "/api/members", later=timedelta(seconds=1)),
            read(
                "spend",
                "/api/members",
                later=timedelta(seconds=61),
                to_second=40,
                times=65,
                may=_MAY_BE_TOO_MANY,
                reads=(Reading("rate_body", {"message": has("message"), "errors": has("errors.0")}, when=status(429)),),
            ),
            read(
                "twin",
                "/api/members",
                client="twin",
                hurry=True,
                may=_MAY_BE_TOO_MANY,
                reads=(Reading("rate_scope", {"client": well, "workspace": status(429)}, when=_is_spent),),
            ),
            read(
                "next-minute",
                "/api/members",
                to_second=1,
                may=_MAY_BE_TOO_MANY,
                reads=(Reading("rate_window", {"sliding": status(429), "fixed": well}, when=_is_spent),),
            ),
        ),
        needing(Need.TWIN),
        note="Your API client is refused for a minute afterwards.",
    ),
    Probe(
        "last-administrator",
        Kind.SPECIAL,
        (
            read("members", "/api/members", keeps={"member": "data.[email=$last_administrator].id"}),
            Step(
                "demote",
                "PUT",
                "/api/members/$member",
                body={"env_roles": [role("dev", "Member")]},
                may=statuses(200, 400, 403),
                reads=(Reading("protected_removal", {"400": status(400), "403": status(403), "allowed": well}),),
            ),
            Step(
                "promote",
                "PUT",
                "/api/members/$member",
                body={"env_roles": [role("dev", "Environment admin")]},
                may=statuses(200),
                only_if=lambda answers: answers.status("demote") == 200,  # noqa: PLR2004  (it was let through)
            ),
        ),
        needing(Need.LAST_ADMINISTRATOR, Need.NEW_MODEL),
        note="For a workspace that may be thrown away.",
    ),
    Probe(
        "seats",
        Kind.SPECIAL,
        (
            invite("first", "$mail1"),
            invite(
                "second",
                "$mail2",
                may=INVITED | _REFUSED,
                reads=(Reading("pending_takes_a_seat", {"no": well, "yes": refused}), _SEATS),
            ),
            accept("accept", "$mail1", only_if=lambda answers: answers.status("second") in INVITED),
            invite(
                "third",
                "$mail3",
                may=_REFUSED,
                reads=(_SEATS,),
                only_if=lambda answers: answers.status("second") in INVITED,
            ),
            remove("remove"),
        ),
        needing(Need.ONE_SEAT, Need.NEW_MODEL),
        mailboxes=3,
        note="The plan must have one seat left.",
    ),
    Probe(
        "lifetime",
        Kind.SPECIAL,
        (
            invite("first", "$mail1"),
            invite("second", "$mail2"),
            accept("after-a-week", "$mail1", later=timedelta(days=8)),
            accept(
                "after-a-month",
                "$mail2",
                "joined_late",
                later=timedelta(days=23),
                reads=(
                    Reading(
                        "invitation_lifetime",
                        {
                            "never": lambda answers: _first_joined(answers) and _second_joined(answers),
                            "30_days": _first_joined,
                            "7_days": lambda answers: not _second_joined(answers),
                        },
                    ),
                ),
            ),
            remove("remove"),
            remove("remove-late", "joined_late"),
        ),
        needing(Need.NEW_MODEL),
        mailboxes=2,
        note="It lasts a month.",
    ),
)
