"""What Okta's specification suite asks of a server before an app is published: twelve requests, in our own words."""

from typing import Any

from okta_connector.scim.client import resource_path
from okta_connector.scim.values import CORE_USER, ERROR, LIST_RESPONSE
from okta_scenarios.okta_play.judging import as_list, is_number
from okta_scenarios.okta_play.recording import Exchange
from okta_scenarios.okta_play.session import Player, filter_by

NO_ID = "010101001010101011001010101011"
ANOTHER = "00919288221112222"


def spec(player: Player) -> None:
    """Send the twelve requests one after the other."""
    address = f"{player.prefix}spec@{player.domain}"
    body: dict[str, Any] = {
        "schemas": [CORE_USER],
        "userName": address,
        "name": {"givenName": "Spec", "familyName": "Play"},
        "emails": [{"primary": True, "value": address, "type": "work"}],
        "displayName": "Spec Play",
        "active": True,
    }
    send = player.send
    first = send("GET", "/Users?count=1&startIndex=1")
    _a_page(player, first)
    known = _first_id(first)
    if known is not None:
        read = send("GET", resource_path("Users", known))
        player.say("SAME-ID", _of(read, "id") == known, f"id is {_of(read, 'id')!r}", read)
    for unknown in (f"abcdefgh-{address}", address):
        _absent(player, send("GET", filter_by(unknown)))
    _unknown(player, send("GET", f"/Users/{NO_ID}"))
    created = send("POST", "/Users", body, media_type="application/json")
    _created(player, created, address)
    made = _of(created, "id")
    if isinstance(made, str):
        read = send("GET", resource_path("Users", made))
        player.say("KEPT", _of(read, "userName") == address, f"userName is {_of(read, 'userName')!r}", read)
    again = send("POST", "/Users", body, media_type="application/json")
    player.say("UNIQUE", again.status == 409, f"answered {again.status}", again)  # noqa: PLR2004 - a conflict
    player.say("UNIQUENESS", _of(again, "scimType") == "uniqueness", f"scimType is {_of(again, 'scimType')!r}", again)
    upper = send("GET", filter_by(address.upper()))
    found = [str(row.get("userName", "")).casefold() for row in as_list(_of(upper, "Resources"))]
    player.say("CASE", found == [address], f"{len(found)} users were found", upper)
    if player.with_groups:
        groups = send("GET", "/Groups")
        player.say("GROUPS", groups.said_yes, f"answered {groups.status}", groups)
    refused = send("GET", filter_by(address), authorization="non-token")
    said = refused.status == 401 and bool(_of(refused, "detail"))  # noqa: PLR2004 - no valid token
    player.say("TOKEN", said, f"answered {refused.status}, detail {_of(refused, 'detail')!r}", refused)
    _unknown(player, send("GET", f"/Users/{ANOTHER}"))


def _a_page(player: Player, page: Exchange) -> None:
    body = page.body if isinstance(page.body, dict) else {}
    numbers = all(is_number(body.get(key)) for key in ("totalResults", "startIndex", "itemsPerPage"))
    player.say("LIST", page.said_yes and numbers, f"answered {page.status}, paging is not made of numbers", page)


def _absent(player: Player, page: Exchange) -> None:
    total = _of(page, "totalResults")
    listed = LIST_RESPONSE in as_list(_of(page, "schemas"))
    player.say("ABSENT", page.said_yes and listed and total == 0, f"answered {page.status}, total {total!r}", page)


def _unknown(player: Player, answer: Exchange) -> None:
    whole = ERROR in as_list(_of(answer, "schemas")) and bool(_of(answer, "detail"))
    right = answer.status == 404 and whole  # noqa: PLR2004 - not found
    player.say("UNKNOWN", right, f"answered {answer.status}, detail {_of(answer, 'detail')!r}", answer)


def _created(player: Player, answer: Exchange, address: str) -> None:
    made = _of(answer, "id")
    whole = answer.said_yes and isinstance(made, str) and bool(made)
    player.say("CREATED", whole, f"answered {answer.status}, id {made!r}", answer)
    if not whole:
        return
    player.say("CREATED-201", answer.status == 201, f"answered {answer.status}", answer)  # noqa: PLR2004 - created
    player.say("KEPT", _of(answer, "active") is True, f"active is {_of(answer, 'active')!r}", answer)
    player.say("KEPT", str(_of(answer, "userName")) == address, f"userName is {_of(answer, 'userName')!r}", answer)
    meta = _of(answer, "meta")
    inside = meta.get("location") if isinstance(meta, dict) else None
    outside = answer.headers.get("location")
    same = outside is not None and inside == outside
    player.say("LOCATION", same, f"Location is {outside!r}, meta.location is {inside!r}", answer)


def _first_id(page: Exchange) -> str | None:
    rows = as_list(_of(page, "Resources"))
    found = rows[0].get("id") if rows and isinstance(rows[0], dict) else None
    return found if isinstance(found, str) else None


def _of(answer: Exchange, key: str) -> Any:  # noqa: ANN401 - whatever JSON the server sends
    return answer.body.get(key) if isinstance(answer.body, dict) else None
