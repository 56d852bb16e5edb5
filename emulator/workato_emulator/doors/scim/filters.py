"""Lists that are asked for by a filter (RFC 7644, section 3.4.2.2), by the grammar of `scim2-models`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields as fields_of_node
from dataclasses import is_dataclass
from operator import attrgetter
from typing import Any, TypeAlias

from msgspec import UNSET, to_builtins
from msgspec.structs import fields
from scim2_models import Resource, SCIMException, ScimFilter
from scim2_models.path import AttrPath, CompareOperator, Comparison, LogicalExpr, LogicalOperator

from workato_emulator.domain.scim.people import Provisioned, id_of
from workato_emulator.domain.scim.refusals import Kind, ScimInvalid
from workato_emulator.doors.scim.call import ScimCall
from workato_emulator.doors.scim.models import model_for, refusal_of
from workato_emulator.doors.scim.showing import UserShown, show
from workato_emulator.http.answers import encoded

LONGEST = 10_000


def matching(call: ScimCall, text: str) -> Sequence[Provisioned]:
    """The people whom the filter is true of, in the order of the list. Raises `ScimInvalid`."""
    if call.assumed.scim_filter_support == "username_eq_only":
        raise ScimInvalid(Kind.FILTER, 'only userName eq "…" is served')
    model = model_for(call.workspace)
    strict = call.assumed.scim_filter_unknown_attribute == "400"
    found = _read(text, model, strict=strict)
    everybody = call.listed.of(call.work, call.workspace)
    try:
        people = _with_texts(found, found.ast, everybody, _texts_of(call))
        is_true_of = _asking(call, found, model)
        return [each for each in people if is_true_of(each)]
    except (SCIMException, RecursionError) as error:
        raise refusal_of(error, Kind.FILTER) from None


def _read(text: str, model: type[Resource[Any]], *, strict: bool) -> Any:  # noqa: ANN401  (a filter of the library's)
    if len(text) > LONGEST:
        raise ScimInvalid(Kind.FILTER, f"filter is longer than {LONGEST} characters")
    bound: Any = ScimFilter
    try:
        found = bound[model](text)
        found._validate_semantics(strict=strict)  # noqa: SLF001  (what the library's own search request does)
    except (SCIMException, RecursionError, ValueError) as error:
        raise refusal_of(error, Kind.FILTER) from None
    if any(each.lower() == "password" for each in _attributes(found.ast)):
        raise ScimInvalid(Kind.FILTER, "password cannot be filtered on")
    return found


def _attributes(node: object) -> Iterator[str]:
    """The attributes that a filter names, and the schemas by whose URNs it names them."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list | tuple):
            waiting += each
        elif isinstance(each, AttrPath):
            yield from (name for name in (each.attr, each.uri) if name is not None)
        elif is_dataclass(each):
            waiting += [getattr(each, one.name) for one in fields_of_node(each)]


_Texts: TypeAlias = Mapping[tuple[str, str | None], Callable[[Provisioned], str | None]]
"""By names of the library's: a text of a person that has in it what `show` shows under that name."""


def _texts_of(call: ScimCall) -> _Texts:
    workspace, assumed = call.workspace.id, call.assumed
    email, name = attrgetter("member.email"), attrgetter("member.name")
    return {
        ("id", None): lambda each: id_of(workspace, each.member.id, assumed),
        ("external_id", None): attrgetter("external_id"),
        ("user_name", None): email,
        ("emails", "value"): email,
        ("display_name", None): name,
        **{("name", part): name for part in ("formatted", "given_name", "family_name")},
    }


_HAVE_THE_TEXT = frozenset({CompareOperator.eq, CompareOperator.co, CompareOperator.sw, CompareOperator.ew})
"""Such a comparison is true only of people whose text has that of the filter in it, in any case of the letters."""


def _with_texts(
    found: Any,  # noqa: ANN401
    node: object,
    people: Sequence[Provisioned],
    texts_of: _Texts,
) -> Sequence[Provisioned]:
    """The people who have the texts that the filter asks for: it is true of nobody else, and perhaps not of them all.

    Looking for a text is fifty times quicker than asking the library. What it may equate with a letter of ASCII is not
    known here, so a text with other letters is left to it.
    """
    if isinstance(node, LogicalExpr) and node.op is LogicalOperator.and_:
        for each in node.terms:
            people = _with_texts(found, each, people, texts_of)
    elif isinstance(node, Comparison) and node.op in _HAVE_THE_TEXT and isinstance(node.value, str):
        compared = found.resolve_comparison(node.attr_path, strict=False)
        text_of = None if compared is None else texts_of.get((compared.field_name, compared.sub_field_name))
        if compared is not None and text_of is not None:
            wanted = compared.comparable(node.value).lower()
            texts = ((each, text_of(each) or "") for each in people)
            people = [each for each, text in texts if wanted in text.lower() or not text.isascii()]
    return people


def _asking(call: ScimCall, found: Any, model: type[Resource[Any]]) -> Callable[[Provisioned], bool]:  # noqa: ANN401
    """What asks the library about a person, and only once about all who show the same under the names in the filter.

    Of a person a model has what is named, and no more: models are slow to make.
    """
    named = frozenset(each.lower() for each in _attributes(found.ast))
    shown_as = [(each.encode_name, each.name) for each in fields(UserShown) if each.encode_name.lower() in named]
    known: dict[bytes, bool] = {}

    def is_true_of(person: Provisioned) -> bool:
        shown = show(call.workspace, person, call.base, call.assumed)
        values = {name: value for name, field in shown_as if (value := getattr(shown, field)) is not UNSET}
        key = encoded(values)
        if key not in known:
            known[key] = found.match(model.model_validate(to_builtins(values)))
        return known[key]

    return is_true_of
