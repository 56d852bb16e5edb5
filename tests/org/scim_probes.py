"""What the open questions about Okta's SCIM client are asked, and what each answer comes to."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import httpx

from okta_connector.scim import ScimSettings
from okta_org.apps import import_schema
from okta_org.assignments import assign, assign_group
from okta_org.directory import activate_user, deactivate_user, edit_profile
from okta_org.group_push import push_group
from okta_org.groups import create_group
from okta_org.refusals import NotOnThisRoad

from ..connector.scim.servers import Body, Wire, pretended
from .fake import Fixture
from .scim import SCIM, WITH_GROUPS, add_scim_app

ADA = "ada@example.test"
THERE: Body = {"id": "7", "userName": ADA, "title": "Countess", "active": False}


def methods(wire: Wire) -> str:
    return " ".join(each.method for each in wire.requests)


def deactivation(s: Fixture) -> object:
    """Somebody is deactivated: by which method, and how often is the server asked?"""
    wire = add_scim_app(s, pretended())
    s.org.do(assign, "ada", "scim")
    s.org.do(deactivate_user, "ada")
    return methods(wire)


def switch_of_catalogue(s: Fixture) -> object:
    return s.org.value.assumptions.okta_app_kind


def linking(s: Fixture) -> object:
    wire = add_scim_app(s, pretended(users={"7": dict(THERE)}), about=ScimSettings(kind="custom"))
    s.org.do(assign, "ada", "scim")
    return methods(wire)


def linking_an_inactive_user(s: Fixture) -> object:
    wire = add_scim_app(s, pretended(users={"7": dict(THERE)}), about=ScimSettings(kind="catalogue_patch"))
    s.org.do(assign, "ada", "scim")
    return methods(wire)


def two_found(s: Fixture) -> object:
    rows = [{"id": "1", "userName": f"x{ADA}"}, {"id": "2", "userName": ADA}]
    found = httpx.Response(200, json={"totalResults": 2, "Resources": rows})
    add_scim_app(s, pretended(users={"2": {"id": "2", "userName": ADA}}, instead={"GET /Users": found}))
    s.org.do(assign, "ada", "scim")
    return s.account(app="scim").external_id


def type_of_the_email(s: Fixture) -> object:
    wire = add_scim_app(s, pretended())
    s.org.do(assign, "ada", "scim")
    return wire.body()["emails"][0].get("type")


def title_after_it_was_emptied(s: Fixture) -> object:
    wire = add_scim_app(s, pretended(users={"7": dict(THERE)}), replace(SCIM, mapping=("title",)))
    s.org.do(edit_profile, "ada", {"title": None})
    s.org.do(assign, "ada", "scim")
    return wire.body().get("title")


def creation_answered_with_200(s: Fixture) -> object:
    answer = httpx.Response(200, json={"id": "7", "userName": ADA})
    add_scim_app(s, pretended(instead={"POST /Users": answer}))
    s.org.do(assign, "ada", "scim")
    return s.account(app="scim").external_id


def back_through_a_group(s: Fixture) -> object:
    wire = add_scim_app(s, pretended())
    s.org.do(create_group, "devs", ("ada",))
    s.org.do(assign_group, "devs", "scim")
    s.org.do(deactivate_user, "ada")
    wire.requests.clear()
    s.org.do(activate_user, "ada")
    return unquote(wire.requests[0].url.path)


def group_push(s: Fixture) -> object:
    wire = add_scim_app(s, pretended(), WITH_GROUPS)
    s.org.do(create_group, "devs", (), "Developers")
    s.org.do(push_group, "devs", "scim")
    return methods(wire)


def schema_import(s: Fixture) -> object:
    wire = add_scim_app(s, pretended())
    try:
        s.org.do(import_schema, "scim")
    except NotOnThisRoad:
        return "refused"
    return unquote(wire.requests[0].url.path)


Ask = Callable[[Fixture], Any]

SCIM_PROBES: dict[str, tuple[Ask, dict[str, object]]] = {
    "okta_app_kind": (
        lambda s: (deactivation(s), switch_of_catalogue(s)),
        {
            "custom": ("GET POST GET PUT", "custom"),
            "catalogue_patch": ("GET POST PATCH", "catalogue_patch"),
            "catalogue_put": ("GET POST GET PUT", "catalogue_put"),
        },
    ),
    "okta_link_reads_by_id": (linking, {"no": "GET PUT", "yes": "GET GET PUT"}),
    "okta_link_activation": (linking_an_inactive_user, {"patch": "GET PATCH PUT", "with_profile": "GET PUT"}),
    "okta_several_hits": (two_found, {"same_username": "2", "fails": None}),
    "okta_email_type": (type_of_the_email, {"work": "work", "absent": None}),
    "okta_empty_attributes": (title_after_it_was_emptied, {"absent": None, "echoed": "Countess"}),
    "okta_create_answer": (creation_answered_with_200, {"any_success": "7", "only_201": None}),
    "okta_reactivation": (back_through_a_group, {"look_up": "/Users", "known_id": "/Users/id-1"}),
    "okta_group_reads_before_put": (group_push, {"yes": "GET POST GET PUT", "no": "GET POST PUT"}),
    "okta_import_user_schema": (schema_import, {"no": "refused", "yes": "/ResourceTypes"}),
}
