"""The `name` filter that lists of roles and groups share."""

from workato_emulator.domain.people import fold
from workato_emulator.doors.developer.call import Call


def name_matches(call: Call, name: str) -> bool:
    """Whether a row of this name is asked for; contains or equals, by assumption `name_filter`."""
    wanted = call.query.get("name")
    if wanted is None:
        return True
    if call.assumed.name_filter == "exact":
        return name == wanted
    return fold(wanted) in fold(name)
