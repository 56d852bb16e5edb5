"""Which names and addresses mean this machine and nobody else's."""

from ipaddress import ip_address


def is_loopback(host: str) -> bool:
    """Whether this name or address can only be the machine itself."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def without_port(host: str) -> str:
    """The name or address in a `Host` header, brackets removed."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]
