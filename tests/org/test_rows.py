"""Rows keep the order of a dict, and never change."""

from hypothesis import given
from hypothesis import strategies as st

from okta_org.rows import Rows

STEPS = st.lists(st.tuples(st.sampled_from("abcdef"), st.none() | st.integers()), max_size=30)


@given(STEPS)
def test_rows_are_what_a_dict_would_be(steps: list[tuple[str, int | None]]) -> None:
    """A key that gets another value keeps its place, and one that comes back comes last; earlier rows stay."""
    rows: Rows[str, int] = Rows()
    model: dict[str, int] = {}
    for key, value in steps:
        before, shown = rows, list(rows.items())
        if value is not None:
            rows, model = rows.put(key, value), {**model, key: value}
        elif key in model:
            rows = rows.without(key)
            del model[key]
        assert list(before.items()) == shown
        assert list(rows.items()) == list(model.items())
        assert (rows.in_order(), len(rows), dict(rows)) == (tuple(model.values()), len(model), model)
