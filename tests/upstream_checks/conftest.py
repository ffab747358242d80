"""The client of these checks."""

import pytest

from upstream_checks import raw_client


@pytest.fixture
def get() -> raw_client.Get:
    """Ask for an address and see what comes over the wire."""
    return raw_client.get
