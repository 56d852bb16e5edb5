"""Imports, schema discovery, entitlements and the connection itself, broken rule by rule."""

from collections.abc import Collection, Iterable, Mapping

from okta_connector import (
    ActionFailed,
    ConnectorSettings,
    Entitlement,
    FailureType,
    Forbidden,
    Member,
    SchemaProperty,
    SchemaPropertyValue,
    Unauthorized,
    User,
)
from okta_connector import Decisions as Connector
from okta_connector.decisions import people_to_import
from okta_connector.resources import RoleType
from okta_connector.scim import ScimDecisions
from okta_org import AppSchema, AppSettings, AppUser, MatchCriterion, OktaAssumptions, OktaUser
from okta_org import Decisions as Org
from okta_scenarios.rules.violations import over_scim
from okta_scenarios.rules.violations.values import SeamDecisions, Violation

INVITED = Member(900_000_001, "invited@example.test", "Bo Invited")


def no_people(_: tuple[Member, ...]) -> tuple[Member, ...]:
    return ()


def no_exact_match(_: User, __: Iterable[OktaUser], ___: MatchCriterion) -> OktaUser | None:
    return None


def no_partial_match(_: User, __: Iterable[OktaUser]) -> OktaUser | None:
    return None


def the_invited_too(members: tuple[Member, ...]) -> tuple[Member, ...]:
    return (*people_to_import(members), INVITED)


def the_id(member: Member) -> str:
    return str(member.id)


def same_id(account: AppUser, imported: User) -> bool:
    return account.external_id == imported.id


def never_gone(_: AppUser, __: Collection[str]) -> bool:
    return False


def no_safeguard(_: int, __: int, ___: int) -> bool:
    return False


def no_roles(_: Member) -> tuple[Entitlement, ...]:
    return ()


def every_role(_: Entitlement, __: AppSchema | None) -> bool:
    return True


def grants_stay(_: OktaAssumptions) -> bool:
    return False


def nothing_for_the_outstanding(_: OktaAssumptions, __: AppUser) -> bool:
    return False


def no_properties(_: ConnectorSettings) -> tuple[SchemaProperty, ...]:
    return ()


def no_values(_: ConnectorSettings, __: RoleType, ___: tuple[str, ...]) -> tuple[SchemaPropertyValue, ...]:
    return ()


def discarded(_: tuple[SchemaProperty, ...], __: tuple[SchemaPropertyValue, ...]) -> AppSchema:
    return AppSchema()


def no_grants(_: ConnectorSettings, __: User) -> dict[str, str]:
    return {}


def nothing_to_push(_: Mapping[str, str]) -> tuple[Entitlement, ...]:
    return ()


def always(_: AppSettings) -> bool:
    return True


def untested() -> bool:
    return False


def nothing_named(error: Unauthorized | Forbidden, _: str) -> ActionFailed:
    return ActionFailed(FailureType.GENERIC_FAILURE, str(error))


VIOLATIONS = (
    Violation(
        "INU-1",
        "An import finds no users and matches none.",
        decisions=SeamDecisions(
            Connector(people_to_import=no_people),
            Org(exact_match=no_exact_match, partial_match=no_partial_match),
            ScimDecisions(people_to_import=over_scim.no_people),
        ),
    ),
    Violation(
        "INU-2",
        "An import brings along somebody who is merely invited, and knows people by Workato's ids only.",
        decisions=SeamDecisions(
            Connector(people_to_import=the_invited_too, user_name_of=the_id), Org(is_same_account=same_id)
        ),
    ),
    Violation(
        "INU-3",
        "An import notices no missing users, however many are gone.",
        decisions=SeamDecisions(org=Org(is_gone=never_gone, trips_safeguard=no_safeguard)),
    ),
    Violation(
        "INU-4",
        "Imported people bring no roles, and no role is unknown to Okta.",
        decisions=SeamDecisions(Connector(entitlements_of=no_roles), Org(is_known_entitlement=every_role)),
    ),
    Violation(
        "INU-5",
        "An import leaves Okta's grants as they were, whatever it finds.",
        decisions=SeamDecisions(org=Org(takes_over=grants_stay)),
    ),
    Violation(
        "INU-6",
        "An import that finds somebody whose creation is outstanding drops what it carried, and takes no roles over.",
        decisions=SeamDecisions(
            org=Org(pushes_after_linking=nothing_for_the_outstanding, adopts_roles=nothing_for_the_outstanding)
        ),
    ),
    Violation(
        "IUS-1",
        "Discovery finds no schema, and would keep none.",
        decisions=SeamDecisions(
            Connector(user_schema=no_properties, user_schema_values=no_values), Org(adopt_schema=discarded)
        ),
    ),
    Violation(
        "EM-1",
        "Okta is offered no entitlements, and those it grants reach no user.",
        decisions=SeamDecisions(
            Connector(entitlement_schema=no_properties, entitlement_values=no_values, roles_granted=no_grants),
            Org(entitlements_to_push=nothing_to_push),
            ScimDecisions(creation=over_scim.creation_without_roles),
        ),
    ),
    Violation(
        "EM-2",
        "Okta manages entitlements with governance off.",
        decisions=SeamDecisions(org=Org(manages_entitlements=always)),
    ),
    Violation(
        "CFG-1",
        "A connection is saved untested, and the test passes with any token.",
        decisions=SeamDecisions(
            Connector(must_call_to_test=untested),
            Org(must_test_connection=untested),
            ScimDecisions(must_call_to_test=over_scim.untested),
        ),
    ),
    Violation(
        "CFG-2",
        "Workato lets an API client do everything, and a refusal does not say what is missing.",
        suspend=frozenset({"AUTH-2"}),
        decisions=SeamDecisions(Connector(not_allowed=nothing_named)),
    ),
    Violation("CFG-3", "An API client needs no access to DEV to manage collaborators.", suspend=frozenset({"AUTH-3"})),
    Violation("CFG-4", "A host takes the tokens of every data center.", suspend=frozenset({"AUTH-7"})),
    Violation(
        "CFG-5",
        "An import asks for groups with Import Groups off.",
        decisions=SeamDecisions(org=Org(imports_groups=always)),
    ),
)
