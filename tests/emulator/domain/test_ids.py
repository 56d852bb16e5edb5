"""Ids and handles: a seed and a count."""

from workato_emulator.domain.ids import IdFactory


class TestIds:
    """Ids depend on a seed and a count, and on nothing else."""

    def test_numbers_go_up_and_handles_look_like_the_vendors(self) -> None:
        """`pf-` and eight and six letters or digits."""
        ids = IdFactory(0)
        assert [ids.number(), ids.number()] == [50002, 50003]
        prefix, middle, end = ids.handle("pf").split("-")
        assert (prefix, len(middle), len(end), ids.count) == ("pf", 8, 6, 3)
        assert (middle + end).isalnum()

    def test_the_seed_decides_handles(self) -> None:
        """The same seed and count give the same handle."""
        assert IdFactory(1).handle("am") == IdFactory(1).handle("am")
        assert IdFactory(1).handle("am") != IdFactory(2).handle("am")
        assert IdFactory(1, 5).handle("am") != IdFactory(1).handle("am")

    def test_a_number_somebody_brought_along_is_skipped(self) -> None:
        """And what is smaller than where we are changes nothing."""
        ids = IdFactory(0)
        ids.skip([50010, 3])
        assert ids.number() == 50011
