"""Acts of every kind as data, drawn by Hypothesis and played through a door."""

from typing import Any

from hypothesis import strategies as st

from .acts import PEOPLE, ROLE_NAMES, WORKSPACES, Door

SLUGS = st.sampled_from(WORKSPACES)
EMAILS = st.sampled_from(PEOPLE)
ACTS: st.SearchStrategy[tuple[Any, ...]] = st.one_of(
    st.tuples(
        st.just("invite"), SLUGS, EMAILS, st.sampled_from(ROLE_NAMES).map(lambda role: {"dev": role}), st.just([])
    ),
    st.tuples(st.just("answer"), SLUGS, EMAILS, st.sampled_from(["accept", "decline", "expire"])),
    st.tuples(st.just("update"), SLUGS, EMAILS, st.just({"prod": "Member", "dev": None})),
    st.tuples(st.just("remove"), SLUGS, EMAILS),
    st.tuples(st.just("create_group"), SLUGS, st.sampled_from(["Builders", "Payroll"])),
    st.tuples(st.just("delete_group"), SLUGS, st.just("All collaborators")),
    st.tuples(st.just("advance"), st.sampled_from([0.5, 60, 1200])),
    st.tuples(
        st.just("control"),
        st.sampled_from(
            [
                ("POST", "/rules/INV-3/suspend", None),
                ("POST", "/rules/MEM-5/suspend", None),
                ("PATCH", "/assumptions", {"update_scope": "replace", "reinvitation": "keeps_first"}),
                ("PATCH", "/assumptions", {"email_case": "sensitive"}),
                ("PATCH", "/workspaces/acme/plan", {"collaborator_limit": 3, "requests_per_minute": 4}),
                ("PUT", "/workspaces/beta/permission_model", {"permission_model": "legacy_roles"}),
                ("DELETE", "/workspaces/beta/api_clients/okta", None),
                ("POST", "/faults", {"operation": "inviteCollaborator", "status": 500, "count": 2}),
                ("DELETE", "/journal", None),
                ("PUT", "/snapshots/another", None),
                ("PUT", "/clock", {"now": "2030-01-01T00:00:00Z"}),
            ]
        ),
    ),
)


def play(door: Door, acts: list[tuple[Any, ...]]) -> None:
    for verb, *arguments in acts:
        if verb == "control":
            method, path, body = arguments[0]
            door.control.request(method, path, json=body)
        elif verb in {"update", "remove", "delete_group"}:
            _play_blindly(door, verb, *arguments)
        elif verb == "invite":
            slug, email, roles, _ = arguments
            body = {"name": email, "email": email, "env_roles": [{"environment_type": "dev", "name": roles["dev"]}]}
            door.api(slug).post("/api/member_invitations", json=body | {"role_name": "Member"})
            body["env_roles"][0]["role_type"] = "environment"
            door.api(slug).post("/api/member_invitations", json=body)
        else:
            getattr(door, verb)(*arguments)


def _play_blindly(door: Door, verb: str, slug: str, who: str, roles: dict[str, str | None] | None = None) -> None:
    """By ids from the export: the lists of the API may be closed by then."""
    workspace = door.export()["workspaces"][slug]
    if verb == "delete_group":
        path = f"/api/user_groups/{workspace['groups'][0]['id']}"
    else:
        path = f"/api/members/{next((each['id'] for each in workspace['collaborators'] if each['email'] == who), 1)}"
    if verb == "update":
        rows = [{"environment_type": each, "name": role or "NoAccess"} for each, role in (roles or {}).items()]
        door.api(slug).put(path, json={"env_roles": rows})
    else:
        door.api(slug).delete(path)
