"""How often each documented rule decides: every decision carries the rules that it upholds."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

import okta_connector
import okta_org
from okta_connector.scim import ScimDecisions
from okta_scenarios.rules import SeamDecisions


def counting(decisions: SeamDecisions, counts: Counter[str]) -> SeamDecisions:
    """The same decisions, which add to `counts` by the id of each rule that they uphold."""
    return SeamDecisions(
        replace(decisions.connector, **_counting(decisions.connector, counts)),
        replace(decisions.org, **_counting(decisions.org, counts)),
        replace(decisions.scim, **_counting(decisions.scim, counts)),
    )


def _counting(
    decisions: okta_connector.Decisions | okta_org.Decisions | ScimDecisions, counts: Counter[str]
) -> Mapping[str, Callable[..., Any]]:
    """The decisions that uphold a rule, by their names."""
    named = ((each.name, getattr(decisions, each.name)) for each in fields(decisions))
    return {name: _counted(decide, decide.upholds, counts) for name, decide in named if hasattr(decide, "upholds")}


def _counted(decide: Callable[..., Any], rules: tuple[str, ...], counts: Counter[str]) -> Callable[..., Any]:
    def decide_and_count(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  (whatever the decision takes)
        for rule in rules:
            counts[rule] += 1
        return decide(*args, **kwargs)

    vars(decide_and_count)["upholds"] = rules
    return decide_and_count
