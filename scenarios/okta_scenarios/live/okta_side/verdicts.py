"""Which requests tell one value of a switch from another.

Each function reads the requests of one app in their order and yields the exchange that tells, with the value that it
shows. What no request can tell stays out: an administrator's screen, or that something is not sent for all time.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any, TypeAlias

from okta_connector.folding import fold
from okta_scenarios.live.exchange import NEITHER
from okta_scenarios.live.okta_side.turns import WRITES, Turn

EMPTIED, RETRIED = "zz-empty", "zz-retry"
"""Values that the person at Okta gives an attribute: no request says what was edited, and when."""
CUSTOM, CATALOGUE = "custom", "catalogue"
_TOO_MANY = 429
_OK, _FIRST_OF_THE_SERVER = 200, 500
_SOON = timedelta(hours=1)
_LATE = timedelta(hours=7)

Told: TypeAlias = Iterator[tuple[Turn, str]]
Witness: TypeAlias = Callable[[Sequence[Turn], str], Told]


def app_kind(said: Sequence[Turn], app: str) -> Told:
    """A PATCH of a user, or a PUT that deactivates one. Which kind of app it is, only its admin can say."""
    for each in said:
        if each.kind == "Users" and each.method == "PATCH":
            yield each, "catalogue_patch" if app == CATALOGUE else NEITHER
        elif each.kind == "Users" and each.method == "PUT" and each.active is False:
            yield each, "catalogue_put" if app == CATALOGUE else "custom"


def link_reads_by_id(said: Sequence[Turn], _: str) -> Told:
    """What follows a look-up that found one user."""
    for _look_up, first in _links(said):
        yield first, "yes" if first.method == "GET" else "no"


def link_activation(said: Sequence[Turn], _: str) -> Told:
    """The first write to somebody who was found inactive, of an app that sends PATCH."""
    if not any(each.kind == "Users" and each.method == "PATCH" for each in said):
        return
    for look_up, first in _links(said):
        if look_up.found[0].get("active") is False:
            write = next((each for each in said[first.n :] if each.is_about(first.id) and each.method in WRITES), None)
            if write is not None and write.active is True:
                yield write, "patch" if write.method == "PATCH" else "with_profile"


def several_hits(said: Sequence[Turn], _: str) -> Told:
    """What follows a look-up that found several users. That nothing does, shows only when something else follows."""
    for each in said:
        names = {str(row.get("id")): fold(str(row.get("userName", ""))) for row in each.found}
        if len(names) > 1 and each.n + 1 < len(said):
            write = next((later for later in said[each.n + 1 :] if later.kind == "Users" and later.id in names), None)
            if write is None:
                yield each, "fails"
            else:
                yield write, "same_username" if names[write.id] == each.looked_up else NEITHER


def email_type(said: Sequence[Turn], _: str) -> Told:
    """The email of a creation."""
    for each in said:
        emails = each.body.get("emails") if _creates(each) else None
        if isinstance(emails, list) and emails and isinstance(emails[0], Mapping):
            yield each, {"work": "work", None: "absent"}.get(emails[0].get("type"), NEITHER)


def empty_attributes(said: Sequence[Turn], _: str) -> Told:
    """A PUT over a user that has an attribute with the value `zz-empty`, which was emptied in Okta since."""
    for before, each in pairwise(said):
        if each.kind == "Users" and each.method == "PUT" and before.method == "GET":
            rows = before.found or (before.answer,)
            for name, value in next((row for row in rows if row.get("id") == each.id), {}).items():
                if value == EMPTIED:
                    yield from ((each, found) for found in _emptied(each.body, name))


def _emptied(body: Mapping[str, Any], name: str) -> Iterator[str]:
    if name not in body:
        yield "absent"
    elif body[name] == EMPTIED:
        yield "echoed"
    elif not body[name]:
        yield NEITHER


def create_answer(said: Sequence[Turn], _: str) -> Told:
    """What follows a creation that was answered with 200 and the user."""
    for each in said:
        id_ = each.answer.get("id")
        if _creates(each) and each.status == _OK and isinstance(id_, str):
            later = (after for after in said[each.n + 1 :] if after.is_about(id_) or after.looked_up == each.user_name)
            then = next(later, None)
            if then is not None:
                yield then, "only_201" if then.looked_up else "any_success"


def reactivation(said: Sequence[Turn], _: str) -> Told:
    """Whether a look-up finds somebody between the write that deactivates and the one that activates."""
    left: dict[str, bool] = {}
    for each in said:
        for row in each.found:
            left |= {row["id"]: True} if row.get("id") in left else {}
        if each.kind == "Users" and each.method in WRITES and not each.failed:
            if each.active is False:
                left[each.id] = False
            elif each.active is True and each.id in left:
                yield each, "look_up" if left.pop(each.id) else "known_id"


def group_reads_before_put(said: Sequence[Turn], _: str) -> Told:
    """A PUT of a group's members. The first one and a new name are left out: a GET precedes them in any case."""
    read: set[str] = set()
    names: dict[str, object] = {}
    for each in said:
        if each.kind == "Groups" and each.method == "GET":
            read.add(each.id)
        elif each.kind == "Groups" and each.method == "PUT":
            name = each.body.get("displayName")
            if names.get(each.id) == name and name is not None:
                yield each, "yes" if each.id in read else "no"
            names[each.id] = name
            read.discard(each.id)


