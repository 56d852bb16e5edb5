"""Plans and their tables: what is read, and what is said of what cannot be."""

from pathlib import Path

import pytest
from tests.scenarios.rehearsal.planning import PLAN, plan_of, problems, words

from okta_scenarios.language import Library, load

ROOT = Path(__file__).parents[3]

HEADER = "login,firstName,lastName,groups\n"


@pytest.mark.parametrize(
    "table",
    [
        pytest.param("\ufefflogin,groups\nada@example.test,Staff\n", id="a byte order mark"),
        pytest.param("login,groups\r\nada@example.test,Staff\r\n", id="CRLF"),
        pytest.param("login;groups\nada@example.test;Staff\n", id="semicolons"),
        pytest.param("login\tgroups\nada@example.test\tStaff\n", id="tabs"),
        pytest.param("\n\nlogin,groups\n,\n\nada@example.test,Staff\n\n", id="empty lines"),
        pytest.param(" login , groups \n ada@example.test , Staff \n", id="blanks around"),
        pytest.param('login,groups\n"ada@example.test","Staff"\n', id="quotes"),
        pytest.param('note,login,groups\n"two\nlines, and ""more""",ada@example.test,Staff\n', id="a quoted newline"),
        pytest.param("user.login,Group Memberships\nada@example.test,Staff\n", id="headers of another export"),
        pytest.param('login,groups\nada@example.test,"Other; Staff"\n', id="several groups in a cell"),
    ],
)
def test_a_table_is_read_however_it_was_exported(tmp_path: Path, table: str) -> None:
    """The separator, line endings, blanks, quotes and the spelling of usual headers make no difference."""
    given = plan_of(tmp_path, files={"people.csv": table}).world.given

    assert given.okta["acme-okta"].people == ("ada@example.test",)
    assert given.okta["acme-okta"].groups["Staff"] == ("ada@example.test",)


def test_columns_say_what_a_header_means(tmp_path: Path) -> None:
    """`columns` maps the headers of an export that nobody could guess."""
    plan = PLAN.replace("people: people.csv", "people: {csv: people.csv, columns: {login: Kennung, groups: Rolle}}")
    given = plan_of(tmp_path, plan, {"people.csv": "Kennung,Rolle\nada@example.test,Staff\n"}).world.given

    assert given.okta["acme-okta"].groups["Staff"] == ("ada@example.test",)


def test_columns_may_name_any_attribute_that_a_table_has(tmp_path: Path) -> None:
    """Where two headers may be the same attribute, too: the message that says so can be followed."""
    table = "login,department,user.department,groups\nada@example.test,Old,New,Staff\n"
    (found,) = problems(tmp_path, files={"people.csv": table})
    assert "`columns: {department: …}`" in found
    plan = PLAN.replace("people: people.csv", "people: {csv: people.csv, columns: {department: user.department}}")
    plan_of(tmp_path, plan, {"people.csv": table})


def test_a_mistake_about_a_table_is_told_as_one(tmp_path: Path) -> None:
    """And not as if people were written out; nor the other way about."""
    plan = PLAN.replace("people: people.csv", "people: {csv: people.csv, columns: {login: login, surname: lastName}}")
    (found,) = problems(tmp_path, plan)
    assert "okta.acme-okta.people.columns cannot be 'surname'; it is 'login'" in found
    (found,) = problems(tmp_path, PLAN.replace("people: people.csv", "people: {ada: {emial: ada@example.test}}"))

    assert "unknown key 'emial'" in found


def test_memberships_may_stand_in_a_table_of_their_own(tmp_path: Path) -> None:
    """A row names a group and somebody by username or email, in any case."""
    plan = PLAN.replace("people: people.csv", "people: people.csv\n    groups: groups.csv")
    files = {
        "people.csv": "login,email\nada,ada@example.test\nben,ben@example.test\n",
        "groups.csv": "group,user\nStaff,ADA\nStaff,ben@example.test\nStaff,ada\n",
    }

    assert plan_of(tmp_path, plan, files).world.given.okta["acme-okta"].groups == {"Staff": ("ada", "ben")}


def test_groups_that_differ_only_in_case_are_noted(tmp_path: Path) -> None:
    """A name that was typed otherwise makes another group, and nobody in it gets the app."""
    people = "login,groups\nada@example.test,Staff\nben@example.test,staff\nel@example.test,Leads\n"
    plan = plan_of(tmp_path, files={"people.csv": people})

    assert [each for each in plan.notes if each.startswith("groups")] == [
        "groups of acme-okta: 'Staff' and 'staff' differ only in case, and are different groups"
    ]


