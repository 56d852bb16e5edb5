"""What a rehearsal says of people: before, after, why, and what is dangerous about it."""

from pathlib import Path

import pytest

from okta_scenarios.rehearsal.comparison import compare
from okta_scenarios.rehearsal.outcome import Fate
from tests.scenarios.rehearsal.planning import PLAN, SEED, dangers_of, rehearsed, row_of

TWO_ORGS = """\
rehearsal: Two orgs, one workspace
starts: 2026-03-02T09:00:00Z
workato: {seed: seed.yaml}
okta:
  emea:
    people: people.csv
    apps: {workato: {workspace: acme}}
    assignments: [{group: Staff, entitlements: {dev: Builder}}]
  amer:
    people: people.csv
    apps: {workato: {workspace: acme}}
    assignments: [{group: Staff, entitlements: {dev: Member}}]
"""


def test_who_is_invited_joins_when_the_answer_comes(tmp_path: Path) -> None:
    """`accepts after 2 days` is two days after the invitation, and each step of it has its reason."""
    ada = row_of(rehearsed(tmp_path), "ada@example.test")

    assert (ada.before.state, ada.after.state, ada.fate) == ("absent", "collaborator", "joined")
    assert ada.after.roles == {"dev": "Builder"}
    assert [(f"{each.at:%d %H:%M}", each.what) for each in ada.history] == [
        ("02 09:00", "invited (dev: Builder) by acme-okta, workato"),
        ("04 09:00", "becomes a collaborator (dev: Builder)"),
    ]
    assert "assigns the group Staff to workato" in ada.history[0].why


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        pytest.param(
            "{everybody: accepts after 1 hour, people: {ada@example.test: never accepts}}", "invited", id="one"
        ),
        pytest.param("{everybody: never accepts, groups: {Staff: accepts after 1 day}}", "collaborator", id="a group"),
        pytest.param("{groups: {Staff: never accepts}, everybody: accepts after 1 day}", "invited", id="not a group"),
        pytest.param("{}", "invited", id="nothing said"),
    ],
)
def test_some_answer_otherwise(tmp_path: Path, answers: str, state: str) -> None:
    """A person counts before a group, and a group before everybody; whoever is not spoken of never accepts."""
    plan = PLAN.replace("{everybody: accepts after 2 days}", answers)

    assert row_of(rehearsed(tmp_path, plan), "ada@example.test").after.state == state


def test_an_administrator_is_demoted_and_loses_a_role(tmp_path: Path) -> None:
    """Whoever is linked gets what Okta grants; what went is told with the push that took it."""
    grace = row_of(rehearsed(tmp_path), "grace@example.test")

    assert grace.fate == "linked"
    assert [(each.environment, each.before, each.after) for each in grace.changes] == [
        ("dev", "Environment admin", "Builder"),
        ("prod", "Builder", None),
    ]
    assert [str(each.danger) for each in grace.findings] == ["administrator demoted", "loses a role"]
    assert "dev: Environment admin → Builder by acme-okta" in grace.findings[0].why
    assert "prod: Builder → none by acme-okta" in grace.findings[1].why


def test_whoever_got_another_role_for_one_that_allows_nothing_has_lost_nothing(tmp_path: Path) -> None:
    """Member is such a role."""
    seed = SEED.replace("dev: Environment admin, prod: Builder", "dev: Member")

    assert dangers_of(rehearsed(tmp_path, files={"seed.yaml": seed}), "grace@example.test") == []


def test_the_dangerous_stand_first_and_everybody_is_there(tmp_path: Path) -> None:
    """Somebody in no group, and somebody who is in Workato only, have a row, too."""
    people = "login,groups\nben@example.test,\ngrace@example.test,Staff\n"
    outcome = rehearsed(tmp_path, files={"people.csv": people})

    assert [row.person for row in outcome.rows] == ["grace@example.test", "ben@example.test", "carol@example.test"]
    assert row_of(outcome, "ben@example.test").notes == ("is in no group that is assigned to an app",)
    assert row_of(outcome, "carol@example.test").notes == ("is in no Okta org",)
    assert {row_of(outcome, each).fate for each in ("ben@example.test", "carol@example.test")} == {"left alone"}


