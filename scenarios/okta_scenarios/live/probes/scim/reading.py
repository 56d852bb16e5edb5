"""Probes of SCIM that only read (S1 to S4 of the plan): safe in any workspace."""

import re

from okta_scenarios.live.probes.answers import Answers, Check, both, has, kind_at, lacks, refused, rows, status, well
from okta_scenarios.live.probes.model import Kind, Need, Probe, Reading, needing, read
from okta_scenarios.live.probes.scim.steps import ROLE, ask, earlier, listed

_MOST = 1_000
"""A page that holds more holds any number."""
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_NOT_THERE = status(401, 403, 404, 501)


def _page_max_is(most: int) -> Check:
    return lambda answers: answers.at("filter.maxResults") == most


def _any_number(answers: Answers) -> bool:
    most = answers.at("filter.maxResults")
    return isinstance(most, int) and most > _MOST


def _ids(answers: Answers) -> tuple[str, str] | None:
    """SCIM's id and the collaborator's, of the first person whom both doors show."""
    members = answers.at("data", "members")
    numbers = {str(each.get("email")).lower(): str(each.get("id")) for each in members or () if isinstance(each, dict)}
    both_ids = ((str(each.get("id")), numbers.get(str(each.get("userName")).lower())) for each in listed(answers))
    return next(((id_, number) for id_, number in both_ids if number is not None), None)


def _same_id(answers: Answers) -> bool:
    ids = _ids(answers)
    return ids is not None and ids[0] == ids[1]


def _uuid(answers: Answers) -> bool:
    ids = _ids(answers)
    return ids is not None and _UUID.fullmatch(ids[0]) is not None


def _with_roles(answers: Answers) -> bool:
    return any(ROLE in each for each in listed(answers))


def _names(answers: Answers, step: str | None = None) -> list[str]:
    return [str(each.get("userName")).lower() for each in listed(answers, step)]


def _in_order(answers: Answers) -> bool:
    """Whether it is the other way round when it is asked for the other way round."""
    upward = _names(answers, "ascending")
    return upward == sorted(upward) and _names(answers) == upward[::-1]


def _both_listed(answers: Answers) -> bool:
    """A whole list of at least two, or its beginning would be another one."""
    return well(answers) and len(set(_names(answers))) > 1 and answers.at("totalResults") == len(_names(answers))


def _tagged(answers: Answers) -> bool:
    return "etag" in answers.now.headers


def _has_groups(answers: Answers) -> bool:
    return bool(answers.at("data", "groups"))


