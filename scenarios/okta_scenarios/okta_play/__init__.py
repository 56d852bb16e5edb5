"""Okta's SCIM client as a player against any SCIM server, and a judge of what the server answers."""

from okta_scenarios.okta_play.judging import RULES, Finding, Level, Rule
from okta_scenarios.okta_play.lifecycle import ACTS
from okta_scenarios.okta_play.player import Report, play
from okta_scenarios.okta_play.session import DEFAULT_LIFECYCLE, Playing

__all__ = [
    "ACTS",
    "DEFAULT_LIFECYCLE",
    "RULES",
    "Finding",
    "Level",
    "Playing",
    "Report",
    "Rule",
    "play",
]
