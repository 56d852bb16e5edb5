"""This run against an earlier one, of which the JSON report is there."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from okta_scenarios.audit import Verdict
from okta_scenarios.error_codes import RUN_REPORT
from okta_scenarios.play import ScenarioResult
from okta_scenarios.selection import Unusable


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier run came to: a status for each scenario, and one for each rule that somebody claimed."""

    file: str
    scenarios: Mapping[str, str]
    rules: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Ids of scenarios, and rules with the status that they had and have."""

    file: str
    newly_failed: tuple[str, ...]
    fixed: tuple[str, ...]
    still_failed: tuple[str, ...]
    added: tuple[str, ...]
    not_played: tuple[str, ...]
    rules: tuple[tuple[str, str, str], ...]

    @property
    def same(self) -> bool:
        """Whether nothing is different."""
        return not any((self.newly_failed, self.fixed, self.added, self.not_played, self.rules))


def read_earlier(file: Path) -> Earlier:
    """The report in this file. Raises `Unusable` for anything that is none."""
    try:
        report = json.loads(file.read_text(encoding="utf-8"))
        scenarios = {str(each["id"]): str(each["status"]) for each in report["scenarios"]}
        rules = {str(each["id"]): str(each["status"]) for each in report["rules"]}
    except OSError as error:
        raise Unusable(f"--against {file}: {error.strerror or error}", RUN_REPORT) from None
    except (ValueError, KeyError, TypeError):
        raise Unusable(f"--against {file}: this is not a JSON report of a run", RUN_REPORT) from None
    return Earlier(file.name, scenarios, rules)


def compared(earlier: Earlier, results: Iterable[ScenarioResult], verdicts: Iterable[Verdict]) -> Comparison:
    now = {result.id: result.status for result in results}
    failed = [id_ for id_, status in now.items() if status == "failed"]
    rules: list[tuple[str, Any, Any]] = [
        (verdict.rule.id, earlier.rules[verdict.rule.id], verdict.status)
        for verdict in verdicts
        if earlier.rules.get(verdict.rule.id, verdict.status) != verdict.status
    ]
    return Comparison(
        earlier.file,
        newly_failed=tuple(id_ for id_ in failed if earlier.scenarios.get(id_) == "passed"),
        fixed=tuple(id_ for id_, status in now.items() if (status, earlier.scenarios.get(id_)) == ("passed", "failed")),
        still_failed=tuple(id_ for id_ in failed if earlier.scenarios.get(id_) == "failed"),
        added=tuple(id_ for id_ in now if id_ not in earlier.scenarios),
        not_played=tuple(id_ for id_ in earlier.scenarios if id_ not in now),
        rules=tuple(rules),
    )
