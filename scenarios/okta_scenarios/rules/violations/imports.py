"""Imports, schema discovery, entitlements and the connection itself, broken rule by rule."""

from collections.abc import Collection, Iterable, Mapping

from okta_connector import (
    ActionFailed,
    ConnectorSettings,
    Entitlement,
    FailureType,
    Forbidden,
    Member,
    OktaConnector,
    Page,
    SchemaProperty,
    SchemaPropertyValue,
    Unauthorized,
    User,
)
from okta_connector.transport import HttpClient
from okta_org import AppSchema, AppSettings, AppUser, MatchCriterion, OktaOrg, OktaUser
from okta_scenarios.rules.violations.values import Violation

IDS_OF_THE_INVITED = 900_000_000


class ImportsNobody(OktaConnector):
    def people_to_import(self, members: tuple[Member, ...]) -> tuple[Member, ...]:
        del members
        return ()


class MatchesNobody(OktaOrg):
    def exact_match(self, imported: User, candidates: Iterable[OktaUser], criterion: MatchCriterion) -> OktaUser | None:
        del imported, candidates, criterion
        return None

    def partial_match(self, imported: User, candidates: Iterable[OktaUser]) -> OktaUser | None:
        del imported, candidates
        return None


class ImportsTheInvited(OktaConnector):
    """Remembers whom it invited, since Workato lists nobody who has not accepted."""

    def __init__(self, http: HttpClient, settings: ConnectorSettings | None = None) -> None:
        super().__init__(http, settings)
        self.invited: list[Member] = []

    def invite(self, user: User) -> User:
        invited = super().invite(user)
        self.invited.append(Member(IDS_OF_THE_INVITED + len(self.invited), self.address_of(user), user.display_name))
        return invited

    def people_to_import(self, members: tuple[Member, ...]) -> tuple[Member, ...]:
        return (*super().people_to_import(members), *self.invited)

    def user_name_of(self, member: Member) -> str:
        return str(member.id)


class KnowsAccountsByIdOnly(OktaOrg):
    def is_same_account(self, account: AppUser, imported: User) -> bool:
        return account.external_id == imported.id


class MissesNobody(OktaOrg):
    def is_gone(self, account: AppUser, seen: Collection[str]) -> bool:
        del account, seen
        return False

    def trips_safeguard(self, removed: int, app_users: int, assignments: int) -> bool:
        del removed, app_users, assignments
        return False


class ImportsWithoutRoles(OktaConnector):
    def entitlements_of(self, member: Member) -> tuple[Entitlement, ...]:
        del member
        return ()


class KnowsEveryRole(OktaOrg):
    def is_known_entitlement(self, entitlement: Entitlement, schema: AppSchema | None) -> bool:
        del entitlement, schema
        return True


class KeepsItsGrants(OktaOrg):
    def takes_over(self, settings: AppSettings) -> bool:
        del settings
        return False


class SwallowsCreations(OktaOrg):
    def pushes_after_linking(self, account: AppUser) -> bool:
        del account
        return False

    def adopts_roles(self, account: AppUser) -> bool:
        del account
        return False


class HasNoSchema(OktaConnector):
    def list_user_schema(self) -> Page[SchemaProperty]:
        return Page(())

    def list_user_schema_values(self) -> Page[SchemaPropertyValue]:
        return Page(())


class DiscardsTheSchema(OktaOrg):
    def adopt_schema(
        self, properties: tuple[SchemaProperty, ...], values: tuple[SchemaPropertyValue, ...]
    ) -> AppSchema:
        del properties, values
        return AppSchema()


class OffersNoEntitlements(OktaConnector):
    def roles_granted(self, user: User) -> dict[str, str]:
        del user
        return {}

    def list_entitlement_schema(self) -> Page[SchemaProperty]:
        return Page(())

    def list_entitlement_values(self) -> Page[SchemaPropertyValue]:
        return Page(())


class SendsNoEntitlements(OktaOrg):
    def entitlements_to_push(self, granted: Mapping[str, str]) -> tuple[Entitlement, ...]:
        del granted
        return ()


class GovernsEverything(OktaOrg):
    def manages_entitlements(self, settings: AppSettings) -> bool:
        del settings
        return True


class TrustsAnyToken(OktaConnector):
    def test_credentials(self) -> None:
        pass


class SavesUntested(OktaOrg):
    def must_test_connection(self) -> bool:
        return False


class HidesWhatIsMissing(OktaConnector):
    def not_allowed(self, error: Unauthorized | Forbidden) -> ActionFailed:
        return ActionFailed(FailureType.GENERIC_FAILURE, str(error))


class ImportsGroupsWithPeople(OktaConnector):
    def groups_of(self, member: Member) -> tuple[str, ...]:
        del member
        return tuple(group.id for group in self.client.list_user_groups())


class ImportsGroupsUnasked(OktaOrg):
    def imports_groups(self, settings: AppSettings) -> bool:
        del settings
        return True


VIOLATIONS = (
    Violation(
        "INU-1",
        "An import finds no users and matches none.",
        connector=ImportsNobody,
        org=MatchesNobody,
    ),
    Violation(
        "INU-2",
        "An import brings the invited along, and knows people by Workato's ids only.",
        connector=ImportsTheInvited,
        org=KnowsAccountsByIdOnly,
    ),
    Violation("INU-3", "An import notices no missing users, however many are gone.", org=MissesNobody),
    Violation(
        "INU-4",
        "Imported people bring no roles, and no role is unknown to Okta.",
        connector=ImportsWithoutRoles,
        org=KnowsEveryRole,
    ),
    Violation("INU-5", "An import leaves Okta's grants as they were, whatever it finds.", org=KeepsItsGrants),
    Violation(
        "INU-6",
        "An import that finds somebody whose creation is outstanding drops what it carried, and takes no roles over.",
        org=SwallowsCreations,
    ),
    Violation(
        "IUS-1",
        "Discovery finds no schema, and would keep none.",
        connector=HasNoSchema,
        org=DiscardsTheSchema,
    ),
    Violation(
        "EM-1",
        "Okta is offered no entitlements, and those it grants reach no user.",
        connector=OffersNoEntitlements,
        org=SendsNoEntitlements,
    ),
    Violation("EM-2", "Okta manages entitlements with governance off.", org=GovernsEverything),
    Violation(
        "CFG-1",
        "A connection is saved untested, and the test passes with any token.",
        connector=TrustsAnyToken,
        org=SavesUntested,
    ),
    Violation(
        "CFG-2",
        "Workato lets an API client do everything, and a refusal does not say what is missing.",
        suspend=frozenset({"AUTH-2"}),
        connector=HidesWhatIsMissing,
    ),
    Violation("CFG-3", "An API client needs no access to DEV to manage collaborators.", suspend=frozenset({"AUTH-3"})),
    Violation("CFG-4", "A host takes the tokens of every data center.", suspend=frozenset({"AUTH-7"})),
    Violation(
        "CFG-5",
        "An import asks for groups with Import Groups off.",
        connector=ImportsGroupsWithPeople,
        org=ImportsGroupsUnasked,
    ),
)