def test_whoever_shares_no_word_of_the_name_may_be_somebody_else(tmp_path: Path) -> None:
    """One address, two people."""
    seed = SEED.replace("Grace Hopper", "Dorothy Vaughan")

    assert "matched to somebody else" in dangers_of(
        rehearsed(tmp_path, files={"seed.yaml": seed}), "grace@example.test"
    )


def test_two_people_of_one_email_are_a_finding(tmp_path: Path) -> None:
    """Okta allows that, as long as the usernames differ."""
    people = "login,email,groups\nada@example.test,ada@example.test,Staff\nadmin-ada,ada@example.test,Staff\n"
    outcome = rehearsed(tmp_path, files={"people.csv": people})

    assert dangers_of(outcome, "admin-ada") == ["matched to somebody else"]
    assert row_of(outcome, "admin-ada").notes == ("has the email of ada@example.test",)


def test_an_org_overrides_what_another_one_grants(tmp_path: Path) -> None:
    """The last push wins, and the one who lost is named."""
    outcome = rehearsed(tmp_path, TWO_ORGS)
    (finding,) = (each for each in row_of(outcome, "grace@example.test").findings if "another org" in each.danger)

    assert finding.why == "2026-03-02 emea grants Builder in dev, and amer makes it Member"


def test_a_leaver_who_never_accepted_stays_invited(tmp_path: Path) -> None:
    """Okta's own task says so, and the person will never be removable."""
    plan = PLAN.replace("accepts after 2 days", "never accepts")
    changes = "date,change,login\n2026-04-01,leave,ada@example.test\n"
    outcome = rehearsed(tmp_path, f"{plan}happens: [go live, {{changes: changes.csv}}]\n", {"changes.csv": changes})
    ada = row_of(outcome, "ada@example.test")

    assert ada.fate == "failed"
    assert ada.tasks[0].startswith("Automatic deprovisioning of user Ada Lovelace from app workato failed: ")
    assert dangers_of(outcome, "ada@example.test") == ["will never be removable"]
    assert [task.about for task in outcome.tasks] == ["ada@example.test"]


def test_deactivation_that_is_off_leaves_people_where_they_are(tmp_path: Path) -> None:
    """Everybody whom such an app has will never be removable."""
    plan = PLAN.replace("{workspace: acme}", "{workspace: acme, provisioning: {deactivate: false}}")

    assert "will never be removable" in dangers_of(rehearsed(tmp_path, plan), "ada@example.test")


def test_joiners_movers_and_leavers_come_on_their_days(tmp_path: Path) -> None:
    """A mover's groups are those of the row; nobody loses the app on the way from one group to another."""
    plan = PLAN.replace(
        "assignments: [", "assignments: [{group: Leads, entitlements: {dev: Builder, prod: Builder}}, "
    ).replace("people: people.csv", "people: people.csv\n    groups: groups.csv")
    changes = (
        "date,change,login,firstName,lastName,groups\n"
        "2026-04-01,join,ben@example.test,Ben,Barnes,Staff\n"
        "2026-05-01,move,ada@example.test,,,Leads\n"
        "2026-06-01,leave,grace@example.test,,,\n"
    )
    outcome = rehearsed(
        tmp_path,
        f"{plan}happens: [go live, {{changes: changes.csv}}]\n",
        {"changes.csv": changes, "groups.csv": "group,login\nLeads,\n"},
    )

    ben, ada, grace = (row_of(outcome, f"{each}@example.test") for each in ("ben", "ada", "grace"))
    assert (ben.fate, f"{ben.history[0].at:%Y-%m-%d}", ben.name) == ("joined", "2026-04-01", "Ben Barnes")
    assert ada.after.roles == {"dev": "Builder", "prod": "Builder"}
    assert "removed" not in " ".join(each.what for each in ada.history)
    assert (grace.fate, grace.after.state) == ("removed", "absent")
    assert outcome.refused == ()


