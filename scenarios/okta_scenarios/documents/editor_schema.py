"""The schemas of scenario files and plans with all that an editor offers: rules and assumptions, each with its text."""

from okta_scenarios.assumptions import questions
from okta_scenarios.language.schema import OpenQuestion, plan_schema, schema, schema_text
from okta_scenarios.rules import known_rules


def editor_schema() -> str:
    """As `workato-emulator schema` prints it, and as `init` writes it beside the first scenario."""
    return schema_text(schema({each.id: each.statement for each in known_rules().values()}, _open_questions()))


def plan_editor_schema() -> str:
    """As `workato-emulator schema plan` prints it."""
    return schema_text(plan_schema(_open_questions()))


def _open_questions() -> dict[str, OpenQuestion]:
    return {each.id: OpenQuestion(each.question, (each.default, *each.alternatives)) for each in questions()}
