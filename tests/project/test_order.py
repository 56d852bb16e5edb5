"""The order in which the tests run."""

from itertools import groupby

from ..order import LAYERS, ordered

DOMAIN = [f"tests/emulator/domain/test_{module}.py::test_{number}" for module in "ab" for number in range(20)]
SERVED = [f"tests/served/test_crowd.py::test_{number}" for number in range(20)]
ELSEWHERE = ["scenarios/suites/pud/PUD-1.yaml::PUD-1"]


def test_the_cheapest_doubt_comes_first() -> None:
    """A rule is tried before the server that obeys it, and what lies in no layer at the end."""
    found = ordered([*ELSEWHERE, *SERVED, *DOMAIN], 1)

    assert (set(found[:40]), set(found[40:60]), found[60:]) == (set(DOMAIN), set(SERVED), ELSEWHERE)


def test_another_seed_is_another_order_and_the_same_seed_the_same() -> None:
    """So that an order in which something fails can be had again."""
    assert ordered(DOMAIN, 1) == ordered(DOMAIN[::-1], 1)
    assert ordered(DOMAIN, 1) != ordered(DOMAIN, 2)


def test_the_tests_of_a_module_stay_together() -> None:
    """What they share is made once."""
    modules = [module for module, _ in groupby(ordered(DOMAIN, 1), key=lambda id_: id_.partition("::")[0])]

    assert len(modules) == 2


def test_a_folder_comes_before_the_folder_around_it() -> None:
    """The first layer that fits is a test's own."""
    assert all(not later.startswith(earlier) for i, earlier in enumerate(LAYERS) for later in LAYERS[i + 1 :])
