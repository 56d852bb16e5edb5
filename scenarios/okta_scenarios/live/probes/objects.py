"""Probes that make groups, roles, projects and API clients of their own, and remove them again."""

from okta_scenarios.live.exchange import Json
from okta_scenarios.live.probes.answers import Answers, has, kind_at, refused, same, status, well
from okta_scenarios.live.probes.model import Kind, Made, Need, Probe, Reading, Step, needing, read, statuses
from okta_scenarios.live.probes.reading import KEYS, ORDER

GROUPS, CLIENTS, FOLDERS = "/api/user_groups", "/api/developer_api_clients", "/api/folders"
CLIENT_ROLES = "/api/developer_api_client_roles"
MADE = statuses(200, 201)
GONE = statuses(200, 204)
NOBODY = 999_999_999
"""An id that no workspace has."""
_CREATION = Reading("creation_status", {"200": status(200), "201": status(201)})


def group(name: str, as_: str = "group", **more: Json) -> Step:
    """A group of one's own."""
    return Step(
        as_,
        "POST",
        GROUPS,
        body={"user_group": {"name": name}},
        keeps={as_: "data.id"},
        makes=Made("group", f"{GROUPS}/${as_}", GROUPS, name),
        **{"may": MADE, **more},
    )


def _role(kind: str, name: str, as_: str, **more: Json) -> Step:
    path = f"/api/{kind}s"
    return Step(
        as_,
        "POST",
        path,
        body={kind: {"name": name, "config": {}}},
        may=MADE,
        keeps={as_: "data.id"},
        makes=Made(kind.replace("_", " "), f"{path}/${as_}", path, name),
        **more,
    )


def _project(name: str, as_: str) -> Step:
    """A folder at the root is a project."""
    return Step(
        as_,
        "POST",
        FOLDERS,
        body={"name": name},
        may=MADE,
        keeps={f"{as_}_folder": "id", as_: "project_id"},
        makes=Made("project", f"/api/projects/${as_}", "/api/projects", name),
    )


def _folder(name: str, inside: str, as_: str, **more: Json) -> Step:
    return Step(
        as_,
        "POST",
        FOLDERS,
        body={"name": name, "parent_id": f"${inside}"},
        keeps={as_: "id"},
        makes=Made("folder", f"{FOLDERS}/${as_}", f"{FOLDERS}?parent_id=${inside}", name),
        **{"may": MADE, **more},
    )


def _client(name: str, as_: str, body: dict[str, Json], **more: Json) -> Step:
    return Step(
        as_,
        "POST",
        CLIENTS,
        body={"name": name, "api_privilege_group_id": "$role_of_clients", **body},
        keeps={as_: "result.id", **more.pop("keeps", {})},
        makes=Made("API client", f"{CLIENTS}/${as_}", CLIENTS, name),
        **more,
    )


def _names(answers: Answers) -> set[str]:
    """The names of the folders that are listed."""
    return {str(each.get("name")) for each in answers.now.json or () if isinstance(each, dict)}


def _has_inner(answers: Answers) -> bool:
    return str(answers.known["name:inner"]) in _names(answers)


def _has_project(answers: Answers) -> bool:
    return str(answers.known["name:project"]) in _names(answers)


def _says_so(answers: Answers) -> bool:
    """Whether the log has an entry about the group that was just made."""
    return any(
        isinstance(each.get("resource"), dict) and each["resource"].get("name") == answers.known["name:group"]
        for each in answers.at("data") or ()
    )


_ROLES_OF_CLIENTS = read(
    "client-roles",
    CLIENT_ROLES,
    keeps={"role_of_clients": "result.items.[name=$client_role].id"},
)


