"""Every rule the connector holds can be broken by overriding one method, and the break shows."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import httpx
import pytest

from okta_connector import Entitlement, FailureType, Group, MembershipChange, OktaConnector, User

from .fake import (
    ADA,
    ALL_COLLABORATORS,
    INVITE,
    JoinsMeanwhile,
    Workato,
    ada,
    denied,
    failure_of,
    group,
    member,
    refusal,
)
from .seams import (
    AddsNobody,
    AddsTheInvited,
    HidesTheMissingPrivilege,
    HidesTheRateLimit,
    IgnoresEntitlements,
    ImportsGroupsUnasked,
    ImportsNobody,
    ImportsTheInvited,
    ImportsUnderTheId,
    ImportsWithoutRoles,
    InsistsOnPresence,
    InsistsOnTheName,
    InvitesWithoutRole,
    KnowsNoEntitlements,
    KnowsNoSchema,
    KnowsNoSchemaValues,
    KnowsTheOldModelOnly,
    LeavesTheRestOut,
    LetsRenamesPass,
    LetsTheRefusalStand,
    LinksInNameOnly,
    MakesNoGroup,
    MatchesByPart,
    NeverLooksFirst,
    OffersNoEntitlements,
    Paraphrases,
    PretendsToDeactivate,
    PretendsToUpdate,
    PushesAnywhere,
    PushesNothing,
    RemovesNobody,
    RemovesNoGroup,
    RenamesNoGroup,
    SeesNoAdministrator,
    SendsNoInvitation,
    TakesNobodyOut,
    TrustsAnyToken,
    WritesOwnGrantsOnly,
    seams,
)

Holds = Callable[[type[OktaConnector]], bool]

PUT = "PUT /api/members/51877"

RULES = {
    *(
        "PNU-1",
        "PNU-3",
        "PNU-5",
        "PNU-6",
        "PNU-8",
        "PNU-9",
        "PNU-10",
        "PPU-1",
        "PPU-2",
        "PPU-4",
        "PPU-5",
        "PPU-7",
        "PPU-8",
    ),
    *("PUD-1", "PUD-3", "PUD-8", "PUD-10", "INU-1", "INU-2", "INU-4", "IUS-1", "EM-1"),
    *("PG-1", "PG-2", "PG-3", "PG-5", "CFG-1", "CFG-2", "CFG-5", "GOV-2"),
}


def pushed(kind: type[OktaConnector], user: User, **held: str) -> Workato:
    workato = Workato(members=[member(51877, ADA, "Ada Lovelace", **held)])
    workato.connector(kind).update_user(user)
    return workato


def sent(workato: Workato, line: str) -> object:
    body = workato.bodies.get(line)
    return body.get("env_roles") if isinstance(body, dict) else None


def row(environment: str, name: str) -> dict[str, str]:
    return {"environment_type": environment, "name": name, "role_type": "environment"}


def a_new_person_is_invited(kind: type[OktaConnector]) -> bool:
    workato = Workato()
    workato.connector(kind).create_user(ada(dev="Environment admin"))
    return sent(workato, INVITE) == [row("dev", "Environment admin")]


def nobody_is_invited_without_a_role(kind: type[OktaConnector]) -> bool:
    workato = Workato()
    failure_of(lambda: workato.connector(kind).create_user(ada()))
    return workato.writes() == []


def one_is_told_from_another(kind: type[OktaConnector]) -> bool:
    workato = Workato(members=[member(email=f"team+{ADA}")])
    return workato.connector(kind).create_user(ada(dev="Member")).id == ADA


def who_joined_meanwhile_is_linked(kind: type[OktaConnector]) -> bool:
    workato = JoinsMeanwhile(members=[member()], instead={INVITE: refusal(409, "Conflict")})
    return failure_of(lambda: workato.connector(kind).create_user(ada(dev="Member"))) is None


def a_collaborator_is_never_invited(kind: type[OktaConnector]) -> bool:
    workato = Workato(members=[member(dev="Member")])
    workato.connector(kind).create_user(ada(dev="Environment admin"))
    return workato.writes() == [PUT]


def a_rate_limit_is_told_with_its_wait(kind: type[OktaConnector]) -> bool:
    answer = httpx.Response(429, headers={"Retry-After": "120"})
    failed = failure_of(Workato(instead={"GET /api/members": answer}).connector(kind).list_users)
    return failed is not None and (failed.type, failed.retry_after) == (FailureType.RATE_LIMIT_EXCEEDED, 120)


def a_role_change_is_pushed(kind: type[OktaConnector]) -> bool:
    return sent(pushed(kind, ada("51877", dev="Environment admin"), dev="Member"), PUT) == [
        row("dev", "Environment admin")
    ]


def a_rename_is_a_conflict(kind: type[OktaConnector]) -> bool:
    return failure_of(lambda: pushed(kind, ada("51877", "ada.king@example.test", dev="Member"))) is not None


def another_name_is_no_failure(kind: type[OktaConnector]) -> bool:
    same = ada("51877", dev="Member")
    other = replace(same, display_name="Ada King")
    return failure_of(lambda: pushed(kind, same)) is failure_of(lambda: pushed(kind, other)) is None


def a_pending_person_cannot_be_updated(kind: type[OktaConnector]) -> bool:
    return failure_of(lambda: Workato().connector(kind).update_user(ada(ADA, dev="Member"))) is not None


def no_entitlements_mean_no_access(kind: type[OktaConnector]) -> bool:
    return sent(pushed(kind, ada("51877"), dev="Member"), PUT) == [row("dev", "NoAccess")]


def workatos_words_arrive(kind: type[OktaConnector]) -> bool:
    workato = Workato(members=[member()], instead={PUT: refusal(400, "Role Builder not found")})
    failed = failure_of(lambda: workato.connector(kind).update_user(ada("51877", dev="Builder")))
    return failed is not None and failed.summary == "Role Builder not found"


def a_leaver_is_removed(kind: type[OktaConnector]) -> bool:
    workato = Workato(members=[member()])
    workato.connector(kind).deactivate_user("51877")
    return workato.writes() == ["DELETE /api/members/51877"]


def a_pending_person_cannot_be_deactivated(kind: type[OktaConnector]) -> bool:
    return failure_of(lambda: Workato().connector(kind).deactivate_user(ADA)) is not None


def who_is_gone_already_is_done(kind: type[OktaConnector]) -> bool:
    return failure_of(lambda: Workato().connector(kind).deactivate_user("51877")) is None


def members_are_imported(kind: type[OktaConnector]) -> bool:
    page = Workato(members=[member(dev="Member")]).connector(kind).list_users()
    return [(user.user_name, len(user.entitlements)) for user in page.resources] == [(ADA, 1)]


def the_schema_is_discovered(kind: type[OktaConnector]) -> bool:
    connector = Workato().connector(kind)
    return bool(connector.list_user_schema().resources and connector.list_user_schema_values().resources)


def the_entitlements_are_discovered(kind: type[OktaConnector]) -> bool:
    connector = Workato().connector(kind)
    return bool(connector.list_entitlement_schema().resources and connector.list_entitlement_values().resources)


def groups_are_pushed(kind: type[OktaConnector]) -> bool:
    workato = Workato(groups=[group()])
    connector = workato.connector(kind)
    connector.create_group(Group(None, "Auditors"))
    connector.update_group(Group("pf-1", "Payroll"))
    connector.remove_group("pf-1")
    return [call.split()[0] for call in workato.writes()] == ["POST", "PUT", "DELETE"]


def group_members_are_pushed(kind: type[OktaConnector]) -> bool:
    workato = Workato(groups=[group()])
    connector = workato.connector(kind)
    connector.add_group_members("pf-1", ["7"])
    connector.remove_group_members("pf-1", ["7"])
    return [call.split()[0] for call in workato.writes()] == ["POST", "DELETE"]


def the_invited_are_reported(kind: type[OktaConnector]) -> bool:
    change = Workato(groups=[group()]).connector(kind).add_group_members("pf-1", [ADA])
    return change == MembershipChange((), (ADA,))


def the_system_group_takes_no_push(kind: type[OktaConnector]) -> bool:
    connector = Workato(groups=[ALL_COLLABORATORS]).connector(kind)
    return failure_of(lambda: connector.add_group_members("am-1", ["7"])) is not None


def a_dead_token_is_noticed(kind: type[OktaConnector]) -> bool:
    return failure_of(Workato(instead={"GET /api/members": denied()}).connector(kind).test_credentials) is not None


def the_missing_privilege_is_named(kind: type[OktaConnector]) -> bool:
    failed = failure_of(Workato(instead={"GET /api/user_groups": denied()}).connector(kind).list_groups)
    return failed is not None and any("Collaborator groups" in detail for detail in failed.details)


def people_are_imported_without_groups(kind: type[OktaConnector]) -> bool:
    workato = Workato(members=[member()])
    workato.connector(kind).list_users()
    return workato.calls == ["GET /api/members"]


def the_whole_set_is_sent(kind: type[OktaConnector]) -> bool:
    workato = pushed(kind, ada("51877", dev="Member"), dev="Member", prod="Member")
    return sent(workato, PUT) == [row("dev", "Member"), row("prod", "NoAccess")]


def an_administrator_is_noticed(kind: type[OktaConnector]) -> bool:
    held = (Entitlement("dev", "Environment admin"),)
    return Workato().connector(kind).administration_lost(ada(dev="Member"), held) == held


@dataclass(frozen=True)
class Break:
    rule: str
    kind: type[OktaConnector]
    holds: Holds

    @property
    def method(self) -> str:
        (name,) = [name for name in vars(self.kind) if not name.startswith("__")]
        return name


BREAKS = (
    Break("PNU-1", SendsNoInvitation, a_new_person_is_invited),
    Break("PNU-3", InvitesWithoutRole, nobody_is_invited_without_a_role),
    Break("PNU-5", MatchesByPart, one_is_told_from_another),
    Break("PNU-5", LetsTheRefusalStand, who_joined_meanwhile_is_linked),
    Break("PNU-6", NeverLooksFirst, a_collaborator_is_never_invited),
    Break("PNU-6", LinksInNameOnly, a_collaborator_is_never_invited),
    Break("PNU-8", HidesTheRateLimit, a_rate_limit_is_told_with_its_wait),
    Break("PUD-8", HidesTheRateLimit, a_rate_limit_is_told_with_its_wait),
    Break("PNU-9", KnowsTheOldModelOnly, a_new_person_is_invited),
    Break("PNU-10", SeesNoAdministrator, an_administrator_is_noticed),
    Break("PPU-1", PushesNothing, a_role_change_is_pushed),
    Break("PPU-2", LetsRenamesPass, a_rename_is_a_conflict),
    Break("PPU-4", InsistsOnTheName, another_name_is_no_failure),
    Break("PPU-5", PretendsToUpdate, a_pending_person_cannot_be_updated),
    Break("PPU-7", LeavesTheRestOut, no_entitlements_mean_no_access),
    Break("PPU-8", Paraphrases, workatos_words_arrive),
    Break("PUD-1", RemovesNobody, a_leaver_is_removed),
    Break("PUD-3", PretendsToDeactivate, a_pending_person_cannot_be_deactivated),
    Break("PUD-10", InsistsOnPresence, who_is_gone_already_is_done),
    Break("INU-1", ImportsNobody, members_are_imported),
    Break("INU-2", ImportsTheInvited, members_are_imported),
    Break("INU-2", ImportsUnderTheId, members_are_imported),
    Break("INU-4", ImportsWithoutRoles, members_are_imported),
    Break("IUS-1", KnowsNoSchema, the_schema_is_discovered),
    Break("IUS-1", KnowsNoSchemaValues, the_schema_is_discovered),
    Break("EM-1", KnowsNoEntitlements, the_entitlements_are_discovered),
    Break("EM-1", OffersNoEntitlements, the_entitlements_are_discovered),
    Break("EM-1", IgnoresEntitlements, a_new_person_is_invited),
    Break("PG-1", MakesNoGroup, groups_are_pushed),
    Break("PG-1", RenamesNoGroup, groups_are_pushed),
    Break("PG-1", RemovesNoGroup, groups_are_pushed),
    Break("PG-2", AddsNobody, group_members_are_pushed),
    Break("PG-2", TakesNobodyOut, group_members_are_pushed),
    Break("PG-3", AddsTheInvited, the_invited_are_reported),
    Break("PG-5", PushesAnywhere, the_system_group_takes_no_push),
    Break("CFG-1", TrustsAnyToken, a_dead_token_is_noticed),
    Break("CFG-2", HidesTheMissingPrivilege, the_missing_privilege_is_named),
    Break("CFG-5", ImportsGroupsUnasked, people_are_imported_without_groups),
    Break("GOV-2", WritesOwnGrantsOnly, the_whole_set_is_sent),
)


@pytest.mark.parametrize("case", BREAKS, ids=lambda case: f"{case.rule} {case.method}")
def test_each_rule_holds_and_breaks_with_one_method(case: Break) -> None:
    """The connector keeps the rule; the same connector with one method replaced does not."""
    assert case.holds(OktaConnector)
    assert not case.holds(case.kind)


def test_every_seam_has_its_break_and_every_rule_its_seam() -> None:
    """The marks on the methods and the breaks in this file are the same set, and no rule is missing."""
    marked = {(rule, method) for method, rules in seams().items() for rule in rules}

    assert {(case.rule, case.method) for case in BREAKS} == marked
    assert {rule for rule, _ in marked} == RULES
