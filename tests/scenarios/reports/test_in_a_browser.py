"""The HTML report in a real browser: what a reader clicks, types and tabs to, on a desk, on a phone and in print."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from okta_scenarios.audit import judge
from okta_scenarios.play import run_scenario
from okta_scenarios.reports.html_report import html_report
from okta_scenarios.reports.summary import Run
from workato_emulator import counted

from ...browsing import chromium
from ..playing import scenario, swept

pytestmark = pytest.mark.browser
ASSIGN = "- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {invited: %s}, proves: [PNU-1]}"
STORIES = {
    "SC-001": (ASSIGN % "true", "A hire is invited"),
    "SC-002": (ASSIGN % "false", "A hire <script>document.title = 'hit'</script> is not invited"),
    "SC-003": ("- {call: listCollaborators, token: wrong, expect: {status: 401}, proves: [AUTH-1]}", "A stranger"),
}


@pytest.fixture(name="browser", scope="module")
def _browser(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Any]:
    yield from chromium(tmp_path_factory.mktemp("profile"), request.config)


@pytest.fixture(name="page", scope="module")
def _page(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> "Reader":  # noqa: ANN401  (selenium's)
    """A report of two scenarios that pass and one that fails."""
    scenarios = [scenario(steps, id_=id_, title=title) for id_, (steps, title) in STORIES.items()]
    results = [run_scenario(each, closely=True) for each in scenarios]
    return _shown(browser, tmp_path_factory, Run(results, judge(scenarios, results), 0, 1.0, whole=False))


def _shown(browser: Any, folders: pytest.TempPathFactory, run: Run) -> "Reader":  # noqa: ANN401  (selenium's)
    file = folders.mktemp("report") / "report.html"
    file.write_text(html_report(run), encoding="utf-8")
    return Reader(browser, file)


class Reader:
    """Somebody who reads the report."""

    def __init__(self, browser: Any, file: Path) -> None:  # noqa: ANN401  (selenium has its own word for it)
        self.browser = browser
        self.url = file.as_uri()

    def open(self, fragment: str = "") -> "Reader":
        self.browser.get("about:blank")
        self.browser.set_window_size(1280, 900)
        self.browser.get(self.url + fragment)
        # A browser goes to the fragment when it next draws the page, which may be after it says that it has loaded.
        self.browser.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
        return self

    def says(self, script: str) -> Any:  # noqa: ANN401  (whatever the page answers)
        return self.browser.execute_script(f"return {script}")

    def shown(self) -> list[str]:
        """The ids of the scenarios that are not filtered away."""
        ids: list[str] = self.says("[...document.querySelectorAll('article')].filter(a => !a.hidden).map(a => a.id)")
        return sorted(ids)

    def type(self, field: str, text: str) -> None:
        from selenium.webdriver.common.by import By

        self.browser.find_element(By.ID, field).send_keys(text)


@pytest.mark.parametrize(
    ("field", "text", "shown"),
    [
        ("text", "stranger", ["s-SC-003"]),
        ("rule", "pnu-1", ["s-SC-001", "s-SC-002"]),
        ("status", "failed", ["s-SC-002"]),
        ("text", "nowhere", []),
    ],
)
def test_a_reader_filters(page: Reader, field: str, text: str, shown: list[str]) -> None:
    """By text, rule and status; clearing shows everything again, and the count says how many."""
    page.open().type(field, text)
    assert page.shown() == shown
    assert f"{counted(len(shown), 'scenario')} shown" in page.says("document.getElementById('found').textContent")

    page.says("document.querySelector('button[type=reset]').click()")
    assert page.browser.execute_async_script("const done = arguments[0]; setTimeout(() => done(true), 20)")
    assert len(page.shown()) == 3


def test_a_filter_is_in_the_address_and_can_be_passed_on(page: Reader) -> None:
    """What was typed is in the URL; whoever opens that sees the same."""
    page.open().type("rule", "pnu-1")
    assert page.says("location.search") == "?rule=pnu-1"

    page.open("?text=stranger&status=passed")
    assert page.shown() == ["s-SC-003"]
    assert page.says("document.getElementById('status').value") == "passed"


def test_a_filter_that_nothing_fits_says_so(page: Reader) -> None:
    """No table is left with its headings alone."""
    page.open("?text=nowhere")
    said = page.says("[...document.querySelectorAll('.none')].filter(p => p.offsetHeight).map(p => p.textContent)")
    assert said == ["No rule matches.", "No scenario matches."]
    assert page.says("document.querySelector('thead').offsetHeight") == 0


def test_a_phone_shows_failures_first(page: Reader) -> None:
    """What went wrong stands above the facts, the rules and the scenarios, within the first screens."""
    page.open()
    sized = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    page.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", sized)
    try:
        tops = page.says(
            "['wrong', 'about', 'rules'].map(id => document.getElementById(id).getBoundingClientRect().top)"
        )
        assert tops == sorted(tops)
        assert tops[0] < 800
    finally:
        page.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_a_reader_filters_assumptions(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> None:  # noqa: ANN401
    """By what a sweep found of them; the count says how many are shown."""
    story = scenario(STORIES["SC-001"][0])
    findings = swept(story)
    harmless = [f"a-{each.question.id}" for each in findings if each.weight == "harmless"]
    page = _shown(browser, tmp_path_factory, Run([run_scenario(story)], (), 0, 1.0, whole=False, findings=findings))
    page.open().type("status", "harmless")

    assert page.says("[...document.querySelectorAll('tr[id]')].filter(a => !a.hidden).map(a => a.id)") == harmless
    assert counted(len(harmless), "assumption") in page.says("document.getElementById('found').textContent")


def test_a_failure_is_open_and_stands_first(page: Reader) -> None:
    """The others are closed; what was not as expected can be seen without a click."""
    page.open()
    assert page.says("document.querySelector('article').id") == "s-SC-002"
    assert page.says("[...document.querySelectorAll('article > details')].map(d => d.open)") == [True, False, False]
    assert page.says("document.querySelector('.failed + pre').offsetHeight > 0")


def test_a_link_to_a_scenario_opens_it(page: Reader) -> None:
    """From another page, and from the table of rules."""
    page.open("#s-SC-003")
    assert page.says("document.querySelector('#s-SC-003 details').open")
    page.says("document.querySelector('td a[href=\"#s-SC-001\"]').click()")
    assert page.browser.execute_async_script("const done = arguments[0]; setTimeout(() => done(true), 20)")
    assert page.says("document.querySelector('#s-SC-001 details').open")


def test_links_land_on_their_title(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> None:  # noqa: ANN401
    """Of a scenario and of a rule, in a long report with many open failures: the title stands at the top."""
    scenarios = [scenario(steps, id_=id_, title=title) for id_, (steps, title) in STORIES.items()]
    results = [run_scenario(each, closely=True) for each in scenarios]
    many = [replace(results[number % 3], id=f"SC-{number:03}") for number in range(1, 121)]
    page = _shown(browser, tmp_path_factory, Run(many, judge(scenarios, results), 0, 1.0, whole=False))

    for anchor, title in (("s-SC-070", "t-SC-070"), ("s-SC-090", "t-SC-090"), ("r-AUTH-1", "r-AUTH-1")):
        page.open(f"#{anchor}")
        assert 0 <= page.says(f"document.getElementById('{title}').getBoundingClientRect().top") < 60


def test_an_exchange_is_opened_from_the_keyboard(page: Reader) -> None:
    """What has the focus can be seen, and Enter opens it."""
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    page.open("#s-SC-001")
    exchange = page.browser.find_element(By.CSS_SELECTOR, "#s-SC-001 details.exchange summary")
    exchange.send_keys(Keys.ENTER)
    assert page.says("document.querySelector('#s-SC-001 details.exchange').open")
    assert page.says("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_phone_needs_no_sideways_scrolling(page: Reader) -> None:
    """With everything open."""
    page.open()
    sized = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    page.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", sized)
    try:
        page.says("document.querySelectorAll('details').forEach(d => { d.open = true })")
        assert page.says("document.documentElement.scrollWidth") <= 390
        assert page.says("getComputedStyle(document.querySelector('.lanes')).display") == "none"
    finally:
        page.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_dark_and_print_have_colours_of_their_own(page: Reader) -> None:
    """Light letters in the dark; no form on paper."""
    page.open()
    media = page.browser.execute_cdp_cmd
    try:
        media("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]})
        assert page.says("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 30)"
        media("Emulation.setEmulatedMedia", {"media": "print", "features": []})
        assert page.says("getComputedStyle(document.querySelector('form')).display") == "none"
        assert page.says("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    finally:
        media("Emulation.setEmulatedMedia", {"media": "", "features": []})


def test_a_title_is_text_whatever_it_says(page: Reader) -> None:
    """And nothing is asked of a network."""
    page.open()
    assert page.browser.title.startswith("2 of 3 scenarios passed")
    assert page.says("performance.getEntriesByType('resource').length") == 0
