"""One server for tests that only look."""

from collections.abc import Iterator

import httpx
import pytest

from .serving import serving


@pytest.fixture(name="loopback", scope="module")
def _loopback() -> Iterator[httpx.Client]:
    with serving(bound=60) as served, httpx.Client(base_url=served.url) as client:
        yield client
