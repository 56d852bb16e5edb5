"""What Okta decides about the seam: plain functions, values in, a value out, nothing sent.

Each function carries the ids of the rules it upholds (`@upholds`); what no source settles, it reads from the
assumptions. `Decisions` holds them all, and an org is handed one. To break a rule on purpose, replace a function:
`dataclasses.replace(Decisions(), is_gone=...)`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from okta_connector.folding import alike, fold
from okta_connector.rules import upholds
from okta_connector.values import (
    Entitlement,
    Group,
    MembershipChange,
    SchemaProperty,
    SchemaPropertyValue,
    User,
)
from okta_org.assumptions import OktaAssumptions
from okta_org.values import (
    AppSchema,
    AppSettings,
    AppUser,
    AppUserStatus,
    MappingStatus,
    MatchCriterion,
    OktaUser,
    SyncState,
    Task,
    UserStatus,
)

FIRST_WAIT = timedelta(minutes=5)
MOST_ATTEMPTS = 10
GROUP_PUSH_WAIT = timedelta(hours=1)
MOST_GROUP_PUSH_RETRIES = 6
SAFEGUARD_SHARE = 0.2
SAFEGUARD_APP_USERS = 100
SAFEGUARD_ORG_ASSIGNMENTS = 100


@upholds("PNU-1")
def pushes_new_user(assumptions: OktaAssumptions, settings: AppSettings, status: UserStatus) -> bool:
    """Assignment to the app triggers the push, not the creation of the Okta user; staged people wait."""
    if status is not UserStatus.STAGED or not (settings.provisioning and settings.active):
        return settings.provisioning and settings.active
    pending = settings.push_pending_users
    return assumptions.staged_users == "pushed" if pending is None else pending


@upholds("PNU-2")
def status_after_create(returned: User) -> AppUserStatus:
    """Okta believes in the account from the invitation on, and learns nothing at acceptance."""
    return AppUserStatus.PROVISIONED


@upholds("PNU-4")
def username_is_free(user_name: str, taken: Iterable[str]) -> bool:
    """Two people cannot have one app username; the case of A to Z does not tell them apart."""
    wanted = fold(user_name)
    return all(fold(each) != wanted for each in taken)


@upholds("PNU-10")
def warns_of(lost: tuple[Entitlement, ...]) -> bool:
    """Whoever is an administrator and becomes less by being linked is worth a warning."""
    return bool(lost)


@upholds("PPU-3")
def rename_outlives_assignment() -> bool:
    """A new assignment starts from the Okta username, whatever the app username was before."""
    return False


@upholds("PPU-1")
def pushes_profile(settings: AppSettings) -> bool:
    return settings.provisioning and settings.active and settings.update_user_attributes


@upholds("PPU-6", "GOV-3")
def is_worth_a_push(changed: Collection[str]) -> bool:
    """Any changed attribute triggers a push, and a push carries everything: a job title is enough."""
    return bool(changed)


@upholds("GOV-5")
def is_pushed_in_bulk(account: AppUser) -> bool:
    """Force Sync pushes everybody: Okta cannot know whether somebody else has overwritten an account meanwhile."""
    return True


@upholds("GOV-8")
def is_still_sent(task: Task) -> bool:
    """A push that had to wait is sent all the same, however old: arrival decides, not when the edit was made."""
    return True


@upholds("GOV-2")
def full_profile(user: OktaUser, account: AppUser, entitlements: tuple[Entitlement, ...]) -> User:
    """There is no partial push: the whole app profile goes out, with this org's grants and nobody else's."""
    return User(
        id=account.external_id,
        user_name=account.user_name,
        email=user.email,
        display_name=user.display_name,
        given_name=user.first_name,
        family_name=user.last_name,
        attributes=dict(user.attributes),
        entitlements=entitlements,
        groups=account.groups,
    )


@upholds("PPU-2")
def sync_state_after_failure() -> SyncState:
    """A refused push leaves the status alone and marks the account until the task is dealt with."""
    return SyncState.ERROR


@upholds("PUD-1", "PUD-2")
def takes_apps_away(status: UserStatus) -> bool:
    """Deactivation removes every assignment; suspension keeps them, so nothing is sent."""
    return status is UserStatus.DEPROVISIONED


@upholds("PUD-2")
def pushes_deactivation(settings: AppSettings, status: UserStatus) -> bool:
    """Every lost assignment is pushed while Deactivate Users is on, even from an inactive app instance.

    It does not depend on what became of the person in Okta.
    """
    return settings.provisioning and settings.deactivate_users


@upholds("PUD-8")
def wait_before_retry(earlier: timedelta | None, retry_after: int | None) -> timedelta:
    """The first wait is Retry-After in whole seconds, else five minutes; each later one doubles."""
    if earlier is not None:
        return earlier * 2
    if isinstance(retry_after, int) and retry_after >= 0:
        return timedelta(seconds=retry_after)
    return FIRST_WAIT


@upholds("PUD-8")
def may_try_again(attempts: int) -> bool:
    return attempts < MOST_ATTEMPTS


@upholds("PG-8")
def wait_before_group_push_retry(assumptions: OktaAssumptions, tried: int) -> timedelta | None:
    """How long after a transient failure a group is pushed again; None once that is left to the admin."""
    match assumptions.group_push_retry:
        case "hourly":
            return GROUP_PUSH_WAIT if tried < MOST_GROUP_PUSH_RETRIES else None
        case "after_six_hours":
            return GROUP_PUSH_WAIT * MOST_GROUP_PUSH_RETRIES if tried == 0 else None
        case "never":
            return None


@upholds("EM-2")
def manages_entitlements(settings: AppSettings) -> bool:
    return settings.governance


@upholds("EM-1")
def entitlements_to_push(granted: Mapping[str, str]) -> tuple[Entitlement, ...]:
    """The full list of what Okta grants; one left out is one taken away."""
    return tuple(Entitlement(type=environment, value=role) for environment, role in granted.items())


@upholds("CFG-5")
def imports_groups(settings: AppSettings) -> bool:
    """With Import Groups off, an import does not ask for the app's groups."""
    return settings.import_groups


