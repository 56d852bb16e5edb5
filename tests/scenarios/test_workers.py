"""Who plays: this process or several."""

import pytest

from okta_scenarios.workers import Job, Workers, worthwhile

from .playing import scenario

HOLDS = "- {okta: assign, user: ada, entitlements: {dev: Member}, expect: {invited: true}, proves: [PNU-1]}"


@pytest.mark.slow
def test_other_processes_play_as_this_one_does() -> None:
    """Results and verdicts are equal, and in the same order."""
    job = Job(tuple(scenario(HOLDS, id_=f"SC-00{number}") for number in range(1, 6)), seed=3)
    with Workers(job, 1) as alone, Workers(job, 2) as together:
        results = list(alone.play())

        assert list(together.play()) == results
        assert list(together.judge(results)) == list(alone.judge(results))


@pytest.mark.parametrize("scenarios", [0, 1, 30])
def test_a_few_scenarios_are_not_worth_a_process(scenarios: int) -> None:
    """They are played faster than a process starts."""
    assert worthwhile(scenarios) == 1
