"""The actions by which Okta discovers what a Workato user looks like and which roles there are."""

from okta_connector.actions import Actions, action
from okta_connector.resources import RoleType, gives_access
from okta_connector.rules import upholds
from okta_connector.values import Page, SchemaProperty, SchemaPropertyValue

LEGACY_SYSTEM_ROLES = ("Admin", "Analyst", "Operator")
"""The older permission model's built-in roles, which its API takes but does not list."""


class SchemaActions(Actions):
    @action
    @upholds("IUS-1")
    def list_user_schema(self) -> Page[SchemaProperty]:
        """Describe a collaborator. Only the role can be written after the invitation; `SYSTEM` marks what never can."""
        return Page(
            (
                SchemaProperty("name", "STRING", required=True, description="Full name, taken from the invitation."),
                SchemaProperty("email", "EMAIL", required=True, description="Address and username in one."),
                SchemaProperty(
                    self.role_property(), "STRING", required=True, description=f"Role in {self.environment()}."
                ),
                SchemaProperty("groups", "ARRAY", multi_valued=True, description="Collaborator groups, by id."),
                SchemaProperty("time_zone", "TIMEZONE", scope="SYSTEM", description="Chosen by the person."),
                SchemaProperty("grant_type", "STRING", scope="SYSTEM", description="How the person got here."),
                SchemaProperty("created_at", "DATE", scope="SYSTEM", description="Since when."),
            )
        )

    @action
    @upholds("IUS-1")
    def list_user_schema_values(self) -> Page[SchemaPropertyValue]:
        return self.role_values(self.role_property())

    @action
    @upholds("EM-1")
    def list_entitlement_schema(self) -> Page[SchemaProperty]:
        """Offer one entitlement, the role in the configured environment: there can be only one role in each."""
        description = f"Role in {self.environment()}."
        return Page((SchemaProperty(self.environment(), "STRING", required=True, description=description),))

    @action
    @upholds("EM-1")
    def list_entitlement_values(self) -> Page[SchemaPropertyValue]:
        return self.role_values(self.environment())

    def role_values(self, property_name: str) -> Page[SchemaPropertyValue]:
        """List roles by name, which is how Workato wants them; an id would have to be translated back."""
        role_type = self.role_type()
        return Page(
            tuple(
                SchemaPropertyValue(name, name, property_name, self.environment(), f"{role_type} role")
                for name in self.role_names(role_type)
            )
        )

    def role_names(self, role_type: RoleType) -> tuple[str, ...]:
        """Name every role once. "No access" is no role, should it be listed among them."""
        if role_type == "environment":
            names = [role.name for role in self.client.list_environment_roles()]
        else:
            names = [*LEGACY_SYSTEM_ROLES, *(role.name for role in self.client.list_roles())]
        return tuple(name for name in dict.fromkeys(names) if gives_access(name))

    def environment(self) -> str:
        return self.settings.environment_type

    def role_property(self) -> str:
        return f"{self.environment()}_role"
