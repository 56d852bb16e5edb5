"""Runs scenarios: a stage is set, each step is acted out, and what it expects is held against what is there."""

from okta_scenarios.play.rehearsal import flaws
from okta_scenarios.play.results import Change, Exchange, Mismatch, ScenarioResult, StepResult
from okta_scenarios.play.run import run_scenario
from okta_scenarios.play.vocabulary import vocabulary

__all__ = ["Change", "Exchange", "Mismatch", "ScenarioResult", "StepResult", "flaws", "run_scenario", "vocabulary"]
