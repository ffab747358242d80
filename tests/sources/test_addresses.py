"""Only addresses of the public internet are dialled for a link, however they are spelt."""

import asyncio
import ipaddress
import socket
from collections.abc import Iterable, Sequence

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.sources.addresses import AddressRefusedError, GuardedBackend, HostNotFoundError, is_public, look_up

PRIVATE = (
    "0.0.0.0",
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.1",
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.9",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.1.2.3",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "100::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:c0a8:101::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
)
PUBLIC = ("1.1.1.1", "8.8.8.8", "172.32.0.1", "2606:4700::1111", "2a00:1450:4001::200e", "::ffff:8.8.8.8")


@pytest.mark.parametrize("address", PRIVATE)
def test_no_address_at_home_counts_as_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_internet_counts_as_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_the_same_address_inside_ipv6_is_judged_the_same(address: ipaddress.IPv4Address) -> None:
    assert is_public(f"::ffff:{address}") == is_public(str(address))


@given(st.ip_addresses(v=4))
def test_no_tunnel_leads_round_the_check(address: ipaddress.IPv4Address) -> None:
    six_to_four = ipaddress.IPv6Address((0x2002 << 112) | (int(address) << 80))
    nat64 = ipaddress.IPv6Address((0x64FF9B << 96) | int(address))
    compatible = ipaddress.IPv6Address(int(address))
    assert not any(is_public(str(tunnel)) for tunnel in (six_to_four, nat64, compatible))


@given(st.text())
def test_what_is_no_address_is_not_public(text: str) -> None:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        assert not is_public(text)


@pytest.mark.parametrize("spelling", ["127.1", "127.0.1", "0x7f000001", "0x7f.1", "2130706433", "017700000001", "::1"])
async def test_every_spelling_of_loopback_is_looked_up_and_refused(spelling: str) -> None:
    found = await look_up(spelling)
    assert found
    assert all(ipaddress.ip_address(address).is_loopback for address in found)
    with pytest.raises(AddressRefusedError):
        await GuardedBackend(public_only=True).connect_tcp(spelling, 9, timeout=1)


async def test_a_name_with_public_and_private_addresses_leads_to_the_public_ones_only() -> None:
    dialled = _Dialled()
    backend = _backend(["192.168.0.1", "1.1.1.1", "::1", "2606:4700::1111"], dialled, public_only=True)
    with pytest.raises(httpcore.ConnectError):
        await backend.connect_tcp("both.example", 443, timeout=1)
    assert set(dialled.hosts) == {"1.1.1.1", "2606:4700::1111"}


async def test_a_typed_place_may_be_private() -> None:
    dialled = _Dialled()
    with pytest.raises(httpcore.ConnectError):
        await _backend(["192.168.0.1"], dialled, public_only=False).connect_tcp("home.example", 80, timeout=1)
    assert dialled.hosts == ["192.168.0.1"]


async def test_both_families_are_tried_in_turn_and_no_more_than_four_addresses() -> None:
    dialled = _Dialled()
    found = [*(f"2606:4700::{number}" for number in range(1, 9)), "1.1.1.1", "8.8.8.8"]
    with pytest.raises(httpcore.ConnectError):
        await _backend(found, dialled, public_only=True).connect_tcp("many.example", 443, timeout=5)
    assert dialled.hosts == ["2606:4700::1", "1.1.1.1", "2606:4700::2", "8.8.8.8"]
    assert dialled.seconds[:-1] == [2.0, 2.0, 2.0]
    assert dialled.seconds[-1] == 5


@pytest.mark.parametrize("error", [socket.gaierror(-2, "unknown"), OSError("down"), UnicodeError("label too long")])
async def test_a_name_that_cannot_be_looked_up_is_not_found(error: Exception) -> None:
    async def fail(_host: str) -> Sequence[str]:
        raise error

    with pytest.raises(HostNotFoundError):
        await GuardedBackend(public_only=True, resolve=fail).connect_tcp("gone.example", 443)


async def test_a_name_without_any_address_is_not_found() -> None:
    with pytest.raises(HostNotFoundError):
        await _backend([], _Dialled(), public_only=True).connect_tcp("empty.example", 443)


@pytest.mark.parametrize("host", ["a..b", "a" * 70 + ".example"])
async def test_a_name_that_cannot_be_one_fails_as_a_look_up_does(host: str) -> None:
    with pytest.raises((OSError, UnicodeError)):
        await look_up(host)


async def test_a_look_up_that_is_given_up_ends_at_once() -> None:
    asking = asyncio.ensure_future(look_up("localhost"))
    await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking


class _Dialled(httpcore.AsyncNetworkBackend):
    """Stands where the network would be: takes down what is dialled, and refuses it."""

    def __init__(self) -> None:
        self.hosts: list[str] = []
        self.seconds: list[float | None] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's own signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        self.hosts.append(host)
        self.seconds.append(timeout)
        raise httpcore.ConnectError(host)


def _backend(found: Sequence[str], dialler: _Dialled, *, public_only: bool) -> GuardedBackend:
    async def resolve(_host: str) -> Sequence[str]:
        return found

    return GuardedBackend(public_only=public_only, resolve=resolve, dialler=dialler)
