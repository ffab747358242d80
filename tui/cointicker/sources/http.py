"""The one way out: a GET that is bounded in bytes, time and redirects, and that ends as a value.

httpx bounds none of these: its timeouts are per read, its decoder expands a bomb at once, its redirects go anywhere. So
the transport alone is used here, without a client: no cookies, no ``Referer``, no proxy of the environment (behind a
proxy the address connected to could not be checked).
"""

import asyncio
import re
import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urldefrag, urlencode, urlsplit

import httpx

from cointicker import __version__
from cointicker.domain.freshness import Cause, Failed
from cointicker.sources.addresses import GuardedBackend, Resolver
from cointicker.sources.http_body import read_body
from cointicker.sources.http_failures import FETCH_ERRORS, UnusableError, in_words
from cointicker.text.safe import shown_host, vet_url

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_KEPT_ACROSS_HOSTS = frozenset({"accept", "if-none-match", "if-modified-since"})
"""Headers that may follow a redirect to another host; a key must not."""
_SENDABLE = re.compile(r"[\t\x20-\x7e\xa0-\xff]{1,1024}")
_CONNECTIONS = httpx.Limits(max_connections=20, max_keepalive_connections=4, keepalive_expiry=20)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one fetch may cost."""

    seconds: float = 15.0
    """From the look-up of the name to the last byte, all redirects together."""
    size: int = 5_000_000
    """Bytes of the body after decompression."""
    redirects: int = 3


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered, whatever its status."""

    status: int
    url: str
    """The address that answered, after redirects."""
    headers: Mapping[str, str]
    """Names in lower case; values are foreign text."""
    body: bytes
    """Decompressed. Of an error status it may be only the beginning."""
    moved_to: str = ""
    """The final address when every redirect on the way was a permanent one."""
    received_at: float = 0.0
    """Unix seconds."""


DEFAULT_LIMITS = Limits()
_NOTHING: Mapping[str, str] = MappingProxyType({})


def user_agent(contact: str = "") -> str:
    """Who asks, as every server is told; ``contact`` is what the person gave, reduced to printable ASCII."""
    plain = re.sub(r"[^ -~]|[()\\\\]", "", contact).strip()[:200]
    return f"cointicker/{__version__} (terminal price ticker and headline reader{'; ' if plain else ''}{plain})"