@upholds("INU-1")
def exact_match(imported: User, candidates: Iterable[OktaUser], criterion: MatchCriterion) -> OktaUser | None:
    """The email or the username decides, whichever the admin chose; case does not."""
    if criterion is MatchCriterion.USERNAME:
        return next((user for user in candidates if alike(user.login, imported.user_name)), None)
    return next((user for user in candidates if alike(user.email, imported.email)), None)


@upholds("INU-1")
def partial_match(imported: User, candidates: Iterable[OktaUser]) -> OktaUser | None:
    """The same first and last name."""
    wanted = fold(imported.given_name or ""), fold(imported.family_name or "")
    return next((user for user in candidates if (fold(user.first_name), fold(user.last_name)) == wanted), None)


@upholds("INU-2")
def is_same_account(account: AppUser, imported: User) -> bool:
    """An account known only by its invitation is recognised by its email or username once it turns up."""
    if account.external_id is not None and not is_provisional(account.external_id):
        return account.external_id == imported.id
    names = {fold(account.user_name), fold(account.external_id or account.user_name)}
    return bool(names & {fold(imported.email), fold(imported.user_name)})


@upholds("INU-3")
def is_gone(account: AppUser, seen: Collection[str]) -> bool:
    """An account whose id is missing from a full import was removed; one never accepted was never there."""
    return (
        account.external_id is not None and not is_provisional(account.external_id) and account.external_id not in seen
    )


@upholds("INU-3")
def trips_safeguard(removed: int, app_users: int, assignments: int) -> bool:
    """A fifth is the most that one import may unassign: of an app above 100 users, or of an org from 100 on."""
    if app_users > SAFEGUARD_APP_USERS and removed > app_users * SAFEGUARD_SHARE:
        return True
    return assignments >= SAFEGUARD_ORG_ASSIGNMENTS and removed > assignments * SAFEGUARD_SHARE


@upholds("INU-4")
def is_known_entitlement(entitlement: Entitlement, schema: AppSchema | None) -> bool:
    """Before discovery everything is taken as it comes; after it, an unknown role is skipped and logged."""
    return schema is None or entitlement.value in {value.display_name for value in schema.entitlement_values}


@upholds("INU-5")
def takes_over(assumptions: OktaAssumptions) -> bool:
    """Roles that somebody else gave in the app become a custom grant, in the place of all that Okta granted.

    Okta does so where Create Users and Update User Attributes are on, without which there is no governance either.
    """
    return assumptions.import_over_grants == "replaced"


@upholds("INU-6")
def pushes_after_linking(assumptions: OktaAssumptions, account: AppUser) -> bool:
    """An import that finds somebody whose creation is outstanding does not swallow the roles that it carries."""
    return bool(account.granted) and assumptions.import_over_outstanding_push == "pushed"


@upholds("INU-6")
def adopts_roles(assumptions: OktaAssumptions, account: AppUser) -> bool:
    """A creation that carries no roles leaves the person what they have in the app."""
    return not account.granted or assumptions.import_over_outstanding_push == "custom_grant"


@upholds("IUS-1")
def adopt_schema(properties: tuple[SchemaProperty, ...], values: tuple[SchemaPropertyValue, ...]) -> AppSchema:
    return AppSchema(properties=properties, values=values)


@upholds("PG-1")
def group_to_push(display_name: str, target_id: str | None = None) -> Group:
    return Group(id=target_id, display_name=display_name)


