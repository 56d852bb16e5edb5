"""Whatever somebody is called or sends is text on every page, in every list, attribute and event."""

from typing import Any

import pytest

from workato_emulator import Emulator

from .looking import HOME, Looker, Page, button

SCRIPT = "<script>alert(1)</script>"
HOSTILE = f"\"'>{SCRIPT}{{{{9*'x'}}}}&lt;\u202e\x1b[31m"
EMAIL = "\"'><script>alert(1)</script>@x.test"


def _hostile() -> Emulator:
    """A world in which everything that may be named is called like that."""
    person = {"name": HOSTILE, "email": EMAIL, "roles": {"dev": HOSTILE}}
    invited = {"name": HOSTILE, "email": f"i{EMAIL}", "roles": {"dev": HOSTILE}, "groups": [HOSTILE]}
    return Emulator(
        {
            "workspaces": {
                "acme": {
                    "name": HOSTILE,
                    "owner": {"name": HOSTILE, "email": f"o{EMAIL}"},
                    "environments": ["dev", HOSTILE],
                    "roles": [{"name": HOSTILE}],
                    "groups": [{"name": HOSTILE, "description": HOSTILE}],
                    "collaborators": [person | {"groups": [HOSTILE]}],
                    "invitations": [invited],
                    "api_clients": [{"name": HOSTILE, "token": "acme-okta"}],
                }
            }
        }
    )


def _ask_hostile_things(emulator: Emulator) -> None:
    client = emulator.client("acme")
    client.get(f"/api/members/{SCRIPT}", params={HOSTILE: HOSTILE})
    client.get(f"/api/{SCRIPT}")
    client.request("PUT\"'><B>", "/api/members")
    client.post("/api/member_invitations", json={"name": HOSTILE, "email": f"n{EMAIL}", HOSTILE: HOSTILE})
    client.post("/api/member_invitations", content=HOSTILE.encode("utf-16"), headers={"content-type": HOSTILE[:20]})
    roles = [{"environment_type": HOSTILE, "name": HOSTILE, "role_type": "environment"}]
    client.post("/api/member_invitations", json={"name": HOSTILE, "email": f"n{EMAIL}", "env_roles": roles})
    emulator.control.put(f"/workspaces/acme/collaborators/{EMAIL.replace('/', '%2F')}/roles", json={"roles": {}})


def _must_be_harmless(html: str) -> None:
    assert SCRIPT not in html
    assert 9 * "x" not in html
    page = Page.of(html)
    assert "\x1b" not in page.text
    assert "\u202e" not in page.text
    for tag, attributes in page.tags:
        assert tag.isalnum(), tag
        assert tag != "script" or attributes == {"src": "/_emulator/look/live.js", "defer": ""}
        assert not any(name.startswith("on") or not name.replace("-", "").isalnum() for name in attributes), attributes
        assert "style" not in attributes


def _pages(looker: Looker) -> list[str]:
    """Every page that can be reached by links from the three sections."""
    seen: dict[str, str] = {}
    waiting = [HOME, f"{HOME}requests", f"{HOME}world", f"{HOME}?search={EMAIL}", f"{HOME}requests?person={EMAIL}"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        answer = looker.client.get(path)
        seen[path] = answer.text
        assert answer.status_code == 200, path
        links = Page.of(answer.text).links.values()
        waiting += [each for each in links if each.startswith(HOME) and "#" not in each and "/rules/" not in each]
    return list(seen.values())


def test_names_are_text_on_every_page() -> None:
    """People, groups, environments, roles, clients, paths, queries and bodies."""
    emulator = _hostile()
    _ask_hostile_things(emulator)
    pages = _pages(Looker(emulator))

    assert len(pages) > 12
    assert sum("&lt;script&gt;" in each for each in pages) > 8
    for each in pages:
        _must_be_harmless(each)


def test_names_are_text_in_what_an_act_says() -> None:
    """Also where the control plane repeats them."""
    looker = Looker(_hostile())
    page = looker.open()
    accept = button(page, "Accept")

    for fields in ({}, {"invitation": HOSTILE}, {"workspace": HOSTILE}, {"email": HOSTILE}):
        answer = looker.answer(accept, None, **fields)
        assert answer.status_code == 200
        _must_be_harmless(answer.text)


def test_names_are_text_in_what_is_not_found() -> None:
    """A page that is not there repeats what was asked for."""
    looker = Looker(_hostile())

    for path in (f"?workspace={SCRIPT}", f"requests/{SCRIPT}", f"look/{SCRIPT}", f"workspaces/acme/people/{SCRIPT}"):
        answer = looker.client.get(HOME + path)
        assert answer.status_code == 404
        _must_be_harmless(answer.text)


def test_names_are_text_in_what_comes_live() -> None:
    """An event's lines are its own: nothing that was sent ends one."""
    emulator = _hostile()
    _ask_hostile_things(emulator)
    events = Looker(emulator).client.get(f"{HOME}requests/live?after=0").text

    _must_be_harmless("".join(line.removeprefix("data: ") for line in events.splitlines() if line.startswith("data")))
    assert {line.partition(":")[0] for line in events.splitlines() if line} == {"retry", "id", "data"}


def test_an_act_reaches_whoever_it_is_about() -> None:
    """What a page shows as an escape is sent as it was."""
    email = "a\u200b\u202eb@example.test"
    seed: dict[str, Any] = {"workspaces": {"acme": {"collaborators": [{"name": "A", "email": email}]}}}
    emulator = Emulator(seed)
    looker = Looker(emulator)
    page = looker.open(looker.open().links["A"])
    assert "a\\u200b\\u202eb@example.test" in page.text

    looker.send(button(page, "Remove"))

    assert emulator.export()["workspaces"]["acme"]["collaborators"] == []


@pytest.mark.parametrize("name", ["\ud800", "a\udfffb"])
def test_half_a_character_breaks_no_page(name: str) -> None:
    """JSON can hold one; a page cannot, and shows its number."""
    emulator = Emulator({"workspaces": {"acme": {"api_clients": [{"name": "okta", "token": "acme-okta"}]}}})
    body = f'{{"name": "{name.encode("unicode_escape", "surrogatepass").decode()}", "email": "a@b.test"}}'
    emulator.client("acme").post("/api/member_invitations", content=body.encode())
    looker = Looker(emulator)

    assert looker.client.get(f"{HOME}requests").status_code == 200
    assert looker.client.get(f"{HOME}requests/1").status_code == 200
