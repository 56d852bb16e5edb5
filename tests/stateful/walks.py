"""Walks through everything that both doors can change: acts as data, whose references are settled when they are played.

`<kind:n>` in a path or a body stands for the n-th of the workspace's own things of that kind, however many there are:
`<members:2>` is an id, `<people:2>` an email, `<roles:0>` a name. A walk therefore reaches what is there, and whatever
it does not reach is refused, which is an act too.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, cast

import httpx
from hypothesis import strategies as st

from workato_emulator import assumptions
from workato_emulator.app import App
from workato_emulator.transport import InProcessTransport

Json: TypeAlias = Any
Act: TypeAlias = tuple[str, str, str, Json]
"""Which workspace's client, or "control"; method, path and body."""

HOST = "http://workato.example.test"
SLUGS = ("hq", "kid", "old")
NEW_PEOPLE = ["gus@example.test", "Gus@example.test", "hal@example.test", "zoë@example.test"]
NAMES = ["Payroll", "payroll", "Zürich ☃", "n" * 250]


def _workspace(slug: str) -> dict[str, Any]:
    legacy = slug == "old"
    people: list[dict[str, Any]] = [
        {"name": name, "email": f"{name}@example.test", "roles": {"dev": "Payroll"}} for name in ("ada", "ben", "cy")
    ]
    invited: dict[str, Any] = {"name": "dee", "email": "dee@example.test", "roles": {"dev": "Payroll"}}
    project: dict[str, Any] = {"name": "Pay", "folders": [{"name": "In"}]}
    workspace = {
        "permission_model": "legacy_roles" if legacy else "environment_roles",
        "parent": "hq" if slug == "kid" else None,
        "plan": {"requests_per_minute": 10_000, "churn_limit": 2},
        "roles": [{"name": "Payroll", "origin": "inheritable" if slug == "hq" else "custom"}, {"name": "n" * 250}],
        "collaborators": people,
        "invitations": [invited],
        "projects": [project],
        "api_clients": [{"name": "okta", "token": slug}, {"name": "spare", "token": f"{slug}-spare"}],
    }
    if not legacy:
        workspace["groups"] = [{"name": "Builders"}, {"name": "Testers"}]
        invited["groups"] = ["Testers"]
        project["grants"] = [{"role": "Builder", "group": "Builders"}]
    return workspace


SEED: dict[str, Any] = {"workspaces": {slug: _workspace(slug) for slug in SLUGS}}

_N = st.integers(0, 5)
_FRESH = st.sampled_from(NEW_PEOPLE)
_NAME = st.sampled_from(NAMES)
_ENVIRONMENT = st.sampled_from(["dev", "test", "prod"])
_CONFIG = st.sampled_from([{}, {"since": "2026-01-05", "n": [1, 2.5, -0.0, None]}, {"a": {"b": {"c": 10**290}}}])


def _some(kind: str) -> st.SearchStrategy[str]:
    return _N.map(lambda number: f"<{kind}:{number}>")


