"""Okta's SCIM client: the actions that an org asks for, as the conversations that Okta has with a SCIM server."""

from collections.abc import Mapping

from okta_connector.scim.answers import Step
from okta_connector.scim.groups import GroupActions
from okta_connector.scim.users import UserActions
from okta_connector.scim.values import CORE_USER, ScimAttribute
from okta_connector.values import Page, PropertyType, SchemaProperty, SchemaPropertyValue

TYPES: Mapping[str, PropertyType] = {"boolean": "BOOLEAN", "dateTime": "DATE"}


class ScimConnector(UserActions, GroupActions):
    """What Okta calls for an app with SCIM provisioning. Every action answers with a value or raises `ActionFailed`.

    What no source settles is read from the `switches` whenever it matters. `password` makes the noise that goes with a
    creation.
    """

    def test_credentials(self) -> None:
        """Test Connector Configuration; saving a page of the app's settings sends the same."""
        if not self.decide.must_call_to_test():
            return
        with self.step(Step.TEST):
            self.client.list_users(1, 2)
            if self.settings.groups:
                self.client.list_groups(1)

    def list_user_schema(self) -> Page[SchemaProperty]:
        """Read the core attributes and those of the extensions that the server names for a user."""
        with self.step(Step.READ):
            urns = (CORE_USER, *self.client.extensions_of_user())
            return Page(tuple(as_property(each) for each in self.client.schema(*urns)))

    def list_user_schema_values(self) -> Page[SchemaPropertyValue]:
        """Offer none: a schema describes attributes and lists no roles."""
        return Page(())

    def list_entitlement_schema(self) -> Page[SchemaProperty]:
        """Offer none: a role is an attribute of the profile here, not an entitlement."""
        return Page(())

    def list_entitlement_values(self) -> Page[SchemaPropertyValue]:
        return Page(())


def as_property(found: ScimAttribute) -> SchemaProperty:
    return SchemaProperty(
        name=found.name,
        type="ARRAY" if found.multi_valued else TYPES.get(found.type, "STRING"),
        required=found.required,
        scope="NONE" if found.writable else "SYSTEM",
        multi_valued=found.multi_valued,
        description=found.description,
    )
