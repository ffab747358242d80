"""The one way out: a GET that is bounded in bytes, time and redirects, and that ends as a value.

httpx bounds none of these: its timeouts are per read, its decoder expands a bomb at once, its redirects go anywhere. So
the transport alone is used here, without a client: no cookies, no ``Referer``, no proxy of the environment (behind a
proxy the address connected to could not be checked).
"""

import asyncio
import re
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urldefrag, urlencode, urlsplit

import httpx

from cointicker import __version__
from cointicker.domain.freshness import Cause, Failed
from cointicker.sources.addresses import AddressRefusedError, GuardedBackend, HostNotFoundError, Resolver
from cointicker.text.safe import clean, shown_host, vet_url

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
_GZIP_START = 0x1F
"""The first byte of a gzip member."""
_ERROR_BODY = 65_536
"""Bytes of an error's body that are of interest."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_KEPT_ACROSS_HOSTS = frozenset({"accept", "if-none-match", "if-modified-since"})
"""Headers that may follow a redirect to another host; a key must not."""
_SENDABLE = re.compile(r"[\t\x20-\x7e\xa0-\xff]{1,1024}")
_CONNECTIONS = httpx.Limits(max_connections=20, max_keepalive_connections=4, keepalive_expiry=20)
_CERTIFICATE_DATES = frozenset({9, 10})
"""OpenSSL's verify codes for "not yet valid" and "has expired"."""


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


class _UnusableError(Exception):
    """The server did something that is not gone along with; ``words`` complete the sentence "HOST …"."""

    def __init__(self, cause: Cause, words: str) -> None:
        super().__init__(words)
        self.cause = cause
        self.words = words


_FETCH_ERRORS = (
    _UnusableError,
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    UnicodeError,
    OSError,
    zlib.error,
)


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
        except _FETCH_ERRORS as error:
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
        return _closing(host) if self._closed else _failure(error, host, limits)

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
                    body = await _read(answer, limits.size)
                    moved_to = url if hop and permanent else ""
                    return Response(answer.status_code, url, _headers(answer), body, moved_to, self._clock())
            finally:
                await answer.aclose()
            permanent = permanent and answer.status_code in _PERMANENT
            if (urlsplit(target).scheme, _place(target)) != (urlsplit(url).scheme, place):
                headers = {name: value for name, value in headers.items() if name in _KEPT_ACROSS_HOSTS}
            url = target
            way.append(url)
        raise _UnusableError(Cause.BROKEN, "redirects too often")

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


class _Body:
    """The bytes of an answer as they come, decompressed, never more than a given size."""

    def __init__(self, coding: str, size: int) -> None:
        if coding not in {"", "identity", "gzip", "x-gzip"}:
            raise _UnusableError(Cause.BROKEN, "compresses its answer in a way that was not asked for")
        self._size = size
        self._raw = 0
        self._gzip = zlib.decompressobj(31) if coding.endswith("gzip") else None
        self.collected = bytearray()

    def add(self, chunk: bytes) -> None:
        self._raw += len(chunk)
        if self._raw > self._size + _ERROR_BODY:  # empty gzip members would never fill the body
            raise _too_large(self._size)
        if self._gzip is None:
            self.collected += chunk
        while self._gzip is not None and chunk:
            if self._gzip.eof:
                if chunk[0] != _GZIP_START:
                    break  # padding
                self._gzip = zlib.decompressobj(31)
            self.collected += self._gzip.decompress(chunk, self._size - len(self.collected) + 1)
            chunk = self._gzip.unused_data
            if len(self.collected) > self._size:
                break
        if len(self.collected) > self._size:
            raise _too_large(self._size)

    def finish(self) -> bytes:
        if self._gzip is not None and self._raw and not self._gzip.eof:
            raise _UnusableError(Cause.BROKEN, "sent an incomplete answer")
        return bytes(self.collected)


