"""Probes that only read: safe in any workspace."""

from okta_scenarios.live.probes.answers import Answers, both, has, kind_at, lacks, rows, same, status, well
from okta_scenarios.live.probes.model import Kind, Need, Probe, Reading, needing, read

_DETAILS = ("plan_id", "current_billing_period_start", "current_billing_period_end", "recipes_count")
_STAMPS = ("timestamp", "created_at")


def _all_details(answers: Answers) -> bool:
    return all(answers.at(each) is not None for each in _DETAILS)


def _no_details(answers: Answers) -> bool:
    return all(answers.at(each) is None for each in _DETAILS)


def _listed(answers: Answers) -> bool:
    """Whether the root account's address is a collaborator's."""
    owner = str(answers.at("email", "who")).lower()
    return any(str(each.get("email")).lower() == owner for each in answers.at("data") or ())


def _knows_the_owner(answers: Answers) -> bool:
    return well(answers) and isinstance(answers.at("email", "who"), str)


def _moments(answers: Answers) -> list[tuple[str, int]]:
    """Time and id of the entries, as far as they have both."""
    entries = answers.at("data") or ()
    return [
        (str(stamp), int(each["id"]))
        for each in entries
        for stamp in [next((each[key] for key in _STAMPS if key in each), None)]
        if stamp is not None and isinstance(each.get("id"), int)
    ]


def _newest_first(answers: Answers) -> bool:
    moments = _moments(answers)
    return moments[0] > moments[-1]


def _two_entries(answers: Answers) -> bool:
    return well(answers) and len(_moments(answers)) > 1


ORDER = Reading(
    "activity_order",
    {"newest_first": _newest_first, "oldest_first": lambda answers: not _newest_first(answers)},
    when=_two_entries,
)
KEYS = Reading(
    "activity_keys",
    {
        "timestamp_event_type": both(has("data.0.timestamp"), has("data.0.event_type")),
        "created_at_event_type": both(has("data.0.created_at"), has("data.0.event_type")),
        "timestamp_event": both(has("data.0.timestamp"), has("data.0.event")),
    },
    when=rows("data"),
)
LEGACY_ROLE = "data.0.roles.0"

READING = (
    Probe(
        "me",
        Kind.READ,
        (
            read(
                "workspace",
                "/api/users/me",
                reads=(Reading("account_details", {"filled": _all_details, "null": _no_details}, when=well),),
            ),
        ),
    ),
    Probe(
        "me-elsewhere",
        Kind.READ,
        (
            read("who", "/api/users/me"),
            read(
                "who-elsewhere",
                "/api/users/me",
                client="elsewhere",
                reads=(
                    Reading(
                        "me_id_per_environment",
                        {
                            "no": lambda answers: answers.now.status in {401, 403} or same("id", "id", "who")(answers),
                            "yes": both(well, has("id")),
                        },
                    ),
                ),
            ),
        ),
        needing(Need.ELSEWHERE),
    ),
    Probe(
        "members",
        Kind.READ,
        (
            read("who", "/api/users/me"),
            read(
                "members",
                "/api/members",
                reads=(
                    Reading(
                        "owner_listed",
                        {"yes": _listed, "no": lambda answers: not _listed(answers)},
                        when=_knows_the_owner,
                    ),
                ),
            ),
        ),
    ),
    Probe(
        "member",
        Kind.READ,
        (
            read("members", "/api/members", keeps={"member": "data.0.id"}),
            read(
                "member",
                "/api/members/$member",
                reads=(Reading("member_envelope", {"data": has("data.id"), "bare": has("id")}, when=well),),
            ),
        ),
    ),
    Probe(
        "roles-by-name",
        Kind.READ,
        (
            read(
                "half-a-name",
                "/api/environment_roles",
                query={"name": "embe"},
                reads=(Reading("name_filter", {"contains": rows("data"), "exact": lacks("data.0")}, when=has("data")),),
            ),
        ),
        needing(Need.NEW_MODEL),
    ),
    Probe(
        "role-member",
        Kind.READ,
        (
            read("roles", "/api/environment_roles", keeps={"role": "data.[name=Member].id"}),
            read(
                "role",
                "/api/environment_roles/$role",
                reads=(
                    Reading(
                        "role_config",
                        {"opaque": rows("data.config"), "empty": lambda answers: answers.at("data.config") == {}},
                        when=well,
                    ),
                ),
            ),
        ),
        needing(Need.NEW_MODEL),
    ),
    Probe(
        "project-roles",
        Kind.READ,
        (
            read(
                "project-roles",
                "/api/project_roles",
                reads=(
                    Reading(
                        "project_role_id",
                        {"handle": kind_at("data.0.id", str), "integer": kind_at("data.0.id", int)},
                        when=rows("data"),
                    ),
                ),
            ),
        ),
        needing(Need.NEW_MODEL),
    ),
    Probe(
        "page-0",
        Kind.READ,
        (
            read(
                "page-0",
                "/api/user_groups",
                query={"page[number]": 0, "page[size]": 1000},
                reads=(Reading("page_out_of_range", {"clamp": well, "refuse": status(400)}),),
            ),
        ),
        needing(Need.NEW_MODEL),
    ),
    Probe("log", Kind.READ, (read("log", "/api/activity_logs", query={"page[size]": 5}, reads=(KEYS, ORDER)),)),
    Probe(
        "narrow",
        Kind.READ,
        (
            read(
                "groups",
                "/api/user_groups",
                client="narrow",
                reads=(Reading("missing_privilege", {"401": status(401), "403": status(403)}),),
            ),
        ),
        needing(Need.NARROW, Need.NEW_MODEL),
    ),
    Probe(
        "grants-elsewhere",
        Kind.READ,
        (
            read("projects", "/api/projects", keeps={"project": "0.id"}),
            read(
                "grants",
                "/api/projects/$project/project_grants",
                client="elsewhere",
                reads=(Reading("out_of_reach", {"403": status(403), "404": status(404)}),),
            ),
        ),
        needing(Need.ELSEWHERE, Need.NEW_MODEL),
    ),
    Probe(
        "legacy-members",
        Kind.READ,
        (
            read(
                "members",
                "/api/members",
                reads=(
                    Reading(
                        "legacy_role_type",
                        {"present": has(f"{LEGACY_ROLE}.role_type"), "absent": lacks(f"{LEGACY_ROLE}.role_type")},
                        when=has(LEGACY_ROLE),
                    ),
                ),
            ),
        ),
        needing(Need.LEGACY),
    ),
    Probe(
        "legacy-roles",
        Kind.READ,
        (
            read(
                "roles",
                "/api/roles",
                reads=(
                    Reading(
                        "legacy_roles_after_their_end",
                        {"answer": well, "closed": status(401, 403, 404, 410)},
                        when=lambda answers: str(answers.known["today"]) > "2026-08-31",
                    ),
                ),
            ),
        ),
        needing(Need.LEGACY),
    ),
)
