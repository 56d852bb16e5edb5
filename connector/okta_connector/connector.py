"""Okta's integration actions, all together."""

from okta_connector.actions import action
from okta_connector.groups import GroupActions
from okta_connector.schema import SchemaActions


class OktaConnector(GroupActions, SchemaActions):
    """What Okta calls. Every action answers with a value or raises `ActionFailed`.

    What the documented rules ask for is decided by the functions of `decisions`; replacing one of them breaks that
    rule and no other code.
    """

    @action
    def test_credentials(self) -> None:
        """Make the cheapest call that needs the token, before the connection is saved."""
        if self.decide.must_call_to_test():
            self.client.list_members()
