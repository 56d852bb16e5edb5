"""Everything there is in one page, for agents and editors: commands, steps, keys, rules, questions, codes, operations.

It is read in one go, so that each thing has a line and nothing is told twice.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

import click

from okta_scenarios import error_codes as _ours  # noqa: F401  (declares the codes of this package)
from okta_scenarios.assumptions import questions
from okta_scenarios.bundled import starter
from okta_scenarios.documents.reference import CLAIMS, GIVEN, PARTS, default_of, in_a_line, takes
from okta_scenarios.language.models.base import Shape
from okta_scenarios.language.models.scenario import KINDS, VERBS, Heading
from okta_scenarios.language.models.steps import ClaimingStep, DuringStep
from okta_scenarios.rules import known_rules
from workato_emulator import ErrorCode, error_codes, operations
from workato_emulator.http.contract import contract_file
from workato_emulator.http.parsed import parse

_HEAD = """\
# The whole tool in one page

Made by `workato-emulator manual`; do not edit. For agents, editors and anybody who looks something up: a line for each
command, step, key, rule, open question, operation and code. The guides are README.md, scenarios/README.md and
emulator/README.md.

- An **emulator** of Workato's people-and-access API (`serve`, or `Emulator()` in Python), a **connector** that does
  what Okta's Workato integration does, and YAML **scenarios** that play Okta and Workato through both.
- A scenario passes where every `expect` is met. A rule is *verified* where a scenario claims it (`proves`), passes, and
  fails at the claiming step once the rule is broken on purpose. A claim belongs on the step whose expectation depends
  on the rule.
- Time stands still until `clock: {advance: …}`. Nothing waits, nothing is random; `--seed` gives other people and ids.
- Loop: write or `new`, `check FILE` (errors with line, column and the nearest spelling), `run FILE`, read the failure
  from above. `run FILE -q --report json=report.json` is for machines; `in_words` of a mismatch says what was wrong.
- Exit codes: 0 all well, 1 something failed or is unnoticed, 2 nothing was done because what was given cannot be used,
  130 Ctrl-C.
- `--help` of a command and `explain CODE` say more than stands here.
"""


def agents_page(tool: click.Group) -> str:
    """The document, with the commands of this group."""
    return "\n".join(
        chain([_HEAD], _example(), _commands(tool), _language(), _rules(), _questions(), _operations(), _codes())
    )


def _example() -> Iterator[str]:
    yield "## A scenario\n"
    yield "```yaml"
    yield (starter() / "scenarios" / "SC-900.yaml").read_text(encoding="utf-8").rstrip()
    yield "```\n"


def _commands(tool: click.Group) -> Iterator[str]:
    yield "## Commands\n"
    context = click.Context(tool, info_name="workato-emulator")
    for path, command in _leaves(tool, context, "workato-emulator"):
        arguments = " ".join(each.make_metavar(context) for each in command.params if isinstance(each, click.Argument))
        yield f"- `{f'{path} {arguments}'.strip()}`: {in_a_line(command.get_short_help_str(limit=500))}"
        for option in (each for each in command.params if isinstance(each, click.Option)):
            metavar = "" if option.is_flag else f" {option.make_metavar(context)}"
            names = ", ".join((*option.opts, *option.secondary_opts))
            yield f"  - `{names}{metavar}`: {in_a_line(option.help)}"
    yield ""


def _leaves(group: click.Group, context: click.Context, path: str) -> Iterator[tuple[str, click.Command]]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from _leaves(command, context, f"{path} {name}")
        elif command is not None:
            yield f"{path} {name}", command


def _language() -> Iterator[str]:
    yield "## The file\n"
    yield from _keys(Heading)
    yield "\n## Steps\n"
    yield "`*` marks what is needed. Every step may have these, `during` only those of `workato:` and `call:`.\n"
    yield from _keys(DuringStep)
    yield "\nSteps about people take `user` or `users`; those about an app `app`, and `org`; Workato's `workspace`.\n"
    for side, verbs in VERBS.items():
        for verb, step in verbs.items():
            yield from _step(f"{side}: {verb}", step, side)
    for kind, step in KINDS.items():
        yield from _step(f"{kind}:", step, "")
    for part in PARTS:
        yield from _shape(part)
    yield "\n## What is given\n"
    for shape in GIVEN:
        yield from _shape(shape)
    yield "\n## What can be expected\n"
    for shape in CLAIMS:
        yield from _shape(shape)
    yield ""


_EVERYWHERE = frozenset({*ClaimingStep.model_fields, "during", "user", "users", "org", "app", "workspace"})


def _step(title: str, shape: type[Shape], side: str) -> Iterator[str]:
    yield f"- `{title}`: {in_a_line(shape.__doc__)}"
    yield from _keys(shape, without={side, *_EVERYWHERE}, indent="  ")


def _shape(shape: type[Shape]) -> Iterator[str]:
    base = next((each for each in shape.__mro__[1:] if each in {*GIVEN, *CLAIMS}), None)
    said = in_a_line(shape.__doc__) if shape.__doc__ != Shape.__doc__ else ""
    more = "" if base is None else f" All of {base.__name__}, and:"
    yield f"- {shape.__name__}: {said}{more}".rstrip(": ")
    yield from _keys(shape, without=() if base is None else base.model_fields, indent="  ")


def _keys(shape: type[Shape], without: Iterable[str] = (), indent: str = "") -> Iterator[str]:
    schema = shape.model_json_schema()
    types: Mapping[str, Any] = (schema if "properties" in schema else schema["anyOf"][0]).get("properties", {})
    hidden = {*without}
    for name in shape.model_fields:
        if name not in hidden:
            takes_it = re.sub(r"\[(\w+)\]\(#\w+\)", r"\1", takes(types[name]))
            default = default_of(shape, name)
            mark, left_out = ("*", "") if default == "needed" else ("", f" ({default})" if default else "")
            yield f"{indent}- `{name}`{mark} {takes_it}{left_out}: {in_a_line(types[name].get('description'))}"


def _rules() -> Iterator[str]:
    yield "## Rules\n"
    for rule in known_rules().values():
        yield f"- {rule.id} ({rule.standing}): {rule.statement}"
    yield ""


def _questions() -> Iterator[str]:
    yield "## Open questions\n"
    yield "`--assume NAME=VALUE`, a seed's or a scenario's `assumptions`. The first answer is the default.\n"
    for each in questions():
        yield f"- `{each.id}` = {' / '.join((each.default, *each.alternatives))}: {each.question}"
    yield ""


def _operations() -> Iterator[str]:
    yield "## Operations of Workato's API that are served\n"
    for id_, (method, path) in operations().items():
        yield f"- `{id_}`: {method} {path}"
    yield "\n## The control plane\n"
    for path, methods in parse(contract_file("control.yaml"))["paths"].items():
        for method, operation in methods.items():
            if method != "parameters":
                yield f"- {method.upper()} {path}: {operation['summary']}"
    yield ""


def _codes() -> Iterator[str]:
    yield "## Codes\n"
    for each in sorted(error_codes(), key=_by_kind_and_number):
        yield f"- {each.code}: {each.title}. {in_a_line(each.fix)}"
    yield ""


def _by_kind_and_number(code: ErrorCode) -> tuple[str, int]:
    kind, _, number = code.code.partition("-")
    return kind, int(number) if number.isdigit() else 0
