"""Reset equals fresh, and restore equals the snapshot, after whatever happened in between."""

from typing import Any

from hypothesis import given, settings
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
QUOTA = 8
"""Few enough that a dozen acts use it up."""
SEQUENCES = st.lists(ACTS, max_size=12)


def _play(door: Door, acts: list[tuple[Any, ...]]) -> None:
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


def _the_same_from_here_on(one: Door, other: Door, acts: list[tuple[Any, ...]]) -> None:
    """What shows only when it is used, such as limits and the next id, is the same as well."""
    for door in (one, other):
        for slug in WORKSPACES:
            for _ in range(QUOTA):
                door.api(slug).get("/api/members")
        _play(door, acts)
    assert one.everything() == other.everything()


@settings(max_examples=30)
@given(SEQUENCES, SEQUENCES)
def test_reset_equals_fresh(past: list[tuple[Any, ...]], future: list[tuple[Any, ...]]) -> None:
    """To the last byte, and in everything that follows."""
    door = Door(QUOTA)
    _play(door, past)
    door.control.post("/reset")

    assert door.everything() == Door(QUOTA).everything()
    assert door.control.get("/snapshots").json() == {"data": []}
    _the_same_from_here_on(door, Door(QUOTA), future)


@settings(max_examples=30)
@given(SEQUENCES, SEQUENCES, SEQUENCES)
def test_restore_equals_the_snapshot(
    past: list[tuple[Any, ...]], meanwhile: list[tuple[Any, ...]], future: list[tuple[Any, ...]]
) -> None:
    """Whatever was done since is undone, and nothing before it."""
    door, untouched = Door(QUOTA), Door(QUOTA)
    for each in (door, untouched):
        _play(each, past)
        each.control.put("/snapshots/then")
    _play(door, meanwhile)
    door.control.post("/snapshots/then/restore")

    assert door.everything() == untouched.everything()
    _the_same_from_here_on(door, untouched, future)


@settings(max_examples=30)
@given(SEQUENCES)
def test_an_export_can_always_be_seeded_again(past: list[tuple[Any, ...]]) -> None:
    """Under rules that hold, whatever happened: the seed it makes is the state it came from."""
    door = Door(QUOTA)
    _play(door, [each for each in past if "suspend" not in str(each)])
    exported = door.export()

    assert door.control.put("/seed", json=exported).status_code == 200
    assert door.export() == exported