def test_people_may_be_written_as_scenarios_have_them(tmp_path: Path) -> None:
    """YAML in the place of a table: people by short name, and groups with their people."""
    plan = PLAN.replace("people: people.csv", "people: {ada: {email: ada@example.test}}\n    groups: {Staff: [ada]}")

    assert plan_of(tmp_path, plan).world.given.okta["acme-okta"].groups == {"Staff": ("ada",)}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        pytest.param(
            "mial,groups\nx,y\n",
            "people.csv:1:1: no column login; there is groups, mial; say which it is under `columns: {login: …}`",
            id="no login",
        ),
        pytest.param("", "people.csv:1:1: the file has no row of column headers", id="an empty file"),
        pytest.param("login,login\na@b,c@d\n", "people.csv:1:1: duplicate column 'login'", id="a header twice"),
        pytest.param(
            "login,Username\na@b,c@d\n",
            "people.csv:1:1: 'login' and 'Username' may both be the column login; say which under",
            id="two headers of one meaning",
        ),
        pytest.param(
            f"{HEADER}ada@example.test\nADA@example.test\n",
            "people.csv:3:1: ADA@example.test is the username of line 2, too",
            id="a username twice",
        ),
        pytest.param(f"{HEADER}\n,Ada,\n", "people.csv:3:1: the row has neither a login nor an email", id="nobody"),
        pytest.param(f"{HEADER}ada,Ada,\n", "people.csv:2:1: 'ada' is not an email", id="no email"),
        pytest.param(
            "login,status\nada@example.test,ACTIV\n",
            "people.csv:2:1: unknown state 'ACTIV' of an Okta user; did you mean 'ACTIVE'?",
            id="an unknown state",
        ),
        pytest.param(
            f"{HEADER}a@b,c,d,e,f\n", "people.csv:2:1: the row has 5 cells, and there are 4 columns", id="wide"
        ),
        pytest.param(f'{HEADER}"a@b,c\n', "people.csv:2:1: the row cannot be read: unexpected end of data", id="open"),
        pytest.param(b"login\nada@\xfcber.test\n", "people.csv:2:1: not UTF-8; save the table as CSV", id="Latin-1"),
        pytest.param("login\na@b\n".encode("utf-16"), "people.csv:1:1: not UTF-8", id="UTF-16"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_with_its_line(tmp_path: Path, table: str | bytes, said: str) -> None:
    """File and line come first, then what is wrong and what would be right."""
    (found,) = problems(tmp_path, files={"people.csv": table})

    assert found.startswith(said)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param(
            "dev: Builder", "dev: Bilder", "plan.yaml:8:19: unknown role 'Bilder' in acme; did you mean", id="role"
        ),
        pytest.param(
            "group: Staff", "group: Staf", "plan.yaml:8:27: unknown Okta group 'Staf'; did you mean", id="group"
        ),
        pytest.param(
            "workspace: acme", "workspace: acne", "plan.yaml:7:33: unknown workspace 'acne'; did you", id="workspace"
        ),
        pytest.param(
            "dev: Builder", "dve: Builder", "plan.yaml:8:49: unknown environment 'dve'; did you mean", id="environment"
        ),
        pytest.param(
            "people.csv", "peple.csv", "peple.csv:1:1: cannot be read: No such file", id="a table that is missing"
        ),
        pytest.param("seed.yaml", "sede.yaml", "sede.yaml:1:1: ", id="a seed that is missing"),
        pytest.param(
            "okta:", "otka:", "plan.yaml:4:1: unknown key 'otka' in the plan; did you mean 'okta'?", id="a key"
        ),
        pytest.param(
            "accepts after", "acepts after", "plan.yaml:9:26: 'acepts after 2 days' is not an answer", id="an answer"
        ),
        pytest.param("2 days", "2 dyas", "plan.yaml:9:26: '2 dyas' is not a duration", id="a duration"),
    ],
)
def test_what_is_wrong_with_a_plan_is_told_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    """A name that leads nowhere comes with the nearest right spelling."""
    found = problems(tmp_path, PLAN.replace(old, new))

    assert found[0].startswith(said)
    assert len(found) == 1


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        pytest.param(
            "go lvie", "'go lvie' is nothing that happens; write 'go live', a step, or changes", id="no event"
        ),
        pytest.param("{clock: {advance: 1d}}", "a plan has no `clock:` step; write `after` or `on`", id="a clock"),
        pytest.param("{check: all is well}", "a plan has no `check:` step", id="a check"),
        pytest.param(
            "{okta: import_users, expect: {tasks: 0}}",
            "a step of a plan has no `expect` and no `during`",
            id="expecting",
        ),
        pytest.param(
            "{okta: import_user}", "'import_user' is no okta verb; did you mean 'import_users'?", id="no verb"
        ),
        pytest.param(
            "{okta: deactivate_user, user: adda@example.test}", "unknown person 'adda@example.test'", id="who"
        ),
        pytest.param(
            "{on: 30 March, okta: import_users}", "'30 March' is not a day; write one such as 2026-03-02", id="when"
        ),
        pytest.param("{go_live: everything, group: Stuff}", "nothing goes live: no assignment fits", id="nothing live"),
    ],
)
def test_what_cannot_happen_is_told(tmp_path: Path, happens: str, said: str) -> None:
    """What happens is `go live`, a step without expectations, or a table of changes."""
    found = problems(tmp_path, f"{PLAN}happens:\n  - {happens}\n")

    assert [each for each in found if said in each] == found


