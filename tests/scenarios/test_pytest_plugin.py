"""The pytest plugin, as somebody's own project uses it: scenarios as tests, and the `workato` fixture."""

from textwrap import dedent

import pytest

from .playing import text_of

pytest_plugins = ["pytester"]

HOLDS = text_of(
    "- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {invited: true}, proves: [PNU-1]}", id_="SC-001"
)
FAILS = text_of(
    "- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {invited: false}, proves: [PNU-1]}", id_="SC-002"
)
DEAF = text_of(
    "- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {member: absent}, proves: [PNU-1]}", id_="SC-003"
)


@pytest.fixture(name="project")
def _project(pytester: pytest.Pytester) -> pytest.Pytester:
    """A project that asks for its folder of scenarios, strict about marks and options."""
    ini = """
        [pytest]
        addopts = -p no:cacheprovider -p no:hypothesispytest -p no:schemathesis --strict-markers --strict-config
        workato_scenarios = stories
    """
    pytester.makeini(dedent(ini))
    pytester.mkdir("stories")
    return pytester


def write(project: pytest.Pytester, **stories: str) -> None:
    """Scenario files in the folder that is asked for."""
    for name, text in stories.items():
        (project.path / "stories" / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")


def test_a_scenario_is_a_test(project: pytest.Pytester) -> None:
    """By its id; one that fails says what the tool says, and where."""
    write(project, SC_001=HOLDS, SC_002=FAILS)
    result = project.runpytest_inprocess("-v")

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*stories/SC-001.yaml::SC-001 PASSED*", "*stories/SC-002.yaml::SC-002 FAILED*"])
    result.stdout.fnmatch_lines(["FAILED SC-002 A small story", "*SC-002.yaml:*step 1: okta assign ada"])
    assert "Traceback" not in result.stdout.str()


def test_nothing_is_collected_that_was_not_asked_for(project: pytest.Pytester) -> None:
    """Neither a file elsewhere, nor a fixture, nor other YAML, nor anything at all without the option."""
    write(project, SC_001=HOLDS, seed="workspaces: {acme: {}}\n", items="- a\n")
    fixtures = project.path / "stories" / "fixtures"
    fixtures.mkdir()
    (fixtures / "team.yaml").write_text("fixture: team\ngiven: {}\n", encoding="utf-8")
    (project.path / "other.yaml").write_text("a: b\n", encoding="utf-8")
    project.runpytest_inprocess().assert_outcomes(passed=1)

    project.makeini("[pytest]")
    project.runpytest_inprocess().assert_outcomes()


@pytest.mark.parametrize(
    ("wanted", "passed"),
    [("stories/*.yaml", 1), ("stories/SC-001.yaml", 1), ("sto*", 1), ("stories/", 1), ("story", 0)],
)
def test_a_pattern_chooses_files(project: pytest.Pytester, wanted: str, passed: int) -> None:
    """Folders, files, or patterns of either."""
    write(project, SC_001=HOLDS)
    project.runpytest_inprocess("-o", f"workato_scenarios={wanted}").assert_outcomes(passed=passed)


def test_a_file_that_is_no_scenario_is_said_in_the_tools_words(project: pytest.Pytester) -> None:
    """With line, column and the nearest spelling; the other files are tests all the same."""
    write(project, SC_001=HOLDS, SC_002=HOLDS.replace("SC-001", "SC-002").replace("expect:", "expct:"))
    result = project.runpytest_inprocess("--continue-on-collection-errors")

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*SC-002.yaml:*did you mean 'expect'?*"])
    assert "Traceback" not in result.stdout.str()


@pytest.mark.parametrize(
    ("chosen", "passed"),
    [
        (("-k", "SC-001"), 1),
        (("-k", "PNU-1"), 2),
        (("-m", "workato_rule(id='PNU-1')"), 2),
        (("-m", "workato_tag(name='smoke')"), 1),
        (("-m", "not workato_rule"), 0),
    ],
    ids=["by id", "by rule as a word", "by rule", "by tag", "by none"],
)
def test_scenarios_are_chosen_as_tests_are(project: pytest.Pytester, chosen: tuple[str, str], passed: int) -> None:
    """By words and by marks, strict or not."""
    write(project, SC_001=HOLDS, SC_003=DEAF.replace("given:", "tags: [smoke]\ngiven:"))
    project.runpytest_inprocess(*chosen).assert_outcomes(passed=passed, deselected=2 - passed)


def test_a_scenario_that_would_not_notice_fails_under_audit(project: pytest.Pytester) -> None:
    """The rule it claims is broken, and it passes all the same: the test says which rule, and where it is claimed."""
    write(project, SC_001=HOLDS, SC_003=DEAF)
    result = project.runpytest_inprocess("-o", "workato_audit=true")

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        ["UNNOTICED PNU-1 A user who is assigned*", "  claimed by *SC-003.yaml:*step 1: okta assign ada"]
    )


@pytest.mark.long
def test_several_processes_collect_the_same(project: pytest.Pytester) -> None:
    """In one order, as pytest-xdist wants it."""
    write(project, **{f"SC_{number:03}": HOLDS.replace("SC-001", f"SC-{number:03}") for number in range(1, 7)})
    project.runpytest_subprocess("-p", "xdist", "-n", "2").assert_outcomes(passed=6)


