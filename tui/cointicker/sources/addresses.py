"""Where a connection may lead: names are looked up here, and only vetted addresses are dialled.

A check of the text of an address is not enough: ``http://2130706433/``, ``http://127.1/`` and a name whose owner points
it at a router all end at home. So the check is made on the address that is connected to.
"""

import asyncio
import ipaddress
import socket
import threading
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from importlib import import_module
from itertools import chain, zip_longest

import httpcore

with suppress(
    ImportError
):  # httpcore would do so at the first connection, and hold the loop up for a tenth of a second
    import_module("anyio._backends._asyncio")

Resolver = Callable[[str], Awaitable[Sequence[str]]]
"""A host name → its IP addresses, best first; raises ``OSError`` or ``UnicodeError`` where there are none."""

_MAX_ADDRESSES = 4
_FIRST_TRIES = 2.0
"""Seconds for each address but the last: a dead IPv6 route must not use up the time of a working IPv4 one."""

_TUNNELS = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "fec0::/10")))
"""NAT64, 6to4, Teredo and the old site-local range: some are ``is_global``, yet they may lead to a private host."""


class AddressRefusedError(httpcore.ConnectError):
    """Every address of the host is private, local or otherwise not public."""


class HostNotFoundError(httpcore.ConnectError):
    """The name could not be looked up."""


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to an address that was looked up and vetted here; TLS still verifies the host's name."""

    def __init__(
        self,
        *,
        public_only: bool,
        resolve: Resolver | None = None,
        dialler: httpcore.AsyncNetworkBackend | None = None,
    ) -> None:
        """``dialler`` makes the connection to a vetted address."""
        self._public_only = public_only
        self._resolve = resolve or look_up
        self._dialler = dialler or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's own signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Try the host's addresses in turn; raises ``httpcore.ConnectError`` or ``ConnectTimeout``."""
        failure: Exception = HostNotFoundError(host)
        addresses = await self._addresses(host)
        for address in addresses:
            seconds = timeout if address is addresses[-1] else min(timeout or _FIRST_TRIES, _FIRST_TRIES)
            try:
                return await self._dialler.connect_tcp(address, port, seconds, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    async def _addresses(self, host: str) -> Sequence[str]:
        try:
            found = await self._resolve(host)
        except (OSError, UnicodeError) as error:
            raise HostNotFoundError(host) from error
        allowed = [address for address in found if is_public(address)] if self._public_only else found
        if found and not allowed:
            raise AddressRefusedError(host)
        return _alternate(allowed)[:_MAX_ADDRESSES]

    async def sleep(self, seconds: float) -> None:
        """Wait; httpcore asks for it between its own tries."""
        await asyncio.sleep(seconds)


def is_public(address: str) -> bool:
    """Whether an IP address, as text, is one of the public internet and of a single host."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped is not None:
            return is_public(str(known.ipv4_mapped))
        if any(known in tunnel for tunnel in _TUNNELS):
            return False
    return known.is_global and not (known.is_multicast or known.is_reserved or known.is_private)


async def look_up(host: str) -> Sequence[str]:
    """The addresses of a host, best first; raises ``OSError`` or ``UnicodeError``.

    In a thread of its own: the loop's pool is waited for at exit, and a look-up may hang for half a minute.
    """
    with suppress(ValueError):
        return (str(ipaddress.ip_address(host)),)
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[Sequence[str]] = loop.create_future()

    def ask() -> None:
        found: Sequence[str] | Exception
        try:
            entries = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            found = tuple(dict.fromkeys(str(entry[4][0]) for entry in entries))
        except (OSError, UnicodeError) as error:
            found = error
        with suppress(RuntimeError):  # the loop has gone
            loop.call_soon_threadsafe(_settle, answer, found)

    threading.Thread(target=ask, name=f"look up {host}", daemon=True).start()
    return await answer


def _settle(answer: asyncio.Future[Sequence[str]], found: Sequence[str] | Exception) -> None:
    if answer.done():
        return
    if isinstance(found, Exception):
        answer.set_exception(found)
    else:
        answer.set_result(found)


def _alternate(addresses: Sequence[str]) -> list[str]:
    """The same addresses, IPv6 and IPv4 in turn, the first one's family first."""
    six = [address for address in addresses if ":" in address]
    four = [address for address in addresses if ":" not in address]
    pair = (six, four) if addresses and ":" in addresses[0] else (four, six)
    return [address for address in chain.from_iterable(zip_longest(*pair)) if address is not None]
