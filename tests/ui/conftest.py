"""What the tests of the screen share."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.browser import Browser


@pytest.fixture(autouse=True)
def _local_time(home: Path) -> Iterator[None]:
    """Dates on the screen are those of UTC, wherever the tests run."""
    time.tzset()
    yield
    os.environ.pop("TZ", None)
    time.tzset()


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """A browser that notes what it was started with."""
    return Browser(tmp_path, monkeypatch)