FIXTURE = """
import urllib.request

import httpx
import pytest


def test_an_invitation_waits_for_its_acceptance(workato):
    assert workato.invite("ada@example.test", {"dev": "Member"}).json() == {"result": "ok"}
    assert "ada@example.test" not in workato.members()
    workato.accept("ada@example.test")
    assert workato.members()["ada@example.test"]["dev"] == "Member"


def test_time_and_faults_are_at_hand(workato):
    workato.invite("ada@example.test", {"dev": "Member"})
    assert workato.invite("ada@example.test", {"dev": "Member"}).status_code == 429
    workato.advance(minutes=20)
    workato.fault("inviteCollaborator", status=502)
    statuses = [workato.invite("ada@example.test", {"dev": "Member"}).status_code for _ in range(2)]
    assert statuses == [502, 200]
    assert [each["status"] for each in workato.journal(status="4xx")] == [429]


SEED = {"workspaces": {"tiny": {"permission_model": "legacy_roles"}}}


@pytest.mark.workato(seed=SEED, assume={"already_collaborator": "409"}, strict=True)
def test_the_mark_says_what_it_starts_with(workato):
    assert workato.workspace == "tiny"
    assert workato.invite("ada@example.test", {"dev": "Analyst"}).status_code == 200
    workato.accept("ada@example.test")
    workato.advance(minutes=20)
    assert workato.invite("ada@example.test", {"dev": "Analyst"}).status_code == 409
    assert workato.client.get("/api/members", params={"emial": "ada"}).status_code == 400


def test_each_test_has_an_emulator_of_its_own(workato):
    assert workato.journal() == []


def test_nobody_accepts_what_was_never_sent(workato):
    with pytest.raises(AssertionError, match="invitation"):
        workato.accept("nobody@example.test")


def test_a_client_of_ones_own_has_the_token(workato):
    headers = {"Authorization": f"Bearer {workato.token}"}
    with httpx.Client(transport=workato.emulator.transport, base_url="http://localhost", headers=headers) as client:
        assert client.get("/api/members").status_code == 200


def test_any_client_can_use_a_port(workato_server):
    asked = urllib.request.Request(
        f"{workato_server.url}/api/members", headers={"Authorization": f"Bearer {workato_server.token}"}
    )
    with urllib.request.urlopen(asked) as answer:
        assert answer.status == 200
    assert workato_server.workato.journal()[-1]["operation"] == "listCollaborators"
"""


def test_the_fixture_is_an_emulator_with_short_words(project: pytest.Pytester) -> None:
    """People, clock, faults, journal; seed, assumptions and strictness by a mark; a port for other clients."""
    project.makepyfile(FIXTURE)
    project.runpytest_inprocess("-W", "error").assert_outcomes(passed=7)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("asume={}", "the mark workato has no argument 'asume'; did you mean 'assume'?"),
        ("sed={}", "the mark workato has no argument 'sed'; did you mean 'seed'?"),
        ("clock=1", "the mark workato has no argument 'clock'; there is seed, assume, assume_file, strict"),
        (
            "'seed.yaml'",
            "the mark workato takes its arguments by name (seed, assume, assume_file, strict): ('seed.yaml',)",
        ),
        ("strict='no'", "strict of the mark workato is True or False, not 'no'"),
        ("assume='email_case'", "assume of the mark workato is a mapping of names to values, not 'email_case'"),
        ("seed=5", "seed of the mark workato is a file or a document, not 5"),
        ("seed='none.yaml'", "the mark workato cannot be: none.yaml: No such file or directory"),
        ("seed={'workspaces': {'a': {'plam': 1}}}", "workspaces.a.plam: unknown key 'plam'; did you mean 'plan'?"),
        ("assume={'email_cas': 'x'}", "no assumption is called 'email_cas'; did you mean 'email_case'?"),
        ("assume={'okta_retry': 'current'}", "okta_retry is an assumption about Okta"),
    ],
)
def test_an_argument_that_the_mark_does_not_have_fails_the_test(
    project: pytest.Pytester, arguments: str, said: str
) -> None:
    """With the nearest spelling: what nobody reads would pass for a default."""
    project.makepyfile(f"import pytest\n\n@pytest.mark.workato({arguments})\ndef test_it(workato):\n    pass")
    result = project.runpytest_inprocess()

    result.assert_outcomes(errors=1)
    assert said in result.stdout.str()
    assert "Traceback" not in result.stdout.str()
    assert "During handling" not in result.stdout.str()


def test_the_mark_of_a_class_holds_where_the_tests_own_says_nothing(project: pytest.Pytester) -> None:
    """And the test's own wins where both say something."""
    project.makepyfile(
        """
        import pytest

        @pytest.mark.workato(assume={"already_collaborator": "409"}, strict=True)
        class TestInvitations:
            @pytest.mark.workato(assume={"already_collaborator": "422"})
            def test_strictly(self, workato):
                assert workato.control.get("/strict").json() == {"strict": True}
                assert workato.emulator.export()["assumptions"] == {"already_collaborator": "422"}

            def test_as_the_class_says(self, workato):
                assert workato.emulator.export()["assumptions"] == {"already_collaborator": "409"}
        """
    )
    project.runpytest_inprocess().assert_outcomes(passed=2)


def test_a_session_that_asks_for_nothing_loads_nothing(project: pytest.Pytester) -> None:
    """The plugin is in every session of whoever has the tool: it brings neither emulator nor scenarios along."""
    project.makeini("[pytest]")
    heavy = "('workato_emulator', 'okta_connector', 'okta_scenarios.language', 'httpx', 'pydantic', 'yaml')"
    project.makepyfile(
        f"import sys\n\ndef test_light():\n    assert not [each for each in {heavy} if each in sys.modules]"
    )
    project.runpytest_subprocess("-p", "no:hypothesispytest", "-p", "no:schemathesis").assert_outcomes(passed=1)
