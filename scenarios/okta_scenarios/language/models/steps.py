"""What every step has, and the steps that are neither Okta's nor Workato's."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field, Tag, ValidationInfo, model_validator

from okta_scenarios.language.durations import Duration
from okta_scenarios.language.models.base import Shape
from okta_scenarios.language.models.claims import CallExpect, CheckExpect, ClockExpect, Expect
from okta_scenarios.language.models.matching import Sent, one_or_other
from okta_scenarios.language.models.names import ClientName, Names, OperationId, RuleId, WorkspaceName
from okta_scenarios.language.objections import objection
from okta_scenarios.language.problems import join_choices, nearest
from workato_emulator.text.error_codes.scenarios import SCN_MISSING, SCN_SHOWS_NOTHING, SCN_TOGETHER, SCN_UNKNOWN_KEY


class Needs(IntEnum):
    """What a step asks of the service it runs against."""

    READ = 0
    WRITE = 1
    EMULATOR = 2


class Step(Shape):
    needs: ClassVar[Needs] = Needs.WRITE
    says: ClassVar[str] = ""
    """Of a verb: what a report says was done. `{key}` is what a key of the step holds; what stands in brackets is left
    out where a key in it holds nothing."""

    note: str | None = None
    """A remark for whoever reads the report."""


class ClaimingStep(Step):
    """A step after which something can be looked at."""

    proves: tuple[RuleId, ...] = ()
    """The documented rules that this step's expectation shows to hold."""
    expect: Expect | None = None
    """What should follow."""

    @model_validator(mode="after")
    def _proves_by_expecting(self) -> "ClaimingStep":
        if self.proves and self.expect is None:
            raise objection(
                "proves something but expects nothing; add `expect`", at=("proves",), code=SCN_SHOWS_NOTHING
            )
        return self


class DuringStep(ClaimingStep):
    """A step that may wait, and happen while a request is under way."""

    during: OperationId | None = None
    """Waits for the next call of this operation, and happens when Workato has decided the answer and the caller does
    not have it yet. The call itself may be claimed; what happens meanwhile expects nothing of its own."""

    @model_validator(mode="after")
    def _expects_nothing_meanwhile(self) -> "DuringStep":
        if self.during is not None and self.expect is not None:
            claim = f"expect it of the step that calls {self.during}"
            raise objection(f"a step with `during` has no `expect`; {claim}", at=("expect",), code=SCN_TOGETHER)
        return self