async def _read(answer: httpx.Response, size: int) -> bytes:
    if answer.status_code in {204, 304}:
        return b""
    if answer.status_code >= 400:
        return await _read_error(answer)
    declared = answer.headers.get("content-length", "")
    if declared.isdecimal() and len(declared) < 20 and int(declared) > size:
        raise _too_large(size)
    body = _Body(_coding(answer), size)
    async for chunk in answer.aiter_raw():
        body.add(chunk)
    return body.finish()


async def _read_error(answer: httpx.Response) -> bytes:
    """The beginning of an error's body; the status is the news, so a body that cannot be read is no failure."""
    try:
        body = _Body(_coding(answer), _ERROR_BODY)
    except _UnusableError:
        return b""
    try:
        async for chunk in answer.aiter_raw():
            body.add(chunk)
    except (_UnusableError, httpx.HTTPError, zlib.error):
        pass
    return bytes(body.collected[:_ERROR_BODY])


def _coding(answer: httpx.Response) -> str:
    return str(answer.headers.get("content-encoding", "")).strip().lower()


def _redirect_target(answer: httpx.Response, url: str, *, may_downgrade: bool) -> str:
    """Where an answer redirects to, vetted; empty when it does not redirect."""
    location = answer.headers.get("location", "")
    if answer.status_code not in _REDIRECTS or not location:
        return ""
    target = vet_url(location, base=url)
    if not target:
        raise _UnusableError(Cause.FORBIDDEN, "redirects to something that is not an http or https address")
    if urlsplit(url).scheme == "https" and urlsplit(target).scheme == "http" and not may_downgrade:
        raise _UnusableError(Cause.FORBIDDEN, "redirects from https to unprotected http")
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


def _place(url: str) -> tuple[str, int]:
    """Host and port of a vetted address."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def _too_large(size: int) -> _UnusableError:
    return _UnusableError(Cause.TOO_LARGE, f"sent more than {size / 1e6:.3g} MB")


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


def _failure(error: Exception, host: str, limits: Limits) -> Failed:
    """An exception of a fetch in words."""
    chain = tuple(_chain(error))
    for cause in chain:
        known = _known_failure(cause, host)
        if known is not None:
            return known
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        waited = READ_SECONDS if isinstance(error, httpx.ReadTimeout) else limits.seconds
        waited = CONNECT_SECONDS if isinstance(error, httpx.ConnectTimeout) else waited
        return Failed(f"{host} did not answer within {waited:g} s", cause=Cause.TIMEOUT)
    if isinstance(error, httpx.ConnectError):
        return Failed(f"{host} cannot be reached", cause=Cause.OFFLINE)
    if isinstance(error, httpx.InvalidURL | UnicodeError):
        return Failed(f"{host} is not an address that can be fetched", cause=Cause.FORBIDDEN)
    if isinstance(error, httpx.RemoteProtocolError) and "complete message body" in str(error):
        return Failed(f"{host} sent an incomplete answer", cause=Cause.BROKEN)
    if isinstance(error, httpx.ProtocolError | zlib.error):
        return Failed(f"{host} sent an answer that cannot be read", cause=Cause.BROKEN)
    return Failed(f"The connection to {host} broke off", cause=Cause.BROKEN)


def _known_failure(cause: BaseException, host: str) -> Failed | None:
    match cause:
        case _UnusableError():
            return Failed(f"{host} {cause.words}", cause=cause.cause)
        case AddressRefusedError():
            return Failed(f"{host} is a private address, and a link may not lead there", cause=Cause.FORBIDDEN)
        case HostNotFoundError():
            return Failed(f"{host} was not found: no network, or no such host", cause=Cause.OFFLINE)
        case ssl.SSLCertVerificationError():
            advice = "; is the date of this machine right?" if cause.verify_code in _CERTIFICATE_DATES else ""
            return Failed(f"{host} has no valid certificate ({clean(cause.verify_message)}){advice}")
        case ssl.SSLError():
            return Failed(f"{host} and this program cannot agree on encryption")
        case ConnectionRefusedError():
            return Failed(f"{host} refuses connections", cause=Cause.OFFLINE)
        case _:
            return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
