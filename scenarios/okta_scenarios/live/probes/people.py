"""Probes that invite people and remove them: mailboxes of one's own, and nobody else's."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from okta_scenarios.live.exchange import Json
from okta_scenarios.live.probes.answers import Answers, Check, has, refused, status, well
from okta_scenarios.live.probes.model import BY_HAND, Kind, Made, Need, Probe, Reading, Step, needing, read, statuses
from okta_scenarios.live.probes.reading import KEYS, ORDER

INVITE = "/api/member_invitations"
INVITED = statuses(200, 201)
TOO_SOON = statuses(400, 422, 429)
_FIRST, _SECOND = "Member", "Environment manager"
_JOINS = Made("collaborator", "/api/members/$joined", "/api/members")


def role(environment: str, name: str, *, typed: bool = True) -> Mapping[str, str]:
    return {"environment_type": environment, "name": name} | ({"role_type": "environment"} if typed else {})


def invite(name: str, mail: str, *roles: Mapping[str, str], **more: Json) -> Step:
    body = {"name": "$name:person", "email": mail, "env_roles": list(roles or [role("dev", _FIRST)])} | more.pop(
        "body", {}
    )
    return Step(name, "POST", INVITE, body=body, **{"may": INVITED, **more})


def accept(name: str, mail: str, as_: str = "joined", **more: Json) -> Step:
    """A person accepts; then they are a collaborator, whom the run may remove."""
    return Step(
        name,
        BY_HAND,
        f"open the invitation in the mailbox {mail} and accept it",
        joins=mail,
        keeps={as_: f"data.[email={mail}].id"},
        makes=replace(_JOINS, remove=f"/api/members/${as_}"),
        **more,
    )


def remove(name: str, as_: str = "joined", **more: Json) -> Step:
    return Step(name, "DELETE", f"/api/members/${as_}", may=statuses(200, 204), **more)


def _role_in(environment: str, mail: str) -> str:
    return f"data.[email={mail}].roles.[environment_type={environment}].role_name"


def _too_soon_was_counted(answers: Answers) -> int | None:
    """By how much the second invitation, which came too soon, lowered what is left."""
    first, second = answers.left("first"), answers.left("too-soon")
    return None if first is None or second is None else first - second


def _wrong_was_counted(answers: Answers) -> int | None:
    second, third = answers.left("too-soon"), answers.left()
    return None if second is None or third is None else second - third


def _counted(too_soon: int, wrong: int) -> Check:
    return lambda answers: (_too_soon_was_counted(answers), _wrong_was_counted(answers)) == (too_soon, wrong)


def _both_are_told(answers: Answers) -> bool:
    counted = (_too_soon_was_counted(answers), _wrong_was_counted(answers))
    return None not in counted and answers.status("too-soon") in TOO_SOON and min(each or 0 for each in counted) >= 0


_RATE_BODY = Reading("rate_body", {"message": has("message"), "errors": has("errors.0")}, when=status(429))


def _has_role(environment: str, name: str) -> Check:
    return lambda answers: answers.at(_role_in(environment, "$mail1")) == name


def _invitation(answers: Answers) -> Json:
    """The log's entry of the invitation that was just sent."""
    entries = answers.at("data") or ()
    wanted = answers.known["name:person"]
    return next((each for each in entries if dict(each.get("resource") or {}).get("name") == wanted), None)


def _by_the_workspace(answers: Answers) -> bool:
    return bool(_invitation(answers)["user"]["id"] == answers.at("id", "who"))


def _is_the_id_before(answers: Answers) -> bool:
    return bool(answers.at("data.[email=$mail1].id") == answers.known["joined"])


