"""What each open question about SCIM comes to on the wire, by choice."""

from typing import Any

import httpx

from ..world import ACME, ADA, BEN, CY, NEW, NORTHWIND, Json, World
from .probing import Probe

ROLE = "urn:ietf:params:scim:schemas:workato:1.0:WorkatoRole"
TOKEN = {"Authorization": "Bearer scim-acme"}
JOE = "joe@example.test"


def _seed(**more: Any) -> dict[str, Any]:  # noqa: ANN401  (JSON)
    """Acme, and Joe who is in acme only; `more` are other keys of the workspace."""
    joe = {"name": "Joe Oak", "email": JOE, "roles": {"dev": "Member", "prod": "Member"}}
    acme = {**ACME, "collaborators": [*ACME["collaborators"], joe]}
    return {"workspaces": {"acme": acme | more, "northwind": NORTHWIND}}


SCIM = _seed()
FIVE_ENVIRONMENTS = _seed(environments=["dev", "test", "prod", "qa"])


def users(world: World) -> httpx.Client:
    return world.emulator.scim("acme", token="scim-acme")


def create(world: World, email: str = NEW, /, **more: Json) -> httpx.Response:
    return users(world).post("/Users", json={"userName": email, **more})


def shown(world: World, email: str = JOE, path: str = "/Users") -> Json:
    """What a look-up by userName finds; None for nobody."""
    found = users(world).get(path, params={"filter": f'userName eq "{email}"'}).json()["Resources"]
    return found[0] if found else None


def put(world: World, email: str = JOE, /, **changes: Json) -> httpx.Response:
    """What Okta's custom app does: what was read comes back, changed."""
    before = shown(world, email)
    return users(world).put(f"/Users/{before['id']}", json={**before, **changes})


def patch(world: World, op: str, email: str = JOE, /, **operation: Json) -> httpx.Response:
    return users(world).patch(f"/Users/{shown(world, email)['id']}", json={"Operations": [{"op": op, **operation}]})


def active(world: World, state: bool, email: str = JOE) -> httpx.Response:
    return patch(world, "replace", email, value={"active": state})


def held(world: World, email: str = JOE) -> dict[str, str]:
    """Roles as the Developer API has them, without those that give no access."""
    return {environment: role for environment, role in world.roles(email).items() if role != "No access"}


def _hosts(world: World) -> list[int]:
    return [
        users(world).get("/Users", headers={"Host": host}).status_code
        for host in ("workato.com", "www.workato.com", "app.eu.workato.com")
    ]


def _generated(world: World) -> str:
    return str(world.control.post("/workspaces/acme/scim/token").json()["token"][:5])


def _earlier_token(world: World) -> int:
    world.control.post("/workspaces/acme/scim/token")
    return users(world).get("/Users").status_code


def _developer_token(world: World) -> int:
    return world.emulator.scim("acme", token="acme-okta").get("/Users").status_code


def _groups(world: World) -> Json:
    answer = users(world).get("/Groups")
    return answer.status_code if answer.is_error else answer.json()["totalResults"]


def _discovery(world: World) -> list[int]:
    paths = ("ServiceProviderConfig", "ResourceTypes", "ResourceTypes/User", "Schemas", f"Schemas/{ROLE}")
    return [users(world).get(f"/{path}").status_code for path in paths]


def _open(world: World) -> list[int]:
    paths = ("ServiceProviderConfig", "ResourceTypes", "Schemas")
    return [users(world).get(f"/{path}", headers={"Authorization": ""}).status_code for path in paths]


def _created(world: World) -> Json:
    answer = create(world)
    return answer.status_code, NEW in world.members(), len(world.invitations())


def _listed(world: World) -> list[str]:
    world.invite("guest@example.test")
    active(world, state=False)
    return sorted(each["userName"] for each in users(world).get("/Users").json()["Resources"])


def _ids(world: World) -> Json:
    id_ = shown(world)["id"]
    assert users(world).get(f"/Users/{id_}").json()["userName"] == JOE
    assert users(world).get(f"/Users/{id_}x").status_code == 404
    number = str(world.id_of(JOE))
    return "collaborator" if id_ == number else "membership" if id_.endswith(f"-{number}") else len(id_)