class PeopleStep(ClaimingStep):
    """A step about one person, or the same for several, one after the other."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["user"]}, {"required": ["users"]}]})

    user: str | None = None
    """The person, by short name."""
    users: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    """In place of `user`, several people for whom the same is done, one after the other, until somebody is refused."""

    @model_validator(mode="after")
    def _is_about_somebody(self) -> "PeopleStep":
        if (self.user is None) is (self.users is None):
            whom = "write `user` for one person, or `users` for several"
            missing = self.user is None
            raise objection(
                f"the user is missing; {whom}" if missing else f"{whom}, not both",
                at=() if missing else ("users",),
                code=SCN_MISSING if missing else SCN_TOGETHER,
            )
        return self


class Advance(Shape):
    advance: Duration
    """How far time moves on. Whatever falls due on the way happens when it is due."""


class ClockStep(ClaimingStep):
    """Let time pass."""

    needs = Needs.EMULATOR
    clock: Advance
    """What the clock does."""
    expect: ClockExpect | None = None
    """What should have happened meanwhile."""


Effect = Literal["status", "rate_limited", "latency", "drop_before_work", "drop_after_work", "garbage", "truncated"]
_EVERY_EFFECT = frozenset({"operation", "effect", "count", "latency"})
_TAKES: Mapping[str, frozenset[str]] = {
    "status": frozenset({"status", "body", "headers"}),
    "rate_limited": frozenset({"retry_after", "retry_after_form", "body"}),
    "garbage": frozenset({"body"}),
}


class FaultOn(Shape):
    nullable = frozenset({"body"})

    operation: OperationId
    """The operation that goes wrong."""
    effect: Effect = "status"
    """What goes wrong: `status` and `rate_limited` answer instead of doing the work; `latency` answers late;
    `drop_before_work` and `drop_after_work` close the connection unanswered; `garbage` and `truncated` do the work and
    spoil the answer."""
    count: Annotated[int, Field(ge=1)] = 1
    """For how many calls."""
    latency: Duration | None = None
    """How late the answer is, or the end of the connection. Goes with every effect."""
    status: Annotated[int, Field(ge=200, le=599)] | None = None
    """The HTTP status it answers with."""
    body: Any = None
    """The JSON, or the text, that it answers with; garbage is a text."""
    headers: Mapping[str, str] = {}
    """Headers that it answers with."""
    retry_after: Duration | None = None
    """How long `rate_limited` asks to wait; 30s when left out."""
    retry_after_form: Literal["seconds", "http_date", "none", "garbage"] | None = None
    """How `rate_limited` says so; `seconds` when left out, `none` for no Retry-After."""

    @model_validator(mode="after")
    def _fits_its_effect(self) -> "FaultOn":
        takes = _TAKES.get(self.effect, frozenset())
        for key in sorted(self.model_fields_set - takes - _EVERY_EFFECT):
            raise objection(f"the effect {self.effect} takes no {key}", nearest(key, takes), (key,), SCN_TOGETHER)
        if self.effect == "status" and self.status is None:
            raise objection("write the status it answers with, or another effect", code=SCN_MISSING)
        if self.effect == "latency" and not self.latency:
            raise objection("write how late the answer is, as in `latency: 45s`", code=SCN_MISSING)
        if self.effect == "garbage" and "body" in self.model_fields_set and not isinstance(self.body, str):
            raise objection("garbage is a text", at=("body",))
        return self


class FaultStep(Step):
    """Make the next calls of an operation go wrong."""

    needs = Needs.EMULATOR
    fault: FaultOn
    """What goes wrong."""


class CheckStep(ClaimingStep):
    """Look, and do nothing."""

    needs = Needs.READ
    check: Annotated[
        Annotated[str, Tag("<text>")] | Annotated[Mapping[str, str], Field(max_length=0), Tag("<mapping>")],
        one_or_other("<mapping>", "<text>"),
    ]
    """What is being checked, in words; or {}."""
    expect: CheckExpect
    """What should be the case."""


class CallStep(DuringStep):
    """Call an operation of the Developer API directly."""

    nullable = frozenset({"body"})

    call: OperationId
    """The operation."""
    workspace: WorkspaceName | None = None
    """The workspace; the only one when left out."""
    client: ClientName | None = None
    """The API client that calls; `default` when left out."""
    token: str | None = None
    """A literal token, such as a wrong one."""
    host: str | None = None
    """The host that is called, such as app.eu.workato.com; one of no data center when left out."""
    address: str | None = None
    """The IP address that the call comes from."""
    path: Mapping[str, Sent] = {}
    """Path parameters by name."""
    query: Mapping[str, Sent] = {}
    """Query parameters by name; a list repeats one."""
    body: Sent = None
    """The JSON to send."""
    raw_body: str | None = None
    """Text to send instead of JSON."""
    strict: bool = True
    """Whether parameters and fields that the operation does not know are refused when the file is read."""
    expect: CallExpect | None = None
    """What should come back."""

    @model_validator(mode="after")
    def _chooses(self) -> "CallStep":
        for one, other in (("client", "token"), ("body", "raw_body")):
            if {one, other} <= self.model_fields_set:
                raise objection(f"write {one} or {other}, not both", at=(other,), code=SCN_TOGETHER)
        return self

    @model_validator(mode="after")
    def _fills_the_path(self, info: ValidationInfo) -> "CallStep":
        if isinstance(info.context, Names):
            wanted = info.context.vocabulary.operations[self.call].parameters
            for name in sorted(self.path.keys() - wanted):
                there = f"{self.call} has the path parameters: {join_choices(wanted)}"
                meant = nearest(name, wanted)
                raise objection(f"unknown path parameter {name!r}; {there}", meant, ("path", name), SCN_UNKNOWN_KEY)
            missing = wanted - self.path.keys()
            if missing:
                raise objection(
                    f"{self.call} needs the path parameter {join_choices(missing)}", at=("call",), code=SCN_MISSING
                )
        return self
