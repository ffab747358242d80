"""What every test gets: a home of its own, and no way out to the network."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import settings

from upstream.fixture import upstream, upstream_thread

__all__ = ["upstream", "upstream_thread"]

settings.register_profile("quick", max_examples=30, deadline=None)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile("quick")  # another by `pytest --hypothesis-profile=thorough`


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home directory that is new for each test, with nothing of the developer's own settings."""
    place = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        ours = name.startswith(("XDG_", "COINGECKO_", "COINTICKER_")) and name != "COINTICKER_CORPUS"
        if ours or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.setenv("TZ", "UTC")
    for name, folder in (
        ("CONFIG", ".config"),
        ("DATA", ".local/share"),
        ("STATE", ".local/state"),
        ("CACHE", ".cache"),
    ):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(place / folder))
    return place


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection or look-up that would leave this machine fails the test that asks for it."""
    real_connect = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(("127.", "::1")):
            pytest.fail(f"a test reached for {address!r}")
        real_connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture
def corpus() -> Path:
    """The folder of recorded answers, beside the checkout or at ``$COINTICKER_CORPUS``; skips where it is absent."""
    place = Path(os.environ.get("COINTICKER_CORPUS") or Path(__file__).parents[2] / "shared" / "corpus")
    if not place.is_dir():
        pytest.skip("no recorded answers here")
    return place