@pytest.mark.parametrize(
    ("row", "said"),
    [
        pytest.param("2026-02-30,leave,ada@example.test,", "'2026-02-30' is not a day", id="no such day"),
        pytest.param(
            "2026-04-01,leav,ada@example.test,", "'leav' is not a change; write join, move or leave", id="no change"
        ),
        pytest.param("2026-04-01,leave,adda@example.test,", "unknown person 'adda@example.test'", id="nobody"),
        pytest.param("2026-04-01,join,ada@example.test,", "ada@example.test is in the org already", id="is there"),
        pytest.param(
            "2026-03-02,join,grace@example.test,", "grace@example.test is in the org already", id="leaves later"
        ),
        pytest.param(
            "2026-04-01,move,ada@example.test,Stuff", "unknown group 'Stuff'; did you mean 'Staff'?", id="group"
        ),
    ],
)
def test_a_change_that_cannot_be_is_told_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    """A table of joiners, movers and leavers is read before anything happens."""
    changes = f"date,change,login,groups\n2026-03-09,leave,grace@example.test,\n{row}\n"
    (found,) = problems(tmp_path, f"{PLAN}happens: [go live, {{changes: changes.csv}}]\n", {"changes.csv": changes})

    assert found.startswith("changes.csv:3:1: ")
    assert said in found


def test_changes_may_begin_with_the_last_day(tmp_path: Path) -> None:
    """Somebody who leaves further up than they join is known."""
    changes = "date,change,login,groups\n2026-04-01,leave,new@example.test,\n2026-03-09,join,new@example.test,Staff\n"
    plan = plan_of(tmp_path, f"{PLAN}happens: [go live, {{changes: changes.csv}}]\n", {"changes.csv": changes})

    assert [each.mark.line for each in plan.happenings[1:]] == [3, 2]


@pytest.mark.parametrize(
    ("days", "lasts", "said"),
    [
        (("2026-03-02", "2026-03-09"), "7 days", []),
        (
            ("2025-03-09", "2025-03-10", "2026-03-03"),
            "7 days",
            ["changes.csv:2 and 1 more row: dated before the start, happens at the start"],
        ),
        (("2026-03-09", "2026-03-10"), "7 days", ["changes.csv:3: after the end, is left out"]),
    ],
)
def test_what_is_not_within_the_rehearsal_is_noted(
    tmp_path: Path, days: tuple[str, ...], lasts: str, said: list[str]
) -> None:
    """A year that was mistyped is seen, and nothing is left out without a word."""
    changes = "date,change,login\n" + "".join(f"{day},move,ada@example.test\n" for day in days)
    plan = plan_of(
        tmp_path, f"{PLAN}lasts: {lasts}\nhappens: [go live, {{changes: changes.csv}}]\n", {"changes.csv": changes}
    )

    assert [each for each in plan.notes if each.startswith("changes.csv")] == said


def test_of_a_thousand_wrong_rows_some_are_told(tmp_path: Path) -> None:
    """The first twenty say what is wrong; the others are counted."""
    found = problems(tmp_path, files={"people.csv": "login\n" + "nobody\n" * 1000})

    assert len(found) == 21
    assert "and 980 more rows that cannot be used" in found[-1]


@pytest.mark.long
def test_a_hundred_thousand_people_are_read(tmp_path: Path) -> None:
    """A large table is read in one go, row by row."""
    rows = "".join(f"p{number}@example.test,Person,{number},Staff\n" for number in range(100_000))
    given = plan_of(tmp_path, files={"people.csv": HEADER + rows}).world.given

    assert len(given.okta["acme-okta"].groups["Staff"]) == 100_000


def test_a_plan_in_a_folder_is_no_scenario() -> None:
    """`check` and `run` pass plans, seeds and tables over."""
    found = load((ROOT / "scenarios" / "plans",), words())

    assert isinstance(found, Library)
    assert len(found) == 0
