"""Every rule the connector holds can be broken by replacing one decision, and the break shows."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace

import httpx
import pytest

from okta_connector import (
    ActionFailed,
    Decisions,
    Entitlement,
    FailureType,
    Group,
    Member,
    MembershipChange,
    RateLimited,
    User,
)
from okta_connector.decisions import confirmed, failure_from
from okta_connector.requests import Invite

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
from .seams import seams

GENERIC = FailureType.GENERIC_FAILURE
Holds = Callable[[Decisions], bool]

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
    *("PUD-1", "PUD-3", "PUD-4", "PUD-8", "PUD-10", "INU-1", "INU-2", "INU-4", "IUS-1", "EM-1"),
    *("PG-1", "PG-2", "PG-3", "PG-5", "CFG-1", "CFG-2", "GOV-2"),
}


def pushed(decide: Decisions, user: User, **held: str) -> Workato:
    workato = Workato(members=[member(51877, ADA, "Ada Lovelace", **held)])
    workato.connector(decide).update_user(user)
    return workato


def sent(workato: Workato, line: str) -> object:
    body = workato.bodies.get(line)
    return body.get("env_roles") if isinstance(body, dict) else None


def row(environment: str, name: str) -> dict[str, str]:
    return {"environment_type": environment, "name": name, "role_type": "environment"}


def a_new_person_is_invited(decide: Decisions) -> bool:
    workato = Workato()
    workato.connector(decide).create_user(ada(dev="Environment admin"))
    return sent(workato, INVITE) == [row("dev", "Environment admin")]


def nobody_is_invited_without_a_role(decide: Decisions) -> bool:
    workato = Workato()
    failure_of(lambda: workato.connector(decide).create_user(ada()))
    return workato.writes() == []


def one_is_told_from_another(decide: Decisions) -> bool:
    workato = Workato(members=[member(email=f"team+{ADA}")])
    return workato.connector(decide).create_user(ada(dev="Member")).id == ADA


def who_joined_meanwhile_is_linked(decide: Decisions) -> bool:
    workato = JoinsMeanwhile(members=[member()], instead={INVITE: refusal(409, "Conflict")})
    return failure_of(lambda: workato.connector(decide).create_user(ada(dev="Member"))) is None


def a_collaborator_is_never_invited(decide: Decisions) -> bool:
    workato = Workato(members=[member(dev="Member")])
    workato.connector(decide).create_user(ada(dev="Environment admin"))
    return workato.writes() == [PUT]


def a_rate_limit_is_told_with_its_wait(decide: Decisions) -> bool:
    answer = httpx.Response(429, headers={"Retry-After": "120"})
    failed = failure_of(Workato(instead={"GET /api/members": answer}).connector(decide).list_users)
    return failed is not None and (failed.type, failed.retry_after) == (FailureType.RATE_LIMIT_EXCEEDED, 120)


def a_role_change_is_pushed(decide: Decisions) -> bool:
    return sent(pushed(decide, ada("51877", dev="Environment admin"), dev="Member"), PUT) == [
        row("dev", "Environment admin")
    ]


def a_rename_is_a_conflict(decide: Decisions) -> bool:
    return failure_of(lambda: pushed(decide, ada("51877", "ada.king@example.test", dev="Member"))) is not None


def another_name_is_no_failure(decide: Decisions) -> bool:
    same = ada("51877", dev="Member")
    other = replace(same, display_name="Ada King")
    return failure_of(lambda: pushed(decide, same)) is failure_of(lambda: pushed(decide, other)) is None


def a_pending_person_cannot_be_updated(decide: Decisions) -> bool:
    return failure_of(lambda: Workato().connector(decide).update_user(ada(ADA, dev="Member"))) is not None


def no_entitlements_mean_no_access(decide: Decisions) -> bool:
    return sent(pushed(decide, ada("51877"), dev="Member"), PUT) == [row("dev", "NoAccess")]


def workatos_words_arrive(decide: Decisions) -> bool:
    workato = Workato(members=[member()], instead={PUT: refusal(400, "Role Builder not found")})
    failed = failure_of(lambda: workato.connector(decide).update_user(ada("51877", dev="Builder")))
    return failed is not None and failed.summary == "Role Builder not found"


def a_leaver_is_removed(decide: Decisions) -> bool:
    workato = Workato(members=[member()])
    workato.connector(decide).deactivate_user("51877")
    return workato.writes() == ["DELETE /api/members/51877"]


def a_pending_person_cannot_be_deactivated(decide: Decisions) -> bool:
    return failure_of(lambda: Workato().connector(decide).deactivate_user(ADA)) is not None


def who_is_gone_already_is_done(decide: Decisions) -> bool:
    return failure_of(lambda: Workato().connector(decide).deactivate_user("51877")) is None


def members_are_imported(decide: Decisions) -> bool:
    page = Workato(members=[member(dev="Member")]).connector(decide).list_users()
    return [(user.user_name, len(user.entitlements)) for user in page.resources] == [(ADA, 1)]


def the_schema_is_discovered(decide: Decisions) -> bool:
    connector = Workato().connector(decide)
    return bool(connector.list_user_schema().resources and connector.list_user_schema_values().resources)


def the_entitlements_are_discovered(decide: Decisions) -> bool:
    connector = Workato().connector(decide)
    return bool(connector.list_entitlement_schema().resources and connector.list_entitlement_values().resources)


def groups_are_pushed(decide: Decisions) -> bool:
    workato = Workato(groups=[group()])
    connector = workato.connector(decide)
    connector.create_group(Group(None, "Auditors"))
    connector.update_group(Group("pf-1", "Payroll"))
    connector.remove_group("pf-1")
    return [call.split()[0] for call in workato.writes()] == ["POST", "PUT", "DELETE"]


def group_members_are_pushed(decide: Decisions) -> bool:
    workato = Workato(groups=[group()])
    connector = workato.connector(decide)
    connector.add_group_members("pf-1", ["7"])
    connector.remove_group_members("pf-1", ["7"])
    return [call.split()[0] for call in workato.writes()] == ["POST", "DELETE"]


def the_invited_are_reported(decide: Decisions) -> bool:
    change = Workato(groups=[group()]).connector(decide).add_group_members("pf-1", [ADA])
    return change == MembershipChange((), (ADA,))


def the_system_group_takes_no_push(decide: Decisions) -> bool:
    connector = Workato(groups=[ALL_COLLABORATORS]).connector(decide)
    return failure_of(lambda: connector.add_group_members("am-1", ["7"])) is not None


def a_dead_token_is_noticed(decide: Decisions) -> bool:
    return failure_of(Workato(instead={"GET /api/members": denied()}).connector(decide).test_credentials) is not None


def the_missing_privilege_is_named(decide: Decisions) -> bool:
    failed = failure_of(Workato(instead={"GET /api/user_groups": denied()}).connector(decide).list_groups)
    return failed is not None and any("Collaborator groups" in detail for detail in failed.details)


def test_people_are_imported_without_groups() -> None:
    """One call, and none about groups (CFG-5 is Okta's to decide)."""
    workato = Workato(members=[member()])
    workato.connector().list_users()

    assert workato.calls == ["GET /api/members"]


def a_deactivation_sends_no_invitation(decide: Decisions) -> bool:
    workato = Workato()
    failure_of(lambda: workato.connector(decide).deactivate_user(ADA))
    return workato.writes() == []


def the_whole_set_is_sent(decide: Decisions) -> bool:
    workato = pushed(decide, ada("51877", dev="Member"), dev="Member", prod="Member")
    return sent(workato, PUT) == [row("dev", "Member"), row("prod", "NoAccess")]


def an_administrator_is_noticed(decide: Decisions) -> bool:
    held = (Entitlement("dev", "Environment admin"),)
    return Workato().connector(decide).administration_lost(ada(dev="Member"), held) == held


@dataclass(frozen=True)
class Break:
    rule: str
    decide: Decisions
    holds: Holds

    @property
    def decision(self) -> str:
        (name,) = [each.name for each in fields(Decisions) if getattr(self.decide, each.name) is not each.default]
        return name


def insists_on_the_name(user: User, found: Member) -> User:
    if user.display_name != found.name:
        raise ActionFailed(GENERIC, "The name cannot be changed.")
    return confirmed(user, found)


def hides_the_rate_limit(error: RateLimited, said: str) -> ActionFailed:
    return failure_from(error, GENERIC, said)


BO = Member(0, "invited@example.test", "Bo")

BREAKS = (
    Break("PNU-1", Decisions(invitation=lambda _: None), a_new_person_is_invited),
    Break("PNU-3", Decisions(may_be_invited=lambda _: True), nobody_is_invited_without_a_role),
    Break("PNU-5", Decisions(same_person=lambda one, other: other in one), one_is_told_from_another),
    Break("PNU-5", Decisions(may_be_there_already=lambda _: False), who_joined_meanwhile_is_linked),
    Break("PNU-6", Decisions(existing_member=lambda *_: None), a_collaborator_is_never_invited),
    Break("PNU-8", Decisions(rate_limited=hides_the_rate_limit), a_rate_limit_is_told_with_its_wait),
    Break("PUD-8", Decisions(rate_limited=hides_the_rate_limit), a_rate_limit_is_told_with_its_wait),
    Break("PNU-9", Decisions(role_type=lambda _: "privilege_group"), a_new_person_is_invited),
    Break("PNU-10", Decisions(administration_lost=lambda *_: ()), an_administrator_is_noticed),
    Break("PPU-1", Decisions(role_update=lambda *_: None), a_role_change_is_pushed),
    Break("PPU-2", Decisions(is_rename=lambda *_: False), a_rename_is_a_conflict),
    Break("PPU-4", Decisions(confirmed=insists_on_the_name), another_name_is_no_failure),
    Break("PPU-5", Decisions(update_without_member=lambda _: None), a_pending_person_cannot_be_updated),
    Break("PPU-7", Decisions(role_without_entitlement=lambda _: None), no_entitlements_mean_no_access),
    Break("PPU-8", Decisions(vendor_words=lambda _: "Something went wrong."), workatos_words_arrive),
    Break("PUD-1", Decisions(removal=lambda *_: None), a_leaver_is_removed),
    Break("PUD-3", Decisions(deactivation_without_member=lambda _: None), a_pending_person_cannot_be_deactivated),
    Break("PUD-4", Decisions(withdrawal=lambda to: Invite(to, to, ())), a_deactivation_sends_no_invitation),
    Break("PUD-10", Decisions(gone_is_done=lambda: False), who_is_gone_already_is_done),
    Break("INU-1", Decisions(people_to_import=lambda _: ()), members_are_imported),
    Break("INU-2", Decisions(people_to_import=lambda members: (*members, BO)), members_are_imported),
    Break("INU-2", Decisions(user_name_of=lambda found: str(found.id)), members_are_imported),
    Break("INU-4", Decisions(entitlements_of=lambda _: ()), members_are_imported),
    Break("IUS-1", Decisions(user_schema=lambda _: ()), the_schema_is_discovered),
    Break("IUS-1", Decisions(user_schema_values=lambda *_: ()), the_schema_is_discovered),
    Break("EM-1", Decisions(entitlement_schema=lambda _: ()), the_entitlements_are_discovered),
    Break("EM-1", Decisions(entitlement_values=lambda *_: ()), the_entitlements_are_discovered),
    Break("EM-1", Decisions(roles_granted=lambda *_: {"dev": "Member"}), a_new_person_is_invited),
    Break("PG-1", Decisions(group_write=lambda _: None), groups_are_pushed),
    Break("PG-2", Decisions(membership_write=lambda _: None), group_members_are_pushed),
    Break("PG-3", Decisions(member_id_for=lambda value, _: value), the_invited_are_reported),
    Break("PG-5", Decisions(takes_a_push=lambda _: True), the_system_group_takes_no_push),
    Break("CFG-1", Decisions(must_call_to_test=lambda: False), a_dead_token_is_noticed),
    Break("CFG-2", Decisions(not_allowed=lambda *_: ActionFailed(GENERIC, "No.")), the_missing_privilege_is_named),
    Break("GOV-2", Decisions(environments_to_write=lambda _, granted, __: tuple(granted)), the_whole_set_is_sent),
)


@pytest.mark.parametrize("case", BREAKS, ids=lambda case: f"{case.rule} {case.decision}")
def test_each_rule_holds_and_breaks_with_one_decision(case: Break) -> None:
    """The connector keeps the rule; the same connector with one decision replaced does not."""
    assert case.holds(Decisions())
    assert not case.holds(case.decide)


def test_every_seam_has_its_break_and_every_rule_its_seam() -> None:
    """The marks on the decisions and the breaks in this file are the same set, and no rule is missing."""
    marked = {(rule, decision) for decision, rules in seams().items() for rule in rules}

    assert {(case.rule, case.decision) for case in BREAKS} == marked
    assert {rule for rule, _ in marked} == RULES


def test_a_person_is_linked_in_role_and_not_in_name_only() -> None:
    """Linking writes the roles through the same decision as an update."""
    assert not a_collaborator_is_never_invited(Decisions(role_update=lambda *_: None))
