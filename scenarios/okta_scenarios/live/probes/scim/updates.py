"""Probes of SCIM that update somebody whom they made (S6 and S7 of the plan): roles, the address, what is unknown."""

from collections.abc import Mapping

from okta_scenarios.live.exchange import Json
from okta_scenarios.live.probes.answers import Answers, Check, has, status, well
from okta_scenarios.live.probes.model import Kind, Need, Probe, Reading, Step, needing, read, statuses
from okta_scenarios.live.probes.objects import GROUPS, group
from okta_scenarios.live.probes.scim.steps import (
    CORE,
    FIRST,
    JOINS,
    NONE,
    ROLE,
    SECOND,
    create,
    earlier,
    has_role,
    members,
    patch,
    person,
    purge,
    put,
    role_of,
)

_SCIM = needing(Need.SCIM, Need.NEW_MODEL)
_OR_REFUSED = statuses(200, 400)
_MANAGER = {"workato_role": SECOND}
_THERE = has("data.[email=$mail1].id")


def _roles(role: str, **more: Json) -> Mapping[str, Json]:
    return person("$mail1", {"workato_role": role}, active=True, **more)


def _manager_again(name: str) -> Step:
    """Gives the role that the next step may take away."""
    return put(name, person("$mail1", _MANAGER, active=True))


def _and_before(step: str, role: str) -> Check:
    """Whether the person has a role and had another at an earlier step, so that something happened in between."""
    return lambda answers: _THERE(answers) and role_of(answers, step) == role


def _with_user_name(mail: str) -> Check:
    return lambda answers: str(answers.at("userName")).lower() == str(answers.known[mail]).lower()


def _changed_to_the_other(answers: Answers) -> bool:
    return well(answers) and _with_user_name("mail2")(answers)


def _stayed(answers: Answers) -> bool:
    return well(answers) and _with_user_name("mail1")(answers)


def _back(name: str, changed: str) -> Step:
    """Gives the person their own address again."""
    return put(
        name,
        person("$mail1", _MANAGER, active=True),
        only_if=lambda answers: str(answers.at("userName", changed)).lower() == str(answers.known["mail2"]).lower(),
    )


UPDATES = (
    Probe(
        "scim-roles",
        Kind.PEOPLE,
        (
            create("created", "$mail1", _MANAGER),
            put("unknown", _roles("zz-no-such-role"), may=_OR_REFUSED),
            members(
                "after-unknown",
                reads=(
                    Reading(
                        "scim_unknown_role",
                        {"400": earlier("unknown", 400), "ignored": has_role(SECOND), "default_role": has_role(FIRST)},
                        when=_THERE,
                    ),
                ),
            ),
            _manager_again("manager-1"),
            put("omitted", person("$mail1", active=True)),
            members(
                "after-omitted",
                reads=(
                    Reading(
                        "scim_roles_omitted",
                        {"kept": has_role(SECOND), "cleared": has_role(NONE)},
                        when=_THERE,
                    ),
                ),
            ),
            _manager_again("manager-2"),
            put("empty", _roles(""), may=_OR_REFUSED),
            members(
                "after-empty",
                reads=(
                    Reading(
                        "scim_role_empty",
                        {"400": earlier("empty", 400), "omitted": has_role(SECOND), "no_access": has_role(NONE)},
                        when=_and_before("after-omitted", SECOND),
                    ),
                ),
            ),
            _manager_again("manager-3"),
            patch("removed", {"op": "remove", "path": f"{ROLE}:workato_role"}),
            members(
                "after-removed",
                reads=(
                    Reading(
                        "scim_role_removed",
                        {"no_access": has_role(NONE), "default_role": has_role(FIRST), "kept": has_role(SECOND)},
                        when=_THERE,
                    ),
                ),
            ),
            _manager_again("manager-4"),
            put("shown-name", _roles("No Access"), may=_OR_REFUSED),
            members("after-shown-name"),
            _manager_again("manager-5"),
            put("none", _roles("None"), may=_OR_REFUSED),
            members(
                "after-none",
                reads=(
                    Reading(
                        "scim_no_access_spelling",
                        {
                            "all_and_none": has_role(NONE),
                            "all": has_role(NONE, "after-shown-name"),
                            "value_only": lambda answers: not has_role(NONE, "after-shown-name")(answers),
                        },
                        when=_and_before("after-omitted", SECOND),
                    ),
                ),
            ),
            *purge(),
        ),
        _SCIM,
        mailboxes=1,
    ),
    Probe(
        "scim-attributes",
        Kind.PEOPLE,
        (
            create("created", "$mail1", _MANAGER),
            put(
                "title",
                _roles(SECOND, title="Probe"),
                may=_OR_REFUSED,
                reads=(Reading("scim_unmapped", {"ignored": status(200), "400": status(400)}),),
            ),
            put(
                "unlisted",
                {**_roles(SECOND), "schemas": [CORE]},
                may=_OR_REFUSED,
                reads=(Reading("scim_schemas_strict", {"lax": status(200), "required": status(400)}),),
            ),
            patch(
                "home",
                {"op": "replace", "path": 'emails[type eq "home"].value', "value": "$mail1"},
                may=statuses(200, 204, 400),
                reads=(Reading("scim_unmatched_value_path", {"created": well, "400": status(400)}),),
            ),
            group("$name:group"),
            put("into-group", person("$mail1", {**_MANAGER, "workato_user_groups": "$name:group"}, active=True)),
            read(
                "in-group",
                f"{GROUPS}/$group/members",
                reads=(
                    Reading(
                        "scim_user_groups_attribute",
                        {
                            "honoured": _THERE,
                            "ignored": lambda answers: well(answers) and not _THERE(answers),
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
        "scim-address",
        Kind.PEOPLE,
        (
            create("created", "$mail1", _MANAGER),
            put(
                "other-email",
                _roles(SECOND, emails=[{"value": "$mail2", "type": "work", "primary": True}]),
                makes=JOINS,
                joins="$mail2",
                may=statuses(200, 400, 409),
                reads=(
                    Reading(
                        "scim_email_differs",
                        {
                            "400": status(400),
                            "ignored": _stayed,
                            "emails_win": lambda answers: status(409)(answers) or _changed_to_the_other(answers),
                        },
                    ),
                ),
            ),
            _back("back-1", "other-email"),
            put(
                "other-name",
                {**_roles(SECOND), "userName": "$mail2"},
                makes=JOINS,
                joins="$mail2",
                may=statuses(200, 400, 409),
                reads=(
                    Reading(
                        "scim_username_change",
                        {
                            "409": status(409),
                            "400": status(400),
                            "renames": _changed_to_the_other,
                            "ignored": _stayed,
                        },
                    ),
                ),
            ),
            _back("back-2", "other-name"),
            *purge(),
        ),
        _SCIM,
        mailboxes=2,
        note="If the address changes, it is changed back.",
    ),
)
