"""Stores on real files, under a clock that the test holds."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from cointicker.store.sqlite import SqliteStore
from fake_clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "cointicker.db"


@pytest.fixture
async def open_store(path: Path, clock: Clock) -> AsyncIterator[Callable[..., SqliteStore]]:
    """Opens stores, on one file unless told otherwise, and closes them after the test."""
    opened: list[SqliteStore] = []

    def open_one(owner: str | None = None, place: Path | None = path) -> SqliteStore:
        store = SqliteStore(place, clock, owner)
        opened.append(store)
        return store

    yield open_one
    for store in opened:
        await store.close()


@pytest.fixture
def store(open_store: Callable[..., SqliteStore]) -> SqliteStore:
    return open_store()
