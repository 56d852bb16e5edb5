"""Host and token as people paste them: cleaned of what cannot belong to them, or refused without being repeated."""

import re
import unicodedata

import httpx

from okta_connector.errors import ActionFailed, FailureType

QUOTES = "\"'`\u00b4<>\u2018\u2019\u201c\u201d\u00ab\u00bb"
API = re.compile(r"(/+api)*/*$", re.IGNORECASE)
"""What the connector adds to every address by itself."""
BEARER = re.compile(r"(authorization\s*:\s*)?bearer\s+", re.IGNORECASE)
PORTS = range(1, 65536)
VISIBLE = re.compile(r"[!-~]+")


DATA_CENTER = "the address of a data center, such as https://www.workato.com"


def base_url(host: str, added: re.Pattern[str] = API, wanted: str = DATA_CENTER) -> str:
    """Make what was pasted a base URL: `https` where nothing is said, without the end that is `added` by itself.

    Raises `ActionFailed` for what is no host, which says what is `wanted`. Its text never repeats the host, which may
    hold a password.
    """

    def no_host(why: str) -> ActionFailed:
        return ActionFailed(FailureType.GENERIC_FAILURE, f"The host cannot be used: {why}. Enter {wanted}.")

    pasted = trim(host)
    if "://" not in pasted:
        pasted = f"https://{pasted.removeprefix('//')}"
    if not pasted.isprintable() or any(map(is_blank, pasted)) or "\\" in pasted:
        raise no_host("it holds a blank, a backslash or an invisible character")
    try:
        url = httpx.URL(added.sub("", pasted))
    except (httpx.InvalidURL, ValueError):
        raise no_host("it cannot be read as a URL") from None
    if url.scheme not in {"http", "https"}:
        raise no_host("its scheme must be http or https")
    if not url.host:
        raise no_host("it has no host name")
    if url.port is not None and url.port not in PORTS:
        raise no_host("its port is out of range")
    if url.userinfo or "@" in pasted:
        raise no_host("it holds a user name or a password")
    if url.query or url.fragment or "?" in pasted or "#" in pasted:
        raise no_host("it holds a query or a fragment")
    return str(url)


def bearer(token: str) -> str:
    """Make what was pasted a token that a header can carry. Raises `ActionFailed`, which never repeats it."""
    pasted = trim(BEARER.sub("", trim(token), count=1))
    if VISIBLE.fullmatch(pasted):
        return pasted
    why = "it is empty"
    if pasted:
        place = next(at for at, each in enumerate(pasted, start=1) if not VISIBLE.fullmatch(each))
        why = f"character {place} of {len(pasted)} is U+{ord(pasted[place - 1]):04X}"
    raise ActionFailed(
        FailureType.INVALID_CREDENTIALS,
        f"The access token cannot be sent: {why}. Copy it again; a token is made of visible ASCII characters.",
    )


def trim(pasted: str) -> str:
    """Take away blanks, line ends, invisible characters and quotes at both ends."""
    start, end = 0, len(pasted)
    while start < end and is_wrapping(pasted[start]):
        start += 1
    while end > start and is_wrapping(pasted[end - 1]):
        end -= 1
    return pasted[start:end]


def is_wrapping(character: str) -> bool:
    return is_blank(character) or character in QUOTES


def is_blank(character: str) -> bool:
    """Tell what leaves no mark on paper: blanks (Z), control (Cc) and formatting characters such as a BOM (Cf)."""
    category = unicodedata.category(character)
    return category[0] == "Z" or category in {"Cc", "Cf"}