PEOPLE = (
    Probe(
        "twice",
        Kind.PEOPLE,
        (
            invite("first", "$mail1"),
            invite(
                "too-soon",
                "$mail1",
                role("dev", _SECOND),
                may=TOO_SOON,
                reads=(
                    Reading("invitation_cooldown_status", {"429": status(429), "400": status(400), "422": status(422)}),
                    Reading(
                        "invitation_cooldown_header",
                        {
                            "retry_after": lambda answers: "retry-after" in answers.now.headers,
                            "none": lambda answers: "retry-after" not in answers.now.headers,
                        },
                        when=status(*TOO_SOON),
                    ),
                    _RATE_BODY,
                ),
            ),
            Step(
                "no-email",
                "POST",
                INVITE,
                body={"name": "Probe", "env_roles": [role("dev", _FIRST)]},
                may=statuses(400),
                reads=(
                    Reading(
                        "refused_call_counts",
                        {"if_too_soon": _counted(1, 0), "never": _counted(0, 0), "always": _counted(1, 1)},
                        when=_both_are_told,
                    ),
                ),
            ),
        ),
        needing(Need.NEW_MODEL),
        mailboxes=1,
    ),
    Probe(
        "untyped-role",
        Kind.PEOPLE,
        (
            invite(
                "untyped",
                "$mail1",
                role("dev", _FIRST, typed=False),
                may=statuses(200, 201, 400),
                reads=(Reading("role_type_default", {"legacy": status(400), "workspace": well}),),
            ),
        ),
        needing(Need.NEW_MODEL),
        mailboxes=1,
    ),
    Probe(
        "no-access",
        Kind.PEOPLE,
        (
            invite(
                "no-access",
                "$mail1",
                role("dev", _FIRST),
                role("$second_environment", "NoAccess"),
                may=statuses(200, 201, 400),
                reads=(Reading("no_access_in_invitation", {"accepted": well, "refused": status(400)}),),
            ),
        ),
        needing(Need.NEW_MODEL, Need.ENVIRONMENTS),
        mailboxes=1,
    ),
    Probe(
        "unknown-group",
        Kind.PEOPLE,
        (
            invite(
                "unknown-group",
                "$mail1",
                body={"user_group_ids": ["pf-zzzzzzzz-zzzzzz"]},
                may=statuses(200, 201, 400, 404, 422),
                reads=(Reading("unknown_group_in_invitation", {"refused": refused, "ignored": well}),),
            ),
        ),
        needing(Need.NEW_MODEL),
        mailboxes=1,
    ),
    Probe(
        "known",
        Kind.PEOPLE,
        (
            invite(
                "a-collaborator",
                "$collaborator",
                may=statuses(400, 409, 422),
                reads=(Reading("already_collaborator", {"400": status(400), "409": status(409), "422": status(422)}),),
            ),
            invite(
                "in-capitals",
                "$collaborator:capitals",
                may=statuses(200, 201, 400, 409, 422, 429),
                reads=(
                    Reading(
                        "email_case",
                        {
                            "insensitive": lambda answers: answers.now.status == answers.status("a-collaborator"),
                            "sensitive": well,
                        },
                        when=lambda answers: answers.now.status != 429,  # noqa: PLR2004  (too soon after the first)
                    ),
                ),
            ),
        ),
        needing(Need.NEW_MODEL, Need.COLLABORATOR),
        note="Your collaborator must have been one for more than 20 minutes.",
    ),
    Probe(
        "known-account",
        Kind.PEOPLE,
        (
            invite("invite", "$known", makes=_JOINS),
            read(
                "members",
                "/api/members",
                later=timedelta(minutes=1),
                keeps={"joined": "data.[email=$known].id"},
                makes=_JOINS,
                reads=(
                    Reading(
                        "known_account_joins",
                        {
                            "at_once": has("data.[email=$known].id"),
                            "on_acceptance": lambda answers: not has("data.[email=$known].id")(answers),
                        },
                        when=well,
                    ),
                ),
            ),
        ),
        needing(Need.NEW_MODEL, Need.KNOWN),
    ),
    Probe(
        "direct",
        Kind.PEOPLE,
        (
            Step(
                "add",
                "POST",
                "/api/members",
                body={"email": "$known"},
                makes=_JOINS,
                may=statuses(200, 201, 404),
                reads=(Reading("direct_addition", {"absent": status(404), "present": well}),),
            ),
            read(
                "members",
                "/api/members",
                keeps={"joined": "data.[email=$known].id"},
                makes=_JOINS,
                only_if=lambda answers: answers.status("add") in {200, 201},
            ),
        ),
        needing(Need.KNOWN),
        note="Where the call exists, your known mailbox joins, and is removed again.",
    ),
    Probe(
        "accepted",
        Kind.PEOPLE,
        (
            read("who", "/api/users/me"),
            invite("invite", "$mail1"),
            read(
                "log",
                "/api/activity_logs",
                query={"page[size]": 100},
                reads=(
                    Reading(
                        "root_user_id",
                        {"workspace": _by_the_workspace, "account": lambda answers: not _by_the_workspace(answers)},
                        when=lambda answers: _invitation(answers) is not None,
                    ),
                ),
            ),
            accept("accept", "$mail1"),
            read("order", "/api/activity_logs", query={"page[size]": 100}, reads=(KEYS, ORDER)),
            remove("remove", reads=(Reading("removal_answer", {"204": status(204), "200": status(200)}),)),
        ),
        needing(Need.NEW_MODEL),
        mailboxes=1,
    ),
    Probe(
        "scope",
        Kind.PEOPLE,
        (
            invite("invite", "$mail1"),
            accept("accept", "$mail1"),
            Step(
                "both",
                "PUT",
                "/api/members/$joined",
                body={"env_roles": [role("dev", _FIRST), role("$second_environment", _FIRST)]},
                may=statuses(200),
            ),
            Step(
                "one",
                "PUT",
                "/api/members/$joined",
                body={"env_roles": [role("dev", _SECOND)]},
                may=statuses(200),
            ),
            read(
                "members",
                "/api/members",
                reads=(
                    Reading(
                        "update_scope",
                        {
                            "merge": _has_role("$second_environment", _FIRST),
                            "replace": _has_role("$second_environment", "No access"),
                        },
                        when=has("data.[email=$mail1].id"),
                    ),
                ),
            ),
            remove("remove"),
        ),
        needing(Need.NEW_MODEL, Need.ENVIRONMENTS),
        mailboxes=1,
    ),
    Probe(
        "again",
        Kind.PEOPLE,
        (
            invite("first", "$mail1"),
            invite("too-soon", "$mail1", role("dev", _SECOND), may=TOO_SOON, later=timedelta(minutes=15)),
            invite(
                "after-20",
                "$mail1",
                role("dev", _SECOND),
                may=INVITED | TOO_SOON,
                later=timedelta(minutes=6),
                reads=(Reading("invitation_cooldown_extended", {"no": well, "yes": refused}),),
            ),
            invite(
                "after-40",
                "$mail1",
                role("dev", _SECOND),
                later=timedelta(minutes=21),
                only_if=lambda answers: answers.status("after-20") in TOO_SOON,
            ),
            accept(
                "accept",
                "$mail1",
                reads=(
                    Reading(
                        "reinvitation",
                        {"replaces": _has_role("dev", _SECOND), "keeps_first": _has_role("dev", _FIRST)},
                        when=has("data.[email=$mail1].id"),
                    ),
                ),
            ),
            remove("remove"),
            invite("new-invitation", "$mail1", later=timedelta(minutes=21)),
            accept(
                "accept-again",
                "$mail1",
                "joined_again",
                reads=(
                    Reading(
                        "member_id",
                        {"account": _is_the_id_before, "membership": has("data.[email=$mail1].id")},
                        when=has("data.[email=$mail1].id"),
                    ),
                ),
            ),
            remove("remove-again", "joined_again"),
        ),
        needing(Need.NEW_MODEL),
        mailboxes=1,
    ),
)
