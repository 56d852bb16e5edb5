import pytest

from okta_connector import FailureType, SchemaProperty

from .fake import Workato, denied, failure_of


def test_the_user_schema_describes_a_collaborator() -> None:
    """Name, email and the role are written; what only Workato sets is marked as the system's."""
    schema = Workato().connector(environment_type="prod").list_user_schema().resources

    assert schema == (
        SchemaProperty("name", "STRING", required=True, description="Full name, taken from the invitation."),
        SchemaProperty("email", "EMAIL", required=True, description="Address and username in one."),
        SchemaProperty("prod_role", "STRING", required=True, description="Role in prod."),
        SchemaProperty("groups", "ARRAY", multi_valued=True, description="Collaborator groups, by id."),
        SchemaProperty("time_zone", "TIMEZONE", scope="SYSTEM", description="Chosen by the person."),
        SchemaProperty("grant_type", "STRING", scope="SYSTEM", description="How the person got here."),
        SchemaProperty("created_at", "DATE", scope="SYSTEM", description="Since when."),
    )


def test_there_is_one_entitlement_and_it_holds_one_role() -> None:
    """It bears the name of the configured environment, as the entitlements of a user do."""
    (entitlement,) = Workato().connector(environment_type="test").list_entitlement_schema().resources

    assert (entitlement.name, entitlement.required, entitlement.multi_valued) == ("test", True, False)


@pytest.mark.parametrize(
    ("workato", "names", "model"),
    [
        pytest.param(Workato(), ("Environment admin", "Member"), "environment", id="newer model"),
        pytest.param(
            Workato(environment_roles=["Member", "No access"]), ("Member",), "environment", id="no access is no role"
        ),
        pytest.param(
            Workato(legacy_roles=["Builder"]),
            ("Admin", "Analyst", "Operator", "Builder"),
            "privilege_group",
            id="older model",
        ),
        pytest.param(
            Workato(legacy_roles=["Operator"]),
            ("Admin", "Analyst", "Operator"),
            "privilege_group",
            id="a custom namesake",
        ),
    ],
)
def test_the_roles_on_offer_are_those_of_the_permission_model(
    workato: Workato, names: tuple[str, ...], model: str
) -> None:
    """Entitlements and schema offer the same roles, by name, each once."""
    connector = workato.connector()
    entitlements = connector.list_entitlement_values().resources
    properties = connector.list_user_schema_values().resources

    assert tuple(value.id for value in entitlements) == tuple(value.display_name for value in properties) == names
    assert {(value.schema_property_name, value.type_name) for value in entitlements} == {("dev", "dev")}
    assert {(value.schema_property_name, value.type_name) for value in properties} == {("dev_role", "dev")}
    assert {value.description for value in (*entitlements, *properties)} == {f"{model} role"}


def test_more_roles_than_a_page_holds_are_all_offered() -> None:
    """The catalogue is read to its end."""
    names = [f"Role {number}" for number in range(150)]

    assert len(Workato(environment_roles=names).connector().list_entitlement_values().resources) == 150


def test_credentials_are_tested_by_a_call_that_needs_them() -> None:
    """One cheap read, and nothing else."""
    workato = Workato()
    workato.connector().test_credentials()

    assert workato.calls == ["GET /api/members"]


def test_bad_credentials_are_invalid() -> None:
    """A dead token is told before the connection is saved."""
    workato = Workato(legacy_roles=[], instead={"GET /api/members": denied()})
    failed = failure_of(workato.connector().test_credentials)

    assert failed is not None
    assert (failed.type, failed.http_status) == (FailureType.INVALID_CREDENTIALS, 401)
