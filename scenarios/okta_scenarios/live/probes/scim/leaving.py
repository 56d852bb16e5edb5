"""The probe of SCIM that deactivates somebody whom it made, activates and deletes them (S8 and S10 of the plan)."""

from okta_scenarios.live.probes.answers import Answers, Check, status, well
from okta_scenarios.live.probes.model import Kind, Need, Probe, Reading, needing, statuses
from okta_scenarios.live.probes.scim.steps import (
    FIRST,
    JOINS,
    SECOND,
    activate,
    ask,
    create,
    earlier,
    members,
    person,
    purge,
    put,
    role_of,
    send,
)

_MANAGER = {"workato_role": SECOND}


def _is_active(step: str | None = None) -> Check:
    return lambda answers: answers.at("active", step) is True


def _is_inactive(answers: Answers) -> bool:
    return answers.at("active") is False


def _is_kept(answers: Answers) -> bool:
    """Whether SCIM still shows whom it deactivated."""
    return answers.status("after") == 200  # noqa: PLR2004  (what success is in HTTP)


def _with_another_id(answers: Answers) -> bool:
    first = answers.known.get("user")
    return bool(answers.known.get("user_again", first) != first)


def _was_refused(answers: Answers) -> bool:
    return (answers.status("activated") or 0) >= 400  # noqa: PLR2004  (what a refusal is in HTTP)


LEAVING = (
    Probe(
        "scim-leaving",
        Kind.PEOPLE,
        (
            create("created", "$mail1", _MANAGER),
            activate(
                "deactivated",
                active=False,
                reads=(Reading("scim_patch_answer", {"200": status(200), "204": status(204)}, when=well),),
            ),
            ask(
                "after",
                "/Users/$user",
                reads=(Reading("scim_after_deactivation", {"tombstone": _is_inactive, "gone": status(404)}),),
            ),
            create(
                "created-again",
                "$mail1",
                _MANAGER,
                "user_created_again",
                may=statuses(200, 201, 409),
                only_if=_is_kept,
                reads=(Reading("scim_create_over_inactive", {"409": status(409), "reactivates": well}),),
            ),
            activate("deactivated-again", active=False, only_if=earlier("created-again", 200, 201)),
            put(
                "without-active",
                person("$mail1", _MANAGER),
                only_if=_is_kept,
                makes=JOINS,
                joins="$mail1",
                may=statuses(200, 400, 403, 409),
                reads=(
                    Reading("scim_put_active_omitted", {"unchanged": _is_inactive, "true": _is_active()}, when=well),
                ),
            ),
            activate("deactivated-once-more", active=False, only_if=_is_active("without-active")),
            activate(
                "activated",
                active=True,
                only_if=_is_kept,
                makes=JOINS,
                joins="$mail1",
                may=statuses(200, 204, 400, 403, 404, 409),
            ),
            ask(
                "again",
                "/Users",
                query={"filter": 'userName eq "$mail1"'},
                keeps={"user_again": "Resources.[userName=$mail1].id"},
            ),
            members(
                "members",
                only_if=_is_kept,
                reads=(
                    Reading(
                        "scim_reactivation",
                        {
                            "refused": _was_refused,
                            "new_id": _with_another_id,
                            "remembered_roles": lambda answers: role_of(answers) == SECOND,
                            "default_role": lambda answers: role_of(answers) == FIRST,
                        },
                    ),
                ),
            ),
            send(
                "deleted",
                "DELETE",
                "/Users/$user_again",
                may=statuses(204, 404, 405, 501),
                headers={},
            ),
            ask(
                "after-deletion",
                "/Users/$user_again",
                reads=(
                    Reading(
                        "scim_delete",
                        {
                            "405": earlier("deleted", 405),
                            "501": earlier("deleted", 501),
                            "removes": status(404),
                            "tombstone": _is_inactive,
                        },
                        when=lambda answers: not earlier("deleted", 404)(answers),
                    ),
                ),
            ),
            *purge(),
        ),
        needing(Need.SCIM, Need.NEW_MODEL),
        mailboxes=1,
    ),
)