def _of_clients(suffix: str, where: dict[str, Json], need: Need) -> tuple[Probe, ...]:
    """The probes of API clients, which name their environment where there is more than one."""
    return (
        Probe(
            f"client{suffix}",
            Kind.OBJECTS,
            (
                _ROLES_OF_CLIENTS,
                _client(
                    "$name:client",
                    "client",
                    {"all_folders": True, **where},
                    keeps={"token": "result.token.value", "bare_token": "token"},
                    may=MADE,
                    reads=(
                        Reading(
                            "new_token_place",
                            {"token.value": has("result.token.value"), "token": kind_at("token", str)},
                            when=well,
                        ),
                    ),
                ),
                Step(
                    "regenerate",
                    "POST",
                    f"{CLIENTS}/$client/regenerate",
                    client="made",
                    may=statuses(200, 201, 400, 403),
                    keeps={"token": "result.token.value", "bare_token": "token"},
                    reads=(Reading("own_client", {"allowed": well, "refused": status(400, 403)}),),
                ),
                Step(
                    "foreign-address",
                    "PUT",
                    f"{CLIENTS}/$client",
                    body={"ip_allow_list": "192.0.2.10"},
                    may=statuses(200),
                ),
                read(
                    "from-here",
                    "/api/members",
                    client="made",
                    reads=(Reading("address_not_allowed", {"401": status(401), "403": status(403)}),),
                ),
                Step(
                    "delete",
                    "DELETE",
                    f"{CLIENTS}/$client",
                    may=GONE,
                    reads=(Reading("client_deletion_answer", {"204": status(204), "200": status(200)}),),
                ),
            ),
            needing(Need.CLIENT_ROLE, need),
        ),
        Probe(
            f"client{suffix}-folder",
            Kind.OBJECTS,
            (
                _ROLES_OF_CLIENTS,
                _client(
                    "$name:client",
                    "client",
                    {"all_folders": False, "folder_ids": [NOBODY], **where},
                    may=statuses(200, 201, 400, 404, 422),
                    reads=(Reading("unknown_folder_of_client", {"kept": well, "refused": refused}),),
                ),
            ),
            needing(Need.CLIENT_ROLE, need),
        ),
    )


