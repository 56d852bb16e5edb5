"""Whatever a form holds, an act is done or refused in words, and a page follows."""

from hypothesis import given
from hypothesis import strategies as st

from workato_emulator import Emulator

from ...world import ADA, SEED
from .looking import HOME, Looker, button

FIELDS = (
    *("workspace", "invitation", "email", "seconds", "now", "rule", "assumption", "value", "snapshot", "operation"),
    *("effect", "count", "status", "latency_seconds", "retry_after_seconds", "label", "back", "role-in-dev", "{0}"),
)
ACTS = (
    *("accept", "decline", "cancel", "expire", "remove", "change-roles", "advance", "set-clock", "suspend", "resume"),
    *("assume", "arm", "disarm", "take", "restore", "drop", "reset", "be-strict", "be-lenient", "clear-requests"),
)
SOUND = (
    "acme",
    ADA,
    "1200",
    "2026-03-01T08:00",
    "INV-6",
    "removal_answer",
    "200",
    "latency",
    "listCollaborators",
    "nan",
)
values = st.sampled_from(SOUND) | st.text(max_size=20) | st.floats().map(str) | st.integers().map(str)


@given(act=st.sampled_from(ACTS), typed=st.dictionaries(st.sampled_from(FIELDS), values))
def test_no_form_breaks_anything(act: str, typed: dict[str, str]) -> None:
    """Nor does the page that shows what came of it."""
    looker = Looker(Emulator(SEED))
    sent = button(looker.open(f"{HOME}world"), "+20 min")
    sent.action = f"{HOME}acts/{act}"
    sent.fields = {"csrf": sent.fields["csrf"]}

    answer = looker.answer(sent, None, **typed)

    assert answer.status_code in {200, 400, 404}
    assert answer.history[0].status_code == 303
    assert looker.open(f"{HOME}world").heads[0] == "World"
