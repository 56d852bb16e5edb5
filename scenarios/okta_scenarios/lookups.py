"""The commands that play nothing: `check` and `rules`. They import little, so that they answer at once."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from okta_scenarios.bundled import fixtures, suites
from okta_scenarios.error_codes import RUN_UNKNOWN_ID
from okta_scenarios.kept import kept_answer
from okta_scenarios.language import library_digest
from okta_scenarios.selection import Unusable, library, must_exist, unknown
from workato_emulator import counted, hanging, one_line


def check(paths: tuple[Path, ...]) -> None:
    """Say what is wrong with these scenarios. Raises `Unusable`."""
    chosen = paths or (suites(),)
    must_exist(chosen)

    def read() -> tuple[str, ...]:
        found = library(paths)
        warnings = (one_line(f"warning: {warning}") for warning in found.warnings)
        return (*warnings, f"{counted(len(found), 'scenario')}, nothing wrong")

    digest = library_digest(chosen, fixtures())
    for line in read() if digest is None else kept_answer("check", digest, read, chosen):
        click.echo(line)


def rules(rule: str | None) -> None:
    """One rule, or a line on each of them. Raises `Unusable`."""
    for line in _list_rules() if rule is None else _explain_rule(rule):
        click.echo(line)


def _list_rules() -> Iterable[str]:
    return (
        hanging(f"{id_:8}  {standing:10}  ", statement) for id_, (statement, _, standing, _) in rule_texts().items()
    )


def _explain_rule(id_: str) -> Iterable[str]:
    from okta_scenarios.skimming import skim

    known = rule_texts()
    if id_ not in known:
        raise Unusable(unknown("rule", id_, known), RUN_UNKNOWN_ID)
    statement, source, standing, broken = known[id_]
    yield hanging(f"{id_}  ", statement)
    yield f"  standing   {standing}"
    yield hanging("  source     ", source)
    yield hanging("  ", broken, indent=13)
    for scenario in skim(id_):
        if id_ in scenario.rules:
            yield hanging("  scenario   ", one_line(f"{scenario.id}  {scenario.title}"))


def rule_texts() -> Mapping[str, tuple[str, str, str, str]]:
    """Every rule's sentence, source and standing, and how it is broken; kept, as declarations take long to import."""

    def declared() -> dict[str, tuple[str, str, str, str]]:
        from okta_scenarios.rules import breaking, known_rules, violation_of

        return {
            id_: (each.statement, each.source, str(each.standing), breaking(violation_of(id_)))
            for id_, each in known_rules().items()
        }

    return kept_answer("rules", b"", declared)
