"""Which names and addresses mean this machine and nobody else's."""

import re
from ipaddress import ip_address

_HOST = re.compile(r"(?:\[(?P<address>[0-9A-Fa-f:.]+)\]|(?P<name>[\w.~!$&'()*+,;=%-]*))(?::[0-9]*)?", re.ASCII)
"""A `Host` header: a name or an address, and perhaps a port (RFC 3986, section 3.2)."""


def is_loopback(host: str) -> bool:
    """Whether this name or address can only be the machine itself."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_well_formed(host: str) -> bool:
    """Whether a `Host` header can hold this."""
    return _HOST.fullmatch(host) is not None


def without_port(host: str) -> str:
    """The name or address in a `Host` header, brackets removed; nothing where it is neither."""
    found = _HOST.fullmatch(host)
    return "" if found is None else found["address"] or found["name"] or ""
