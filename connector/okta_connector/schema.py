"""The actions by which Okta discovers what a Workato user looks like and which roles there are."""

from okta_connector.actions import Actions, action
from okta_connector.resources import RoleType, gives_access
from okta_connector.values import Page, SchemaProperty, SchemaPropertyValue

LEGACY_SYSTEM_ROLES = ("Admin", "Analyst", "Operator")
"""The older permission model's built-in roles, which its API takes but does not list."""


class SchemaActions(Actions):
    @action
    def list_user_schema(self) -> Page[SchemaProperty]:
        return Page(self.decide.user_schema(self.settings))

    @action
    def list_user_schema_values(self) -> Page[SchemaPropertyValue]:
        role_type = self.role_type()
        return Page(self.decide.user_schema_values(self.settings, role_type, self.role_names(role_type)))

    @action
    def list_entitlement_schema(self) -> Page[SchemaProperty]:
        return Page(self.decide.entitlement_schema(self.settings))

    @action
    def list_entitlement_values(self) -> Page[SchemaPropertyValue]:
        role_type = self.role_type()
        return Page(self.decide.entitlement_values(self.settings, role_type, self.role_names(role_type)))

    def role_names(self, role_type: RoleType) -> tuple[str, ...]:
        """Name every role once. "No access" is no role, should it be listed among them."""
        if role_type == "environment":
            names = [role.name for role in self.client.list_environment_roles()]
        else:
            names = [*LEGACY_SYSTEM_ROLES, *(role.name for role in self.client.list_roles())]
        return tuple(name for name in dict.fromkeys(names) if gives_access(name))
