"""Runs scenarios: sets up what is given, acts each step out, and holds what it expects against what is there."""

from okta_scenarios.play.dry_run import flaws
from okta_scenarios.play.harness import IN_PROCESS
from okta_scenarios.play.needs import not_playable
from okta_scenarios.play.results import Change, Exchange, Mismatch, ScenarioResult, StepResult
from okta_scenarios.play.run import run_scenario
from okta_scenarios.play.vocabulary import vocabulary
from okta_scenarios.play.world import AS_DOCUMENTED, World

__all__ = [
    "AS_DOCUMENTED",
    "IN_PROCESS",
    "Change",
    "Exchange",
    "Mismatch",
    "ScenarioResult",
    "StepResult",
    "World",
    "flaws",
    "not_playable",
    "run_scenario",
    "vocabulary",
]
