"""What an `expect` may claim. Which claims there are depends on the step; how they compare is said in `matching`."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag, model_validator

from okta_scenarios.language.models.base import Shape
from okta_scenarios.language.models.given import OktaStatus
from okta_scenarios.language.models.matching import (
    ExpectedJson,
    NumberClaim,
    RolesClaim,
    TextClaim,
    is_absence,
)
from okta_scenarios.language.models.names import (
    AppName,
    EventType,
    GroupName,
    NewName,
    OrgName,
    PersonName,
    RequestLine,
    StatePath,
    WorkspaceName,
)
from okta_scenarios.language.objections import objection
from workato_emulator.text.error_codes.scenarios import SCN_SHOWS_NOTHING, SCN_TOGETHER

OktaUserStatus: TypeAlias = OktaStatus | Literal["absent"]
AppUserStatus = Literal["STAGED", "PROVISIONED", "ACTIVE", "absent"]
SyncState = Literal["DISABLED", "OUT_OF_SYNC", "SYNCHRONIZED", "ERROR"]
TaskState = Literal["none", "failed", "paused", "permanent"]
MappingStatus = Literal["ACTIVE", "INACTIVE", "ERROR"]
AttributeType = Literal["STRING", "BOOLEAN", "EMAIL", "TIMEZONE", "DATE", "ARRAY"]
AttributeScope = Literal["SELF", "SYSTEM", "NONE"]

ADDRESS = frozenset({"org", "app", "workspace", "exact"})
"""Keys that say where to look and how, and claim nothing."""


def _contradict(one: str, value: object, other: str, claim: object) -> None:
    """Refuse an expectation that nothing can meet."""
    first, second = (f"`{key}: {_as_written(each)}`" for key, each in ((one, value), (other, claim)))
    raise objection(f"{first} and {second} cannot both be true", at=(other,), code=SCN_TOGETHER)


def _as_written(claim: object) -> str:
    if isinstance(claim, bool):
        return str(claim).lower()
    return claim if isinstance(claim, str) else "…"


class Claims(Shape):
    """Something is claimed, or there is no point in writing it."""

    @model_validator(mode="after")
    def _claims_something(self) -> "Claims":
        if not self.model_fields_set - ADDRESS:
            raise objection("claims nothing; say what is expected, or leave it out", code=SCN_SHOWS_NOTHING)
        return self

    def claimed(self) -> frozenset[str]:
        """The keys that were written and claim something."""
        return frozenset(self.model_fields_set - ADDRESS)


class TaskClaims(Claims):
    task: TaskState | None = None
    """The row on Okta's Dashboard > Tasks: none, failed, paused (it waits for a rate limit) or permanent."""
    message: TextClaim | None = None
    """The text that Okta shows: of the task, of the group push mapping, or of the import."""


class PlacedClaims(TaskClaims):
    """Claims about something that is in several places when there are several orgs, apps or workspaces."""

    org: OrgName | None = None
    """The org that is meant; the step's own by default."""
    app: AppName | None = None
    """The app instance that is meant; the step's own by default."""
    workspace: WorkspaceName | None = None
    """The workspace that is meant; by default the step's own, or that of the app instance."""