READING = (
    Probe(
        "scim-discovery",
        Kind.READ,
        (
            ask(
                "config",
                "/ServiceProviderConfig",
                reads=(
                    Reading("scim_discovery", {"served": status(200), "404": status(404), "401": status(401)}),
                    Reading(
                        "scim_page_max",
                        {**{each: _page_max_is(int(each)) for each in ("100", "200", "1000")}, "none": _any_number},
                        when=both(well, has("filter.maxResults")),
                    ),
                ),
            ),
            ask("types", "/ResourceTypes"),
            ask("schemas", "/Schemas"),
            ask("config-openly", "/ServiceProviderConfig", client="anonymous"),
            ask(
                "schemas-openly",
                "/Schemas",
                client="anonymous",
                reads=(
                    Reading(
                        "scim_discovery_open",
                        {
                            "config_only": both(earlier("config-openly", 200), status(401, 403)),
                            "none": both(earlier("config-openly", 401, 403), status(401, 403)),
                        },
                        when=earlier("config", 200),
                    ),
                ),
            ),
        ),
        needing(Need.SCIM),
    ),
    Probe(
        "scim-users",
        Kind.READ,
        (
            read("members", "/api/members"),
            ask(
                "users",
                "/Users",
                query={"startIndex": 1, "count": 100},
                keeps={"user": "Resources.0.id"},
                reads=(
                    Reading(
                        "scim_base_url",
                        {
                            "data_center": lambda answers: answers.known["scim_is_at"] == "own",
                            "us_only": lambda answers: answers.known["scim_is_at"] == "us",
                        },
                        when=lambda answers: well(answers) and answers.known.get("scim_is_at") is not None,
                    ),
                    Reading(
                        "scim_token_format",
                        {
                            "jwt": lambda answers: answers.known["scim_bearer"] == "jwt",
                            "opaque": lambda answers: answers.known["scim_bearer"] == "opaque",
                        },
                        when=well,
                    ),
                    Reading(
                        "scim_id",
                        {
                            "collaborator": _same_id,
                            "uuid": _uuid,
                            "membership": lambda answers: not _same_id(answers) and not _uuid(answers),
                        },
                        when=lambda answers: _ids(answers) is not None,
                    ),
                    Reading(
                        "scim_roles_returned",
                        {"yes": _with_roles, "no": lambda answers: not _with_roles(answers)},
                        when=rows("Resources"),
                    ),
                ),
            ),
            ask(
                "user",
                "/Users/$user",
                reads=(
                    Reading(
                        "scim_etag",
                        {
                            "weak": _tagged,
                            "off": lambda answers: not _tagged(answers) and lacks("meta.version")(answers),
                        },
                        when=well,
                    ),
                ),
            ),
            ask("ascending", "/Users", query={"sortBy": "userName", "sortOrder": "ascending", "count": 100}),
            ask(
                "descending",
                "/Users",
                query={"sortBy": "userName", "sortOrder": "descending", "count": 100},
                reads=(
                    Reading(
                        "scim_sort",
                        {
                            "served": _in_order,
                            "ignored": lambda answers: _names(answers) == _names(answers, "ascending"),
                        },
                        when=_both_listed,
                    ),
                ),
            ),
        ),
        needing(Need.SCIM),
    ),
    Probe(
        "scim-filters",
        Kind.READ,
        (
            ask(
                "active",
                "/Users",
                query={"filter": "active eq true", "count": 2},
                reads=(Reading("scim_filter_support", {"full": well, "username_eq_only": refused}),),
            ),
            ask(
                "colour",
                "/Users",
                query={"filter": 'favouriteColour eq "red"', "count": 2},
                reads=(
                    Reading(
                        "scim_filter_unknown_attribute",
                        {
                            "400": status(400),
                            "no_hits": lambda answers: well(answers) and answers.at("totalResults") == 0,
                        },
                        when=earlier("active", 200),
                    ),
                ),
            ),
        ),
        needing(Need.SCIM),
    ),
    Probe(
        "scim-edges",
        Kind.READ,
        (
            read("groups", "/api/user_groups"),
            ask(
                "scim-groups",
                "/Groups",
                query={"count": 2},
                reads=(
                    Reading(
                        "scim_groups",
                        {
                            "absent": _NOT_THERE,
                            "served": both(well, rows("Resources")),
                            "empty_list": both(well, lambda answers: answers.at("totalResults") == 0),
                        },
                        when=_has_groups,
                    ),
                ),
            ),
            ask("me", "/Me", reads=(Reading("scim_me", {"501": status(501), "404": status(404)}),)),
            ask(
                "no-user",
                "/Users/999999999",
                reads=(
                    Reading(
                        "scim_status_type",
                        {"string": kind_at("status", str), "number": kind_at("status", int)},
                        when=both(status(404), has("status")),
                    ),
                ),
            ),
            ask(
                "wrong-token",
                "/Users",
                query={"count": 1},
                headers={"Authorization": "Bearer zz-probe-no-token"},
                reads=(
                    Reading(
                        "scim_unauthorized_body",
                        {"scim": has("schemas"), "workato": both(lacks("schemas"), has("message"))},
                        when=status(401),
                    ),
                ),
            ),
            ask(
                "developer-token",
                "/Users",
                query={"count": 1},
                client="full",
                reads=(
                    Reading(
                        "scim_token_separation",
                        {"separate": status(401, 403), "developer_token_works": well},
                    ),
                ),
            ),
        ),
        needing(Need.SCIM),
        note="The API client's token is shown to SCIM, too, which is the same host or another of Workato's.",
    ),
)
