"""References: names that have to exist somewhere, in this file or in the vocabulary.

Each kind of name is a type. Its validator asks the `Names` that validation runs with; validated without any, a name is
only text. So the models stay plain shapes, and a dangling reference is reported where it stands, with its neighbour.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo

from okta_scenarios.language.objections import objection
from okta_scenarios.language.problems import join_choices, nearest
from okta_scenarios.language.vocabulary import Vocabulary
from okta_scenarios.language.yaml_nodes import Row, Table, Value
from workato_emulator.text.error_codes.scenarios import SCN_UNKNOWN_NAME

ALL_COLLABORATORS = "All collaborators"
DEFAULT_CLIENT = "default"
STATE_PARTS = (
    "collaborators",
    "invitations",
    "groups",
    "projects",
    "folders",
    "roles",
    "project_roles",
    "clients",
    "client_roles",
    "settings",
    "scim_users",
    "deactivated",
)
NAMES_A_GROUP = frozenset({"createCollaboratorGroup", "updateCollaboratorGroup"})
"""Operations that give a collaborator group a name."""
PARTS_OF_PEOPLE = ("collaborators", "invitations")
KEPT_BY_SCIM = ("scim_users", "deactivated")


@dataclass(frozen=True, slots=True)
class Names:
    """Every name that one scenario may use."""

    vocabulary: Vocabulary
    kinds: Mapping[str, Collection[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Table, vocabulary: Vocabulary, *, whole: bool = True) -> "Names":
        """Gather what a file declares, from tables that may still turn out to be wrong.

        Where the document is not the whole of it, as without its fixture, whatever it might declare may be a name.
        """
        given = _table(document.get("given"))
        workspaces = _tables(given.get("workspaces"))
        orgs = _tables(given.get("okta"))
        steps = [step for step in _row(document.get("steps")) if isinstance(step, Table)]
        named_later = [*_texts(step.get("group") for step in steps if _makes_group(step))]
        named_later += _texts(step.get("to") for step in steps if step.get("okta") == "rename_group")
        okta_groups = {*_keys(orgs, "groups"), *named_later}
        fixed: dict[str, Collection[str]] = {
            "operation": vocabulary.operations.keys(),
            "rule": vocabulary.rules,
            "assumption": vocabulary.assumptions.keys(),
            "environment": vocabulary.environments,
            "privilege": vocabulary.privileges,
        }
        if not whole:
            return cls(vocabulary, dict.fromkeys(_DECLARED, _Anything()) | fixed)
        return cls(
            vocabulary,
            fixed
            | {
                "person": {
                    *_table(given.get("people")),
                    *(person for org in orgs.values() for person in _texts(_row(org.get("people")))),
                    *_keys(workspaces, "collaborators"),
                    *_keys(workspaces, "invitations"),
                    *_texts(step.get("user") for step in steps if step.get("okta") == "create_user"),
                    *(
                        user
                        for step in steps
                        if step.get("okta") == "create_user"
                        for user in _texts(_row(step.get("users")))
                    ),
                },
                "workspace": workspaces.keys(),
                "org": orgs.keys(),
                "app": {*_keys(orgs, "apps")},
                "client": {*_keys(workspaces, "clients"), DEFAULT_CLIENT},
                "client role": {*_keys(workspaces, "client_roles"), *_keys(workspaces, "clients"), DEFAULT_CLIENT},
                "Okta group": okta_groups,
                "group": {
                    *okta_groups,
                    *_keys(workspaces, "groups"),
                    *_texts(_named_by(step) for step in steps if str(step.get("call")) in NAMES_A_GROUP),
                    ALL_COLLABORATORS,
                },
                "host": {*vocabulary.hosts, *_texts(each.get("data_center") for each in workspaces.values())},
            },
        )


_DECLARED = ("person", "workspace", "org", "app", "client", "client role", "Okta group", "group", "host")
"""The kinds of names that a file declares itself, or its fixture."""


class _Anything(frozenset[str]):
    """Any name at all."""

    __slots__ = ()

    def __contains__(self, name: object) -> bool:
        return True


def known(kind: str) -> AfterValidator:
    """The name has to be one of this kind."""

    def check(name: str, info: ValidationInfo) -> str:
        if isinstance(info.context, Names) and name not in info.context.kinds[kind]:
            choices = info.context.kinds[kind]
            suggestion = nearest(name, choices)
            there = f"; there is {join_choices(choices)}" if suggestion is None and len(choices) <= MANY else ""
            raise objection(f"unknown {kind} {name!r}{there}", suggestion, code=SCN_UNKNOWN_NAME)
        return name

    return AfterValidator(check)


MANY = 8
"""More names than this are not listed: nobody reads them."""


def _check_event(text: str, info: ValidationInfo) -> str:
    event, _, outcome = text.partition(" ")
    if outcome and outcome not in OUTCOMES:
        raise objection(f"{outcome!r} is not an outcome of a System Log event", nearest(outcome, OUTCOMES))
    if isinstance(info.context, Names):
        events = info.context.vocabulary.events
        if events is not None and event not in events:
            raise objection(f"unknown event {event!r}", nearest(event, events), code=SCN_UNKNOWN_NAME)
    return text


OUTCOMES = ("SUCCESS", "FAILURE", "SKIPPED", "DENY", "ALLOW", "CHALLENGE", "UNKNOWN")


def _check_request(text: str, info: ValidationInfo) -> str:
    found = re.fullmatch(r"(GET|POST|PUT|PATCH|DELETE) (/\S*)", text)
    if found is None:
        raise objection(f"{text!r} is not a request; write one such as 'POST /api/member_invitations'")
    if isinstance(info.context, Names):
        operations = info.context.vocabulary.operations.values()
        if not any(operation.answers(found[1], found[2]) for operation in operations):
            lines = [f"{operation.method} {re.sub('{[^/]*}', '*', operation.path)}" for operation in operations]
            raise objection(f"no operation answers {text!r}", nearest(text, lines), code=SCN_UNKNOWN_NAME)
    return text


def _check_path(text: str, info: ValidationInfo) -> str:
    place, *parts = text.split("/", 2)
    if not parts or not all((place, *parts)):
        raise objection(f"{text!r} is not a path into the state; write one such as acme/invitations/ada")
    if isinstance(info.context, Names):
        kinds = info.context.kinds
        if not isinstance(kinds["workspace"], _Anything):
            _one_of("place", place, {*kinds["workspace"], "accounts"})
        if place == "accounts":
            _one_of("person", parts[0], kinds["person"])
        else:
            _one_of("part of a workspace", parts[0], STATE_PARTS)
        if len(parts) > 1 and parts[0] in {*PARTS_OF_PEOPLE, *KEPT_BY_SCIM}:
            _one_of("person", parts[1], kinds["person"])
    return text


def _one_of(what: str, word: str, choices: Collection[str]) -> None:
    if word != "*" and word not in choices:
        suggestion = nearest(word, choices)
        there = f"; there is {join_choices(choices)}" if suggestion is None else ""
        raise objection(f"unknown {what} {word!r}{there}", suggestion, code=SCN_UNKNOWN_NAME)


def _check_email(text: str) -> str:
    if re.fullmatch(r"[^@\s]+@[^@\s]+", text) is None:
        raise objection(f"{text!r} is not an email; write one such as ada@example.test")
    return text


NewName = Annotated[str, StringConstraints(min_length=1)]
Email = Annotated[str, AfterValidator(_check_email)]
PersonName = Annotated[str, known("person"), Field(description="A person of this scenario, by short name.")]
WorkspaceName = Annotated[str, known("workspace"), Field(description="A workspace of this scenario.")]
OrgName = Annotated[str, known("org"), Field(description="An Okta org of this scenario.")]
AppName = Annotated[str, known("app"), Field(description="An app instance in an Okta org.")]
ClientName = Annotated[
    str, known("client"), Field(description="An API client. Every workspace has `default`, which may do everything.")
]
ClientRoleName = Annotated[
    str, known("client role"), Field(description="A client role. An API client's own is called like the client.")
]
OktaGroupName = Annotated[str, known("Okta group"), Field(description="A group in Okta.")]
GroupName = Annotated[str, known("group"), Field(description="A collaborator group in Workato.")]
OperationId = Annotated[str, known("operation"), Field(description="An operationId of the contract.")]
RuleId = Annotated[str, known("rule"), Field(description="The id of a documented rule.")]
AssumptionId = Annotated[str, known("assumption"), Field(description="The id of an assumption.")]
Environment = Annotated[str, known("environment"), Field(description="An environment type: dev, test or prod.")]
HostName = Annotated[str, known("host"), Field(description="A host of Workato's, such as app.eu.workato.com.")]
Privilege = Annotated[str, known("privilege"), Field(description="A privilege of a client role.")]
EventType = Annotated[str, AfterValidator(_check_event), Field(description="An event type, and an outcome if wanted.")]
RequestLine = Annotated[
    str, AfterValidator(_check_request), Field(description="Method and path. `*` matches one segment.")
]
StatePath = Annotated[
    str,
    AfterValidator(_check_path),
    Field(description="workspace/part/name, or accounts/person. `*` matches one segment."),
]


def _makes_group(step: Table) -> bool:
    return step.get("okta") == "create_group" or step.get("workato") == "create_group"


def _named_by(call: Table) -> Value:
    return _table(_table(call.get("body")).get("user_group")).get("name")


def _table(value: Value) -> Table | dict[str, Value]:
    return value if isinstance(value, Table) else {}


def _row(value: Value) -> Row | tuple[Value, ...]:
    return value if isinstance(value, Row) else ()


def _tables(value: Value) -> dict[str, Table | dict[str, Value]]:
    return {key: _table(inner) for key, inner in _table(value).items()}


def _keys(tables: Mapping[str, Mapping[str, Value]], part: str) -> Iterator[str]:
    for table in tables.values():
        yield from _table(table.get(part))


def _texts(values: Iterable[Value]) -> Iterator[str]:
    return (value for value in values if isinstance(value, str))
