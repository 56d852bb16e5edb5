"""Who is one person is defined twice, as connector and emulator do not know each other, and means the same."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from okta_connector.folding import alike
from okta_connector.folding import fold as folded_by_the_connector
from okta_org.decisions import Decisions
from workato_emulator import Emulator
from workato_emulator.domain.people import fold as folded_by_the_emulator

ONE_PERSON = [("ada@example.test", "ADA@Example.TEST"), ("straße@example.test", "STRAßE@EXAMPLE.TEST")]
TWO_PEOPLE = [
    ("strasse@example.test", "straße@example.test"),
    ("kay@example.test", "\u212aay@example.test"),
    ("fi@example.test", "\ufb01@example.test"),
    ("sam@example.test", "\u017fam@example.test"),
    ("i\u0307ris@example.test", "\u0130ris@example.test"),
    ("iris@example.test", "\u0131ris@example.test"),
    ("émile@example.test", "Émile@example.test"),
    ("e\u0301mile@example.test", "émile@example.test"),
    ("ada@straße.example.test", "ada@strasse.example.test"),
    ("\uff41da@example.test", "\uff21da@example.test"),
]
PAIRS = [*((*pair, True) for pair in ONE_PERSON), *((*pair, False) for pair in TWO_PEOPLE)]


@given(st.text())
@example("\u212a\u0130\u1e9e")
def test_both_sides_fold_alike(text: str) -> None:
    """And each folds ASCII as everybody does, and nothing else."""
    folded = folded_by_the_connector(text)

    assert folded == folded_by_the_emulator(text)
    assert folded == "".join(each.lower() if each.isascii() else each for each in text)


@pytest.mark.parametrize(("one", "other", "same"), PAIRS, ids=ascii)
def test_the_connector_the_import_and_workato_agree_on_who_is_who(one: str, other: str, *, same: bool) -> None:
    """The connector's match, a free username in Okta, and a second invitation in Workato."""
    workato = Emulator().client("acme")
    role = {"environment_type": "dev", "name": "Member", "role_type": "environment"}
    first, second = (
        workato.post("/api/member_invitations", json={"name": "New", "email": email, "env_roles": [role]})
        for email in (one, other)
    )

    assert alike(one, other) is same
    assert Decisions().username_is_free(one, [other]) is not same
    assert (first.status_code, second.status_code) == (200, 429 if same else 200)
