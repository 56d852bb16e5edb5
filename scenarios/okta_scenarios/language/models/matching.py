"""How what is expected is compared with what is there. This is the one rule; every `expect` follows it.

- A plain value means *equal*.
- A mapping means: *these keys, with these values*; there may be more. With `exact: true` in the same expectation
  there may not: of a person's `member` and `invitation` no environment but the named ones has access, and a call's
  `body` has no key but the written ones.
- A list means: these items, in this order, and no others. Items are compared by this same rule.
- `{contains: [...]}` in place of a list means: these among others. `requests` and `events` have them in this order.
- The word `absent`, where a thing may be missing, means that it is; `none` means an empty list.
- A mapping of one matcher word is a *matcher* and means what the word says: `matches` (a regular expression, found
  anywhere), `contains` (a part of the text; for a list, items that are somewhere in it), `one_of`, `at_least`,
  `absent: true` (there is no such key, or it is null).

In what is *sent*, and in an expected body, a mapping of one lookup word stands for a value that the scenario cannot
know beforehand: `email_of` and `member_id` of a person, `group_id` of a collaborator group, `role_id` of a role,
`project_role_id` of a project role, `project_id` of a project, `folder_id` of a folder or of a project's own folder,
`grant_id` of a grant, `client_id` of an API client, `client_role_id` of a client role.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import InitErrorDetails

from okta_scenarios.language.expressions import NotAnExpression, expression
from okta_scenarios.language.models.base import Shape
from okta_scenarios.language.models.names import ClientName, ClientRoleName, Environment, GroupName, PersonName
from okta_scenarios.language.objections import objection
from okta_scenarios.language.yaml_nodes import Scalar, Table
from workato_emulator.text.error_codes.scenarios import SCN_SHOWS_NOTHING


def _check_pattern(pattern: str) -> str:
    try:
        expression(pattern)
    except NotAnExpression as error:
        raise objection(str(error)) from None
    return pattern


class OneWord(Shape):
    """A mapping of exactly one of its words."""

    @model_validator(mode="after")
    def _holds_one_word(self) -> "OneWord":
        if len(self.model_fields_set) != 1:
            raise objection(f"write exactly one of {', '.join(type(self).model_fields)}")
        return self


class Matcher(OneWord):
    """One word that says how to compare."""

    matches: Annotated[str, AfterValidator(_check_pattern)] | None = None
    """A regular expression that is found somewhere in the text."""
    contains: str | tuple[Scalar, ...] | None = None
    """A part of the text; or, for a list, items that are somewhere in it."""
    one_of: Annotated[tuple[Scalar, ...], Field(min_length=1)] | None = None
    """Any of these values."""
    at_least: float | int | None = None
    """This number or a greater one."""
    absent: Literal[True] | None = None
    """There is no such key, or its value is null."""

    @model_validator(mode="after")
    def _excludes_something(self) -> "Matcher":
        if self.contains in {"", ()} or self.matches == "":
            raise objection("an empty matcher matches everything", code=SCN_SHOWS_NOTHING)
        return self


def is_absence(claim: object) -> bool:
    """Whether a claim is that there is no such thing."""
    return isinstance(claim, Matcher) and claim.absent is not None


class Lookup(OneWord):
    """One word for a value that is known only while the scenario runs."""

    email_of: PersonName | None = None
    """This person's email."""
    member_id: PersonName | None = None
    """This person's member id in the step's workspace."""
    group_id: GroupName | None = None
    """The id of this collaborator group in the step's workspace."""
    role_id: str | None = None
    """The id of this role in the step's workspace."""
    project_role_id: str | None = None
    """The id of this project role in the step's workspace."""
    project_id: str | None = None
    """The id of this project in the step's workspace."""
    folder_id: str | None = None
    """The id of this folder, or of this project's own folder, in the step's workspace."""
    grant_id: str | None = None
    """The id of a grant in the step's workspace: the project, a slash, and who holds it, as in Payroll/ada."""
    client_id: ClientName | None = None
    """The id of this API client in the step's workspace."""
    client_role_id: ClientRoleName | None = None
    """The id of this client role in the step's workspace."""


def _move(error: ValidationError, at: tuple[str | int, ...]) -> ValidationError:
    """The same errors, said of what stands at `at`; pydantic adds the rest of the way."""
    return ValidationError.from_exception_data(
        error.title,
        [
            InitErrorDetails(
                type=objection(**details["ctx"]) if details["type"] == "objection" else details["type"],
                loc=(*at, *details["loc"]),
                input=details["input"],
                ctx=details.get("ctx", {}),
            )
            for details in error.errors()
        ],
    )


def _words_of(*shapes: type[OneWord]) -> Mapping[str, type[OneWord]]:
    return {word: shape for shape in shapes for word in shape.model_fields}


def _reader_of(*shapes: type[OneWord]) -> Callable[[Any, ValidationInfo], Any]:
    """Reads JSON, and wherever a mapping has none but the words of `shapes`, one of them."""
    words = _words_of(*shapes)

    def read(value: Any, info: ValidationInfo, at: tuple[str | int, ...] = ()) -> Any:  # noqa: ANN401  (JSON)
        if isinstance(value, tuple):
            return tuple(read(item, info, (*at, index)) for index, item in enumerate(value))
        if not isinstance(value, Table):
            return value
        if not value or not value.keys() <= words.keys() or _is_a_field(value):
            return {key: read(item, info, (*at, key)) for key, item in value.items()}
        try:
            return words[next(iter(value))].model_validate(value, context=info.context)
        except ValidationError as error:
            raise _move(error, at) from None

    return read


def _is_a_field(value: Table) -> bool:
    """Whether a mapping is a field that is called like a lookup word, such as `project_role_id`, and holds a lookup."""
    (word, *_), (inner, *_) = value.keys(), value.values()
    return word in Lookup.model_fields and isinstance(inner, Table)


def one_or_other(mapping: str, plain: str) -> Discriminator:
    """Decide by the look of a value which of two readings is meant, so that errors speak of that one."""
    return Discriminator(lambda value: mapping if isinstance(value, dict) else plain)


ANY_JSON = WithJsonSchema({})
Sent = Annotated[Any, BeforeValidator(_reader_of(Lookup)), ANY_JSON]
ExpectedJson = Annotated[Any, BeforeValidator(_reader_of(Matcher, Lookup)), ANY_JSON]

TextClaim = Annotated[
    Annotated[str, Tag("<text>")] | Annotated[Matcher, Tag("<matcher>")], one_or_other("<matcher>", "<text>")
]
NumberClaim = Annotated[
    Annotated[int, Tag("<number>")] | Annotated[Matcher, Tag("<matcher>")], one_or_other("<matcher>", "<number>")
]
RolesClaim = Annotated[
    Annotated[Literal["absent"], Tag("<word>")] | Annotated[Mapping[Environment, TextClaim], Tag("<roles>")],
    one_or_other("<roles>", "<word>"),
]
