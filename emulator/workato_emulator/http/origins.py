"""Names and addresses of servers: which can be one, and which mean this machine and nobody else's."""

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

_HOST = re.compile(r"(?:\[(?P<address>[0-9A-Fa-f:.]+)\]|(?P<name>[\w.~!$&'()*+,;=%-]*))(?::[0-9]*)?", re.ASCII)
"""A `Host` header: a name or an address, and perhaps a port (RFC 3986, section 3.2)."""


def is_loopback(host: str) -> bool:
    """Whether this name or address can only be the machine itself."""
    if host.rstrip(".").lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def parts_of(address: str) -> SplitResult | None:
    """The parts of an address that somebody wrote; None where it names no host, or a host or port that none can be."""
    try:
        parts = urlsplit(address)
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:  # the port too is read only now
        return None
    return parts if is_whole else None


def server_at(url: str) -> SplitResult | None:
    """The parts of a server's address on the web, without a path, user or password; None for all else."""
    from httpx import URL, InvalidURL  # who serves needs no client

    parts = parts_of(url)
    if parts is None or parts.scheme not in {"http", "https"} or "@" in url:
        return None
    if parts.path.strip("/") or parts.query or parts.fragment:
        return None
    try:
        read = URL(url)
        _ = read.host, read.raw_host.decode().encode("idna")  # each is read only now, and as the client reads it
    except (InvalidURL, ValueError):
        return None
    return parts


def is_well_formed(host: str) -> bool:
    """Whether a `Host` header can hold this."""
    return _HOST.fullmatch(host) is not None


def without_port(host: str) -> str:
    """The name or address in a `Host` header, brackets removed; nothing where it is neither."""
    found = _HOST.fullmatch(host)
    return "" if found is None else found["address"] or found["name"] or ""
