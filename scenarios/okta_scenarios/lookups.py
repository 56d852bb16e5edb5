"""The commands that play nothing: `check` and `rules`. They import little, so that they answer at once."""

from collections.abc import Iterable
from pathlib import Path

import click

from okta_scenarios.error_codes import RUN_UNKNOWN_ID
from okta_scenarios.selection import Unusable, library, unknown
from workato_emulator import counted, hanging, one_line


def check(paths: tuple[Path, ...]) -> None:
    """Say what is wrong with these scenarios. Raises `Unusable`."""
    found = library(paths)
    for warning in found.warnings:
        click.echo(one_line(f"warning: {warning}"))
    click.echo(f"{counted(len(found), 'scenario')}, nothing wrong")


def rules(rule: str | None) -> None:
    """One rule, or a line on each of them. Raises `Unusable`."""
    for line in _list_rules() if rule is None else _explain_rule(rule):
        click.echo(line)


def _list_rules() -> Iterable[str]:
    from okta_scenarios.rules import known_rules

    return (hanging(f"{each.id:8}  {each.standing:10}  ", each.statement) for each in known_rules().values())


def _explain_rule(id_: str) -> Iterable[str]:
    from okta_scenarios.rules import breaking, known_rules, violation_of
    from okta_scenarios.skimming import skim

    known = known_rules()
    if id_ not in known:
        raise Unusable(unknown("rule", id_, known), RUN_UNKNOWN_ID)
    rule = known[id_]
    yield hanging(f"{rule.id}  ", rule.statement)
    yield f"  standing   {rule.standing}"
    yield hanging("  source     ", rule.source)
    yield hanging("  ", breaking(violation_of(rule.id)), indent=13)
    for scenario in skim():
        if rule.id in scenario.rules:
            yield hanging("  scenario   ", one_line(f"{scenario.id}  {scenario.title}"))
