"""Files to scenarios, or to everything that is wrong with them. Nothing runs when there is a problem."""

from collections.abc import Callable, Iterable, Iterator, MutableMapping
from dataclasses import replace
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import cast

from okta_scenarios.language.addresses import check_one_address
from okta_scenarios.language.calls import check_calls
from okta_scenarios.language.complaints import place, read, sound_part
from okta_scenarios.language.files import (
    FIXTURES,
    fixtures_digest,
    fixtures_for,
    fixtures_in,
    own_fixtures,
    scenario_files,
)
from okta_scenarios.language.models.given import Given
from okta_scenarios.language.models.names import Names
from okta_scenarios.language.models.scenario import FixtureFile, Heading
from okta_scenarios.language.other_files import is_something_else
from okta_scenarios.language.problems import Flaw, Mark, Problem, Problems, join_choices, nearest
from okta_scenarios.language.references import (
    check_assumptions,
    check_given,
    check_group_names,
    check_live,
    check_steps,
    check_waiting,
    settle,
)
from okta_scenarios.language.scenario import Library, Scenario
from okta_scenarios.language.step_shapes import read_steps
from okta_scenarios.language.strangers import strangers
from okta_scenarios.language.vocabulary import Vocabulary
from okta_scenarios.language.yaml_nodes import Row, Table, parse
from workato_emulator.text.error_codes.scenarios import (
    SCN_FILE,
    SCN_FIXTURE,
    SCN_HINT,
    SCN_REPEATED_ID,
    SCN_TOGETHER,
    SCN_WHERE,
    SCN_YAML,
)

HINT = "# yaml-language-server: $schema="
SCHEMA_FILE = "scenario.schema.json"


SetUp = Callable[[Given], Iterable[Flaw]]
"""Says what of a `given` cannot be set up."""


def _try_nothing(_given: Given) -> Iterable[Flaw]:
    return ()


def load(
    paths: Iterable[Path],
    vocabulary: Vocabulary | Callable[[], Vocabulary],
    set_up: SetUp = _try_nothing,
    kept: MutableMapping[bytes, Scenario] | None = None,
    fixtures: Path | None = None,
) -> Library | Problems:
    """Every scenario under `paths`, files or folders, unless anything is wrong with any of them.

    A file in a folder that has no key of a scenario, such as a seed or a list, is none. A file that is named is read.

    `kept` are scenarios that were read with the same words and found sound, by the digest of their text and of the
    fixtures that they could name. Those that are read now are added. `vocabulary` may be a way to get one, which is
    not taken where everything was kept. `fixtures` is its folder of them, for whoever knows that without one.
    """
    paths = tuple(paths)
    kept = {} if kept is None else kept
    words = cache(lambda: vocabulary() if callable(vocabulary) else vocabulary)
    shared = cache(lambda: words().fixtures if fixtures is None else fixtures)
    digest_of = cache(lambda folder: fixtures_digest(folder, shared()))
    problems: list[Problem] = []
    warnings: list[Problem] = []
    scenarios: list[Scenario] = []
    for path in scenario_files(paths, problems):
        raw = _bytes(path, problems)
        if raw is not None and path not in paths and is_something_else(raw):
            continue
        text = _decoded(raw, path, problems)
        if text is None:
            continue
        if not _has_hint(text):
            hint = f"the first line should be '{HINT}…/{SCHEMA_FILE}', for editors"
            warnings.append(Problem(str(path), 1, 1, hint, code=SCN_HINT))
        digest = blake2b(text.encode(), key=digest_of(path.absolute().parent), digest_size=32).digest()
        scenario = kept.get(digest)
        if scenario is None:
            scenario = read_scenario(text, path, words(), problems, set_up)
            if scenario is None:
                continue
            kept[digest] = scenario
        scenarios.append(replace(scenario, file=str(path)))
    problems.extend(_repeated_ids(scenarios))
    return Problems.of(problems) if problems else Library(tuple(scenarios), tuple(warnings))


def read_scenario(
    text: str, path: Path, vocabulary: Vocabulary, problems: list[Problem], set_up: SetUp = _try_nothing
) -> Scenario | None:
    """The scenario of one file, or None and everything that is wrong with it.

    What is wrong in one part does not keep the others from being looked at: each is read as far as it is sound.
    """
    found: list[Problem] = []
    scenario = _read(text, path, vocabulary, found, set_up)
    first: dict[Mark, Problem] = {}
    for problem in found:  # one place, one problem: what follows from another was found after it
        first.setdefault(Mark(problem.file, problem.line, problem.column), problem)
    problems.extend(first.values())
    return scenario


