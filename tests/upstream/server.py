"""The server itself: routes, the log of what was asked, and faults that are switched on and off while it runs."""

import asyncio
import hashlib
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Self
from weakref import WeakSet

from cointicker.sources.demo_outlets import OUTLETS
from upstream import coingecko, feeds, mempool, pages, pictures
from upstream.faults import named
from upstream.gate import Gate
from upstream.wire import Reply, Request, Wire, json_reply, read_request, text_reply
from upstream.world import World

MARKET = "/api/v3/"
MINING = "/mempool/api/"
CONTROL = "/__control/"


@dataclass(slots=True)
class _Rule:
    glob: str
    fault: str
    left: int | None
    """How often it is still played; ``None``: always."""


class Upstream:
    """The outside world on one port of this machine, as an asynchronous context."""

    def __init__(
        self,
        world: World | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        cache_seconds: int = 0,
        demo_key: str = "",
        calls_a_minute: int | None = None,
    ) -> None:
        """``port`` 0: any that is free. ``cache_seconds``: market answers stay the same for so long and tell their age,
        as behind CoinGecko's cache (60 s). ``demo_key`` and ``calls_a_minute``: see ``Gate``."""
        self.world = world if world is not None else World()
        self.requests: list[Request] = []
        """All that was asked, oldest first, without the control path."""
        self.canary_hits: list[Request] = []
        """What reached the second port, which nobody is told of but by ``redirect_loopback``."""
        self._arrived = asyncio.Event()
        self._host = host
        self._port = port
        self._cache_seconds = cache_seconds
        self._gate = Gate(demo_key=demo_key, calls=calls_a_minute)
        self._rules: list[_Rule] = []
        self._server: asyncio.Server | None = None
        self._canary: asyncio.Server | None = None
        self._canary_port = 0
        self._visits: set[asyncio.Task[None]] = set()
        self._writers: WeakSet[asyncio.StreamWriter] = WeakSet()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, self._host, self._port, limit=2**20)
        self._canary = await asyncio.start_server(self._accept_canary, self._host, 0)
        self._port = self._server.sockets[0].getsockname()[1]
        self._canary_port = self._canary.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *error: object) -> None:
        for server in (self._server, self._canary):
            if server is not None:
                server.close()
        for _ in range(2):  # again, for what was accepted a moment ago and has become a visit since
            for visit in self._visits:
                visit.cancel()
            await asyncio.gather(*self._visits, return_exceptions=True)
            for writer in tuple(self._writers):
                writer.transport.abort()  # one that was closed waits for a client that reads no more
            await _let_callbacks_run()

    @property
    def url(self) -> str:
        """The server's address without a slash at its end."""
        return f"http://{self._host}:{self._port}"

    @property
    def market_url(self) -> str:
        """For ``[market] base_url``."""
        return self.url + MARKET

    @property
    def mining_url(self) -> str:
        """For ``[mining] base_url``."""
        return self.url + MINING

    @property
    def feed_urls(self) -> tuple[str, ...]:
        """One for each outlet, in the format that it is known by; in a recorded world the recorded ones."""
        if self.world.recorded is not None:
            return tuple(f"{self.url}/feeds/{name}" for name in self.world.recorded.feed_names)
        names = map(pages.paper, OUTLETS)
        return tuple(f"{self.url}/feeds/{name}.{feeds.USUAL[name]}" for name in names)

    @property
    def specials_url(self) -> str:
        """A feed of pages that are hardly articles."""
        return f"{self.url}/feeds/specials.xml"

    @property
    def canary_url(self) -> str:
        """A private address that no person typed."""
        return f"http://{self._host}:{self._canary_port}/canary"

    def asked(self, path_glob: str) -> list[Request]:
        """Those requests whose path matches, such as ``/api/v3/*``."""
        return [request for request in self.requests if fnmatchcase(request.path, path_glob)]

    async def until(self, count: int) -> None:
        """Wait for so many requests since the beginning. For the loop that the server runs in."""
        while len(self.requests) < count:
            self._arrived.clear()
            await self._arrived.wait()

    def fail(self, path_glob: str, fault: str, times: int | None = None) -> None:
        """Play a fault of ``FAULTS`` on the paths that match (``*`` matches slashes too), always or so many times.

        The rule made last goes first. ``ValueError`` for an unknown fault.
        """
        named(fault)
        self._rules.insert(0, _Rule(path_glob, fault, times))

    def heal(self) -> None:
        """Play no more faults."""
        self._rules.clear()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._start(self._serve, reader, writer)

    def _accept_canary(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._start(self._serve_canary, reader, writer)

    def _start(
        self,
        serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._writers.add(writer)

        async def visit() -> None:
            with suppress(ConnectionError):
                await serve(reader, writer)

        def end(task: asyncio.Task[None]) -> None:
            self._visits.discard(task)
            if task.cancelled():
                writer.transport.abort()  # or it would wait for a client that reads no more
            writer.close()

        task = asyncio.create_task(visit())
        self._visits.add(task)
        task.add_done_callback(end)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        keep = True
        while keep:
            request = await read_request(reader, self.world.clock)
            if request is None:
                return
            wire = Wire(reader, writer, request, self.canary_url)
            await self._play(wire)
            keep = wire.keep

    async def _serve_canary(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await read_request(reader, self.world.clock)
        if request is not None:
            self.canary_hits.append(request)
            await Wire(reader, writer, request, "").send(text_reply("private"))

    async def _play(self, wire: Wire) -> None:
        request = wire.request
        if request.path.startswith(CONTROL):
            await wire.send(self._control(request))
            return
        self.requests.append(request)
        self._arrived.set()
        rule = self._rule(request.path)
        reply = self._answer(request)
        if rule is None:
            await wire.send(reply)
        else:
            await named(rule.fault)(wire, reply)

    def _rule(self, path: str) -> _Rule | None:
        rule = next((rule for rule in self._rules if rule.left != 0 and fnmatchcase(path, rule.glob)), None)
        if rule is not None and rule.left is not None:
            rule.left -= 1
        return rule

    def _answer(self, request: Request) -> Reply:
        if request.method not in {"GET", "HEAD"}:
            return text_reply("Method Not Allowed", 405)
        path, now, recorded = request.path, request.at, self.world.recorded
        if path.startswith(MARKET):
            return self._gate.refuse(request) or self._market(request)
        if path.startswith(MINING):
            rest = path.removeprefix(MINING)
            return (recorded and recorded.mining(rest, now)) or mempool.answer(self.world, rest, now)
        if path.startswith("/feeds/"):
            name = path.removeprefix("/feeds/")
            found = recorded and recorded.feed(name, self.url, request)
            return found or feeds.answer(self.world, name, self.url, request)
        if path.startswith("/articles/"):
            slug = path.removeprefix("/articles/")
            return (recorded and recorded.article(slug)) or pages.answer(self.world, slug, self.url, now)
        if path == "/pictures/site.png":
            return Reply(200, pictures.drawing("PNG"), {"content-type": "image/png"})
        return text_reply("Not Found", 404)

    def _market(self, request: Request) -> Reply:
        path = request.path.removeprefix(MARKET)
        now = request.at - request.at % self._cache_seconds if self._cache_seconds else request.at
        recorded = self.world.recorded
        found = recorded and recorded.market(path, request.query, now, self.world.market)
        reply = found or coingecko.answer(self.world, path, request.query, now)
        if reply.status != 200:
            return reply
        etag = f'W/"{hashlib.blake2b(reply.body, digest_size=16).hexdigest()}"'
        reply = reply.having(etag=etag, vary="Accept-Encoding, Origin")
        if not self._cache_seconds:
            return reply
        reply = reply.having(age=str(int(request.at - now)), cf_cache_status="HIT" if request.at > now else "MISS")
        if request.headers.get("if-none-match") == etag:
            return Reply(304, headers={**reply.headers, "content-length": "", "content-type": ""})
        return reply

    def _control(self, request: Request) -> Reply:
        """Switch faults from outside: ``fail?path=GLOB&fault=NAME[&times=N]``, ``heal``, ``requests``."""
        match request.path.removeprefix(CONTROL):
            case "fail":
                times = request.query.get("times", "")
                try:
                    self.fail(
                        request.query.get("path", "*"), request.query.get("fault", ""), int(times) if times else None
                    )
                except ValueError as error:
                    return json_reply({"error": str(error)}, 400)
            case "heal":
                self.heal()
            case "requests":
                rows = [
                    {"method": r.method, "target": r.target, "at": r.at, "headers": dict(r.headers)}
                    for r in self.requests
                ]
                return json_reply(rows)
            case _:
                return text_reply("Not Found", 404)
        return json_reply({"rules": [[rule.glob, rule.fault, rule.left] for rule in self._rules]})


async def _let_callbacks_run() -> None:
    """Give way to what asyncio has put off: a connection is made and let go of in up to four steps."""
    for _ in range(4):
        await asyncio.sleep(0)


@contextmanager
def serving(upstream: Upstream) -> Iterator[Upstream]:
    """The server in a thread of its own, for tests that are not asynchronous."""
    ready: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def run() -> None:
        try:
            async with upstream:
                stop = asyncio.Event()
                ready.set_result((asyncio.get_running_loop(), stop))
                await stop.wait()
        except OSError as error:
            ready.set_exception(error)

    thread = threading.Thread(target=asyncio.run, args=(run(),), name="upstream")
    thread.start()
    try:
        loop, stop = ready.result()
        try:
            yield upstream
        finally:
            loop.call_soon_threadsafe(stop.set)
    finally:
        thread.join()