OBJECTS = (
    Probe(
        "group",
        Kind.OBJECTS,
        (
            group("$name:group", reads=(_CREATION,)),
            Step(
                "same-name",
                "POST",
                GROUPS,
                body={"user_group": {"name": "$name:group"}},
                may=statuses(200, 201, 400, 409),
                keeps={"second": "data.id"},
                makes=Made("group", f"{GROUPS}/$second", GROUPS, "$name:group"),
                reads=(
                    Reading("group_name_taken", {"400": status(400), "409": status(409), "allowed": status(200, 201)}),
                ),
            ),
            Step(
                "unknown-user",
                "POST",
                f"{GROUPS}/$group/members",
                query={"user_ids[]": [NOBODY]},
                may=statuses(200, 204, 400, 404, 422),
                reads=(
                    Reading("unknown_user_in_group", {"refused": status(400, 404, 422), "ignored": status(200, 204)}),
                ),
            ),
            read(
                "log",
                "/api/activity_logs",
                query={"page[size]": 100},
                reads=(
                    KEYS,
                    ORDER,
                    Reading(
                        "unnamed_events",
                        {"recorded": _says_so, "left_out": lambda answers: not _says_so(answers)},
                        when=has("data"),
                    ),
                ),
            ),
        ),
        needing(Need.NEW_MODEL),
    ),
    Probe(
        "plain-text",
        Kind.OBJECTS,
        (
            group(
                "$name:plain",
                "plain",
                headers={"Content-Type": "text/plain"},
                may=statuses(200, 201, 400, 415),
                reads=(Reading("json_not_announced", {"read": status(200, 201), "refused": status(400, 415)}),),
            ),
        ),
        needing(Need.NEW_MODEL),
    ),
    Probe(
        "roles",
        Kind.OBJECTS,
        (
            _role("environment_role", "$name:role", "role", reads=(_CREATION,)),
            _role("project_role", "$name:projectrole", "project_role", reads=(_CREATION,)),
        ),
        needing(Need.NEW_MODEL),
    ),
    Probe(
        "project",
        Kind.OBJECTS,
        (
            _project("$name:project", "project"),
            _folder(
                "$name:folder",
                "project_folder",
                "folder",
                reads=(
                    Reading(
                        "subfolder_project_id",
                        {
                            "project": same("project_id", "project_id", "project"),
                            "null": lambda answers: answers.at("project_id") is None,
                        },
                        when=well,
                    ),
                ),
            ),
            _folder(
                "$name:folder",
                "project_folder",
                "second",
                may=statuses(200, 201, 400, 409, 422),
                reads=(Reading("folder_name_taken", {"400": status(400), "allowed": status(200, 201)}),),
            ),
            _folder("$name:inner", "folder", "inner"),
            read(
                "folders",
                FOLDERS,
                query={"parent_id": "$project_folder"},
                reads=(
                    Reading(
                        "nested_folders_default",
                        {"nested": _has_inner, "immediate": lambda answers: not _has_inner(answers)},
                        when=well,
                    ),
                ),
            ),
            read(
                "nested-folders",
                FOLDERS,
                query={"parent_id": "$project_folder", "with_nested_folders": "true"},
                reads=(
                    Reading(
                        "nested_folders_root",
                        {"included": _has_project, "left_out": lambda answers: not _has_project(answers)},
                        when=well,
                    ),
                ),
            ),
            Step(
                "delete-full",
                "DELETE",
                "/api/projects/$project",
                may=statuses(200, 204, 400, 403),
                reads=(Reading("project_deletion", {"always": well, "empty_only": status(400, 403)}),),
            ),
        ),
        needing(Need.NEW_MODEL),
    ),
    Probe(
        "project-folder",
        Kind.OBJECTS,
        (
            _project("$name:project", "project"),
            Step(
                "delete-its-folder",
                "DELETE",
                f"{FOLDERS}/$project_folder",
                may=statuses(200, 204, 400, 403, 404),
                reads=(Reading("project_folder_deletion", {"refused": refused, "deleted": well}),),
            ),
        ),
    ),
    Probe(
        "not-ticked",
        Kind.OBJECTS,
        (
            _project("$name:project", "project"),
            Step(
                "delete",
                "DELETE",
                "/api/projects/$project",
                client="lister",
                may=statuses(401, 403),
                reads=(Reading("deletion_not_ticked", {"403": status(403), "401": status(401)}),),
            ),
        ),
        needing(Need.LISTER),
    ),
    Probe(
        "granted-role",
        Kind.OBJECTS,
        (
            read("members", "/api/members", keeps={"member": "data.[email=$collaborator].id"}),
            _project("$name:project", "project"),
            _role("project_role", "$name:projectrole", "project_role"),
            group("$name:group"),
            Step("join", "POST", f"{GROUPS}/$group/members", query={"user_ids[]": ["$member"]}, may=GONE),
            Step(
                "grant",
                "PUT",
                "/api/projects/$project/project_grants",
                body={
                    "project_grants": [
                        {
                            "assignment_type": "UserGroup",
                            "assignment_id": "$group",
                            "project_role_id": "$project_role",
                        }
                    ]
                },
                may=MADE,
            ),
            read(
                "privileges",
                "/api/members/$member/projects_privileges",
                reads=(
                    Reading(
                        "projects_privileges_element",
                        {"nested": kind_at("data.0.project", dict), "flat": has("data.0.project_id")},
                        when=has("data.0"),
                    ),
                ),
            ),
            Step(
                "delete-granted",
                "DELETE",
                "/api/project_roles/$project_role",
                may=statuses(200, 204, 400, 403, 409, 422),
                reads=(
                    Reading("granted_role_deletion", {"with_its_grants": well, "refused": status(400, 403, 409, 422)}),
                ),
            ),
        ),
        needing(Need.COLLABORATOR, Need.NEW_MODEL),
        note="Your collaborator is in a group of the probe's meanwhile.",
    ),
    *_of_clients("", {"environment": "DEV"}, Need.ENVIRONMENTS),
    *_of_clients("-alone", {}, Need.NO_ENVIRONMENTS),
    Probe(
        "client-environment",
        Kind.OBJECTS,
        (
            _ROLES_OF_CLIENTS,
            _client(
                "$name:client",
                "client",
                {"all_folders": True, "environment": "DEV"},
                may=statuses(200, 201, 400, 422),
                reads=(Reading("client_environment_field", {"refused": status(400, 422), "ignored": well}),),
            ),
        ),
        needing(Need.CLIENT_ROLE, Need.NO_ENVIRONMENTS),
    ),
)
