"""Probes of SCIM that make people: mailboxes of one's own, and nobody else's (S5, S10 of the plan)."""

from okta_connector.folding import fold
from okta_scenarios.live.exchange import Json
from okta_scenarios.live.probes.answers import Answers, has, lacks, status, well
from okta_scenarios.live.probes.model import Kind, Need, Probe, Reading, Step, needing, read, statuses
from okta_scenarios.live.probes.people import invite
from okta_scenarios.live.probes.scim.steps import (
    FIRST,
    NONE,
    activate,
    ask,
    create,
    earlier,
    listed,
    members,
    person,
    purge,
    role_of,
    send,
)

_THERE = "data.[email=$mail1].id"
_SCIM = needing(Need.SCIM, Need.NEW_MODEL)
_MAY_INVITE = "If SCIM invites them, the invitation is yours to delete."


def _entry(answers: Answers) -> Json:
    """The log's newest entry about whom the probe made."""
    wanted = fold(str(answers.known["mail1"]))
    entries = answers.at("data") or ()
    about = (each for each in entries if fold(str(dict(each.get("resource") or {}).get("email"))) == wanted)
    return next(about, None)


def _actor(answers: Answers) -> str:
    return fold(str(dict(_entry(answers).get("user") or {}).get("email")))


def _by_root(answers: Answers) -> bool:
    return _actor(answers) == fold(str(answers.at("email", "who")))


def _by_the_person(answers: Answers) -> bool:
    return _actor(answers) == fold(str(answers.known["mail1"]))


def _is_listed(answers: Answers, mail: object) -> bool:
    return fold(str(mail)) in {fold(str(each.get("userName"))) for each in listed(answers)}


def _name_of(answers: Answers, mail: str, step: str | None = None) -> Json:
    return answers.at(f"data.[email={mail}].name", step)


def _named_anew(answers: Answers, mail: str) -> bool:
    return bool(_name_of(answers, mail) != _name_of(answers, mail, "before"))


def _is_said_of_the_known(answers: Answers) -> bool:
    """A refusal may be because of an invitation that waits, where this run has sent one."""
    if answers.at(_THERE) is None:
        return False
    return earlier("created-known", 201)(answers) or (
        earlier("created-known", 409)(answers) and not answers.known["known_was_invited"]
    )


def _renamed(name: str, mail: str, as_: str) -> Step:
    body = person(mail, active=True, displayName="Probe Renamed") | {"name": {"formatted": "Probe Renamed"}}
    return send(name, "PUT", f"/Users/${as_}", body, may=statuses(200))


