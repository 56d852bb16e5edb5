"""Which shape each step of a file has, and the steps as far as they are sound."""

from collections.abc import Iterator

from okta_scenarios.language.complaints import read, sound_part
from okta_scenarios.language.models.names import Names
from okta_scenarios.language.models.scenario import KINDS, STEP_KEYS, VERBS
from okta_scenarios.language.models.steps import Step
from okta_scenarios.language.problems import Problem, join_choices, nearest
from okta_scenarios.language.yaml_nodes import Row, Table, Value
from workato_emulator.text.error_codes.scenarios import SCN_STEP
from workato_emulator.text.wording import show


def read_steps(value: Value, names: Names | None, problems: list[Problem]) -> Iterator[tuple[Step, Table, bool]]:
    """The steps as far as they are sound, each with its table and whether that is all of it.

    What a step is comes first, so that a complaint speaks of that step and no other.
    """
    if not isinstance(value, Row):
        return
    for item, mark in zip(value, value.item_marks, strict=True):
        if not isinstance(item, Table):
            no_step = f"a step is a mapping with one of the keys {', '.join(STEP_KEYS)}"
            problems.append(Problem.at(mark, no_step, code=SCN_STEP))
            continue
        found = _shape(item, problems)
        if found is None:
            continue
        shape, label = found
        step = read(shape, item, names, label, problems)
        if step is not None:
            yield step, item, True
            continue
        rest, left = sound_part(shape, item, names)
        if rest is not None:
            yield rest, left, False


def _shape(step: Table, problems: list[Problem]) -> tuple[type[Step], str] | None:
    keys = [key for key in step if key in STEP_KEYS]
    if len(keys) != 1:
        _complain_of_kind(step, keys, problems)
        return None
    (key,) = keys
    if key in KINDS:
        return KINDS[key], key
    verb, verbs = step[key], VERBS[key]
    if isinstance(verb, str) and verb in verbs:
        return verbs[verb], f"{key} {verb}"
    suggestion = nearest(str(verb), verbs)
    there = "" if suggestion else f"; there is {join_choices(verbs)}"
    problems.append(Problem.at(step.value_marks[key], f"{show(verb)} is no {key} verb{there}", suggestion, SCN_STEP))
    return None


def _complain_of_kind(step: Table, keys: list[str], problems: list[Problem]) -> None:
    if keys:
        message = f"a step is one thing: {' or '.join(keys)}"
        problems.append(Problem.at(step.key_marks[keys[1]], message, code=SCN_STEP))
        return
    for key, mark in step.key_marks.items():
        suggestion = nearest(key, STEP_KEYS)
        if suggestion is not None:
            problems.append(Problem.at(mark, f"unknown kind of step {key!r}", suggestion, SCN_STEP))
            return
    problems.append(Problem.at(step.mark, f"a step needs one of the keys {', '.join(STEP_KEYS)}", code=SCN_STEP))