def import_user_schema(said: Sequence[Turn], app: str) -> Told:
    """A custom app asks for the schema. That one never does shows in no request."""
    yield from ((each, "yes") for each in said if each.kind == "Schemas" and app == CUSTOM)


def retry(said: Sequence[Turn], _: str) -> Told:
    """A creation again that was refused before an attribute with the value `zz-retry` was there to be sent."""
    for each in said:
        if not (_creates(each) and each.failed and each.status != _TOO_MANY) or _marked(each):
            continue
        later = [after for after in said[each.n + 1 :] if after.user_name == each.user_name]
        again = next((after for after in later if _creates(after)), None)
        if again is not None and _marked(again):
            yield again, "current"
        elif again is not None and any(_marked(after) for after in later):
            yield again, "snapshot"


def _marked(turn: Turn) -> bool:
    return RETRIED in turn.body.values()


def rate_limit_retry(said: Sequence[Turn], _: str) -> Told:
    """Whether what was answered 429 comes again within the hour."""
    for each in said:
        if each.status == _TOO_MANY:
            again = _again(said, each)
            if again is not None and again.at - each.at <= _SOON:
                yield again, "backs_off"
            elif said[-1].at - each.at > _SOON:
                yield each, "fails"


def group_push_retry(said: Sequence[Turn], _: str) -> Told:
    """When a push of a group comes again that the server failed at."""
    for each in said:
        if each.kind == "Groups" and each.method in WRITES and each.status >= _FIRST_OF_THE_SERVER:
            again = _again(said, each)
            gap = None if again is None else again.at - each.at
            if again is not None and gap is not None:
                yield again, next((value for value, least, most in _WAITS if least <= gap <= most), NEITHER)
            elif said[-1].at - each.at > _LATE:
                yield each, "never"


_WAITS = (
    ("hourly", timedelta(minutes=50), timedelta(minutes=90)),
    ("after_six_hours", timedelta(hours=5, minutes=30), _LATE),
)


def _again(said: Sequence[Turn], turn: Turn) -> Turn | None:
    return next((after for after in said[turn.n + 1 :] if after.repeats(turn)), None)


def _creates(turn: Turn) -> bool:
    return turn.kind == "Users" and turn.method == "POST"


def _links(said: Sequence[Turn]) -> Iterator[tuple[Turn, Turn]]:
    """Each look-up that found one user, with the first request about that user."""
    for each in said:
        if len(each.found) == 1:
            id_ = str(each.found[0].get("id"))
            later = (after for after in said[each.n + 1 :] if after.is_about(id_) or after.looked_up == each.looked_up)
            first = next(later, None)
            if first is not None and not first.looked_up:
                yield each, first


WITNESSES: Mapping[str, Witness] = {
    "okta_retry": retry,
    "okta_app_kind": app_kind,
    "okta_link_reads_by_id": link_reads_by_id,
    "okta_link_activation": link_activation,
    "okta_several_hits": several_hits,
    "okta_email_type": email_type,
    "okta_empty_attributes": empty_attributes,
    "okta_create_answer": create_answer,
    "okta_reactivation": reactivation,
    "okta_group_reads_before_put": group_reads_before_put,
    "okta_import_user_schema": import_user_schema,
    "rate_limit_retry": rate_limit_retry,
    "group_push_retry": group_push_retry,
}
"""By the assumption that they speak of."""