def test_whoever_leaves_a_group_loses_access_and_is_told(tmp_path: Path) -> None:
    """Of a leaver it is what was wanted; of somebody whom Okta still has it is a danger."""
    plan = f"{PLAN}happens:\n  - go live\n"
    plan += "  - {after: 9 days, okta: remove_from_group, group: Staff, members: [grace@example.test]}\n"
    outcome = rehearsed(tmp_path, plan)

    assert "loses access" in dangers_of(outcome, "grace@example.test")
    assert row_of(outcome, "grace@example.test").fate == "removed"


@pytest.mark.parametrize(
    ("answers", "dangers"),
    [
        pytest.param("accepts after 2 days", ["administrator demoted", "loses a role"], id="comes back"),
        pytest.param("never accepts", ["administrator demoted", "loses a role", "loses access"], id="is only invited"),
    ],
)
def test_whoever_is_removed_and_invited_again_has_lost_what_does_not_come_back(
    tmp_path: Path, answers: str, dangers: list[str]
) -> None:
    """Roles from before count, and so does an invitation that nobody accepts."""
    plan = PLAN.replace("accepts after 2 days", answers)
    plan += "happens:\n  - {workato: remove_collaborator, user: grace@example.test, workspace: acme}\n"
    plan += "  - {after: 1 day, go_live: everything}\n"
    outcome = rehearsed(tmp_path, plan)

    assert dangers_of(outcome, "grace@example.test") == dangers


@pytest.mark.parametrize(
    ("people", "before"),
    [
        pytest.param("login,status,groups\nben@example.test,DEPROVISIONED,Staff\n", "", id="deactivated before"),
        pytest.param("login,status,groups\nben@example.test,STAGED,Staff\n", "", id="staged"),
        pytest.param(
            "login,groups\nben@example.test,Staff\n", "2026-03-10,leave,ben@example.test\n", id="deactivated meanwhile"
        ),
    ],
)
def test_whoever_okta_knows_joins_by_being_activated(tmp_path: Path, people: str, before: str) -> None:
    """Groups that the person is still in bring the apps back."""
    changes = f"date,change,login\n{before}2026-04-01,join,ben@example.test\n"
    outcome = rehearsed(
        tmp_path,
        f"{PLAN}happens: [go live, {{changes: changes.csv}}]\n",
        {"people.csv": people, "changes.csv": changes},
    )
    ben = row_of(outcome, "ben@example.test")

    assert outcome.refused == ()
    assert (ben.fate, ben.after.state, ben.findings) == ("joined", "collaborator", ())
    assert [f"{each.at:%m-%d}" for each in ben.history if each.what.startswith("becomes")][-1:] == ["04-03"]


def test_what_is_refused_is_told_with_its_place(tmp_path: Path) -> None:
    """A step that Okta does not let an admin take is no mistake of the file."""
    plan = f"{PLAN}happens:\n  - go live\n  - {{after: 1 day, okta: unsuspend_user, user: ada@example.test}}\n"
    (refused,) = rehearsed(tmp_path, plan).refused

    assert refused.place.endswith("plan.yaml:12")
    assert refused.why == "ada@example.test is ACTIVE and cannot become ACTIVE"