def _external_id(world: World) -> Json:
    create(world, externalId="00u1")
    return shown(world, NEW).get("externalId"), world.member(NEW)["external_id"]


def _renamed(world: World) -> list[str]:
    """Joe is in acme only, and Ben in another workspace too."""
    for email in (JOE, BEN):
        put(world, email, name={"formatted": "Someone Else"})
    return [world.member(email)["name"] for email in (JOE, BEN)]


def _other_email(world: World) -> Json:
    create(world, emails=[{"value": "other@example.test", "primary": True}])
    return [email in world.members() for email in (NEW, "other@example.test")]


def _without_schemas(world: World) -> list[int]:
    body = {"userName": NEW, ROLE: {"workato_role": "Member"}}
    core = ["urn:ietf:params:scim:schemas:core:2.0:User"]
    answers = [users(world).post("/Users", json=body | {"schemas": each}) for each in (core, [*core, ROLE])]
    return [each.status_code for each in answers]


def _default_role(world: World) -> Json:
    answer = create(world)
    return held(world, NEW) if answer.is_success else answer.status_code


def _omitted(world: World) -> Json:
    before = shown(world)
    del before[ROLE]
    users(world).put(f"/Users/{before['id']}", json=before)
    return held(world)


def _removed(world: World) -> Json:
    world.update(JOE, {"environment_type": "prod", "name": "Release manager", "role_type": "environment"})
    patch(world, "remove", path=f"{ROLE}:workato_role_prod")
    return held(world)


def _empty(world: World) -> Json:
    answer = put(world, **{ROLE: {"workato_role": "Member", "workato_role_prod": ""}})
    return held(world) if answer.is_success else answer.status_code


def _unknown(world: World) -> Json:
    answer = create(world, **{ROLE: {"workato_role_prod": "Captain"}})
    return held(world, NEW) if answer.is_success else (answer.status_code, answer.json()["scimType"])


def _spellings(world: World) -> list[bool]:
    taken = []
    for spelling in ("NoAccess", "No Access", "No access", "None"):
        put(world, **{ROLE: {"workato_role_prod": "Member"}})
        taken.append(put(world, **{ROLE: {"workato_role_prod": spelling}}).is_success and "prod" not in held(world))
    return taken


def _qa(world: World) -> Json:
    answer = put(world, **{ROLE: {"workato_role_qa": "Member", "workato_role_moon": "Member"}})
    return held(world).get("qa") if answer.is_success else answer.status_code


def _in_groups(world: World) -> list[str]:
    put(world, **{ROLE: {"workato_user_groups": "Builders"}})
    return world.group_members(world.group()["id"])


def _known_account(world: World) -> Json:
    answer = create(world, CY)
    return answer.status_code, CY in world.members(), len(world.invitations())


def _again(world: World) -> Json:
    active(world, state=False)
    return create(world, JOE).status_code, JOE in world.members()


def _over_invitation(world: World) -> Json:
    world.invite()
    return create(world).status_code, len(world.invitations())


def _full(world: World) -> int:
    world.plan(collaborator_limit=3)
    return create(world).status_code


def _after_deactivation(world: World) -> Json:
    id_ = shown(world)["id"]
    active(world, state=False)
    return users(world).get(f"/Users/{id_}").json().get("active"), JOE in world.members()


def _reactivated(world: World) -> Json:
    before = shown(world)["id"]
    active(world, state=False)
    answer = active(world, state=True)
    return held(world) if answer.is_success else answer.status_code, shown(world)["id"] == before


def _removed_elsewhere(world: World) -> Json:
    id_ = shown(world)["id"]
    world.remove(JOE)
    return users(world).get(f"/Users/{id_}").json().get("active")


def _deleted(world: World) -> list[int]:
    id_ = shown(world)["id"]
    return [users(world).delete(f"/Users/{id_}").status_code, users(world).get(f"/Users/{id_}").status_code]


def _created_inactive(world: World) -> Json:
    answer = create(world, active=False)
    return answer.status_code, answer.json().get("active"), NEW in world.members()


def _last_admin(world: World) -> int:
    return active(world, state=False, email=ADA).status_code


def _signed_in(world: World) -> Json:
    active(world, state=False)
    answer = world.control.post("/workspaces/acme/sign_ins", json={"email": JOE})
    return answer.status_code, JOE in world.members() and held(world)


