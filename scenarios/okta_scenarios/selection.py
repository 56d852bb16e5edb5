"""Which scenarios a command is about: where they are read from, and which of them are wanted."""

import glob
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from okta_scenarios.bundled import fixtures, suites
from okta_scenarios.error_codes import RUN_NO_SCENARIOS, RUN_NONE_WANTED, RUN_UNKNOWN_ID, RUN_UNUSABLE
from workato_emulator import visible, with_code
from workato_emulator.text import nearest

if TYPE_CHECKING:
    from okta_scenarios.language import Library, Scenario, Vocabulary
    from okta_scenarios.language.models.given import Given
    from okta_scenarios.language.problems import Flaw


class Unusable(click.ClickException):
    """Nothing was done, since what the command was given cannot be used. Exit code 2."""

    exit_code = 2

    def __init__(self, message: str, code: str | None = RUN_UNUSABLE) -> None:
        """A message with its code; None for one whose lines have theirs."""
        super().__init__(visible(message if code is None else with_code(message, code)))
        self.code = code

    def show(self, file: object = None) -> None:  # noqa: ARG002  (click passes it)
        """The message and nothing else: it starts with the place where there is one, so that editors can jump."""
        click.echo(self.message, err=True)


def library(paths: Sequence[Path], *, to_play: bool = True) -> "Library":
    """The scenarios under `paths`, or those that come with the tool. Raises `Unusable`.

    Whoever does not want them `to_play` takes them as written: setting up what they are given takes its time.
    """
    from okta_scenarios.kept import kept_scenarios  # slow to import, as all that knows the language
    from okta_scenarios.language import Problems, load

    chosen = paths or (suites(),)
    must_exist(chosen)
    with kept_scenarios(chosen, tried=to_play) as kept:
        set_up = {"set_up": _flaws} if to_play else {}
        found = load(chosen, _words, kept=kept, fixtures=fixtures(), **set_up)
    if isinstance(found, Problems):
        raise Unusable(str(found), None)
    if not len(found):
        raise Unusable(f"{', '.join(map(str, chosen))}: no scenarios there", RUN_NO_SCENARIOS)
    return found


def _words() -> "Vocabulary":
    from okta_scenarios.play import vocabulary  # not needed where every scenario was kept

    return vocabulary()


def _flaws(given: "Given") -> "Iterable[Flaw]":
    from okta_scenarios.play import flaws

    return flaws(given)


def must_exist(paths: Sequence[Path]) -> None:
    """Raises `Unusable` for the first path that does not exist or may not be read."""
    for path in paths:
        try:
            path.stat()
            if path.is_dir():
                next(path.iterdir(), None)
        except FileNotFoundError:
            raise Unusable(f"{path}: no such file or folder{_meant(path)}", RUN_NO_SCENARIOS) from None
        except OSError as error:
            raise Unusable(f"{path}: cannot be read: {error.strerror}", RUN_NO_SCENARIOS) from None


def _meant(path: Path) -> str:
    """What somebody may have meant who named the id of a scenario instead of its file."""
    is_id = any(suites().rglob(f"{glob.escape(path.name)}.yaml"))
    return f"; `--text {path}` chooses a scenario by its id" if is_id else ""


@dataclass(frozen=True, slots=True)
class Selection:
    """What a scenario has to be like. Words of one kind add up, each further kind narrows the choice.

    `files` are those of the scenarios that failed the last time, resolved; None where that is not asked.
    """

    rules: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    files: frozenset[Path] | None = None

    @property
    def everything(self) -> bool:
        return self == Selection()

    def of(self, scenarios: "Iterable[Scenario]") -> "tuple[Scenario, ...]":
        """Those that are wanted. Raises `Unusable` for an unknown rule or tag, and where there is none."""
        from okta_scenarios.rules import known_rules  # slow to import, beside the language

        scenarios = tuple(scenarios)
        for rule in self.rules:
            if rule not in known_rules():
                raise Unusable(unknown("rule", rule, known_rules()), RUN_UNKNOWN_ID)
        tags = {tag for scenario in scenarios for tag in scenario.tags}
        for tag in self.tags:
            if tag not in tags:
                raise Unusable(unknown("tag", tag, tags), RUN_UNKNOWN_ID)
        found = tuple(filter(self._wants, scenarios))
        if not found:
            raise Unusable(self._nothing(), RUN_NONE_WANTED)
        return found

    def _wants(self, scenario: "Scenario") -> bool:
        said = f"{scenario.id} {scenario.title}".casefold()
        return (
            (not self.rules or not set(self.rules).isdisjoint(scenario.rules))
            and (not self.tags or not set(self.tags).isdisjoint(scenario.tags))
            and (not self.texts or any(text.casefold() in said for text in self.texts))
            and (self.files is None or Path(scenario.file).resolve() in self.files)
        )

    def _nothing(self) -> str:
        asked = [
            *(f"proves {' or '.join(self.rules)}" for _ in self.rules[:1]),
            *(f"has the tag {' or '.join(self.tags)}" for _ in self.tags[:1]),
            *(f"says {' or '.join(map(repr, self.texts))}" for _ in self.texts[:1]),
            *("failed the last time" for _ in (() if self.files is None else (1,))),
        ]
        return f"no scenario {' and '.join(asked)}"


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """That there is no such thing, with the nearest one that there is."""
    meant = nearest(name, known)
    return f"no {what} is called {name!r}" + (f"; did you mean {meant!r}?" if meant else "")