def test_limits_take_time(tmp_path: Path) -> None:
    """Sixty requests a minute: the others wait, and the days show it."""
    people = "login,groups\n" + "".join(f"p{number:02}@example.test,Staff\n" for number in range(80))
    outcome = rehearsed(tmp_path, files={"people.csv": people})

    assert outcome.rate_limited > 0
    assert outcome.wait is not None
    assert outcome.wait.lasted.total_seconds() >= 60
    assert outcome.fates()[Fate.JOINED] == 80
    assert (outcome.days[0].invitations, outcome.days[2].acceptances) == (80, 80)
    assert outcome.days[0].open_tasks > 0
    assert outcome.seats["acme"].most == 82
    assert outcome.total_requests == sum(day.requests for day in outcome.days)


def test_rules_of_oktas_page_are_counted(tmp_path: Path) -> None:
    """Each decision that upholds a rule counts for it: two assignments, and the invitation that came of one."""
    assert rehearsed(tmp_path).rules["PNU-1"] == 3


def test_a_plan_goes_live_in_waves(tmp_path: Path) -> None:
    """An org at a time, each on its day."""
    plan = f"{TWO_ORGS}happens:\n  - {{go_live: everything, org: amer}}\n"
    plan += "  - {on: 2026-03-09, go_live: everything, org: emea}\n"
    grace = row_of(rehearsed(tmp_path, plan), "grace@example.test")

    assert [f"{each.at:%Y-%m-%d}" for each in grace.history if each.what.startswith("linked")] == [
        "2026-03-02",
        "2026-03-09",
    ]


def test_an_import_makes_an_okta_user_of_whoever_is_in_workato_only(tmp_path: Path) -> None:
    """Who that is, the row says."""
    plan = f"{PLAN}happens:\n  - go live\n  - {{after: 1 day, okta: import_users}}\n"
    carol = row_of(rehearsed(tmp_path, plan), "carol@example.test")

    assert (carol.name, carol.orgs, carol.fate) == ("Carol Shaw", ("acme-okta",), "linked")


def test_a_workspace_may_be_written_in_the_plan(tmp_path: Path) -> None:
    """As scenarios give it, instead of a seed."""
    plan = PLAN.replace("{seed: seed.yaml}", "{workspaces: {acme: {roles: [Builder]}}}")

    assert row_of(rehearsed(tmp_path, plan), "ada@example.test").fate == "joined"


def test_the_same_plan_gives_the_same_outcome(tmp_path: Path) -> None:
    """Nothing is left to chance."""
    assert rehearsed(tmp_path) == rehearsed(tmp_path)


def test_an_outcome_is_compared_with_another(tmp_path: Path) -> None:
    """How many people fare otherwise in which way, and who."""
    first = rehearsed(tmp_path)
    second = rehearsed(tmp_path, PLAN.replace("{dev: Builder}", "{dev: Member, prod: Builder}"))
    comparison = compare(first, second)

    assert comparison.sums == (
        "2 people have Member in dev instead of Builder",
        "2 people gain prod",
        *comparison.sums[2:],
    )
    assert {each.person for each in comparison.people} == {"ada@example.test", "grace@example.test"}
    assert compare(first, first).people == ()


def test_whoever_left_before_the_rollout_is_found_in_workato(tmp_path: Path) -> None:
    """Okta assigns nothing to a deactivated user, so it will never take anything away."""
    people = "login,status,groups\ngrace@example.test,DEPROVISIONED,Staff\n"
    outcome = rehearsed(tmp_path, files={"people.csv": people})

    assert dangers_of(outcome, "grace@example.test") == ["will never be removable"]
    assert row_of(outcome, "grace@example.test").notes == ("is deactivated in Okta",)


def test_somebody_of_two_orgs_who_is_not_the_same_in_both_has_two_rows(tmp_path: Path) -> None:
    """Two profiles under one username are two people in Okta, and one seat in Workato."""
    plan = TWO_ORGS.replace("amer:\n    people: people.csv", "amer:\n    people: others.csv")
    others = "login,firstName,lastName,groups\ngrace@example.test,Gracia,Hopper,Staff\n"
    outcome = rehearsed(tmp_path, plan, {"others.csv": others})

    first, second = row_of(outcome, "grace@example.test"), row_of(outcome, "grace@example.test (amer)")
    assert first.after == second.after
    assert second.after.roles == {"dev": "Member"}
    assert "emea grants Builder in dev, and amer makes it Member" in first.findings[-1].why


