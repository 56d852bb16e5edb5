"""`workato-emulator explain`: what an error means, and what to do about it.

Beside the codes of errors it knows what else a message may quote: rules, and the texts of Okta's tasks.
"""

from collections.abc import Iterable, Iterator, Mapping
from textwrap import fill, indent

import click

from okta_scenarios.completing import codes
from okta_scenarios.error_codes import RUN_UNKNOWN_ID
from okta_scenarios.kept import kept_answer
from workato_emulator import ErrorCode, did_you_mean, error_codes, hanging, room

WIDTH = 100


def task_texts() -> Mapping[str, tuple[str, ...]]:
    def declared() -> Mapping[str, tuple[str, ...]]:
        from okta_org.messages import TASK_TEXTS  # slow to import, beside the codes

        return dict(TASK_TEXTS)

    return kept_answer("messages", b"", declared)


@click.command()
@click.argument("words", metavar="[CODE]", nargs=-1, shell_complete=codes)
def explain(words: tuple[str, ...]) -> None:
    """Say what an error means, and what to do about it. CODE is what stands in brackets after a message.

    Rules (PNU-1), the texts of Okta's tasks (MSG-1 to MSG-12) and statuses (unnoticed) are explained too. Without CODE,
    everything that can be explained.
    """
    code = " ".join(words)
    texts = task_texts()
    known = {each.code: each for each in error_codes()}
    if not words:
        for line in _list_codes(known, texts):
            click.echo(line)
        return
    wanted = _spelling(code, (*known, *texts))
    if wanted in known:
        click.echo("\n".join(_explain_code(known[wanted])))
    elif wanted in texts:
        click.echo("\n".join(_task_text(wanted, texts[wanted])))
    else:
        _explain_rule(code, (*known, *texts))


def _spelling(code: str, known: tuple[str, ...]) -> str:
    """The code as it is known, whatever its case, and without the brackets around it."""
    bare = code.strip().strip("[]").casefold()
    return next((each for each in known if each.casefold() == bare), code)


def _list_codes(known: Mapping[str, ErrorCode], tasks: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for each in known.values():
        yield hanging(f"{each.code:24}  ", each.title)
    for name, texts in tasks.items():
        yield hanging(f"{name:24}  ", texts[0].partition(":")[0])
    yield "\nRules are explained as well, as in `workato-emulator explain PNU-1`; `workato-emulator rules` lists them."


def _explain_code(each: ErrorCode) -> Iterator[str]:
    width = min(room() or WIDTH, WIDTH)
    yield hanging(f"{each.code}  ", f"{each.title}\n")
    yield fill(each.meaning, width)
    yield f"\nFor example\n{indent(each.example, '  ')}"
    yield f"\nWhat to do\n{fill(each.fix, width, initial_indent='  ', subsequent_indent='  ')}"


def _task_text(name: str, texts: Iterable[str]) -> Iterator[str]:
    yield f"{name}  A text of Okta's, on a task or in its answer to the admin\n"
    for text in texts:
        yield indent(text, "  ")
    yield "\nWords in braces are filled in. The text after the last colon is what Workato or the connector said."


def _explain_rule(code: str, known: tuple[str, ...]) -> None:
    from okta_scenarios.cli import rules
    from okta_scenarios.lookups import rule_texts
    from okta_scenarios.selection import Unusable

    rule = _spelling(code, tuple(rule_texts()))
    if rule in rule_texts():
        click.get_current_context().invoke(rules, rule=rule, markdown=False)
        return
    hint = did_you_mean(code, (*known, *rule_texts())) or "; without a code, `explain` lists them all"
    raise Unusable(f"unknown code {code!r}{hint}", RUN_UNKNOWN_ID)
