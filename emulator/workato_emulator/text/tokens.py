"""What a token has to look like to be sent at all."""

import re


def is_sendable(token: str) -> bool:
    """Whether a header can carry this token: visible ASCII characters, and at least one."""
    return re.fullmatch(r"[!-~]+", token) is not None