@upholds("PG-2")
def membership_changes(pushed: Sequence[str], wanted: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is to be added and who removed, going by what Okta believes to have pushed."""
    return _missing_from(pushed, wanted), _missing_from(wanted, pushed)


@upholds("PG-3")
def status_after_membership_push(change: MembershipChange) -> MappingStatus:
    """People who have not accepted are reported; the mapping is fine without them."""
    return MappingStatus.ACTIVE


@upholds("PG-4")
def status_after_group_lost() -> MappingStatus:
    return MappingStatus.ERROR


@upholds("PG-6")
def member_value(user: OktaUser, account: AppUser | None) -> str | None:
    """Only members who are assigned to the app are pushed; whoever lost the app is not put back."""
    if account is None or user.status is UserStatus.DEPROVISIONED:
        return None
    return account.external_id


@upholds("PG-7")
def overwrite_changes(listed: Sequence[str], wanted: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Push Now: whom to add and whom to remove so that the app group holds exactly the pushed members."""
    return _missing_from(listed, wanted), _missing_from(wanted, listed)


@upholds("GOV-4")
def time_between_imports(settings: AppSettings) -> timedelta | None:
    """Nothing tells an org what became of its grants, and it asks only where imports are scheduled."""
    return settings.import_every


@upholds("CFG-1")
def must_test_connection() -> bool:
    """A host or token is saved only after Test API Credentials has passed."""
    return True


def is_provisional(external_id: str) -> bool:
    """Tell the email that stands for an invited person from the app's own id."""
    return "@" in external_id


def _missing_from(there: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    return tuple(each for each in wanted if each not in set(there))


@dataclass(frozen=True, slots=True)
class Decisions:
    """One function per decision. Those that are given by default uphold the documented rules."""

    pushes_new_user: Callable[[OktaAssumptions, AppSettings, UserStatus], bool] = pushes_new_user
    status_after_create: Callable[[User], AppUserStatus] = status_after_create
    username_is_free: Callable[[str, Iterable[str]], bool] = username_is_free
    warns_of: Callable[[tuple[Entitlement, ...]], bool] = warns_of
    rename_outlives_assignment: Callable[[], bool] = rename_outlives_assignment
    pushes_profile: Callable[[AppSettings], bool] = pushes_profile
    is_worth_a_push: Callable[[Collection[str]], bool] = is_worth_a_push
    is_pushed_in_bulk: Callable[[AppUser], bool] = is_pushed_in_bulk
    is_still_sent: Callable[[Task], bool] = is_still_sent
    full_profile: Callable[[OktaUser, AppUser, tuple[Entitlement, ...]], User] = full_profile
    sync_state_after_failure: Callable[[], SyncState] = sync_state_after_failure
    takes_apps_away: Callable[[UserStatus], bool] = takes_apps_away
    pushes_deactivation: Callable[[AppSettings, UserStatus], bool] = pushes_deactivation
    wait_before_retry: Callable[[timedelta | None, int | None], timedelta] = wait_before_retry
    may_try_again: Callable[[int], bool] = may_try_again
    wait_before_group_push_retry: Callable[[OktaAssumptions, int], timedelta | None] = wait_before_group_push_retry
    manages_entitlements: Callable[[AppSettings], bool] = manages_entitlements
    entitlements_to_push: Callable[[Mapping[str, str]], tuple[Entitlement, ...]] = entitlements_to_push
    imports_groups: Callable[[AppSettings], bool] = imports_groups
    exact_match: Callable[[User, Iterable[OktaUser], MatchCriterion], OktaUser | None] = exact_match
    partial_match: Callable[[User, Iterable[OktaUser]], OktaUser | None] = partial_match
    is_same_account: Callable[[AppUser, User], bool] = is_same_account
    is_gone: Callable[[AppUser, Collection[str]], bool] = is_gone
    trips_safeguard: Callable[[int, int, int], bool] = trips_safeguard
    is_known_entitlement: Callable[[Entitlement, AppSchema | None], bool] = is_known_entitlement
    takes_over: Callable[[OktaAssumptions], bool] = takes_over
    pushes_after_linking: Callable[[OktaAssumptions, AppUser], bool] = pushes_after_linking
    adopts_roles: Callable[[OktaAssumptions, AppUser], bool] = adopts_roles
    adopt_schema: Callable[[tuple[SchemaProperty, ...], tuple[SchemaPropertyValue, ...]], AppSchema] = adopt_schema
    group_to_push: Callable[[str, str | None], Group] = group_to_push
    membership_changes: Callable[[Sequence[str], Sequence[str]], tuple[tuple[str, ...], tuple[str, ...]]] = (
        membership_changes
    )
    status_after_membership_push: Callable[[MembershipChange], MappingStatus] = status_after_membership_push
    status_after_group_lost: Callable[[], MappingStatus] = status_after_group_lost
    member_value: Callable[[OktaUser, AppUser | None], str | None] = member_value
    overwrite_changes: Callable[[Sequence[str], Sequence[str]], tuple[tuple[str, ...], tuple[str, ...]]] = (
        overwrite_changes
    )
    time_between_imports: Callable[[AppSettings], timedelta | None] = time_between_imports
    must_test_connection: Callable[[], bool] = must_test_connection
