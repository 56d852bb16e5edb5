"""`workato-emulator assumptions`: every open question, and what would settle it.

Other packages add theirs through the entry points `workato_emulator.assumptions`: dataclasses such as `Assumptions`,
whose fields are open questions. An entry point's name is the side that they are about.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from importlib.metadata import entry_points

import click
from click.shell_completion import CompletionItem

from workato_emulator.cli.refused import Refused
from workato_emulator.console import hanging
from workato_emulator.domain.assumptions import Assumption, catalogue, open_questions
from workato_emulator.text import did_you_mean
from workato_emulator.text.error_codes.commands import ASSUME_UNKNOWN

EVERYWHERE = "Every operation"
EVERYWHERE_IN_SCIM = "SCIM: every operation"


def _names(_context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    every = (each for group in _groups().values() for each in group)
    return [CompletionItem(each.id, help=each.question) for each in every if each.id.startswith(begun)]


@click.command()
@click.argument("name", metavar="[ID]", required=False, shell_complete=_names)
@click.option("--json", "as_json", is_flag=True, help="As data.")
@click.option("--markdown", is_flag=True, help="As a document.")
def assumptions(name: str | None, as_json: bool, markdown: bool) -> None:
    """Explain what no source settles: question, default, alternatives, evidence, and the probe that would tell.

    Switch them with `run --assume NAME=VALUE` or in a scenario. Those about Workato can also be switched with `serve
    --assume NAME=VALUE`, in a seed, or over the control plane.
    """
    if as_json and markdown:
        raise click.UsageError("--json or --markdown, not both")
    every = _groups()
    groups = {title: [each for each in group if name in {None, each.id}] for title, group in every.items()}
    chosen = [each for group in groups.values() for each in group]
    if not chosen:
        hint = did_you_mean(str(name), [each.id for group in every.values() for each in group])
        raise Refused(f"no assumption is called {name!r}{hint}", ASSUME_UNKNOWN)
    if as_json:
        click.echo(json.dumps([asdict(each) for each in chosen], indent=2))
    elif markdown:
        click.echo("\n".join(_document({title: group for title, group in groups.items() if group})))
    else:
        _tell({title: group for title, group in groups.items() if group})


def _groups() -> dict[str, list[Assumption]]:
    """The assumptions by what they are about: the first tag of the contract whose operations name them, or a side."""
    by_id = {each.id: each for each in catalogue()}
    from workato_emulator.http.contract import load, shared_assumptions  # slow to import

    groups: dict[str, list[Assumption]] = {}
    for contract, title in (("workato.yaml", EVERYWHERE), ("scim.yaml", EVERYWHERE_IN_SCIM)):
        groups[title] = [by_id.pop(each) for each in shared_assumptions(contract)]
        for operation in load(contract).values():
            mine = [by_id.pop(each) for each in operation.assumptions if each in by_id]
            tag = operation.tag if title == EVERYWHERE else f"SCIM: {operation.tag.lower()}"
            groups.setdefault(tag, []).extend(mine)
    groups[EVERYWHERE] += by_id.values()
    for side in sorted(entry_points(group="workato_emulator.assumptions"), key=lambda each: each.name):
        groups[side.name] = [*open_questions(side.load())]
    return groups


def _tell(groups: dict[str, list[Assumption]]) -> None:
    for title, group in groups.items():
        click.echo(f"\n{click.style(title, bold=True)}")
        for each in group:
            click.echo(f"\n  {click.style(each.id, fg='cyan')} = {click.style(each.default, fg='green')}")
            click.echo(hanging("    or        ", ", ".join(each.alternatives)))
            click.echo(hanging("    ", each.question))
            click.echo(hanging("    evidence  ", each.evidence))
            click.echo(hanging("    probe     ", each.probe))


def _document(groups: dict[str, list[Assumption]]) -> Iterator[str]:
    yield "# Assumptions"
    for title, group in groups.items():
        yield f"\n## {title}"
        for each in group:
            yield f"\n### {each.id}\n\n{each.question}\n"
            yield f"- default: `{each.default}`"
            yield f"- alternatives: {', '.join(f'`{value}`' for value in each.alternatives)}"
            yield f"- evidence: {each.evidence}"
            yield f"- probe: {each.probe}"
