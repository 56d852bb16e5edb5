"""Somebody with a browser that runs no script: pages, links and forms are all there is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

import httpx

from workato_emulator import Emulator
from workato_emulator.app import App
from workato_emulator.transport import InProcessTransport

BASE = "http://localhost:8086"
HOME = "/_emulator/"


@dataclass
class Button:
    """A button of a form: where it sends the form, and what the form holds."""

    label: str
    action: str
    method: str
    fields: dict[str, str]


@dataclass
class Page(HTMLParser):
    """What a reader without a style sheet is left with."""

    text: str = ""
    heads: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    buttons: list[Button] = field(default_factory=list)
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    blocks: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self._inside: list[str] = []
        self._form: tuple[str, str, dict[str, str]] = ("", "get", {})
        self._since = 0
        self._select = ""

    @classmethod
    def of(cls, html: str) -> "Page":
        page = cls()
        page.feed(html)
        page.close()
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        if tag in {"a", "button", "h1", "h2", "h3", "pre"}:
            self._since = len(self.text)
            self._given = given
        elif tag == "form":
            self._form = (given.get("action", ""), given.get("method", "get"), {})
        elif tag == "input":
            if given.get("type") != "radio" or "checked" in given:
                self._form[2][given["name"]] = given.get("value", "")
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and ("selected" in given or self._select not in self._form[2]):
            self._form[2][self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        said = " ".join(self.text[self._since :].split())
        if tag == "a":
            self.links.setdefault(said, self._given["href"])
            self.anchors.append(said)
        elif tag == "pre":
            self.blocks[self._given.get("id", "")] = self.text[self._since :]
        elif tag == "button":
            action, method, fields = self._form
            own = {self._given["name"]: self._given.get("value", "")} if "name" in self._given else {}
            self.buttons.append(Button(said, self._given.get("formaction", action), method, fields | own))
        elif tag in {"h1", "h2", "h3"}:
            self.heads.append(said)

    def handle_data(self, data: str) -> None:
        self.text += data


class Looker:
    """A browser without script. It says where its forms come from, as every browser does."""

    def __init__(self, emulator: Emulator | App, base: str = BASE) -> None:
        transport = emulator.transport if isinstance(emulator, Emulator) else InProcessTransport(emulator)
        headers = {"Accept": "text/html,application/xhtml+xml"}
        self.base = base
        self.client = httpx.Client(transport=transport, base_url=base, headers=headers, follow_redirects=True)

    def open(self, path: str = HOME) -> Page:
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.text
        return Page.of(answer.text)

    def send(self, button: Button, **fields: str) -> Page:
        """Click. What is given was typed or chosen before."""
        answer = self.answer(button, None, **fields)
        assert answer.status_code == 200, answer.text
        return Page.of(answer.text)

    def answer(self, button: Button, headers: Mapping[str, str] | None = None, **fields: str) -> httpx.Response:
        given: Any = {**button.fields, **fields}
        if button.method == "get":
            return self.client.get(button.action, params=given)
        origin = {"Origin": self.base} if headers is None else headers
        return self.client.post(button.action, data=given, headers=origin)


def button(page: Page, label: str, about: str = "") -> Button:
    """The button that begins like this, and is about that."""
    return next(each for each in page.buttons if each.label.startswith(label) and about in each.label)