def _other_user_name(world: World) -> Json:
    answer = put(world, userName=NEW, emails=[])
    return answer.status_code, answer.json().get("scimType"), NEW in world.members()


def _put_without_active(world: World) -> Json:
    active(world, state=False)
    before = shown(world)
    del before["active"]
    return users(world).put(f"/Users/{before['id']}", json=before).json()["active"]


def _found(world: World, text: str) -> Json:
    answer = users(world).get("/Users", params={"filter": text})
    return answer.json()["totalResults"] if answer.is_success else answer.json()["scimType"]


def _pages(world: World) -> list[int]:
    for number in range(201):
        world.add_by_hand(f"user{number}@example.test")
    pages: list[httpx.Response] = [
        users(world).get("/Users", params={"attributes": "userName", "count": count}) for count in (150, 202, 999_999)
    ]
    most = users(world).get("/ServiceProviderConfig").json()["filter"]["maxResults"]
    return [*(each.json()["itemsPerPage"] for each in pages), most]


def _sorted(world: World) -> list[str]:
    query = {"sortBy": "userName", "sortOrder": "descending"}
    return [each["userName"] for each in users(world).get("/Users", params=query).json()["Resources"]]


def _home_address(world: World) -> Json:
    answer = patch(world, "replace", path='emails[type eq "home"].value', value="joe@home.example.test")
    return answer.json().get("scimType")


def _media(world: World) -> Json:
    posted = create(world)
    return posted.status_code, users(world).get("/Users").headers["Content-Type"].partition(";")[0]


def _switched_off(world: World) -> int:
    world.control.patch("/workspaces/acme/scim", json={"licensed": False})
    return users(world).get("/Users").status_code


def _large(world: World) -> int:
    body = b'{"userName": "new@example.test", "title": "' + b"x" * 1_100_000 + b'"}'
    return users(world).post("/Users", content=body, headers={"Content-Type": "application/scim+json"}).status_code


def _tags(world: World) -> Json:
    answer = users(world).get(f"/Users/{shown(world)['id']}")
    stale = users(world).put(f"/Users/{shown(world)['id']}", json=answer.json(), headers={"If-Match": 'W/"0"'})
    tag = {"If-None-Match": answer.headers.get("ETag", "")}
    unchanged = users(world).get(f"/Users/{shown(world)['id']}", headers=tag)
    return "version" in answer.json()["meta"], stale.status_code, unchanged.status_code


def _many(world: World) -> list[int]:
    world.acme.get("/api/members")
    statuses = [users(world).get("/Users", params={"count": 0}).status_code for _ in range(61)]
    return [statuses.count(200), world.acme.get("/api/members").status_code]


def _actor(world: World) -> Json:
    create(world)
    user = world.log()[0]["user"]
    me = world.acme.get("/api/users/me").json()["id"]
    return "root" if user["id"] == me else "person" if user["id"] == world.id_of(NEW) else user["id"]


def _in_turn(world: World) -> list[Json]:
    """SCIM, SAML, and SCIM again write the role in dev; what is there after each."""
    seen = []
    for step in ("scim", "saml", "scim"):
        role = "Release manager" if step == "scim" else "Environment manager"
        if step == "scim":
            put(world, **{ROLE: {"workato_role": role}})
        else:
            body = {"email": JOE, "roles": {"dev": role}}
            assert world.control.post("/workspaces/acme/sign_ins", json=body).status_code == 200
        seen.append(held(world)["dev"])
    return seen


MEMBER, LEAD = {"dev": "Member"}, {"dev": "Member", "prod": "Release manager"}
BOTH = {"dev": "Member", "prod": "Member"}
WITH_SYNC = _seed(scim={"token": "scim-acme", "jit": True, "role_sync": True})
FIRST, LAST = "Release manager", "Environment manager"

