"""`workato-emulator explain`: what an error means, and what to do about it.

Beside the codes of errors it knows what else a message may quote: rules, and the texts of Okta's tasks.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from textwrap import fill, indent

import click

from okta_scenarios import explanations as _ours  # noqa: F401  (declares the codes of this package)
from okta_scenarios.explanations import RUN_UNKNOWN_ID
from okta_scenarios.org import messages
from workato_emulator import Explanation, explanations

WIDTH = 100
TASK_TEXTS: Mapping[str, tuple[str, ...]] = {
    "MSG-1": (messages.MSG_1,),
    "MSG-2": (messages.MSG_2,),
    "MSG-3": (messages.MSG_3, messages.MSG_3_EMPTY),
    "MSG-4": (messages.MSG_4,),
    "MSG-5": (messages.MSG_5,),
    "MSG-6": (messages.MSG_6,),
    "MSG-7": (messages.MSG_7,),
    "MSG-8": (messages.MSG_8,),
    "MSG-9": (messages.MSG_9, messages.MSG_9_UPDATE),
    "MSG-10": (messages.MSG_10,),
    "MSG-11": (messages.MSG_11,),
    "MSG-12": (messages.MSG_12,),
}
"""What an admin reads in Okta, by the name under which the documentation here speaks of it."""


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Say what an error means, and what to do about it. CODE is what stands in brackets after a message.

    Rules (PNU-1), the texts of Okta's tasks (MSG-1 to MSG-12) and statuses (unnoticed) are explained too. Without CODE,
    everything that can be explained.
    """
    known = {each.code: each for each in explanations()}
    if code is None:
        for line in _listed(known):
            click.echo(line)
        return
    wanted = _spelling(code, (*known, *TASK_TEXTS))
    if wanted in known:
        click.echo("\n".join(_told(known[wanted])))
    elif wanted in TASK_TEXTS:
        click.echo("\n".join(_task_text(wanted)))
    else:
        _explain_rule(code, (*known, *TASK_TEXTS))


def _spelling(code: str, known: tuple[str, ...]) -> str:
    """The code as it is known, whatever its case, and without the brackets around it."""
    bare = code.strip().strip("[]").casefold()
    return next((each for each in known if each.casefold() == bare), code)


def _listed(known: Mapping[str, Explanation]) -> Iterator[str]:
    for each in known.values():
        yield f"{each.code:24}  {each.title}"
    for name, texts in TASK_TEXTS.items():
        yield f"{name:24}  {texts[0].partition(':')[0]}"
    yield "\nRules are explained as well, as in `workato-emulator explain PNU-1`; `workato-emulator rules` lists them."


def _told(each: Explanation) -> Iterator[str]:
    yield f"{each.code}  {each.title}\n"
    yield fill(each.meaning, WIDTH)
    yield f"\nFor example\n{indent(each.example, '  ')}"
    yield f"\nWhat to do\n{fill(each.fix, WIDTH, initial_indent='  ', subsequent_indent='  ')}"


def _task_text(name: str) -> Iterator[str]:
    yield f"{name}  A text of Okta's, on a task or in its answer to the admin\n"
    for text in TASK_TEXTS[name]:
        yield indent(text, "  ")
    yield "\nWhat stands in braces is filled in. After the last colon stands what Workato or the connector said."


def _explain_rule(code: str, known: tuple[str, ...]) -> None:
    from okta_scenarios.audit import known_rules  # slow to import, and needed for rules only
    from okta_scenarios.cli import rules
    from okta_scenarios.selection import Unusable

    rule = _spelling(code, tuple(known_rules()))
    if rule in known_rules():
        click.get_current_context().invoke(rules, rule=rule, markdown=False)
        return
    by_lower = {each.casefold(): each for each in (*known, *known_rules())}
    close = get_close_matches(code.casefold(), by_lower, n=1)
    hint = f"; did you mean {by_lower[close[0]]!r}?" if close else "; without a code, `explain` lists them all"
    raise Unusable(f"nothing has the code {code!r}{hint}", RUN_UNKNOWN_ID)
