"""What a real Okta asked at the emulator's SCIM door, and what that says of Okta's client."""

from okta_scenarios.live.okta_side.conversation import NoConversation, conversation, with_verdicts
from okta_scenarios.live.okta_side.verdicts import EMPTIED, RETRIED, WITNESSES

__all__ = ["EMPTIED", "RETRIED", "WITNESSES", "NoConversation", "conversation", "with_verdicts"]