class PersonClaims(PlacedClaims):
    """What is true of one person, in one app instance and one workspace."""

    okta_user: OktaUserStatus | None = None
    """The state of the Okta user, or absent."""
    app_user: AppUserStatus | None = None
    """The status of the person's app user in Okta, or absent."""
    sync: SyncState | None = None
    """The app user's syncState."""
    external_id: TextClaim | None = None
    """What Okta takes for the person's id in Workato; `absent` when it knows none."""
    invited: bool | None = None
    """Whether an invitation waits for the person."""
    invitation: RolesClaim | None = None
    """The roles that the waiting invitation brings, by environment; or absent."""
    member: RolesClaim | None = None
    """The collaborator's roles by environment; or absent."""
    deactivated: RolesClaim | None = None
    """The roles that Workato remembers of somebody whom SCIM has deactivated, by environment; or absent."""
    exact: bool = False
    """Whether environments that `invitation`, `deactivated` and `member` do not name are without access."""

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> "PersonClaims":
        exactly = (self.invitation, self.member, self.deactivated)
        if self.exact and not any(isinstance(roles, Mapping) for roles in exactly):
            raise objection("exact about nothing: write the roles of `member` or `invitation`", at=("exact",))
        if self.invited is not None and self.invitation is not None and self.invited is (self.invitation == "absent"):
            _contradict("invited", self.invited, "invitation", self.invitation)
        for key in ("sync", "external_id"):
            claim = getattr(self, key)
            if self.app_user == "absent" and claim not in {None, "absent"} and not is_absence(claim):
                _contradict("app_user", "absent", key, claim)
        if self.okta_user == "absent" and self.app_user not in {None, "absent"}:
            _contradict("okta_user", "absent", "app_user", self.app_user)
        return self


class GroupClaims(PlacedClaims):
    """What is true of one group: the collaborator group in Workato, and Okta's push mapping to it."""

    absent: Literal[True] | None = None
    """There is no such collaborator group."""
    members: tuple[PersonName, ...] | None = None
    """The members of the collaborator group: these people, in any order, and nobody else."""
    mapping: MappingStatus | None = None
    """The status of the push mapping."""
    ignored: tuple[PersonName, ...] | None = None
    """People whom the last push left out, in any order."""

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> "GroupClaims":
        if self.absent and self.members is not None:
            _contradict("absent", True, "members", self.members)
        return self


class Imported(Claims):
    """The numbers of Okta's import result."""

    scanned: NumberClaim | None = None
    """People that were read."""
    new: NumberClaim | None = None
    """People who are new to the app instance, those who matched somebody in Okta among them."""
    matched: NumberClaim | None = None
    """People that matched somebody in Okta."""
    updated: NumberClaim | None = None
    """Known app users whose profile changed."""
    unchanged: NumberClaim | None = None
    """Known app users as they were."""
    removed: NumberClaim | None = None
    """Known app users who are gone from Workato."""
    groups: NumberClaim | None = None
    """Collaborator groups that were read."""
    new_groups: NumberClaim | None = None
    """Groups that are new to Okta."""
    removed_groups: NumberClaim | None = None
    """Known groups that are gone from Workato."""
    roadblock: bool | None = None
    """Whether a safeguard stopped the import."""


def _kind(value: Any) -> str:  # noqa: ANN401  (whatever was written)
    return "<several>" if isinstance(value, tuple) else "<word>" if isinstance(value, str) else "<one>"


AboutPerson = Annotated[
    Annotated[PersonClaims, Tag("<one>")] | Annotated[tuple[PersonClaims, ...], Field(min_length=1), Tag("<several>")],
    Discriminator(lambda value: "<several>" if isinstance(value, tuple) else "<one>"),
]
AboutGroup = Annotated[
    Annotated[GroupClaims, Tag("<one>")]
    | Annotated[tuple[GroupClaims, ...], Field(min_length=1), Tag("<several>")]
    | Annotated[Literal["absent"], Tag("<word>")],
    Discriminator(_kind),
]


class Some(Shape):
    """Some items of a list, or the absence of some."""

    contains: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _names_some(self) -> "Some":
        if not self.model_fields_set:
            words = " or ".join(f"`{word}`" for word in type(self).model_fields)
            raise objection(f"names nothing; write items under {words}", code=SCN_SHOWS_NOTHING)
        both = [item for item in self.contains if item in self.none_of]
        if both:
            raise objection(f"{both[0]} cannot be both there and not there", at=("none_of",), code=SCN_TOGETHER)
        return self