class Fetcher:
    """Fetches addresses over one set of connections.

    Two pools, so that a link can never travel over a connection that a typed address opened to a private host: places
    that a person typed may be private, all others must be public at the moment of connecting.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        clock: Callable[[], float] = time.time,
        typed: Iterable[str] = (),
        resolve: Resolver | None = None,
    ) -> None:
        """``typed``: addresses whose host and port may be private also when a link or a redirect leads there."""
        self._user_agent = user_agent
        self._clock = clock
        self._typed: set[tuple[str, int]] = set()
        context = _tls_context()
        self._public = _transport(context, GuardedBackend(public_only=True, resolve=resolve))
        self._anywhere = _transport(context, GuardedBackend(public_only=False, resolve=resolve))
        self._deadlines: set[asyncio.Timeout] = set()
        self._closed = False
        self.allow(typed)

    def allow(self, typed: Iterable[str]) -> None:
        """Add addresses that a person typed, such as a feed that was just subscribed to."""
        self._typed |= {_place(vetted) for vetted in map(vet_url, typed) if vetted}

    async def fetch(
        self,
        url: str,
        *,
        query: Mapping[str, str] = _NOTHING,
        headers: Mapping[str, str] = _NOTHING,
        limits: Limits = DEFAULT_LIMITS,
        typed: bool = False,
    ) -> Response | Failed:
        """GET an address; every status is an answer, every failure a ``Failed`` in words.

        ``query`` is added to ``url`` and, being ours, may be longer than a foreign address may. ``typed``: a person
        typed this very address, so its host and port may be private (those it redirects to may not). Headers that
        cannot be sent are left out.
        """
        vetted = vet_url(url)
        if not vetted:
            return Failed("This is not an http or https address that can be fetched", cause=Cause.FORBIDDEN)
        way = [vetted]
        if self._closed:
            return _closing(shown_host(vetted))
        deadline = asyncio.timeout(limits.seconds)
        self._deadlines.add(deadline)
        try:
            async with deadline:
                way = [_with_query(vetted, query)]
                return await self._follow(way, _sendable(headers), limits, typed=typed)
        except FETCH_ERRORS as error:
            return self._explain(error, shown_host(way[-1]), limits)
        finally:
            self._deadlines.discard(deadline)

    async def close(self) -> None:
        """End what is under way (it returns ``Failed``) and let go of all connections; never waits for a server."""
        self._closed = True
        now = asyncio.get_running_loop().time()
        for deadline in self._deadlines:
            if not deadline.expired():
                deadline.reschedule(now)
        await self._public.aclose()
        await self._anywhere.aclose()

    def _explain(self, error: Exception, host: str, limits: Limits) -> Failed:
        if self._closed:
            return _closing(host)
        waited = READ_SECONDS if isinstance(error, httpx.ReadTimeout) else limits.seconds
        return in_words(error, host, CONNECT_SECONDS if isinstance(error, httpx.ConnectTimeout) else waited)

    async def _follow(self, way: list[str], headers: dict[str, str], limits: Limits, *, typed: bool) -> Response:
        """``way`` holds the first address; those that redirects lead to are added."""
        url = way[0]
        start = _place(url)
        may_downgrade = urlsplit(url).scheme == "http"
        permanent = True
        for hop in range(limits.redirects + 1):
            place = _place(url)
            trusted = place in self._typed or (typed and place == start)
            answer = await self._send(url, headers, limits, trusted=trusted)
            try:
                target = _redirect_target(answer, url, may_downgrade=may_downgrade)
                if not target:
                    body = await read_body(answer, limits.size)
                    moved_to = url if hop and permanent else ""
                    return Response(answer.status_code, url, _headers(answer), body, moved_to, self._clock())
            finally:
                await answer.aclose()
            permanent = permanent and answer.status_code in _PERMANENT
            if (urlsplit(target).scheme, _place(target)) != (urlsplit(url).scheme, place):
                headers = {name: value for name, value in headers.items() if name in _KEPT_ACROSS_HOSTS}
            url = target
            way.append(url)
        raise UnusableError(Cause.BROKEN, "redirects too often")

    async def _send(self, url: str, headers: Mapping[str, str], limits: Limits, *, trusted: bool) -> httpx.Response:
        sent = {"accept": "*/*"} | dict(headers) | {"user-agent": self._user_agent, "accept-encoding": "gzip"}
        timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS, pool=limits.seconds)
        request = httpx.Request(
            "GET",
            url,
            headers=[(name.encode("latin-1"), value.encode("latin-1")) for name, value in sent.items()],
            extensions={"timeout": timeout.as_dict()},
        )
        transport = self._anywhere if trusted else self._public
        return await transport.handle_async_request(request)


def _redirect_target(answer: httpx.Response, url: str, *, may_downgrade: bool) -> str:
    """Where an answer redirects to, vetted; empty when it does not redirect."""
    location = answer.headers.get("location", "")
    if answer.status_code not in _REDIRECTS or not location:
        return ""
    target = vet_url(location, base=url)
    if not target:
        raise UnusableError(Cause.FORBIDDEN, "redirects to something that is not an http or https address")
    if urlsplit(url).scheme == "https" and urlsplit(target).scheme == "http" and not may_downgrade:
        raise UnusableError(Cause.FORBIDDEN, "redirects from https to unprotected http")
    return target


def _headers(answer: httpx.Response) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for raw_name, raw_value in answer.headers.raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        found[name] = f"{found[name]}, {value}" if name in found else value
    return MappingProxyType(found)


def _sendable(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.lower(): value.strip() for name, value in headers.items() if _SENDABLE.fullmatch(value.strip())}


def _with_query(url: str, query: Mapping[str, str]) -> str:
    """An address with more of a query; its fragment, which no server sees, makes way."""
    if not query:
        return url
    base = urldefrag(url).url
    return base + ("&" if urlsplit(base).query else "?") + urlencode(query, safe=",")


def place_of(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of a vetted address: where a secret may be told."""
    return urlsplit(url).scheme, *_place(url)


def _place(url: str) -> tuple[str, int]:
    """Host and port of a vetted address."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def _tls_context() -> ssl.SSLContext:
    try:
        return httpx.create_ssl_context()
    except OSError:  # SSL_CERT_FILE names a file that cannot be read; certifi's list is still there
        return httpx.create_ssl_context(trust_env=False)


def _transport(context: ssl.SSLContext, backend: GuardedBackend) -> httpx.AsyncHTTPTransport:
    transport = httpx.AsyncHTTPTransport(verify=context, limits=_CONNECTIONS)
    # httpx has no public place for a backend; the versions are bound and a test holds that it is asked.
    transport._pool._network_backend = backend  # noqa: SLF001
    return transport


def _closing(host: str) -> Failed:
    return Failed(f"{host} was not waited for: the program is closing", cause=Cause.OFFLINE)