def _fields(**fields: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    return st.fixed_dictionaries(dict(fields))


_PERSON = _FRESH | _some("people") | _some("invited")
_ROLE = st.sampled_from(["Payroll", "Member", "Environment admin", "Operator", "Admin"]) | _some("roles")
_ROWS = st.lists(
    _fields(environment_type=_ENVIRONMENT, name=_ROLE, role_type=st.just("environment"))
    | _fields(environment_type=_ENVIRONMENT, name=st.just("NoAccess")),
    min_size=1,
    max_size=2,
    unique_by=lambda row: row["environment_type"],
)
_GROUPS = st.lists(_some("groups"), max_size=2)
_INVITATION = _fields(name=_NAME, email=_PERSON, env_roles=_ROWS, user_group_ids=_GROUPS) | _fields(
    name=_NAME, email=_PERSON, role_name=_ROLE, user_group_ids=_GROUPS
)
_NEW_ROLE = _fields(name=_NAME, config=_CONFIG, inheritable=st.booleans())
_ROLES = st.dictionaries(_ENVIRONMENT, _ROLE, min_size=1, max_size=2)
_GRANT = _fields(
    assignment_type=st.just("User"), assignment_id=_some("members"), project_role_id=_some("project_roles")
) | _fields(assignment_type=st.just("UserGroup"), assignment_id=_some("groups"), project_role_id=_some("project_roles"))
_CLIENT = _fields(
    name=_NAME,
    api_privilege_group_id=_some("client_roles"),
    all_folders=st.booleans(),
    folder_ids=st.lists(_some("folders"), min_size=1, max_size=2),
    environment_name=st.sampled_from(["Development", "Production"]),
)

_API: list[tuple[str, str, st.SearchStrategy[Json]]] = [
    ("POST", "/api/member_invitations", _INVITATION),
    ("POST", "/api/members", _fields(email=_PERSON)),
    ("PUT", "/api/members/<members>", _fields(env_roles=_ROWS)),
    ("DELETE", "/api/members/<members>", st.none()),
    ("PUT", "/api/roles/<legacy_ids>", _fields(folder_ids=st.lists(_some("folders"), max_size=2))),
    ("POST", "/api/roles/<legacy_ids>/copy", st.none()),
    ("POST", "/api/environment_roles", _fields(environment_role=_NEW_ROLE)),
    ("PUT", "/api/environment_roles/<role_ids>", _fields(environment_role=_NEW_ROLE)),
    ("DELETE", "/api/environment_roles/<role_ids>", st.none()),
    ("POST", "/api/project_roles", _fields(project_role=_NEW_ROLE)),
    ("PUT", "/api/project_roles/<project_roles>", _fields(project_role=_NEW_ROLE)),
    ("DELETE", "/api/project_roles/<project_roles>", st.none()),
    ("POST", "/api/roles_migration/system_roles", _fields(dry_run=st.booleans())),
    ("POST", "/api/roles_migration/custom_role", _fields(role_id=_some("legacy_ids"), dry_run=st.booleans())),
    ("POST", "/api/user_groups", _fields(user_group=_fields(name=_NAME))),
    ("PUT", "/api/user_groups/<groups>", _fields(user_group=_fields(name=_NAME, description=_NAME))),
    ("DELETE", "/api/user_groups/<groups>", st.none()),
    ("POST", "/api/user_groups/<groups>/members", _fields(user_ids=st.lists(_some("members"), min_size=1, max_size=2))),
    ("DELETE", "/api/user_groups/<groups>/members", _fields(user_ids=st.lists(_some("members"), min_size=1))),
    (
        "PUT",
        "/api/projects/<projects>/project_grants",
        _fields(project_grants=st.lists(_GRANT, min_size=1, max_size=3)),
    ),
    ("PUT", "/api/project_grants/<grants>", _fields(project_role_id=_some("project_roles"))),
    ("DELETE", "/api/project_grants/<grants>", st.none()),
    ("DELETE", "/api/projects/<projects>", st.none()),
    ("PUT", "/api/projects/<projects>", _fields(name=_NAME, description=_NAME)),
    ("PUT", "/api/folders/<folders>", _fields(name=_NAME)),
    ("PUT", "/api/folders/<folders>", _fields(name=_NAME, parent_id=_some("folders"))),
    ("DELETE", "/api/folders/<folders>", st.none()),
    ("POST", "/api/folders", _fields(name=_NAME, parent_id=_some("folders"))),
    ("POST", "/api/folders", _fields(name=_NAME)),
    ("POST", "/api/developer_api_clients", _CLIENT),
    ("PUT", "/api/developer_api_clients/<clients>", _fields(name=_NAME)),
    ("DELETE", "/api/developer_api_clients/<clients>", st.none()),
    ("POST", "/api/developer_api_clients/<clients>/regenerate", st.none()),
    ("POST", "/api/developer_api_client_roles/<client_roles>/copy", st.none()),
]

_CONTROL: list[tuple[str, str, st.SearchStrategy[Json]]] = [
    *(
        ("POST", f"/workspaces/SLUG/invitations/<invited>/{verb}", st.none())
        for verb in ("accept", "accept", "decline", "cancel", "expire")
    ),
    ("POST", "/workspaces/SLUG/collaborators", _fields(name=_NAME, email=_PERSON, roles=_ROLES)),
    ("DELETE", "/workspaces/SLUG/collaborators/<people>", st.none()),
    ("PUT", "/workspaces/SLUG/collaborators/<people>/roles", _fields(roles=_ROLES)),
    ("PATCH", "/workspaces/SLUG/plan", _fields(requests_per_minute=st.sampled_from([0, 1, 10_000]))),
    (
        "PATCH",
        "/workspaces/SLUG/plan",
        _fields(invitation_lifetime_seconds=st.sampled_from([None, 0.25, 3_155_760_000])),
    ),
    (
        "PUT",
        "/workspaces/SLUG/permission_model",
        _fields(permission_model=st.sampled_from(["legacy_roles", "environment_roles"])),
    ),
    ("POST", "/workspaces/SLUG/roles", _fields(name=_NAME)),
    ("PUT", "/workspaces/SLUG/roles/<roles>", _fields(name=_NAME)),
    ("DELETE", "/workspaces/SLUG/roles/<roles>", st.none()),
    ("POST", "/workspaces/SLUG/groups", _fields(name=_NAME)),
    ("DELETE", "/workspaces/SLUG/groups/<group_names>", st.none()),
    ("PATCH", "/workspaces/SLUG/groups/<group_names>/members", _fields(add=st.lists(_some("people"), max_size=2))),
    ("PATCH", "/workspaces/SLUG/api_clients/spare", _fields(environments=st.lists(_ENVIRONMENT, unique=True))),
    ("DELETE", "/workspaces/SLUG/api_clients/spare", st.none()),
    ("POST", "/workspaces/SLUG/client_roles", _fields(name=_NAME, privileges=st.just(["roles.list"]))),
    ("PATCH", "/workspaces/SLUG/client_roles/<client_role_names>", _fields(name=_NAME)),
    ("DELETE", "/workspaces/SLUG/client_roles/<client_role_names>", st.none()),
]

_ASSUMING = st.sampled_from(
    [(each.id, value) for each in assumptions() for value in (each.default, *each.alternatives)]
)
_MOVING = st.sampled_from(
    [
        "1970-01-02T00:00:00Z",
        "2026-01-05T17:00:00Z",
        "2026-01-05T17:20:00.5Z",
        "2031-06-01T00:00:00Z",
        "9000-01-01T00:00:00Z",
    ]
)
_POINT = st.sampled_from(["one", "two"])
_WIDE: st.SearchStrategy[Act] = st.one_of(
    _ASSUMING.map(lambda pair: ("control", "PATCH", "/assumptions", dict([pair]))),
    st.sampled_from([0.0, 0.5, 60.0, 1200.0, 10**8]).map(
        lambda seconds: ("control", "POST", "/clock/advance", {"seconds": seconds})
    ),
    _MOVING.map(lambda now: ("control", "PUT", "/clock", {"now": now})),
    st.booleans().map(lambda strict: ("control", "PUT", "/strict", {"strict": strict})),
    _POINT.map(lambda name: ("control", "PUT", f"/snapshots/{name}", None)),
    _POINT.map(lambda name: ("control", "POST", f"/snapshots/{name}/restore", None)),
    _POINT.map(lambda name: ("control", "DELETE", f"/snapshots/{name}", None)),
    st.sampled_from([("control", "POST", "/reset", None), ("control", "DELETE", "/faults", None)]),
)

_EFFECTS: list[Json] = [{"status": 502}, *({"effect": each} for each in ("drop_after_work", "garbage", "truncated"))]
_STRUCK = ["inviteCollaborator", "updateCollaboratorRoles", "removeCollaborator", "createCollaboratorGroup"]
DISTURBANCES: st.SearchStrategy[Act] = st.one_of(
    st.builds(
        lambda operation, count, effect: (
            "control",
            "POST",
            "/faults",
            effect | {"operation": operation, "count": count},
        ),
        st.sampled_from(_STRUCK),
        st.integers(1, 2),
        st.sampled_from(_EFFECTS),
    ),
    st.sampled_from(
        ["LIM-1", "INV-3", "INV-7", "MEM-5", "ROLE-6", "ROLE-7", "GRP-1", "GRP-3", "AHQ-1", "GRT-5"]
    ).flatmap(
        lambda rule: st.sampled_from(["suspend", "suspend", "resume"]).map(
            lambda verb: ("control", "POST", f"/rules/{rule}/{verb}", None)
        )
    ),
)
"""Faults and suspended rules. What a suspended rule lets pass no seed has to be able to say."""


def _act(door: str, method: str, path: str, body: st.SearchStrategy[Json]) -> st.SearchStrategy[Act]:
    """In any of the workspaces. The control plane is of none, so its references name the workspace."""

    def made(slug: str, number: int, body: Json) -> Act:
        numbered = re.sub(r"<(\w+)>", rf"<\1:{number}>", path.replace("SLUG", slug))
        return (
            (slug, method, numbered, body) if not door else (door, method, _within(slug, numbered), _within(slug, body))
        )

    return st.builds(made, st.sampled_from(SLUGS), _N, body)


def _within(slug: str, value: Json) -> Json:
    if isinstance(value, dict):
        return {key: _within(slug, each) for key, each in value.items()}
    if isinstance(value, list):
        return [_within(slug, each) for each in value]
    return re.sub(r"<(\w+:)", rf"<{slug}.\1", value) if isinstance(value, str) else value


ACTS: st.SearchStrategy[Act] = st.one_of(
    *(_act("", *each) for each in _API), *(_act("control", *each) for each in _CONTROL), _WIDE, _WIDE
)


class Walker:
    """Plays acts against one emulator."""

    def __init__(self, app: App) -> None:
        transport = InProcessTransport(app)
        self.control = httpx.Client(transport=transport, base_url=f"{HOST}/_emulator/v1")
        self._doors = {
            slug: httpx.Client(transport=transport, base_url=HOST, headers={"Authorization": f"Bearer {slug}"})
            for slug in SLUGS
        } | {"control": self.control}

    def export(self) -> Json:
        answer = self.control.get("/export")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def lasting(self) -> list[Json]:
        places = ("/export", "/clock", "/rules", "/assumptions", "/faults", "/snapshots", "/strict")
        return [self.control.get(place).json() for place in places]

    def play(self, act: Act) -> int | None:
        """The status, or None where a fault let nothing arrive. Nothing may fail."""
        door, method, path, body = act
        known = _Known(self.export(), door)
        try:
            answer = self._doors[door].request(
                method, cast("str", known.settled(path)), json=None if body is None else known.settled(body)
            )
            answer.read()
        except httpx.TransportError:
            return None
        assert answer.status_code != 500, (act, answer.text)
        return answer.status_code


class _Known:
    """What references stand for at one moment."""

    def __init__(self, export: Mapping[str, Any], door: str) -> None:
        self._export = export
        self._door = door

    def settled(self, value: Json) -> Json:
        if isinstance(value, dict):
            return {key: self.settled(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.settled(each) for each in value]
        if not isinstance(value, str):
            return value
        whole = re.fullmatch(r"<([\w.]+):(\d)>", value)
        if whole is not None:
            return self._meant(*whole.groups())
        return re.sub(r"<([\w.]+):(\d)>", lambda found: str(self._meant(*found.groups())), value)

    def _meant(self, kind: str, number: str) -> Json:
        slug, _, kind = kind.rpartition(".")
        workspace = self._export["workspaces"][slug or self._door]
        found = KINDS[kind](workspace)
        return found[int(number) % len(found)] if found else 1


def _column(rows: str, key: str, **only: str) -> Callable[[Mapping[str, Any]], list[Json]]:
    """The newest first, without what Workato brings along but one."""

    def found(workspace: Mapping[str, Any]) -> list[Json]:
        matching = [each for each in workspace[rows] if all(each[name] == value for name, value in only.items())]
        own = [each for each in matching if each.get("origin") != "system" and not each.get("system")]
        others = [each for each in matching if each not in own]
        return [each[key] for each in [*own[::-1], *others[:1]]]

    return found


KINDS: Mapping[str, Callable[[Mapping[str, Any]], list[Json]]] = {
    "members": _column("collaborators", "id"),
    "people": _column("collaborators", "email"),
    "invited": _column("invitations", "email"),
    "roles": _column("roles", "name"),
    "role_ids": _column("roles", "id", type="environment"),
    "legacy_ids": _column("roles", "id", type="privilege_group"),
    "project_roles": _column("project_roles", "id"),
    "groups": _column("groups", "id"),
    "group_names": _column("groups", "name"),
    "projects": _column("projects", "id"),
    "client_roles": _column("client_roles", "id"),
    "client_role_names": _column("client_roles", "name"),
    "clients": lambda workspace: [each["id"] for each in workspace["api_clients"][1:]],
    "grants": lambda workspace: [grant["id"] for each in workspace["projects"] for grant in each["grants"]],
    "folders": lambda workspace: [
        folder["id"] if "folder_id" not in folder else folder["folder_id"]
        for each in [*workspace["projects"], *workspace["folders"]]
        for folder in [each, *each["folders"]]
    ],
}
