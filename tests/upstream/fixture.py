"""The fixtures of the server; a ``conftest.py`` imports them."""

from collections.abc import AsyncIterator, Iterator

import pytest

from upstream.server import Upstream, serving
from upstream.world import World


@pytest.fixture
async def upstream() -> AsyncIterator[Upstream]:
    """The outside world, healthy, at the real time."""
    async with Upstream(World()) as server:
        yield server


@pytest.fixture
def upstream_thread() -> Iterator[Upstream]:
    """The same in a thread of its own, for tests that are not asynchronous."""
    with serving(Upstream(World())) as server:
        yield server
