"""What a shell offers after the Tab key. It has to answer at once, so files are skimmed, not read."""

import re
from collections.abc import Iterable

import click
from click.shell_completion import CompletionItem

from okta_scenarios import error_codes as _ours  # noqa: F401  (declares the codes of this package)
from okta_scenarios.skimming import skim
from workato_emulator import error_codes


def rule_ids(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """The rules that scenarios of the library claim, which are all rules."""
    return _beginning(begun, _in_order(each.rules for each in skim()))


def tags_in_use(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    return _beginning(begun, _in_order(each.tags for each in skim()))


def scenario_words(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Scenarios by id, with their titles."""
    found = sorted({each.id: each.title for each in skim()}.items())
    return [CompletionItem(id_, help=title) for id_, title in found if _is_begun(id_, begun)]


def assumption_choices(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """`NAME=VALUE`, for each open question every answer."""
    from okta_scenarios.assumptions import questions  # slow to import, and needed here only

    answers = (
        CompletionItem(f"{each.id}={value}", help=each.question)
        for each in questions()
        for value in (each.default, *each.alternatives)
    )
    return [each for each in answers if _is_begun(str(each.value), begun)]


def codes(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Codes of errors, then rules."""
    errors = [CompletionItem(each.code, help=each.title) for each in error_codes() if _is_begun(each.code, begun)]
    return [*errors, *_beginning(begun, _in_order(each.rules for each in skim()))]


def _in_order(lists: Iterable[Iterable[str]]) -> list[str]:
    """Every word in these lists once, in the order of kinds and numbers."""
    words = {word for each in lists for word in each}
    return sorted(words, key=lambda word: [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", word)])


def _beginning(begun: str, words: Iterable[str]) -> list[CompletionItem]:
    return [CompletionItem(word) for word in words if _is_begun(word, begun)]


def _is_begun(word: str, begun: str) -> bool:
    return word.casefold().startswith(begun.casefold())
