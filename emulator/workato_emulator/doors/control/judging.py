"""What a foreign SCIM client does well and badly, from the journal: one verdict for each behaviour.

Headers are not kept in the journal, so of media types only a refused one is seen.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import parse_qs

from workato_emulator.http.bodies import Malformed, parse_json
from workato_emulator.http.journal import Entry

Verdicts: TypeAlias = dict[int, bool]
"""Whether an exchange, by its number, shows the behaviour or the opposite; those about something else are not there."""

_BY_NAME = re.compile(r'\s*userName\s+eq\s+"(.*)"\s*', re.IGNORECASE)
_WITH_USER = frozenset({"createScimUser", "replaceScimUser"})
_WRITES = _WITH_USER | {"patchScimUser"}
_LEAVING = frozenset({"deleteScimUser", "patchScimUser", "replaceScimUser"})
OKTA = "Okta: SCIM 2.0 protocol reference"
_UNSUPPORTED, _TAKEN = 415, 409
_OPS = ("add", "remove", "replace")
_TEXTS_OF_TRUTHS = ("True", "False")


@dataclass(frozen=True, slots=True)
class Behaviour:
    name: str
    sentence: str
    source: str
    judge: Callable[[Sequence[Entry]], Verdicts]


def judge(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """A row for each behaviour: `well`, `badly` with the exchanges that show it, or `unseen`."""
    seen = [each for each in entries if each.operation is not None and "Scim" in each.operation]
    return [_row(each, each.judge(seen)) for each in BEHAVIOURS]


def _row(behaviour: Behaviour, verdicts: Verdicts) -> dict[str, Any]:
    bad = [seq for seq, good in verdicts.items() if not good]
    return {
        "behaviour": behaviour.name,
        "sentence": behaviour.sentence,
        "source": behaviour.source,
        "verdict": "badly" if bad else "well" if verdicts else "unseen",
        "seen": len(verdicts),
        "badly_in": bad,
    }


def _body(entry: Entry) -> Mapping[str, Any]:
    """The object that was sent; an empty one for anything else."""
    try:
        body = parse_json(entry.request) if entry.request else None
    except Malformed:
        return {}
    return body if isinstance(body, dict) else {}


def _operations(entry: Entry) -> list[Mapping[str, Any]]:
    found = _body(entry).get("Operations")
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _of(entries: Sequence[Entry], operations: frozenset[str]) -> list[Entry]:
    return [each for each in entries if each.operation in operations]


def _id(entry: Entry) -> str:
    return entry.path.rpartition("/")[2]


def _looked_up(entries: Sequence[Entry]) -> Verdicts:
    names: set[str] = set()
    verdicts = {}
    for each in entries:
        if each.operation == "listScimUsers":
            found = _BY_NAME.fullmatch("".join(parse_qs(each.query).get("filter", ())))
            names |= set() if found is None else {found[1].lower()}
        elif each.operation == "createScimUser":
            verdicts[each.seq] = str(_body(each).get("userName", "")).lower() in names
    return verdicts


def _read_first(entries: Sequence[Entry]) -> Verdicts:
    """Read by id, or found by a list whose answer holds the id."""
    verdicts = {}
    read = ""
    for each in entries:
        if each.operation in {"getScimUser", "listScimUsers", "createScimUser"}:
            read += f'"{_id(each)}" {each.response.decode(errors="replace")}'
        elif each.operation == "replaceScimUser":
            verdicts[each.seq] = f'"{_id(each)}"' in read
    return verdicts


def _not_again(entries: Sequence[Entry]) -> Verdicts:
    refused: set[bytes] = set()
    verdicts = {}
    for each in _of(entries, frozenset({"createScimUser"})):
        verdicts[each.seq] = each.request not in refused
        refused |= {each.request} if each.status == _TAKEN else set()
    return verdicts


def _patch_form(entries: Sequence[Entry]) -> Verdicts:
    return {each.seq: all(map(_is_in_form, _operations(each))) for each in _of(entries, frozenset({"patchScimUser"}))}


def _is_in_form(operation: Mapping[str, Any]) -> bool:
    value = operation.get("value")
    values = value.values() if isinstance(value, dict) else (value,)
    return operation.get("op") in _OPS and not any(each in _TEXTS_OF_TRUTHS for each in values)


BEHAVIOURS = (
    Behaviour(
        "look_up_first", "It looks for the userName before it creates a user.", "Okta: SCIM protocol", _looked_up
    ),
    Behaviour(
        "no_id_on_create",
        "It leaves the id of a new user to the server.",
        "RFC 7643, section 3.1",
        lambda entries: {each.seq: "id" not in _body(each) for each in _of(entries, frozenset({"createScimUser"}))},
    ),
    Behaviour(
        "external_id",
        "It sends an id of its own as externalId, by which it finds the user again.",
        "RFC 7643, section 3.1",
        lambda entries: {each.seq: bool(_body(each).get("externalId")) for each in _of(entries, _WITH_USER)},
    ),
    Behaviour(
        "schemas",
        "It lists the schemas of what it sends.",
        "RFC 7643, section 3",
        lambda entries: {each.seq: bool(_body(each).get("schemas")) for each in _of(entries, _WRITES)},
    ),
    Behaviour(
        "media_type",
        "It announces a body as application/scim+json, or at least as JSON.",
        "RFC 7644, section 3.1",
        lambda entries: {each.seq: each.status != _UNSUPPORTED for each in _of(entries, _WRITES)},
    ),
    Behaviour("patch_form", "It writes op in small letters, and truths as truths.", "RFC 7644, 3.5.2", _patch_form),
    Behaviour("read_before_replace", "It reads a user before it replaces them.", OKTA, _read_first),
    Behaviour(
        "deactivate",
        "It deactivates users and deletes none.",
        OKTA,
        lambda entries: {each.seq: each.operation != "deleteScimUser" for each in _of(entries, _LEAVING)},
    ),
    Behaviour("no_repetition", "It does not repeat a creation that was refused with 409.", "RFC 7644, 3.3", _not_again),
)
