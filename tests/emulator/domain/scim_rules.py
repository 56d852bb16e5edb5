"""What each rule of SCIM is worth: a small conversation that goes otherwise while the rule is silent."""

from collections.abc import Callable

from ..world import BEN, NEW, Json, World
from .scim_probes import ROLE, active, create, held, put, shown, users


def _with_token(world: World, token: str) -> int:
    return world.emulator.scim("acme", token=token).get("/Users").status_code


def _unlicensed(world: World) -> int:
    world.control.patch("/workspaces/acme/scim", json={"licensed": False})
    return users(world).get("/Users").status_code


def _earlier_token(world: World) -> int:
    world.control.post("/workspaces/acme/scim/token")
    return users(world).get("/Users").status_code


def _ben_again(world: World) -> int:
    active(world, state=False, email=BEN)
    return create(world, BEN).status_code


def _made(world: World) -> tuple[bool, int]:
    create(world)
    return NEW in world.members(), len(world.invitations())


def _external_id(world: World) -> Json:
    create(world, externalId="00u1")
    return shown(world, NEW).get("externalId")


def _default_role(world: World) -> dict[str, str]:
    create(world)
    return held(world, NEW)


def _without_roles(world: World) -> dict[str, str]:
    before = shown(world, BEN)
    del before[ROLE]
    users(world).put(f"/Users/{before['id']}", json=before)
    return held(world, BEN)


def _without_active(world: World) -> Json:
    active(world, state=False, email=BEN)
    before = shown(world, BEN)
    del before["active"]
    return users(world).put(f"/Users/{before['id']}", json=before).json()["active"]


def _deactivated(world: World) -> int:
    id_ = shown(world, BEN)["id"]
    active(world, state=False, email=BEN)
    return users(world).get(f"/Users/{id_}").status_code


def _back(world: World) -> dict[str, str]:
    put(world, BEN, **{ROLE: {"workato_role_prod": "Release manager"}})
    for state in (False, True):
        active(world, state, email=BEN)
    return held(world, BEN)


def _deleted(world: World) -> int:
    id_ = shown(world, BEN)["id"]
    users(world).delete(f"/Users/{id_}")
    return users(world).get(f"/Users/{id_}").status_code


def _renamed(world: World) -> Json:
    create(world, name={"givenName": "New", "familyName": "Face"})
    put(world, NEW, name={"givenName": "Old", "familyName": "Face"})
    return world.member(NEW)["name"]


def _total(world: World) -> Json:
    active(world, state=False, email=BEN)
    return users(world).get("/Users").json()["totalResults"]


def _page(world: World) -> Json:
    world.plan(collaborator_limit=300)
    for number in range(101):
        world.add_by_hand(f"user{number}@example.test")
    return users(world).get("/Users", params={"count": 200}).json()["itemsPerPage"]


def _scim_after_saml(world: World) -> dict[str, str]:
    world.control.patch("/workspaces/acme/scim", json={"role_sync": True})
    world.control.post("/workspaces/acme/sign_ins", json={"email": BEN, "roles": {"dev": "Environment manager"}})
    put(world, BEN, **{ROLE: {"workato_role": "Release manager"}})
    return held(world, BEN)


def _signed_in(world: World) -> int:
    world.control.patch("/workspaces/acme/scim", json={"jit": True})
    active(world, state=False, email=BEN)
    return world.control.post("/workspaces/acme/sign_ins", json={"email": BEN}).status_code


SCIM_RULES: dict[str, Callable[[World], Json]] = {
    "SCIM-1": lambda world: _with_token(world, "scim-wrong"),
    "SCIM-2": lambda world: _with_token(world, "acme-okta"),
    "SCIM-3": _unlicensed,
    "SCIM-4": _earlier_token,
    "SCIM-5": lambda world: create(world, "nobody").status_code,
    "SCIM-6": lambda world: create(world, BEN.upper()).status_code,
    "SCIM-7": _ben_again,
    "SCIM-8": lambda world: create(world, emails=[{"value": "other@example.test"}]).status_code,
    "SCIM-9": lambda world: put(world, BEN, userName=NEW, emails=[]).status_code,
    "SCIM-10": _made,
    "SCIM-11": _external_id,
    "SCIM-12": _default_role,
    "SCIM-13": lambda world: create(world, **{ROLE: {"workato_role": "Captain"}}).status_code,
    "SCIM-14": _without_roles,
    "SCIM-15": _without_active,
    "SCIM-16": _deactivated,
    "SCIM-17": _back,
    "SCIM-18": _deleted,
    "SCIM-19": _renamed,
    "SCIM-20": _total,
    "SCIM-21": _page,
    "SCIM-22": _scim_after_saml,
    "SCIM-23": _signed_in,
}