PEOPLE = (
    Probe(
        "scim-created",
        Kind.PEOPLE,
        (
            read("who", "/api/users/me"),
            create(
                "created",
                "$mail1",
                body={"externalId": "$name:person"},
                may=statuses(201, 400),
            ),
            members(
                "members",
                reads=(
                    Reading(
                        "scim_create_effect",
                        {"membership": has(_THERE), "invitation": lacks(_THERE)},
                        when=earlier("created", 201),
                    ),
                    Reading(
                        "scim_default_role",
                        {
                            "400": earlier("created", 400),
                            "operator_or_member": lambda answers: role_of(answers) == FIRST,
                            "no_access": lambda answers: role_of(answers) == NONE,
                        },
                        when=lambda answers: has(_THERE)(answers) or earlier("created", 400)(answers),
                    ),
                ),
            ),
            ask(
                "user",
                "/Users/$user",
                reads=(
                    Reading(
                        "scim_external_id",
                        {
                            "shown": lambda answers: (
                                answers.at("data.[email=$mail1].external_id", "members") is not None
                            ),
                            "stored": has("externalId"),
                            "dropped": lacks("externalId"),
                        },
                        when=lambda answers: well(answers) and answers.at(_THERE, "members") is not None,
                    ),
                ),
            ),
            read(
                "log",
                "/api/activity_logs",
                query={"page[size]": 100},
                reads=(
                    Reading(
                        "scim_audit_actor",
                        {
                            "root": _by_root,
                            "person": _by_the_person,
                            "system": lambda answers: not _by_root(answers) and not _by_the_person(answers),
                        },
                        when=lambda answers: _entry(answers) is not None and answers.at(_THERE, "members") is not None,
                    ),
                ),
            ),
            *purge(),
        ),
        _SCIM,
        mailboxes=1,
        note=f"Is somebody whom SCIM makes a collaborator, or invited? {_MAY_INVITE}",
    ),
    Probe(
        "scim-inactive",
        Kind.PEOPLE,
        (
            create(
                "created",
                "$mail1",
                {"workato_role": FIRST},
                body={"active": False},
                may=statuses(201, 400),
                reads=(
                    Reading(
                        "scim_create_inactive",
                        {
                            "400": status(400),
                            "201": lambda answers: answers.at("active") is False,
                            "ignored": lambda answers: answers.at("active") is True,
                        },
                    ),
                ),
            ),
            *purge(),
        ),
        _SCIM,
        mailboxes=1,
    ),
    Probe(
        "scim-invited",
        Kind.PEOPLE,
        (
            invite("invited", "$mail1"),
            create("created", "$mail1", {"workato_role": FIRST}, may=statuses(201, 400, 409, 422, 429)),
            members(
                "members",
                reads=(
                    Reading(
                        "scim_create_over_invitation",
                        {"409": earlier("created", 409), "joins": has(_THERE)},
                        when=lambda answers: has(_THERE)(answers) or earlier("created", 409)(answers),
                    ),
                ),
            ),
            *purge(),
        ),
        _SCIM,
        mailboxes=1,
        note="If the invitation stays, it is yours to delete.",
    ),
    Probe(
        "scim-elsewhere",
        Kind.PEOPLE,
        (
            create("created", "$mail1", {"workato_role": FIRST}),
            members("members", keeps={"member": _THERE}),
            Step("removed", "DELETE", "/api/members/$member", may=statuses(200, 204)),
            ask(
                "user",
                "/Users/$user",
                reads=(
                    Reading(
                        "scim_removed_elsewhere",
                        {"gone": status(404), "tombstone": status(200)},
                        when=earlier("removed", 200, 204),
                    ),
                ),
            ),
            *purge(),
        ),
        _SCIM,
        mailboxes=1,
    ),
    Probe(
        "scim-listed",
        Kind.PEOPLE,
        (
            read("who", "/api/users/me"),
            create("created", "$mail1", {"workato_role": FIRST}),
            activate("deactivated", active=False),
            ask("user", "/Users/$user"),
            invite("invited", "$mail2"),
            ask(
                "users",
                "/Users",
                query={"count": 1000},
                reads=(
                    Reading(
                        "scim_lists",
                        {
                            "with_pending": lambda answers: _is_listed(answers, answers.known["mail2"]),
                            "with_owner": lambda answers: _is_listed(answers, answers.at("email", "who")),
                            "members_and_deactivated": lambda answers: _is_listed(answers, answers.known["mail1"]),
                            "members": lambda answers: not _is_listed(answers, answers.known["mail1"]),
                        },
                        when=lambda answers: (
                            well(answers)
                            and earlier("user", 200)(answers)
                            and answers.at("totalResults") == len(listed(answers))
                        ),
                    ),
                ),
            ),
            *purge(),
        ),
        _SCIM,
        mailboxes=2,
        note="The invitation is yours to delete. In a workspace of more people than a page holds it says nothing.",
    ),
    Probe(
        "scim-known",
        Kind.PEOPLE,
        (
            create("created", "$mail1", {"workato_role": FIRST}),
            create(
                "created-known", "$known", {"workato_role": FIRST}, "user_known", may=statuses(201, 400, 409, 422, 429)
            ),
            members(
                "before",
                keeps={"name_of_known": "data.[email=$known].name"},
                reads=(
                    Reading(
                        "scim_known_account",
                        {
                            "409": earlier("created-known", 409),
                            "joins": has("data.[email=$known].id"),
                            "invitation": lacks("data.[email=$known].id"),
                        },
                        when=_is_said_of_the_known,
                    ),
                ),
            ),
            _renamed("rename", "$mail1", "user"),
            _renamed("rename-known", "$known", "user_known"),
            members(
                "after",
                reads=(
                    Reading(
                        "scim_name",
                        {
                            "always": lambda answers: _named_anew(answers, "$known"),
                            "own_accounts": lambda answers: _named_anew(answers, "$mail1"),
                            "never": lambda answers: not _named_anew(answers, "$mail1"),
                        },
                        when=lambda answers: (
                            has(_THERE)(answers)
                            and answers.at("data.[email=$known].id", "before") is not None
                            and earlier("rename-known", 200)(answers)
                        ),
                    ),
                ),
            ),
            send(
                "name-back",
                "PUT",
                "/Users/$user_known",
                person("$known", active=True) | {"name": {"formatted": "$name_of_known"}},
                may=statuses(200),
                only_if=lambda answers: _name_of(answers, "$known", "after") != _name_of(answers, "$known", "before"),
            ),
            *purge(),
            *purge("$known", "user_known", "-known"),
        ),
        _SCIM | needing(Need.KNOWN),
        mailboxes=1,
        note=f"Your known mailbox joins, and is removed again; if it is renamed, it is named as before. {_MAY_INVITE}",
    ),
)
