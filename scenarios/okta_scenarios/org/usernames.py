"""When two usernames are one: an Okta username, an app username and the address of an account in the app."""

from okta_connector.folding import folded


def username_key(user_name: str) -> str:
    """What two spellings of one username have in common. A to Z have no case; any other letter is only itself."""
    return folded(user_name)
