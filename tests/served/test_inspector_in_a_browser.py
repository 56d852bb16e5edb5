"""The inspector in a real browser: every act is clicked, what comes live comes, and no policy is broken."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from ..browsing import chromium
from .serving import BOUND, serving

pytestmark = [pytest.mark.browser, pytest.mark.socket]
TOKEN = {"Authorization": "Bearer acme-okta"}
SEED = """
workspaces:
  acme:
    collaborators:
      - {name: Ada, email: ada@example.test, roles: {dev: Environment admin}}
      - {name: Ben, email: ben@example.test, roles: {dev: Member}}
    invitations:
      - {name: Cy, email: cy@example.test, roles: {dev: Member}}
    api_clients: [{name: okta, token: acme-okta}]
"""
Driver = Any
"""Selenium's, which is imported where there is a browser."""


@pytest.fixture(name="driver", scope="module")
def _driver(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Driver]:
    yield from chromium(tmp_path_factory.mktemp("profile"), request.config)


@pytest.fixture(name="url", scope="module")
def _url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    seed = tmp_path_factory.mktemp("seed") / "seed.yaml"
    seed.write_text(SEED)
    with serving("--seed", str(seed), bound=300) as served:
        yield served.url


@pytest.fixture(name="visitor")
def _visitor(driver: Driver, url: str) -> Iterator["Visitor"]:
    """At the start of the world. Afterwards the browser has complained of nothing."""
    httpx.post(f"{url}/_emulator/v1/reset").raise_for_status()
    driver.get_log("browser")
    visitor = Visitor(driver, url)
    visitor.size(1280, 900)
    yield visitor
    assert [each["message"] for each in driver.get_log("browser")] == []


class Visitor:
    """Somebody at a browser."""

    def __init__(self, driver: Driver, url: str) -> None:
        self.driver = driver
        self.url = url

    def open(self, path: str = "") -> "Visitor":
        self.driver.get(f"{self.url}/_emulator/{path}")
        return self

    def size(self, width: int, height: int) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def one(self, css: str) -> Driver:
        return self.driver.find_element("css selector", css)

    def click(self, label: str, within: str = "main") -> "Visitor":
        """The button or link that begins like this, in the first place that has one."""
        for place in self.driver.find_elements("css selector", within):
            for each in place.find_elements("css selector", "button, a, summary"):
                if each.text.strip().startswith(label):
                    self._click(each)
                    return self
        raise AssertionError(f"nothing here says {label!r}: {self.text}")

    def _click(self, each: Driver) -> None:
        """And wait for the page that follows, where one does."""
        from selenium.common.exceptions import WebDriverException
        from selenium.webdriver.support.expected_conditions import staleness_of
        from selenium.webdriver.support.wait import WebDriverWait

        leads_on = self.driver.execute_script("return arguments[0].matches('a') || !!arguments[0].form", each)
        page = self.one("html")
        each.click()
        if leads_on:
            # between two pages the driver may know an element no more and not yet say that it is stale
            between = (WebDriverException,)
            WebDriverWait(self.driver, BOUND, 0.02, ignored_exceptions=between).until(staleness_of(page))

    def choose(self, name: str, value: str, within: str = "main") -> "Visitor":
        self.one(f"{within} select[name='{name}'] option[value='{value}']").click()
        return self

    def type(self, name: str, text: str) -> "Visitor":
        field = self.one(f"input[name='{name}']")
        field.clear()
        field.send_keys(text)
        return self

    @property
    def text(self) -> str:
        text: str = self.one("main").text
        return text

    @property
    def said(self) -> str:
        """What the last act came to."""
        said: str = self.one(".said").text
        return said

    def runs(self, script: str) -> Any:  # noqa: ANN401  (whatever the page answers)
        return self.driver.execute_script(f"return {script}")

    def waits_for(self, condition: str) -> None:
        """Until this is true on the page; it is told of every change there."""
        self.driver.set_script_timeout(BOUND)
        self.driver.execute_async_script(
            f"""
            const done = arguments[0], look = () => ({condition}) && (watcher.disconnect(), done());
            const watcher = new MutationObserver(look);
            const what = {{subtree: true, childList: true, attributes: true, characterData: true}};
            watcher.observe(document.documentElement, what);
            look();
            """
        )


def _invite(url: str, email: str) -> int:
    role = {"environment_type": "dev", "name": "Member", "role_type": "environment"}
    body = {"name": "New", "email": email, "env_roles": [role]}
    return httpx.post(f"{url}/api/member_invitations", json=body, headers=TOKEN).status_code


# People


