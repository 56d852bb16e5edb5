"""What Okta decides about the seam, one small method per decision: values in, a value out, nothing sent.

`OktaOrg` inherits these. An audit subclasses the org and overrides one of them to break one rule on purpose.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta

from okta_connector.folding import alike, folded
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


class Decisions:
    """Okta's side of the rules. Where a method holds a rule, it is marked with the rule's id.

    What no source settles, a method reads from `assumptions`.
    """

    assumptions = OktaAssumptions()

    @upholds("PNU-1")
    def pushes_new_user(self, settings: AppSettings, status: UserStatus) -> bool:
        """Assignment to the app triggers the push, not the creation of the Okta user; staged people wait."""
        pending = settings.push_pending_users
        if pending is None:
            pending = self.assumptions.staged_users == "pushed"
        return settings.provisioning and settings.active and (status is not UserStatus.STAGED or pending)

    @upholds("PNU-2")
    def status_after_create(self, returned: User) -> AppUserStatus:  # noqa: ARG002 - accepted or not makes no difference
        """Okta believes in the account from the invitation on, and learns nothing at acceptance."""
        return AppUserStatus.PROVISIONED

    @upholds("PNU-4")
    def username_is_free(self, user_name: str, taken: Iterable[str]) -> bool:
        """Two people cannot have one app username; the case of A to Z does not tell them apart."""
        wanted = folded(user_name)
        return all(folded(each) != wanted for each in taken)

    @upholds("PNU-10")
    def warns_of(self, lost: tuple[Entitlement, ...]) -> bool:
        """Whoever is an administrator and becomes less by being linked is worth a warning."""
        return bool(lost)

    @upholds("PPU-3")
    def username_on_assignment(self, user: OktaUser, given: str | None) -> str:
        """A new assignment starts from the Okta username, whatever the app username was before."""
        return given or user.login

    @upholds("PPU-1")
    def pushes_profile(self, settings: AppSettings) -> bool:
        return settings.provisioning and settings.active and settings.update_user_attributes

    @upholds("PPU-6", "GOV-3")
    def is_worth_a_push(self, changed: Collection[str]) -> bool:
        """Any changed attribute triggers a push, and a push carries everything: a job title is enough."""
        return bool(changed)

    @upholds("GOV-5")
    def is_pushed_in_bulk(self, account: AppUser) -> bool:  # noqa: ARG002 - the point of the rule
        """Force Sync pushes everybody: Okta cannot know whether somebody else has overwritten an account meanwhile."""
        return True

    @upholds("GOV-8")
    def is_still_sent(self, task: Task) -> bool:  # noqa: ARG002 - the point of the rule
        """A push that had to wait is sent all the same, however old: arrival decides, not when the edit was made."""
        return True

    @upholds("GOV-2")
    def full_profile(self, user: OktaUser, account: AppUser, entitlements: tuple[Entitlement, ...]) -> User:
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
    def sync_state_after_failure(self) -> SyncState:
        """A refused push leaves the status alone and marks the account until the task is dealt with."""
        return SyncState.ERROR

    @upholds("PUD-1", "PUD-2")
    def takes_apps_away(self, status: UserStatus) -> bool:
        """Deactivation removes every assignment; suspension keeps them, so nothing is sent."""
        return status is UserStatus.DEPROVISIONED

    @upholds("PUD-2")
    def pushes_deactivation(self, settings: AppSettings) -> bool:
        """Every lost assignment is pushed while Deactivate Users is on, even from an inactive app instance."""
        return settings.provisioning and settings.deactivate_users

    @upholds("PUD-8")
    def wait_before_retry(self, earlier: timedelta | None, retry_after: int | None) -> timedelta:
        """The first wait is Retry-After in whole seconds, else five minutes; each later one doubles."""
        if earlier is not None:
            return earlier * 2
        if isinstance(retry_after, int) and retry_after >= 0:
            return timedelta(seconds=retry_after)
        return FIRST_WAIT

    @upholds("PUD-8")
    def may_try_again(self, attempts: int) -> bool:
        return attempts < MOST_ATTEMPTS

    @upholds("PG-8")
    def wait_before_group_push_retry(self, tried: int) -> timedelta | None:
        """How long after a transient failure a group is pushed again; None once that is left to the admin."""
        match self.assumptions.group_push_retry:
            case "hourly":
                return GROUP_PUSH_WAIT if tried < MOST_GROUP_PUSH_RETRIES else None
            case "after_six_hours":
                return GROUP_PUSH_WAIT * MOST_GROUP_PUSH_RETRIES if tried == 0 else None
            case "never":
                return None

    @upholds("EM-2")
    def manages_entitlements(self, settings: AppSettings) -> bool:
        return settings.governance

    @upholds("EM-1")
    def entitlements_to_push(self, granted: Mapping[str, str]) -> tuple[Entitlement, ...]:
        """The full list of what Okta grants; one left out is one taken away."""
        return tuple(Entitlement(type=environment, value=role) for environment, role in granted.items())

    @upholds("CFG-5")
    def imports_groups(self, settings: AppSettings) -> bool:
        """With Import Groups off, an import does not ask for the app's groups."""
        return settings.import_groups

    @upholds("INU-1")
    def exact_match(self, imported: User, candidates: Iterable[OktaUser], criterion: MatchCriterion) -> OktaUser | None:
        """The email or the username decides, whichever the admin chose; case does not."""
        if criterion is MatchCriterion.USERNAME:
            return next((user for user in candidates if alike(user.login, imported.user_name)), None)
        return next((user for user in candidates if alike(user.email, imported.email)), None)

    @upholds("INU-1")
    def partial_match(self, imported: User, candidates: Iterable[OktaUser]) -> OktaUser | None:
        """The same first and last name."""
        wanted = folded(imported.given_name or ""), folded(imported.family_name or "")
        return next((user for user in candidates if (folded(user.first_name), folded(user.last_name)) == wanted), None)

    @upholds("INU-2")
    def is_same_account(self, account: AppUser, imported: User) -> bool:
        """An account known only by its invitation is recognised by its email or username once it turns up."""
        if account.external_id is not None and not is_provisional(account.external_id):
            return account.external_id == imported.id
        names = {folded(account.user_name), folded(account.external_id or account.user_name)}
        return bool(names & {folded(imported.email), folded(imported.user_name)})

    @upholds("INU-3")
    def is_gone(self, account: AppUser, seen: Collection[str]) -> bool:
        """An account whose id is missing from a full import was removed; one never accepted was never there."""
        return (
            account.external_id is not None
            and not is_provisional(account.external_id)
            and account.external_id not in seen
        )

    @upholds("INU-3")
    def trips_safeguard(self, removed: int, app_users: int, assignments: int) -> bool:
        """A fifth is the most that one import may unassign: of an app above 100 users, or of an org from 100 on."""
        if app_users > SAFEGUARD_APP_USERS and removed > app_users * SAFEGUARD_SHARE:
            return True
        return assignments >= SAFEGUARD_ORG_ASSIGNMENTS and removed > assignments * SAFEGUARD_SHARE

    @upholds("INU-4")
    def is_known_entitlement(self, entitlement: Entitlement, schema: AppSchema | None) -> bool:
        """Before discovery everything is taken as it comes; after it, an unknown role is skipped and logged."""
        return schema is None or entitlement.value in {value.display_name for value in schema.entitlement_values}

    @upholds("INU-5")
    def takes_over(self, settings: AppSettings) -> bool:
        """Roles that somebody else gave in the app become a custom grant, in the place of all that Okta granted.

        Okta does so where Create Users and Update User Attributes are on, without which there is no governance either.
        """
        return self.manages_entitlements(settings) and self.assumptions.import_over_grants == "replaced"

    @upholds("INU-6")
    def pushes_after_linking(self, account: AppUser) -> bool:
        """An import that finds somebody whose creation is outstanding does not swallow the roles that it carries."""
        return bool(account.granted) and self.assumptions.import_over_outstanding_push == "pushed"

    @upholds("INU-6")
    def adopts_roles(self, account: AppUser) -> bool:
        """A creation that carries no roles leaves the person what they have in the app."""
        return not account.granted or self.assumptions.import_over_outstanding_push == "custom_grant"

    @upholds("IUS-1")
    def adopt_schema(
        self, properties: tuple[SchemaProperty, ...], values: tuple[SchemaPropertyValue, ...]
    ) -> AppSchema:
        return AppSchema(properties=properties, values=values)

    @upholds("PG-1")
    def group_to_push(self, display_name: str, target_id: str | None = None) -> Group:
        return Group(id=target_id, display_name=display_name)

    @upholds("PG-2")
    def membership_changes(
        self, pushed: Sequence[str], wanted: Sequence[str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who is to be added and who removed, going by what Okta believes to have pushed."""
        return _missing_from(pushed, wanted), _missing_from(wanted, pushed)

    @upholds("PG-3")
    def status_after_membership_push(self, change: MembershipChange) -> MappingStatus:  # noqa: ARG002 - see below
        """People who have not accepted are reported; the mapping is fine without them."""
        return MappingStatus.ACTIVE

    @upholds("PG-4")
    def status_after_group_lost(self) -> MappingStatus:
        return MappingStatus.ERROR

    @upholds("PG-6")
    def member_value(self, user: OktaUser, account: AppUser | None) -> str | None:
        """Only members who are assigned to the app are pushed; whoever lost the app is not put back."""
        if account is None or user.status is UserStatus.DEPROVISIONED:
            return None
        return account.external_id

    @upholds("PG-7")
    def overwrite_changes(
        self, listed: Sequence[str], wanted: Sequence[str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Push Now: whom to add and whom to remove so that the app group holds exactly the pushed members."""
        return _missing_from(listed, wanted), _missing_from(wanted, listed)

    @upholds("CFG-1")
    def must_test_connection(self) -> bool:
        """A host or token is saved only after Test API Credentials has passed."""
        return True


def is_provisional(external_id: str) -> bool:
    """Tell the email that stands for an invited person from the app's own id."""
    return "@" in external_id


def _missing_from(there: Sequence[str], wanted: Sequence[str]) -> tuple[str, ...]:
    return tuple(each for each in wanted if each not in set(there))