class SomeRequests(Some):
    contains: Annotated[tuple[RequestLine, ...], Field(min_length=1)] = ()
    """These, in this order, and maybe others."""
    none_of: Annotated[tuple[RequestLine, ...], Field(min_length=1)] = ()
    """None of these, wherever."""


class SomeEvents(Some):
    contains: Annotated[tuple[EventType, ...], Field(min_length=1)] = ()
    """These, in this order, and maybe others: what a plain list means, too."""
    none_of: Annotated[tuple[EventType, ...], Field(min_length=1)] = ()
    """None of these, wherever."""
    only: tuple[EventType, ...] | None = None
    """These, in this order, and no others."""

    @model_validator(mode="after")
    def _says_it_all(self) -> "SomeEvents":
        if self.only is not None and len(self.model_fields_set) > 1:
            raise objection("`only` excludes other keys; write nothing beside it", at=("only",), code=SCN_TOGETHER)
        return self


class SomeChanges(Some):
    contains: Annotated[tuple[StatePath, ...], Field(min_length=1)] = ()
    """These, and maybe others."""
    none_of: Annotated[tuple[StatePath, ...], Field(min_length=1)] = ()
    """None of these."""


class SomeValues(Some):
    contains: Annotated[tuple[NewName, ...], Field(min_length=1)] = ()
    """These, and maybe others."""
    none_of: Annotated[tuple[NewName, ...], Field(min_length=1)] = ()
    """None of these."""


def _form(value: Any) -> str:  # noqa: ANN401  (whatever was written)
    return "<list>" if isinstance(value, tuple) else "<some>" if isinstance(value, dict | Shape) else "<word>"


Nothing = Annotated[Literal["none"], Tag("<word>")]
Requests = Annotated[
    Annotated[tuple[RequestLine, ...], Tag("<list>")] | Annotated[SomeRequests, Tag("<some>")] | Nothing,
    Discriminator(_form),
]
Events = Annotated[
    Annotated[tuple[EventType, ...], Tag("<list>")] | Annotated[SomeEvents, Tag("<some>")] | Nothing,
    Discriminator(_form),
]
Changes = Annotated[
    Annotated[tuple[StatePath, ...], Tag("<list>")] | Annotated[SomeChanges, Tag("<some>")] | Nothing,
    Discriminator(_form),
]
ValueNames = Annotated[
    Annotated[tuple[NewName, ...], Tag("<list>")] | Annotated[SomeValues, Tag("<some>")] | Nothing,
    Discriminator(_form),
]


class AttributeClaims(Claims):
    """What Okta knows of one attribute of the user schema, or of one entitlement."""

    type: AttributeType | None = None
    """The data type that the profile editor shows."""
    required: bool | None = None
    """Whether nobody can do without it."""
    multi_valued: bool | None = None
    """Whether it holds several values at once."""
    scope: AttributeScope | None = None
    """Who writes it: SYSTEM is what only Workato does, NONE says nothing."""
    description: TextClaim | None = None
    """What the profile editor says of it."""
    choices: ValueNames | None = None
    """The values that it may take, as they are sent to Workato."""


class Discovered(Claims):
    """What Okta knows after a discovery. A role is a value of both: of an attribute, and of an entitlement."""

    attributes: ValueNames | None = None
    """The user schema: its attributes, then the values that they may take."""
    entitlements: ValueNames | None = None
    """The entitlements, then the values that they may take."""
    details: Annotated[Mapping[NewName, AttributeClaims], Field(min_length=1)] | None = None
    """Claims about attributes and entitlements by name."""


Values = Annotated[
    Annotated[tuple[NewName, ...], Tag("<list>")] | Annotated[Discovered, Tag("<some>")], Discriminator(_form)
]


