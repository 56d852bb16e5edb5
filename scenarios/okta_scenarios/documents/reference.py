"""Every key of the language as a document, made from the models that read the files."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, get_args

from okta_scenarios.language.models import claims, given, matching
from okta_scenarios.language.models.base import Shape
from okta_scenarios.language.models.okta_apps import Switches
from okta_scenarios.language.models.scenario import KINDS, VERBS, Heading
from okta_scenarios.language.models.steps import Advance, ClaimingStep, DuringStep, FaultOn, Step

_HEAD = """\
# Reference

Every key of a scenario, with what it takes and what it is when left out. `workato-emulator schema --markdown` makes
this of the models that read the files. The guide is [README.md](README.md).

## What is the same everywhere

- Order: `requests` and `events` are compared in the order in which they happened, and so is `contains` among them.
  `changed`, `members`, `ignored`, and `values` with `contains` have no order. A list in a `body` has the order of the
  answer.
- Steps are played from top to bottom. `users` are gone through in the order in which they are written.
- People: `ada` is Ada with a made-up surname, ada@example.test, unless `given.people` says more.
- Tokens: the API client `okta` of the workspace `acme` starts with the token `wrkaus-acme-okta`; the client that every
  workspace has starts with `wrkaus-acme-default`. In a token, a dash of a name is written `%2D`. Anything else but a
  letter, digit, dot, underscore or tilde is written as in a URL.
- The owner of the workspace `acme` exists without being named; their address is owner@acme.example.test.
- `h001..h100`, in a list or as a key, is a hundred names.
"""

GIVEN: tuple[type[Shape], ...] = (
    given.Given, given.Workspace, given.Collaborating, given.Membership, given.WorkatoGroup, given.WorkatoProject,
    given.Scim, given.Client, given.ClientRole, given.Plan, given.Org, given.App, given.Provisioning, given.Person,
    given.Profile, given.ClockStart,
)  # fmt: skip
PARTS: tuple[type[Shape], ...] = (Advance, FaultOn, Switches)
CLAIMS: tuple[type[Shape], ...] = (
    claims.Expect, claims.StepExpect, claims.PersonClaims, claims.GroupClaims, claims.ClockExpect, claims.OktaExpect,
    claims.OktaTaskExpect, claims.OktaPersonExpect, claims.PushExpect, claims.ImportExpect, claims.Imported,
    claims.DiscoveryExpect, claims.Discovered, claims.AttributeClaims, claims.WorkatoExpect, claims.WorkatoPersonExpect,
    claims.CallExpect, claims.CheckExpect, claims.SomeRequests, claims.SomeEvents, claims.SomeChanges,
    claims.SomeValues, matching.Matcher, matching.Lookup,
)  # fmt: skip
_PLAIN = {"string": "text", "boolean": "true / false", "integer": "number", "number": "number"}


def reference() -> str:
    """The whole document."""
    return "\n".join(chain([_HEAD], _file(), _given(), _steps(), _expectations()))


def _file() -> Iterator[str]:
    yield "## A file\n"
    yield from _table(Heading)


def _given() -> Iterator[str]:
    yield "## What is given\n"
    for shape in GIVEN:
        yield from _section(shape)


def _steps() -> Iterator[str]:
    yield "## Steps\n"
    yield from _verbs()
    yield "Every step may have these, but for a `fault:`, which has only the `note`.\n"
    yield from _table(ClaimingStep)
    yield "A `workato:` or a `call:` step may have this in place of `proves` and `expect`.\n"
    yield from _table(DuringStep, without=ClaimingStep.model_fields)
    for side, verbs in VERBS.items():
        for verb, shape in verbs.items():
            yield from _step(f"{side}: {verb}", shape, side)
    for kind, shape in KINDS.items():
        yield from _step(f"{kind}:", shape, "")
    for part in PARTS:
        yield from _section(part)


def _verbs() -> Iterator[str]:
    yield "| step | what it does |"
    yield "| --- | --- |"
    for side, verbs in VERBS.items():
        for verb, shape in verbs.items():
            yield f"| [`{side}: {verb}`](#{side}-{verb}) | {in_a_line(shape.__doc__)} |"
    yield ""


def _step(title: str, shape: type[Step], side: str) -> Iterator[str]:
    yield f"### `{title}`\n"
    yield f"{in_a_line(shape.__doc__)}{_expecting(shape)}\n"
    yield from _table(shape, without={side, *DuringStep.model_fields})


def _expecting(shape: type[Step]) -> str:
    expect = shape.model_fields.get("expect")
    named = (
        []
        if expect is None
        else [each for each in (expect.annotation, *get_args(expect.annotation)) if _is_shape(each)]
    )
    return f" `expect` is {_link(named[0].__name__)}." if named else ""


def _is_shape(kind: Any) -> bool:  # noqa: ANN401  (any part of an annotation)
    return isinstance(kind, type) and issubclass(kind, Shape)


def _expectations() -> Iterator[str]:
    yield "## What can be expected\n"
    for shape in CLAIMS:
        yield from _section(shape)


def _section(shape: type[Shape]) -> Iterator[str]:
    yield f"### {shape.__name__}\n"
    if shape.__doc__ and shape.__doc__ != Shape.__doc__:
        yield f"{in_a_line(shape.__doc__)}\n"
    inherited = next((base for base in shape.__mro__[1:] if base in {*GIVEN, *CLAIMS}), None)
    if inherited is not None:
        yield f"All of {_link(inherited.__name__)}, and more:\n"
    yield from _table(shape, without=() if inherited is None else inherited.model_fields)


def _table(shape: type[Shape], without: Iterable[str] = ()) -> Iterator[str]:
    rows = [name for name in shape.model_fields if name not in {*without}]
    if not rows:
        return
    schema = shape.model_json_schema()
    types: Mapping[str, Any] = (schema if "properties" in schema else schema["anyOf"][0])["properties"]
    yield "| key | takes | left out | what it is |"
    yield "| --- | --- | --- | --- |"
    for name in rows:
        said = in_a_line(types[name].get("description"))
        yield f"| `{name}` | {takes(types[name])} | {default_of(shape, name)} | {said} |"
    yield ""


def takes(part: Mapping[str, Any]) -> str:
    """What a value may be, from its part of the JSON Schema."""
    several = part.get("anyOf") or part.get("oneOf")
    if several:
        return ", or ".join(dict.fromkeys(takes(each) for each in several if each != {"type": "null"}))
    if "$ref" in part:
        return _link(part["$ref"].rpartition("/")[2])
    choices = part.get("enum") or [part[key] for key in ("const",) if key in part]
    return " / ".join(f"`{each}`" for each in choices) or _of_type(part)


def _of_type(part: Mapping[str, Any]) -> str:
    inside = part.get("items") or part.get("additionalProperties")
    within = takes(inside) if isinstance(inside, Mapping) else ""
    match part.get("type"):
        case "array":
            return f"list of {within}" if within else "list"
        case "object":
            return f"name: {within}" if within else "mapping"
        case kind:
            return _PLAIN.get(str(kind), "anything")


def default_of(shape: type[Shape], name: str) -> str:
    field = shape.model_fields[name]
    if field.is_required():
        return "needed"
    value = field.get_default(call_default_factory=True)
    if value is None or isinstance(value, Shape) or value in ((), {}):
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`[{', '.join(value)}]`" if isinstance(value, tuple) else f"`{value}`"


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def in_a_line(said: str | None) -> str:
    return " ".join((said or "").split()).replace("|", "\\|")
