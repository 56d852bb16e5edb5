"""Names and addresses of servers."""

import pytest

from workato_emulator import is_loopback, parts_of


@pytest.mark.parametrize("host", ["localhost", "LocalHost.", "127.0.0.1", "127.8.9.1", "::1"])
def test_these_mean_the_machine_itself(host: str) -> None:
    """A final dot ends a name, and letters have no case in it."""
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["localhostX", "localhost.example.test", "10.0.0.1", "::2", "", "example.test"])
def test_these_can_mean_another_machine(host: str) -> None:
    """A name that only begins like the machine's own is somebody else's."""
    assert not is_loopback(host)


@pytest.mark.parametrize(
    "address", ["http://", "https:///api", "http://host:0", "http://host:70000", "http://[::1", "host"]
)
def test_an_address_without_a_host_or_with_an_impossible_port_has_no_parts(address: str) -> None:
    """Nobody can be asked there."""
    assert parts_of(address) is None


def test_an_address_has_a_host_and_a_port() -> None:
    """As it was written."""
    parts = parts_of("https://app.example.test:8443/api")

    assert parts is not None
    assert (parts.hostname, parts.port, parts.path) == ("app.example.test", 8443, "/api")
