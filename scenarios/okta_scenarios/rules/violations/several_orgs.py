"""What several orgs do to one collaborator, broken rule by rule."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from okta_connector import ConnectorSettings, Entitlement, Member, RoleAssignment, User
from okta_connector import Decisions as Connector
from okta_connector.decisions import role_update
from okta_connector.requests import RemoveMember, UpdateRoles, Write
from okta_connector.resources import NO_ACCESS, gives_access
from okta_org import AppSettings, AppUser, OktaUser, SyncState, Task, TaskKind
from okta_org import Decisions as Org
from okta_org.decisions import full_profile
from okta_scenarios.rules.violations.values import SeamDecisions, Violation


def unless_somebody_came_first(settings: ConnectorSettings, update: UpdateRoles, member: Member) -> Write | None:
    if any(gives_access(role.role_name) for role in member.roles):
        return None
    return role_update(settings, update, member)


def own_grants_only(_: ConnectorSettings, granted: Mapping[str, str], __: Member) -> tuple[str, ...]:
    return tuple(granted)


def entitlements_only(changed: Collection[str]) -> bool:
    return "entitlements" in changed


def grants_of_others_too(user: OktaUser, account: AppUser, entitlements: tuple[Entitlement, ...]) -> User:
    own = {each.type for each in entitlements}
    seen = (Entitlement(*each) for each in account.in_app or ())
    return full_profile(user, account, (*entitlements, *(each for each in seen if each.type not in own)))


def every_day(settings: AppSettings) -> timedelta | None:
    return settings.import_every or timedelta(days=1)


def unless_in_step(account: AppUser) -> bool:
    return account.sync_state is not SyncState.SYNCHRONIZED


def from_its_own_environment(settings: ConnectorSettings, removal: RemoveMember) -> Write | None:
    nothing = RoleAssignment(settings.environment_type, NO_ACCESS, "environment")
    return UpdateRoles(removal.member_id, (nothing,))


def unless_it_waited(task: Task) -> bool:
    return task.kind is not TaskKind.PROFILE_PUSH


VIOLATIONS = (
    Violation(
        "PPU-6",
        "An org pushes only when its entitlements change, and then only the environments it grants something in.",
        suspend=frozenset({"MEM-1"}),
        decisions=SeamDecisions(
            Connector(environments_to_write=own_grants_only), Org(is_worth_a_push=entitlements_only)
        ),
    ),
    Violation(
        "GOV-1",
        "The first org to give a person a role wins, and later pushes change nothing.",
        decisions=SeamDecisions(Connector(role_update=unless_somebody_came_first)),
    ),
    Violation(
        "GOV-2",
        "A push writes only the environments that it grants something in, and passes on what an import showed.",
        suspend=frozenset({"MEM-1"}),
        decisions=SeamDecisions(
            Connector(environments_to_write=own_grants_only), Org(full_profile=grants_of_others_too)
        ),
    ),
    Violation(
        "GOV-3",
        "An org pushes only when its entitlements change.",
        decisions=SeamDecisions(org=Org(is_worth_a_push=entitlements_only)),
    ),
    Violation(
        "GOV-4",
        "An org imports once a day without being told to, and so finds out that its grants are overwritten.",
        decisions=SeamDecisions(org=Org(time_between_imports=every_day)),
    ),
    Violation(
        "GOV-5",
        "An org that believes to be in step sends nothing, on Force Sync or otherwise.",
        decisions=SeamDecisions(org=Org(is_worth_a_push=entitlements_only, is_pushed_in_bulk=unless_in_step)),
    ),
    Violation(
        "GOV-6",
        "A deactivation takes away the role in the org's own environment, and the person stays.",
        decisions=SeamDecisions(Connector(removal=from_its_own_environment)),
    ),
    Violation(
        "GOV-7",
        "Pushes by turns come to rest at what the first one gave.",
        decisions=SeamDecisions(Connector(role_update=unless_somebody_came_first)),
    ),
    Violation(
        "GOV-8",
        "A push that had to wait is dropped, so that later edits stand.",
        decisions=SeamDecisions(org=Org(is_still_sent=unless_it_waited)),
    ),
)
