"""`/Users` and `/Users/{id}`: people (RFC 7644, sections 3.3 to 3.6)."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import DecodeError
from msgspec.json import decode
from starlette.responses import Response

from workato_emulator.domain.scim import people
from workato_emulator.domain.scim.people import Provisioned
from workato_emulator.domain.scim.refusals import NotServed, Stale
from workato_emulator.doors.scim.call import ScimCall
from workato_emulator.doors.scim.paging import page
from workato_emulator.doors.scim.patching import read_patch
from workato_emulator.doors.scim.projection import Projection
from workato_emulator.doors.scim.reading import read_user
from workato_emulator.doors.scim.routes import Routes
from workato_emulator.doors.scim.showing import UserShown, show
from workato_emulator.http.answers import empty
from workato_emulator.http.values import Headers
from workato_emulator.service import scim

_BY_USER_NAME = re.compile(r'\s*userName\s+eq\s+("(?:[^"\\]|\\.)*")\s*', re.IGNORECASE)
"""Nearly every filter that an identity provider sends."""


def listing(call: ScimCall) -> Response:
    projection = Projection.of(call.query)
    found = _sought(call)
    if call.query.get("sortBy") and call.assumed.scim_sort == "served":
        found = _sorted(call, found)
    return call.answer(page(found, call.query, call.assumed, lambda each: projection.of_user(_show(call, each))))


def one(call: ScimCall) -> Response:
    person = scim.one(call.work, call.workspace, call.path["id"])
    shown = _show(call, person)
    version = shown.meta.version
    if isinstance(version, str) and _names(call.if_none_match, version):
        return Response(None, 304, {"ETag": version})
    return call.answer(Projection.of(call.query).of_user(shown), 200, _etag(shown))


def create(call: ScimCall) -> Response:
    projection = Projection.of(call.query)
    made = scim.create(call.work, call.workspace_id, read_user(call.body, call.assumed))
    shown = _show(call, made)
    return call.answer(projection.of_user(shown), 201, {"Location": shown.meta.location, **_etag(shown)})


def replace(call: ScimCall) -> Response:
    projection = Projection.of(call.query)
    before = _to_be_changed(call)
    written = read_user(call.body, call.assumed, before)
    return _changed(call, projection, scim.update(call.work, call.workspace_id, call.path["id"], written))


def patch(call: ScimCall) -> Response:
    projection = Projection.of(call.query)
    before = _to_be_changed(call)
    written = read_patch(call, before)
    after = scim.update(call.work, call.workspace_id, call.path["id"], written)
    if call.assumed.scim_patch_answer == "204" and projection.is_whole:
        return empty()
    return _changed(call, projection, after)


def delete(call: ScimCall) -> Response:
    if call.assumed.scim_delete in {"405", "501"}:
        raise NotServed(int(call.assumed.scim_delete), "users are not deleted: deactivate the user instead")
    _to_be_changed(call)
    scim.delete(call.work, call.workspace_id, call.path["id"])
    return empty()


def _sought(call: ScimCall) -> Sequence[Provisioned]:
    """The people that a list is asked for, in its order."""
    text = call.query.get("filter")
    if text is None:
        return call.listed.of(call.work, call.workspace)
    by_name = _BY_USER_NAME.fullmatch(text)
    if by_name is not None:
        try:
            user_name: str = decode(by_name[1], type=str)
        except DecodeError:
            user_name = ""
        if user_name:
            found = people.person_called(call.workspace, user_name, call.assumed)
            return () if found is None else (found,)
    from workato_emulator.doors.scim.filters import matching  # needs the library

    return matching(call, text)


_SORTED_BY: Mapping[str, Callable[[Provisioned], Any]] = {
    "username": lambda each: each.member.email.lower(),
    "displayname": lambda each: each.member.name.lower(),
    "name.formatted": lambda each: each.member.name.lower(),
    "active": lambda each: each.active,
    "id": lambda each: each.member.id,
    "meta.created": lambda each: each.created_at,
    "meta.lastmodified": lambda each: each.updated_at,
}


def _sorted(call: ScimCall, found: Sequence[Provisioned]) -> Sequence[Provisioned]:
    """As `sortBy` and `sortOrder` say (RFC 7644, section 3.4.2.3); by an unknown attribute, as they were."""
    by = _SORTED_BY.get(str(call.query.get("sortBy")).lower())
    if by is None:
        return found
    return sorted(found, key=by, reverse=str(call.query.get("sortOrder")).lower() == "descending")


def _to_be_changed(call: ScimCall) -> Provisioned:
    """The person that a request is about, in the version that it names. Raises `UserNotFound` or `Stale`."""
    person = scim.one(call.work, call.workspace, call.path["id"])
    if call.if_match is not None and call.assumed.scim_etag == "weak":
        version = _show(call, person).meta.version
        if isinstance(version, str) and not _names(call.if_match, version):
            raise Stale
    return person


def _names(condition: str | None, version: str) -> bool:
    """Whether a condition names this version: by a star, or in a list, weak or not (RFC 9110, 8.8.3.2 and 13.1)."""
    named = [each.strip().removeprefix("W/") for each in (condition or "").split(",")]
    return "*" in named or version.removeprefix("W/") in named


def _changed(call: ScimCall, projection: Projection, person: Provisioned) -> Response:
    shown = _show(call, person)
    return call.answer(projection.of_user(shown), 200, _etag(shown))


def _show(call: ScimCall, person: Provisioned) -> UserShown:
    return show(call.workspace, person, call.base, call.assumed)


def _etag(shown: UserShown) -> Headers:
    version = shown.meta.version
    return {"ETag": version} if isinstance(version, str) else {}


ROUTES: Routes = (
    ("GET", "/Users", "listScimUsers", listing),
    ("POST", "/Users", "createScimUser", create),
    ("GET", "/Users/{id}", "getScimUser", one),
    ("PUT", "/Users/{id}", "replaceScimUser", replace),
    ("PATCH", "/Users/{id}", "patchScimUser", patch),
    ("DELETE", "/Users/{id}", "deleteScimUser", delete),
)