def test_the_case_of_an_address_makes_no_difference(tmp_path: Path) -> None:
    """Workato, Okta and the tables may each write it in their own way."""
    files = {
        "seed.yaml": SEED.replace("grace@example.test", "Grace@Example.test"),
        "people.csv": "login,groups\nGRACE@example.test,Staff\n",
    }
    outcome = rehearsed(tmp_path, files=files)

    assert row_of(outcome, "GRACE@example.test").fate == "linked"
    assert len(outcome.rows) == 2


def test_an_invitation_from_before_is_answered_too(tmp_path: Path) -> None:
    """Who was invited before the rehearsal answers as everybody does."""
    seed = SEED.replace(
        "    api_clients",
        "    invitations: [{name: Ada, email: ada@example.test, roles: {dev: Builder}}]\n    api_clients",
    )

    assert row_of(rehearsed(tmp_path, files={"seed.yaml": seed}), "ada@example.test").after.state == "collaborator"


def test_a_plan_may_take_the_road_of_scim(tmp_path: Path) -> None:
    """The workspace of the seed gets SCIM, and roles go as attributes."""
    plan = PLAN.replace("{workspace: acme}", "{workspace: acme, road: scim}").replace("entitlements:", "roles:")
    outcome = rehearsed(tmp_path, plan)

    assert row_of(outcome, "ada@example.test").after.roles == {"dev": "Builder"}
    assert "administrator demoted" in dangers_of(outcome, "grace@example.test")
    assert any(rule.startswith("OSC-") for rule in outcome.rules)


def test_an_import_may_link_somebody_of_the_same_name(tmp_path: Path) -> None:
    """A partial match that confirms itself joins two people who share no address."""
    switches = "provisioning: {partial_match: true, auto_confirm_partial: true}"
    plan = PLAN.replace("{workspace: acme}", f"{{workspace: acme, {switches}}}").replace(
        "group: Staff", "group: Nobody"
    )
    files = {"people.csv": "login,firstName,lastName,groups\ncshaw@example.test,Carol,Shaw,Nobody\n"}
    outcome = rehearsed(tmp_path, f"{plan}happens: [{{okta: import_users}}]\n", files)

    assert dangers_of(outcome, "cshaw@example.test") == ["matched to somebody else"]
    assert "with Carol Shaw, carol@example.test, in Workato" in row_of(outcome, "cshaw@example.test").findings[0].why


def test_whoever_has_another_username_since_is_the_same_person(tmp_path: Path) -> None:
    """Workato goes on knowing the person by the first one."""
    plan = f"{PLAN}happens:\n  - go live\n"
    plan += "  - {after: 9 days, okta: move_domain, old: example.test, new: example.com}\n"
    outcome = rehearsed(tmp_path, plan)

    assert "matched to somebody else" not in dangers_of(outcome, "ada@example.test")
    assert row_of(outcome, "ada@example.test").after.state == "collaborator"


def test_seats_that_run_out_are_told_once(tmp_path: Path) -> None:
    """Whoever accepts too late is refused; one reason is one line, with how many it befell."""
    seed = SEED.replace(
        "    roles: [{name: Builder}]", "    roles: [{name: Builder}]\n    plan: {collaborator_limit: 3}"
    )
    people = "login,groups\n" + "".join(f"p{number}@example.test,Staff\n" for number in range(5))
    outcome = rehearsed(tmp_path, files={"seed.yaml": seed, "people.csv": people})
    ((refused, times),) = outcome.refusals()

    assert (refused.why, times) == ("Collaborator limit of 3 reached", 4)
    assert (outcome.seats["acme"].after, outcome.seats["acme"].limit) == (7, 3)
