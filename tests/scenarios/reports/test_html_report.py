"""The page for people: what it says, how it is built, and what it must never let through."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from importlib.metadata import version
from pathlib import Path
from textwrap import dedent

import pytest

from okta_scenarios.audit import judge
from okta_scenarios.language import Scenario
from okta_scenarios.play import Exchange, run_scenario
from okta_scenarios.reports.comparison import compared, read_earlier
from okta_scenarios.reports.html_report import MOST, html_report
from okta_scenarios.reports.json_report import json_report
from okta_scenarios.reports.summary import Run
from okta_scenarios.rules import Violation

from ..playing import scenario, swept

HOLDS = """
- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {invited: true}, proves: [PNU-1]}
"""
FAILS = """
- okta: assign
  user: ada
  entitlements: {dev: Member}
  expect: {invited: false}
  proves: [PNU-2]
"""
HOSTILE = "<script>alert(1)</script><img src=//example.test/x>"


class Page(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attributes for name, attributes in self.tags if name == tag)


def played(*scenarios: Scenario, seconds: float = 1.5) -> Run:
    results = [run_scenario(each, closely=True) for each in scenarios]
    return Run(results, judge(scenarios, results), 0, seconds, whole=False)


@pytest.fixture(scope="module")
def outcome() -> Run:
    return played(scenario(HOLDS), scenario(FAILS, id_="SC-002"))


@pytest.fixture(scope="module")
def page(outcome: Run) -> Page:
    return Page(html_report(outcome))


def test_the_same_run_gives_the_same_page() -> None:
    """Played twice, the page differs in how long it took at most."""
    one, other = (html_report(played(scenario(HOLDS), seconds=seconds)) for seconds in (1.0, 2.0))

    assert one.replace("1.0 s", "2.0 s") == other


def test_the_page_asks_nothing_of_the_network(page: Page) -> None:
    """No tag loads or leads elsewhere: every link points into the page."""
    assert not [tag for tag, _ in page.tags if tag in {"link", "img", "iframe", "base", "object"}]
    assert all("src" not in attributes for _, attributes in page.tags)
    assert all((link["href"] or "").startswith("#") for link in page.all("a"))


def test_ids_are_unique_and_every_reference_has_its_target(page: Page) -> None:
    """Links, labels and names of landmarks point at ids that exist once."""
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    meant = [(link["href"] or "")[1:] for link in page.all("a")]
    meant += [str(attributes["aria-labelledby"]) for _, attributes in page.tags if "aria-labelledby" in attributes]

    assert len(ids) == len(set(ids))
    assert set(meant) <= set(ids)


def test_a_screen_reader_finds_its_way(page: Page) -> None:
    """One heading of the first rank, landmarks, headers that say what they head, a language, and a place for news."""
    names = [tag for tag, _ in page.tags]

    assert names.count("h1") == names.count("main") == names.count("header") == names.count("caption") == 1
    assert names.count("h2") == 4
    assert all(header["scope"] in {"col", "row"} for header in page.all("th"))
    assert next(page.all("html"))["lang"] == "en"
    assert "status" in [attributes.get("role") for _, attributes in page.tags]


def test_a_failing_scenario_is_open_and_stands_first(page: Page) -> None:
    """Whoever opens the page sees what failed, with what was different, without a click, and before any rule."""
    first = next(page.all("article"))
    wrong, about = page.text.index("What went wrong"), page.text.index("About this run")

    assert wrong < page.text.index("Expected no invitation; there was one") < about < page.text.index("What it says")
    assert "Okta admin assigns Ada to workato, dev: Member · day 1" in page.text[wrong:about]
    assert "Sent: POST /api/member_invitations 200" in page.text[wrong:about]

    assert first["data-status"] == "failed"
    assert first["id"] == "s-SC-002"
    assert "1 of 2 scenarios failed" in page.text
    assert "Not as expected: expect.invited" in page.text


def test_a_timeline_tells_what_was_sent_what_changed_and_what_okta_wrote_down(page: Page) -> None:
    """Exchanges, changes at Workato and the System Log stand in the step they belong to."""
    assert "POST /api/member_invitations" in page.text
    assert "new: acme/invitations/ada" in page.text
    assert "application.provision.user.push SUCCESS" in page.text


def test_a_rule_that_nobody_notices_is_marked_at_the_rule_and_at_its_scenario() -> None:
    """A rule whose suspension changes nothing is unnoticed, and the scenarios that claim it say so."""
    story = scenario(HOLDS)
    results = [run_scenario(story)]
    verdicts = judge([story], results, broken=lambda _: Violation("PNU-1", "nothing at all is different"))
    page = Page(html_report(Run(results, verdicts, 0, 1.0, whole=False)))

    assert [row["data-status"] for row in page.all("tr") if "data-status" in row] == ["unnoticed"]
    assert next(page.all("article"))["data-status"] == "passed unnoticed"
    assert "Nobody noticed when these were suspended: PNU-1" in page.text


def test_what_scenarios_and_services_say_stays_text(outcome: Run) -> None:
    """Markup in titles, tags, paths, bodies and log entries is shown, never obeyed."""
    result = outcome.results[0]
    exchange = Exchange("GET", f"/{HOSTILE}", HOSTILE, 200, HOSTILE)
    step = replace(
        result.steps[0], title=HOSTILE, note=HOSTILE, exchanges=(exchange,), events=(HOSTILE,), tasks=(HOSTILE,)
    )
    hostile = replace(
        result, title=HOSTILE, file=HOSTILE, tags=(HOSTILE, '" onclick="alert(1)'), faults=(HOSTILE,), steps=(step,)
    )
    page = Page(html_report(replace(outcome, results=[hostile], assumptions={"a": HOSTILE})))

    assert len([*page.all("script")]) == 1
    assert not [*page.all("img")]
    assert all("onclick" not in attributes for _, attributes in page.tags)
    assert page.text.count(HOSTILE) >= 10


def test_secrets_are_left_out(outcome: Run) -> None:
    """Tokens in bodies and in paths are replaced by a word."""
    result = outcome.results[0]
    exchange = Exchange("GET", "/x?token=hidden1", '{"auth_token": "hidden2"}', 200, "Bearer hidden3")
    told = replace(result, steps=(replace(result.steps[0], exchanges=(exchange,)),))
    page = html_report(replace(outcome, results=[told]))

    assert not re.search("hidden[123]", page)
    assert page.count("[redacted]") >= 3


def _colours(scheme: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+):(#[0-9a-f]{3,6})", scheme))


def _light(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(each * 2 for each in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("number", [0, 1, 2], ids=["light", "dark", "print"])
def test_every_colour_of_text_can_be_read(outcome: Run, number: int) -> None:
    """On the page and on its panels, text has a contrast of 4.5 and more."""
    colours = _colours(re.findall(r":root\{([^}]*)\}", html_report(outcome))[number])
    grounds = [_light(colours.pop(ground)) for ground in ("page", "panel")]
    del colours["line"]

    for name, colour in colours.items():
        for ground in grounds:
            low, high = sorted((ground, _light(colour)))
            assert (high + 0.05) / (low + 0.05) >= 4.5, name


def test_a_step_of_hundreds_shows_some_and_says_how_many_more() -> None:
    """The page stays one that opens; the JSON report has everything."""
    steps = """
        - okta: assign_group
          group: Crowd
          entitlements: {dev: Member}
    """
    given = """
        workspaces: {acme: {plan: {collaborator_limit: 200, requests_per_minute: 1000}}}
        okta: {acme-okta: {apps: {workato: {workspace: acme}}, people: [p01..p50], groups: {Crowd: [p01..p50]}}}
    """
    page = html_report(replace(played(scenario(dedent(steps), dedent(given))), made="2026-03-02 09:00 UTC"))

    assert page.count('<details class="exchange">') == 2 * MOST, "writes, and the look-ups before them"
    assert "more, which the JSON report has" in page
    assert "<dt>Made</dt><dd>2026-03-02 09:00 UTC</dd>" in page


def test_look_ups_stand_behind_the_write_and_equal_lines_are_one(outcome: Run) -> None:
    """What was written comes first, what was read before it is folded, and a query can be read."""
    result = outcome.results[0]
    look = Exchange("GET", "/api/members?page%5Bnumber%5D=1&email=a%2Bb%40example.test", "", 200, "[]")
    write = Exchange("POST", "/api/member_invitations", "{}", 502, "")
    step = replace(result.steps[0], exchanges=(look, look, write), tasks=("again", "again"), changes=())
    text = Page(html_report(replace(outcome, results=[replace(result, steps=(step,))]))).text
    lane = text[text.rindex("Wire") :]

    assert lane.index("POST /api/member_invitations 502") < lane.index("2 look-ups before")
    assert "GET /api/members?page[number]=1&email=a%2Bb@example.test 200 \N{MULTIPLICATION SIGN} 2" in lane
    assert "again \N{MULTIPLICATION SIGN} 2" in text
    assert "nothing changed" in lane


def test_the_page_says_what_ran_and_what_it_is_compared_with(outcome: Run, tmp_path: Path) -> None:
    """Version, commit, standings, time by the scenarios' clocks; and what newly failed since an earlier run."""
    file = tmp_path / "yesterday.json"
    file.write_text(json_report(replace(outcome, results=outcome.results[:1])), encoding="utf-8")
    compared_with = compared(read_earlier(file), outcome.results, outcome.verdicts)
    text = Page(html_report(replace(outcome, commit="0123456789ab", against=compared_with))).text

    assert f"workato-emulator {version('workato-emulator')}, started in a checkout at 0123456789ab" in text
    assert "1 of 2 documented" in text
    assert "0 seconds by the scenarios' clocks, in 6 requests to Workato" in text
    assert "Against yesterday.json" in text
    assert "SC-002" in text[text.index("Not there before") : text.index("About this run")]


def test_a_row_of_the_sweep_can_be_linked_to_and_filtered(outcome: Run) -> None:
    """Every assumption has an anchor that its own row links to, a status to choose, and links to its rules."""
    findings = swept(scenario(HOLDS))
    page = Page(html_report(replace(outcome, findings=findings)))
    rows = {row["id"]: row for row in page.all("tr") if str(row.get("id")).startswith("a-")}

    assert list(rows) == [f"a-{each.question.id}" for each in replace(outcome, findings=findings).swept]
    assert {row["data-status"] for row in rows.values()} == {each.weight for each in findings}
    assert {f"#{row}" for row in rows} <= {link["href"] for link in page.all("a")}
    assert "decisive" in page.text
