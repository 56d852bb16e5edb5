"""Okta's integration actions, all together."""

from okta_connector.actions import action
from okta_connector.groups import GroupActions
from okta_connector.rules import upholds
from okta_connector.schema import SchemaActions


class OktaConnector(GroupActions, SchemaActions):
    """What Okta calls. Every action answers with a value or raises `ActionFailed`.

    The actions themselves are short; what the documented rules ask for is decided in small methods that carry the
    rule's id (`@upholds`). Overriding one of them breaks that rule and no other code.
    """

    @action
    @upholds("CFG-1")
    def test_credentials(self) -> None:
        """Make the cheapest call that needs the token, before the connection is saved."""
        self.client.list_members()
