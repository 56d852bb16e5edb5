"""What the columns of a table of people are called, however an export spells them.

The spellings are those of Okta's profile attributes and of common exports; no page lists what an export has.
"""

import re
from collections.abc import Mapping

LOGIN = frozenset({"login", "username", "oktausername", "user", "member", "userlogin"})
EMAIL = frozenset({"email", "mail", "primaryemail", "emailaddress"})
FIRST_NAME = frozenset({"firstname", "givenname"})
LAST_NAME = frozenset({"lastname", "familyname", "surname"})
WHOLE_NAME = frozenset({"displayname", "fullname", "name", "nickname"})
STATUS = frozenset({"status", "userstatus"})
GROUPS = frozenset({"groups", "groupmemberships"})
GROUP = frozenset({"group", "groupname"})
CHANGE = frozenset({"change", "event"})
DATE = frozenset({"date", "on", "day", "startdate"})
ATTRIBUTES: Mapping[str, str] = {
    "costcenter": "cost_center",
    "department": "department",
    "division": "division",
    "employeenumber": "employee_number",
    "locale": "locale",
    "manager": "manager",
    "mobilephone": "mobile_phone",
    "organization": "organization",
    "timezone": "time_zone",
    "title": "title",
}
"""Further attributes of a profile, by the name that `attributes` and `edit_profile` have for them."""


SEPARATORS = ",;\t|"
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


def separator_of(text: str) -> str:
    """What parts the cells of a table: of the usual ones, that of which the headers have most outside of quotes."""
    headers = _QUOTED.sub("", next((line for line in text.splitlines() if line.strip()), ""))
    return max(SEPARATORS, key=headers.count)


def kind_of(column: str) -> str:
    """A column's name without what differs between exports: `user.firstName`, `First Name` and `first_name` are one."""
    return re.sub(r"[^a-z]", "", column.rpartition(".")[2].lower())
