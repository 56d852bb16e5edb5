"""The schema of scenario files with all that an editor can offer: rules and assumptions, each with its sentence."""

from okta_scenarios.assumptions import questions
from okta_scenarios.language.schema import OpenQuestion, schema_text
from okta_scenarios.rules import known_rules


def editor_schema() -> str:
    """As `workato-emulator schema` prints it, and as `init` writes it beside the first scenario."""
    return schema_text(
        {each.id: each.statement for each in known_rules().values()},
        {each.id: OpenQuestion(each.question, (each.default, *each.alternatives)) for each in questions()},
    )
