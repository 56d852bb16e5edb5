"""Lists that are asked for by a filter (RFC 7644, section 3.4.2.2), by the grammar of `scim2-models`."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from msgspec import to_builtins
from scim2_models import Resource, SCIMException, ScimFilter
from scim2_models.path import AttrPath

from workato_emulator.domain.scim.people import Provisioned
from workato_emulator.domain.scim.refusals import Kind, ScimInvalid
from workato_emulator.doors.scim.call import ScimCall
from workato_emulator.doors.scim.models import model_for, refusal_of
from workato_emulator.doors.scim.showing import show

LONGEST = 10_000


def matching(call: ScimCall, text: str) -> Sequence[Provisioned]:
    """The people whom the filter is true of, in the order of the list. Raises `ScimInvalid`."""
    if call.assumed.scim_filter_support == "username_eq_only":
        raise ScimInvalid(Kind.FILTER, 'only userName eq "…" is served')
    model = model_for(call.workspace)
    strict = call.assumed.scim_filter_unknown_attribute == "400"
    found = _read(text, model, strict=strict)
    named = frozenset(each.lower() for each in _attributes(found.ast))
    everybody = call.listed.of(call.work, call.workspace)
    try:
        return [each for each in everybody if found.match(_model_of(call, each, model, named))]
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
            waiting += [getattr(each, one.name) for one in fields(each)]


def _model_of(call: ScimCall, person: Provisioned, model: type[Resource[Any]], named: frozenset[str]) -> Resource[Any]:
    """What the filter names of a person, and no more: models are slow to make, and one is made for everybody."""
    shown = to_builtins(show(call.workspace, person, call.base, call.assumed))
    return model.model_validate({name: value for name, value in shown.items() if name.lower() in named})
