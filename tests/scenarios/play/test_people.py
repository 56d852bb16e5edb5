"""The people of a scenario."""

from okta_org import OktaUser
from okta_scenarios.language.models.given import Given, Person, Profile
from okta_scenarios.play.people import People


def test_the_same_seed_gives_the_same_people() -> None:
    """Nothing but the short name and the seed decides who somebody is, not even who was asked for before."""
    one, other = People(Given(), 3), People(Given(), 3)
    _ = other["ben"]

    assert one["ada"] == other["ada"]


def test_another_seed_gives_other_surnames() -> None:
    """Over a few seeds nobody keeps the same surname, while first name and email stay."""
    people = [People(Given(), seed)["ada"] for seed in range(5)]

    assert len({person.last_name for person in people}) > 1
    assert {(person.first_name, person.email, person.user_name) for person in people} == {
        ("Ada", "ada@example.test", "ada@example.test")
    }


def test_what_the_file_says_of_somebody_counts() -> None:
    """Name, email, username and attributes are taken as they are written."""
    said = Person(
        name="Ada King Lovelace",
        email="Countess@example.test",
        user_name="ada.l@example.test",
        attributes=Profile(title="Analyst", department=None),
    )
    person = People(Given(people={"ada": said}), 0)["ada"]

    assert person.name == "Ada King Lovelace"
    assert person.as_okta_user() == OktaUser(
        name="ada",
        login="ada.l@example.test",
        email="Countess@example.test",
        first_name="Ada",
        last_name="King Lovelace",
        attributes={"title": "Analyst", "department": None},
    )


def test_somebody_may_have_one_name_only() -> None:
    """A name of one word is a first name, with nothing after it."""
    assert People(Given(people={"ada": Person(name="Ada")}), 0)["ada"].name == "Ada"


def test_the_username_is_the_email_unless_it_is_said() -> None:
    """Only what is said differs from what follows from the short name."""
    person = People(Given(people={"ada": Person(email="a@example.test")}), 0)["ada"]

    assert person.user_name == "a@example.test"
    assert person.first_name == "Ada"


def test_short_names_are_found_by_email_in_any_case() -> None:
    """An email leads back to the person whom somebody has asked for; a stranger's stays as it is."""
    people = People(Given(), 0)
    _ = people["ada"]

    assert people.short_of("ADA@Example.test") == "ada"
    assert people.short_of("ben@example.test") == "ben@example.test"