SCIM_PROBES: dict[str, Probe] = {
    "scim_base_url": Probe(_hosts, {"data_center": [200, 200, 401], "us_only": [200, 401, 401]}, SCIM),
    "scim_token_format": Probe(_generated, {"opaque": "scim-", "jwt": "eyJhb"}, SCIM),
    "scim_token_count": Probe(_earlier_token, {"one": 401, "several": 200}, SCIM),
    "scim_token_separation": Probe(_developer_token, {"separate": 401, "developer_token_works": 200}, SCIM),
    "scim_groups": Probe(_groups, {"absent": 404, "empty_list": 0, "served": 2}, SCIM),
    "scim_discovery": Probe(_discovery, {"served": [200] * 5, "404": [404] * 5, "401": [401] * 5}, SCIM),
    "scim_discovery_open": Probe(_open, {"config_only": [200, 401, 401], "none": [401] * 3}, SCIM),
    "scim_bulk": Probe(
        lambda world: users(world).post("/Bulk", json={"Operations": []}).status_code, {"501": 501, "404": 404}, SCIM
    ),
    "scim_me": Probe(lambda world: users(world).get("/Me").status_code, {"501": 501, "404": 404}, SCIM),
    "scim_search": Probe(
        lambda world: [users(world).post(f"{path}/.search", json={}).status_code for path in ("", "/Users")],
        {"501": [501, 501], "404": [404, 404]},
        SCIM,
    ),
    "scim_create_effect": Probe(_created, {"membership": (201, True, 0), "invitation": (201, False, 1)}, SCIM),
    "scim_lists": Probe(
        _listed,
        {
            "members_and_deactivated": [ADA, BEN, JOE],
            "members": [ADA, BEN],
            "with_pending": [ADA, BEN, "guest@example.test", JOE],
            "with_owner": [ADA, BEN, JOE, "root@acme.example.test"],
        },
        SCIM,
    ),
    "scim_id": Probe(_ids, {"collaborator": "collaborator", "membership": "membership", "uuid": 36}, SCIM),
    "scim_external_id": Probe(
        _external_id, {"stored": ("00u1", None), "shown": ("00u1", "00u1"), "dropped": (None, None)}, SCIM
    ),
    "scim_name": Probe(
        _renamed,
        {
            "own_accounts": ["Someone Else", "Ben"],
            "always": ["Someone Else", "Someone Else"],
            "never": ["Joe Oak", "Ben"],
        },
        SCIM,
    ),
    "scim_email_differs": Probe(
        _other_email, {"400": [False, False], "ignored": [True, False], "emails_win": [False, True]}, SCIM
    ),
    "scim_unmapped": Probe(lambda world: put(world, title="Dr").status_code, {"ignored": 200, "400": 400}, SCIM),
    "scim_schemas_strict": Probe(_without_schemas, {"lax": [201, 409], "required": [400, 201]}, SCIM),
    "scim_default_role": Probe(_default_role, {"operator_or_member": MEMBER, "no_access": {}, "400": 400}, SCIM),
    "scim_roles_omitted": Probe(_omitted, {"kept": BOTH, "cleared": {}}, SCIM),
    "scim_role_removed": Probe(_removed, {"no_access": MEMBER, "default_role": BOTH, "kept": LEAD}, SCIM),
    "scim_role_empty": Probe(_empty, {"omitted": BOTH, "no_access": MEMBER, "400": 400}, SCIM),
    "scim_unknown_role": Probe(
        _unknown, {"400": (400, "invalidValue"), "ignored": MEMBER, "default_role": {"prod": "Member"}}, SCIM
    ),
    "scim_no_access_spelling": Probe(
        _spellings,
        {
            "all": [True, True, True, False],
            "value_only": [True, False, False, False],
            "all_and_none": [True, True, True, True],
        },
        SCIM,
    ),
    "scim_roles_returned": Probe(lambda world: ROLE in shown(world), {"yes": True, "no": False}, SCIM),
    "scim_extra_environments": Probe(_qa, {"if_there": "Member", "ignored": None, "400": 400}, FIVE_ENVIRONMENTS),
    "scim_user_groups_attribute": Probe(_in_groups, {"ignored": [BEN], "honoured": [BEN, JOE]}, SCIM),
    "scim_known_account": Probe(
        _known_account, {"joins": (201, True, 0), "invitation": (201, False, 1), "409": (409, False, 0)}, SCIM
    ),
    "scim_create_over_inactive": Probe(_again, {"409": (409, False), "reactivates": (201, True)}, SCIM),
    "scim_create_over_invitation": Probe(_over_invitation, {"joins": (201, 0), "409": (409, 1)}, SCIM),
    "scim_seats_exhausted": Probe(_full, {"403": 403, "400": 400, "409": 409, "402": 402}, SCIM),
    "scim_after_deactivation": Probe(_after_deactivation, {"tombstone": (False, False), "gone": (None, False)}, SCIM),
    "scim_reactivation": Probe(
        _reactivated,
        {
            "remembered_roles": (BOTH, True),
            "default_role": (MEMBER, True),
            "refused": (403, True),
            "new_id": (BOTH, False),
        },
        SCIM,
    ),
    "scim_removed_elsewhere": Probe(_removed_elsewhere, {"gone": None, "tombstone": False}, SCIM),
    "scim_delete": Probe(
        _deleted, {"removes": [204, 404], "tombstone": [204, 200], "405": [405, 200], "501": [501, 200]}, SCIM
    ),
    "scim_create_inactive": Probe(
        _created_inactive, {"201": (201, False, False), "400": (400, None, False), "ignored": (201, True, True)}, SCIM
    ),
    "scim_protected": Probe(_last_admin, {"403": 403, "400": 400, "allowed": 200}, SCIM),
    "scim_then_jit": Probe(_signed_in, {"blocked": (409, False), "comes_back": (200, MEMBER)}, WITH_SYNC),
    "scim_username_change": Probe(
        _other_user_name,
        {
            "409": (409, "uniqueness", False),
            "400": (400, "mutability", False),
            "ignored": (200, None, False),
            "renames": (200, None, True),
        },
        SCIM,
    ),
    "scim_put_active_omitted": Probe(_put_without_active, {"unchanged": False, "true": True}, SCIM),
    "scim_filter_support": Probe(
        lambda world: [_found(world, text) for text in (f'userName eq "{JOE}"', "active eq true")],
        {"full": [1, 3], "username_eq_only": [1, "invalidFilter"]},
        SCIM,
    ),
    "scim_filter_unknown_attribute": Probe(
        lambda world: _found(world, 'favouriteColour eq "green"'), {"400": "invalidFilter", "no_hits": 0}, SCIM
    ),
    "scim_page_max": Probe(
        _pages,
        {
            "100": [100, 100, 100, 100],
            "200": [150, 200, 200, 200],
            "1000": [150, 202, 204, 1000],
            "none": [150, 202, 204, 1_000_000],
        },
        {
            **SCIM,
            "workspaces": {
                **SCIM["workspaces"],
                "acme": {**SCIM["workspaces"]["acme"], "plan": {"collaborator_limit": 300}},
            },
        },
    ),
    "scim_sort": Probe(_sorted, {"ignored": [ADA, BEN, JOE], "served": [JOE, BEN, ADA]}, SCIM),
    "scim_patch_answer": Probe(lambda world: active(world, state=False).status_code, {"200": 200, "204": 204}, SCIM),
    "scim_unmatched_value_path": Probe(_home_address, {"created": None, "400": "noTarget"}, SCIM),
    "scim_media_types": Probe(
        _media,
        {
            "both": (201, "application/scim+json"),
            "scim_only": (415, "application/scim+json"),
            "json_out": (201, "application/json"),
        },
        SCIM,
    ),
    "scim_status_type": Probe(
        lambda world: users(world).get("/Users/0").json()["status"], {"string": "404", "number": 404}, SCIM
    ),
    "scim_unauthorized_body": Probe(
        lambda world: sorted(users(world).get("/Users", headers={"Authorization": ""}).json()),
        {"scim": ["detail", "schemas", "status"], "workato": ["message"]},
        SCIM,
    ),
    "scim_disabled_answer": Probe(_switched_off, {"403": 403, "401": 401, "404": 404}, SCIM),
    "scim_payload_limit": Probe(_large, {"1_mib": 413, "none": 201}, SCIM),
    "scim_etag": Probe(_tags, {"off": (False, 200, 200), "weak": (True, 412, 304)}, SCIM),
    "scim_rate_limit": Probe(_many, {"own": [60, 200], "none": [61, 200], "shared": [59, 429]}, SCIM),
    "scim_audit_actor": Probe(_actor, {"root": "root", "person": "person", "system": 1}, SCIM),
    "scim_saml_wins": Probe(
        _in_turn, {"last_write": [FIRST, LAST, FIRST], "saml": [FIRST, LAST, LAST], "scim": [FIRST] * 3}, WITH_SYNC
    ),
}