@pytest.mark.parametrize(
    ("label", "said", "waiting"),
    [
        ("Accept", "cy@example.test accepted the invitation.", False),
        ("Decline", "cy@example.test declined the invitation.", False),
        ("Cancel", "The invitation of cy@example.test is cancelled.", False),
        ("Expire", "The invitation of cy@example.test has expired.", True),
    ],
)
def test_an_invitation_is_answered(visitor: Visitor, label: str, said: str, *, waiting: bool) -> None:
    """From the bare address it is one click."""
    visitor.driver.get(visitor.url)
    visitor.click(label, ".card")

    assert visitor.said == said
    assert (len(visitor.driver.find_elements("css selector", ".card")) == 1) is waiting
    assert ("cy@example.test" in visitor.one("table").text) is (label == "Accept")


def test_people_are_searched_and_looked_at(visitor: Visitor) -> None:
    """From the list to a person, whose roles are changed and who is removed."""
    visitor.open().type("search", "BEN").click("Show")
    assert "ada@example.test" not in visitor.text

    visitor.click("Ben", "table").choose("role-in-prod", "Member").click("Change roles")
    assert visitor.said == "ben@example.test has these roles now."
    visitor.click("Remove from acme").click("Remove", "details form")
    assert visitor.said == "ben@example.test is no longer a collaborator."


# Requests


def test_requests_come_by_themselves(visitor: Visitor) -> None:
    """While the page is open, newest first; not while it is paused."""
    visitor.open("requests")
    visitor.waits_for("document.getElementById('live-state').textContent.includes('by themselves')")
    _invite(visitor.url, "new@example.test")
    _invite(visitor.url, "new@example.test")
    visitor.waits_for("document.querySelectorAll('#entries > li').length === 2")
    rows = [each.text for each in visitor.driver.find_elements("css selector", "#entries > li")]
    assert [row.split("\n")[0] for row in rows] == ["429", "200"]
    assert "refused by INV-6" in rows[0]

    visitor.click("Pause")
    _invite(visitor.url, "new@example.test")
    visitor.click("Go on")
    visitor.waits_for("document.querySelectorAll('#entries > li').length === 3")
    httpx.post(f"{visitor.url}/_emulator/v1/reset")
    visitor.waits_for("document.querySelectorAll('#entries > li').length === 0")


def test_a_filter_holds_for_what_comes_too(visitor: Visitor) -> None:
    """A row that is not wanted does not appear."""
    visitor.open("requests").type("status", "4xx").click("Filter")
    visitor.waits_for("document.getElementById('live-state').textContent.includes('by themselves')")
    for _ in range(2):
        _invite(visitor.url, "new@example.test")
    visitor.waits_for("document.querySelectorAll('#entries > li').length === 1")

    assert visitor.one("#entries").text.startswith("429")


def test_a_refusal_is_looked_into_and_copied(visitor: Visitor) -> None:
    """To the rule by a link, and to the clipboard by a button."""
    for _ in range(2):
        _invite(visitor.url, "new@example.test")
    visitor.open("requests").click("POST /api/member_invitations", "#entries")
    assert "Why was it refused?" in visitor.text

    visitor.driver.execute_script("navigator.clipboard.writeText = async text => { window.copied = text; }")
    for label, begins in (("Copy as curl", "curl -X POST "), ("Copy as a scenario step", "- call: inviteCollaborator")):
        visitor.click(label)
        visitor.waits_for("[...document.querySelectorAll('button')].some(each => each.textContent === 'Copied')")
        assert visitor.runs("window.copied").startswith(begins)

    visitor.click("INV-6", ".why")
    assert visitor.one("h1").text == "INV-6"


# World


@pytest.mark.long
def test_the_world_is_changed_with_clicks(visitor: Visitor) -> None:
    """Time, a rule, an assumption, a fault, a snapshot, and back to the start."""
    visitor.open("world").click("+20 min")
    assert visitor.said == "The clock moved on by 20 minutes."
    visitor.click("+1 day")
    assert visitor.said == "The clock moved on by a day."

    visitor.click(re.findall(r"\d+ rules", visitor.text)[0])
    visitor.click("Suspend", "#INV-6")
    assert visitor.said == "INV-6 no longer speaks."
    assert [_invite(visitor.url, "new@example.test") for _ in range(2)] == [200, 200]
    visitor.click("Resume", "#INV-6")
    assert visitor.said == "INV-6 speaks again."

    visitor.open("world/assumptions").choose("value", "200", "#removal_answer").click("Switch", "#removal_answer")
    assert visitor.said == "removal_answer is now 200."

    visitor.open("world").choose("operation", "listCollaborators").choose("effect", "garbage").click("Arm")
    assert visitor.said == "A fault is armed: garbage at listCollaborators."
    visitor.click("Disarm all")
    assert visitor.said == "No fault is armed."

    visitor.type("snapshot", "before").click("Take a snapshot")
    _invite(visitor.url, "later@example.test")
    visitor.click("Compare with now")
    assert "invitations[later@example.test]" in visitor.text
    visitor.open("world").click("Restore")
    assert visitor.said == "Everything is as it was at before."
    visitor.click("Delete")
    assert visitor.said == "The snapshot before is gone."

    visitor.click("Be strict").click("Be lenient").click("Go back to the start").click("Reset", "details form")
    assert visitor.said == "Everything is as it was at the start."
    assert httpx.get(f"{visitor.url}/_emulator/v1/diff").json()["same"] is True


