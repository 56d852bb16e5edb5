"""What Okta logs and sends in the library's scenarios stays as it is, whatever is rebuilt."""

import pytest

from .system_log import SEEDS, SNAPSHOT, snapshot


@pytest.mark.parametrize("seed", [SEEDS[0], *(pytest.param(each, marks=pytest.mark.long) for each in SEEDS[1:])])
def test_every_scenario_logs_and_sends_what_it_always_did(seed: int) -> None:
    """Where a change is meant, `python tests/scenarios/library/system_log.py keep` writes the snapshot anew."""
    kept = [line for line in SNAPSHOT.read_text("utf-8").splitlines() if f" seed {seed}: " in line]
    assert sorted(snapshot(seed)) == kept