def _read(text: str, path: Path, vocabulary: Vocabulary, problems: list[Problem], set_up: SetUp) -> Scenario | None:
    document = _table(text, path, "scenario", problems)
    if document is None:
        return None
    complete = _lay_over_fixture(document, path, vocabulary.fixtures, problems)
    names = Names.of(document, vocabulary, whole=complete)
    if complete:
        problems.extend(strangers(document, path, names))
    heading = read(Heading, document, names, "the scenario", problems)
    steps = list(read_steps(document.get("steps"), names, problems))
    given, document = (heading.given, document) if heading is not None else _sound_given(document, names)
    sound = Table(document.mark)
    sound.update(document)
    sound.key_marks, sound.value_marks = document.key_marks, document.value_marks
    sound["steps"] = Row.of([table for _, table, _ in steps], [table.mark for _, table, _ in steps])
    whole = heading is not None and all(right for _, _, right in steps)

    def complain(at: tuple[str | int, ...], message: str, suggestion: str | None, code: str = SCN_TOGETHER) -> None:
        if code == SCN_WHERE and not whole:  # what is missing may only be wrong, and that has been said
            return
        problems.append(Problem.at(place(sound, at), message, suggestion, code))

    as_written = [step for step, _, _ in steps]
    check_assumptions(given, vocabulary, complain)
    if not complete:  # what the fixture would have given is missing, which is not this file's fault
        check_calls(as_written, vocabulary, complain)
        check_waiting(as_written, complain)
        return None
    check_given(given, complain)
    for flaw in set_up(given):
        complain(flaw.at, flaw.message, flaw.suggestion, flaw.code)
    settled = settle(as_written, given, complain)
    check_steps(settled, given, complain)
    check_group_names(settled, given, complain)
    check_one_address(settled, given, complain)
    check_calls(settled, vocabulary, complain)
    check_waiting(settled, complain)
    check_live(heading.live if heading is not None else "never", given, settled, vocabulary, complain)
    if problems or heading is None:
        return None
    lines = tuple(mark.line for mark in cast(Row, document["steps"]).item_marks)
    about = heading.title, heading.tags, heading.live, heading.given
    return Scenario(str(path), heading.scenario, *about, settled, lines)


def _sound_given(document: Table, names: Names | None) -> tuple[Given, Table]:
    """What is given, as far as it is sound, and a document that holds no more of it."""
    table = document.get("given")
    if not isinstance(table, Table):
        return Given(), document
    given, left = sound_part(Given, table, names)
    sound = document.under(Table(document.mark))
    sound["given"] = left
    return given or Given(), sound


def _lay_over_fixture(document: Table, path: Path, shared: Path | None, problems: list[Problem]) -> bool:
    """Put the named fixture's `given` beneath the file's own; whether everything is there that was named."""
    given = document.get("given")
    name = given.get("fixture") if isinstance(given, Table) else None
    if not isinstance(given, Table) or not isinstance(name, str):
        return True
    fixtures = fixtures_for(path, shared)
    if name not in fixtures:
        suggestion = nearest(name, fixtures)
        there = "" if suggestion else f"; {_where_fixtures_are(path, shared)}"
        missing = f"unknown fixture {name!r}{there}"
        problems.append(Problem.at(given.value_marks["fixture"], missing, suggestion, SCN_FIXTURE))
        return False
    text = _decoded(_bytes(fixtures[name], problems), fixtures[name], problems)
    fixture = None if text is None else _table(text, fixtures[name], "fixture", problems)
    if fixture is None:
        return False
    beneath = fixture.get("given")
    _check_fixture(fixture, name, problems)
    if not isinstance(beneath, Table):
        return False
    document.put("given", beneath.under(given), document.key_marks["given"], document.value_marks["given"])
    return True


def _check_fixture(fixture: Table, name: str, problems: list[Problem]) -> None:
    """The fixture's own frame; what it gives is read together with what the scenario gives."""
    keys = FixtureFile.model_fields
    unknown = (key for key in fixture if key not in keys)

    def complain(mark: Mark, message: str, suggestion: str | None = None) -> None:
        problems.append(Problem.at(mark, message, suggestion, SCN_FIXTURE))

    for key in unknown:
        complain(fixture.key_marks[key], f"unknown key {key!r} in the fixture", nearest(key, keys))
    for key in keys:
        if key not in fixture:
            complain(fixture.mark, f"the fixture needs {key!r}")
    if fixture.get("fixture", name) != name:
        complain(fixture.value_marks["fixture"], f"this file is the fixture {name!r}", name)
    beneath = fixture.get("given")
    if not isinstance(beneath, Table):
        place_of_given = fixture.value_marks.get("given", fixture.mark)
        complain(place_of_given, "`given` in a fixture is a mapping of keys to values")
    elif "fixture" in beneath:
        complain(beneath.key_marks["fixture"], "a fixture does not build on another")


def _where_fixtures_are(path: Path, shared: Path | None) -> str:
    own = own_fixtures(path)
    here = (
        f"the nearest folder `{FIXTURES}` has {join_choices(own)}"
        if own
        else f"there is none in a folder `{FIXTURES}` beside the file or above"
    )
    return f"{here}, and the tool brings {join_choices(fixtures_in(shared))}"


def _bytes(path: Path, problems: list[Problem]) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError as error:
        problems.append(Problem(str(path), 1, 1, f"cannot be read: {error.strerror}", code=SCN_FILE))
    return None


def _decoded(raw: bytes | None, path: Path, problems: list[Problem]) -> str | None:
    try:
        return None if raw is None else raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        problems.append(Problem(str(path), line, 1, "not UTF-8", code=SCN_FILE))
    return None


def _table(text: str, path: Path, what: str, problems: list[Problem]) -> Table | None:
    value, mark, found = _parsed(text, str(path)) if what == "fixture" else parse(text, str(path))
    problems.extend(found)
    if not isinstance(value, Table):
        if found:
            return None
        problems.append(Problem.at(mark, f"a {what} is a mapping of keys to values", code=SCN_YAML))
        return None
    return value


_parsed = lru_cache(maxsize=64)(parse)
"""For fixtures, which many files of a library name. Nobody changes what was read."""


def _has_hint(text: str) -> bool:
    first = text.partition("\n")[0].strip()
    return first.startswith(HINT) and first.endswith(SCHEMA_FILE)


def _repeated_ids(scenarios: Iterable[Scenario]) -> Iterator[Problem]:
    first: dict[str, Scenario] = {}
    for scenario in scenarios:
        other = first.setdefault(scenario.id, scenario)
        if other is not scenario:
            twice = f"{scenario.id} is the id of {other.file} too"
            yield Problem.at(Mark(scenario.file, 1, 1), twice, code=SCN_REPEATED_ID)