# Who may look


def test_the_token_is_asked_for_once(driver: Driver, tmp_path: Path) -> None:
    """In a form; its cookie is no script's to read."""
    seed = tmp_path / "seed.yaml"
    seed.write_text(SEED)
    with serving("--seed", str(seed), "--control-token", "s3cret-control", bound=60) as served:
        visitor = Visitor(driver, served.url).open()
        assert visitor.one("h1").text == "Control token"
        visitor.type("token", "s3cret-control").click("Enter")
        assert visitor.one("h1").text == "People of acme"
        assert visitor.runs("document.cookie") == ""
        visitor.click("Accept", ".card")
        assert visitor.said == "cy@example.test accepted the invitation."


def test_no_other_page_can_act_or_look(visitor: Visitor, tmp_path: Path) -> None:
    """A form of a file is refused, and a frame stays empty."""
    page = tmp_path / "evil.html"
    action = f"{visitor.url}/_emulator/acts/reset"
    page.write_text(f"<form method=post action='{action}'><button>Win</button></form><iframe src='{visitor.url}'>")
    visitor.driver.get(page.as_uri())
    visitor.click("Win", "body")

    assert visitor.one("h1").text == "Not one of our pages"
    assert any("frame" in each["message"] for each in visitor.driver.get_log("browser"))


# How it looks


OTHER_PAGES = ("requests", "world", "world/assumptions", "world/differences")


@pytest.mark.parametrize(
    "path", ["", "world/rules", *(pytest.param(each, marks=pytest.mark.long) for each in OTHER_PAGES)]
)
def test_a_page_fits_a_phone_and_the_dark(visitor: Visitor, path: str) -> None:
    """Nothing is wider than the screen, and every text can be told from what is behind it."""
    visitor.size(390, 844)
    visitor.open(path)
    assert visitor.runs("document.documentElement.scrollWidth") <= 390

    for scheme in ("light", "dark"):
        feature = {"name": "prefers-color-scheme", "value": scheme}
        visitor.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        assert visitor.runs(CONTRASTS) == []


CONTRASTS = """(() => {
  const light = text => {
    const [r, g, b] = text.match(/[\\d.]+/g).map(Number).map(c => c / 255)
      .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = element => {
    const colour = getComputedStyle(element).backgroundColor;
    return colour === "rgba(0, 0, 0, 0)" && element.parentElement ? behind(element.parentElement) : colour;
  };
  return [...document.querySelectorAll("main *, header *")]
    .filter(each => [...each.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && each.offsetParent)
    .map(each => {
      const [a, b] = [light(getComputedStyle(each).color), light(behind(each))].sort((x, y) => y - x);
      return [(a + 0.05) / (b + 0.05), each.outerHTML.slice(0, 80)];
    })
    .filter(([contrast]) => contrast < 4.5).map(([contrast, html]) => contrast.toFixed(1) + " " + html);
})()"""
"""Texts of less contrast than WCAG 2 asks for (4.5 to 1)."""


def test_a_page_is_used_with_a_keyboard(visitor: Visitor) -> None:
    """The first key leads past the menu, focus is seen, and a button is pressed with Enter."""
    from selenium.webdriver.common.keys import Keys

    visitor.open()
    visitor.one("body").send_keys(Keys.TAB)
    assert visitor.runs("document.activeElement.textContent") == "Skip to the content"
    visitor.driver.switch_to.active_element.send_keys(Keys.ENTER)
    assert visitor.runs("document.activeElement.id") == "content"

    accept = visitor.one("button[formaction$='/accept']")
    visitor.driver.execute_script("arguments[0].focus({focusVisible: true})", accept)
    assert visitor.runs("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    accept.send_keys(Keys.ENTER)
    assert visitor.said == "cy@example.test accepted the invitation."


@pytest.mark.parametrize("path", ["", "requests", "world", "world/rules/INV-6", "world/assumptions"])
def test_a_page_is_told_to_a_screen_reader(visitor: Visitor, path: str) -> None:
    """One heading of the first level, a label on every field, a name on every button."""
    visitor.open(path)

    assert visitor.runs("document.querySelectorAll('h1').length") == 1
    assert visitor.runs("document.documentElement.lang") == "en"
    unlabelled = "[...document.querySelectorAll('input:not([type=hidden]), select')].filter(e => !e.labels.length)"
    assert visitor.runs(f"{unlabelled}.map(e => e.outerHTML)") == []
    assert visitor.runs("[...document.querySelectorAll('button, a')].filter(e => !e.textContent.trim()).length") == 0
    assert urlsplit(visitor.driver.current_url).path == f"/_emulator/{path}"