class Expect(Claims):
    """What any expectation may claim."""

    people: Annotated[Mapping[PersonName, AboutPerson], Field(min_length=1)] = {}
    """Claims about people by name: one set of claims, or several, each about another app or workspace."""
    groups: Annotated[Mapping[GroupName, AboutGroup], Field(min_length=1)] = {}
    """Claims about groups by name; `absent` when there is no such collaborator group."""
    tasks: NumberClaim | None = None
    """How many rows Dashboard > Tasks has: in the step's org, or in all of them where the step has none."""

    def about_people(self) -> Iterator[tuple[str, PersonClaims]]:
        """Each claim about a person, with the person's short name."""
        for name, about in self.people.items():
            yield from ((name, claims) for claims in (about if isinstance(about, tuple) else (about,)))

    def about_groups(self) -> Iterator[tuple[str, GroupClaims]]:
        """Each claim about a group, with the group's name. The word `absent` is a claim like another."""
        for name, about in self.groups.items():
            several = about if isinstance(about, tuple) else (about,)
            yield from ((name, GroupClaims(absent=True) if one == "absent" else one) for one in several)


class CheckExpect(Expect):
    values: Values | None = None
    """What Okta has discovered."""


class StepExpect(Expect):
    changed: Changes | None = None
    """Everything at Workato that this step changed, as paths such as acme/invitations/ada; or none."""


def _has_keys(body: Any) -> bool:  # noqa: ANN401  (an expected body)
    """Whether there is anything in a body that could have a key too many."""
    if isinstance(body, tuple):
        return any(map(_has_keys, body))
    return isinstance(body, Mapping)


class CallExpect(StepExpect):
    nullable = frozenset({"body"})

    status: NumberClaim | None = None
    """The HTTP status."""
    headers: Annotated[Mapping[str, TextClaim], Field(min_length=1)] | None = None
    """Response headers, in any case; there are always more."""
    body: ExpectedJson = None
    """The response's JSON, or its text."""
    exact: bool = False
    """Whether `body` has nothing beyond what is written."""
    lost: TextClaim | None = None
    """What the client says where no answer comes, such as `ReadTimeout: timed out`."""

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> "CallExpect":
        if self.exact and not _has_keys(self.body):
            raise objection("exact about nothing: write a `body` that has keys", at=("exact",))
        for key in ("status", "headers", "body"):
            if self.lost is not None and not is_absence(self.lost) and key in self.model_fields_set:
                raise objection(
                    f"`lost` means that no answer came, so `{key}` is about nothing", at=(key,), code=SCN_TOGETHER
                )
        return self


class ClockExpect(StepExpect):
    requests: Requests | None = None
    """Every request that was sent to Workato during the step, in order; or none."""
    sent: Annotated[Mapping[RequestLine, ExpectedJson], Field(min_length=1)] | None = None
    """The JSON body that every such request of the step was sent with."""
    events: Events | None = None
    """System Log events of this step, in this order, and maybe others between them; [] or none is no event at all."""


class OktaExpect(ClockExpect):
    refused: TextClaim | None = None
    """What Okta answers instead of doing it, before anything is sent."""


class OktaTaskExpect(OktaExpect, TaskClaims):
    """For verbs that send something, but about nobody in particular."""


class OktaPersonExpect(OktaExpect, PersonClaims):
    """For verbs about a person: the person's claims stand beside the general ones."""


class PushExpect(OktaTaskExpect):
    mapping: MappingStatus | None = None
    """The status of the push mapping."""
    ignored: tuple[PersonName, ...] | None = None
    """People whom the push left out, in any order."""


class ImportExpect(OktaTaskExpect):
    imported: Imported | None = None
    """The numbers of the import's result."""


class DiscoveryExpect(OktaTaskExpect):
    values: Values | None = None
    """What Okta has discovered."""
    entitlements: NumberClaim | None = None
    """How many entitlement values Okta knows for the app now."""


class WorkatoExpect(StepExpect):
    refused: TextClaim | None = None
    """What Workato answers instead of doing it."""


class WorkatoPersonExpect(WorkatoExpect, PersonClaims):
    """For verbs about a person: the person's claims stand beside the general ones."""
