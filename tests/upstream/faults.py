"""What can go wrong, by name: wrong answers, twisted answers, and answers that go wrong on the wire."""

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from dataclasses import replace

from upstream import bombs
from upstream.errors import ERRORS
from upstream.feed_twists import FEED_TWISTS
from upstream.twists import TWISTS
from upstream.wire import HTML, Reply, Wire, json_reply, text_reply

Fault = Callable[[Wire, Reply], Awaitable[None]]
"""Plays a fault on a wire, given the answer that would have been right."""
DRIP_SECONDS = 1.0
"""Between two bytes of ``drip``."""
_READ_SECONDS = 0.05
"""For the client to take in what a reset would otherwise wipe out."""
_RSS = "application/rss+xml; charset=utf-8"


def _answers(make: Callable[[], Reply]) -> Fault:
    async def play(wire: Wire, reply: Reply) -> None:
        await wire.send(make())

    return play


def _twists(change: Callable[[Reply], Reply]) -> Fault:
    async def play(wire: Wire, reply: Reply) -> None:
        await wire.send(change(reply))

    return play


async def _timeout(wire: Wire, reply: Reply) -> None:
    await wire.hang()


async def _hang_body(wire: Wire, reply: Reply) -> None:
    await wire.raw(wire.head(reply) + reply.body[: len(reply.body) // 2])
    await wire.hang()


async def _drip(wire: Wire, reply: Reply) -> None:
    await wire.raw(wire.head(reply))
    await _slowly(wire, reply.body)


async def _drip_headers(wire: Wire, reply: Reply) -> None:
    await _slowly(wire, wire.head(reply) + reply.body)


async def _slowly(wire: Wire, data: bytes) -> None:
    for place in range(len(data)):
        await wire.raw(data[place : place + 1])
        await asyncio.sleep(DRIP_SECONDS)


async def _close(wire: Wire, reply: Reply) -> None:
    wire.end()


async def _reset_early(wire: Wire, reply: Reply) -> None:
    wire.reset()


async def _reset(wire: Wire, reply: Reply) -> None:
    await wire.raw(wire.head(reply) + reply.body[: len(reply.body) // 2])
    await asyncio.sleep(_READ_SECONDS)
    wire.reset()


async def _short_length(wire: Wire, reply: Reply) -> None:
    """Says that the body is half as long as it is."""
    await wire.raw(wire.head(reply.having(content_length=str(len(reply.body) // 2))) + reply.body)
    wire.end()


async def _long_length(wire: Wire, reply: Reply) -> None:
    """Says that the body is longer than it is, and ends."""
    await wire.raw(wire.head(reply.having(content_length=str(len(reply.body) + 100))) + reply.body)
    wire.end()


async def _bad_chunk(wire: Wire, reply: Reply) -> None:
    head = wire.head(reply.having(content_length="", transfer_encoding="chunked"))
    await wire.raw(head + b"10\r\n" + reply.body[:16] + b"\r\nxyz\r\n" + reply.body[16:])
    wire.end()


async def _endless(wire: Wire, reply: Reply) -> None:
    """A body without length and without end."""
    await wire.raw(wire.head(reply.having(content_length="", connection="close")))
    wire.end()
    while True:
        await wire.raw(b" " * 65_536)


async def _garbage(wire: Wire, reply: Reply) -> None:
    await wire.raw(b"\x16\x03\x01 SSH-2.0-OpenSSH_9.2\r\n\r\n")
    wire.end()


def _gzipped(change: Callable[[bytes], bytes], coding: str = "gzip") -> Fault:
    return _twists(
        lambda reply: replace(reply, body=change(gzip.compress(reply.body, mtime=0))).having(content_encoding=coding)
    )


def _bomb(layers: int) -> Fault:
    coding = ", ".join(["gzip"] * layers)
    return _twists(lambda reply: replace(reply, body=bombs.gzip_bomb(layers)).having(content_encoding=coding))


def _redirects(place: Callable[[Wire], str], status: int = 302) -> Fault:
    async def play(wire: Wire, reply: Reply) -> None:
        await wire.send(Reply(status, b"", {"location": place(wire)}))

    return play


async def _moved(wire: Wire, reply: Reply) -> None:
    """Has moved for good, to where the answer is."""
    if wire.request.query.get("moved"):
        await wire.send(reply)
        return
    sign = "&" if "?" in wire.request.target else "?"
    await wire.send(Reply(301, b"", {"location": f"{wire.request.target}{sign}moved=1"}))


async def _page_of_feed(wire: Wire, reply: Reply) -> None:
    """A web page in place of the feed, which names the feed as its own."""
    if wire.request.query.get("feed"):
        await wire.send(reply)
        return
    link = f'<link rel="alternate" type="application/rss+xml" title="All of it" href="{wire.request.path}?feed=1">'
    await wire.send(text_reply(f"<!doctype html><html><head>{link}</head><body>Hello</body></html>", kind=HTML))


async def _portal(wire: Wire, reply: Reply) -> None:
    """The network of a hotel: every address leads to its own page."""
    if wire.request.query.get("portal"):
        await wire.send(ERRORS["html_200"])
    else:
        await wire.send(Reply(302, b"", {"location": f"{wire.request.path}?portal=1"}))


def _skewed(reply: Reply) -> Reply:
    return reply.having(date="Sat, 01 Jan 2050 00:00:00 GMT")


FAULTS: dict[str, Fault] = {
    "timeout": _timeout,
    "hang_body": _hang_body,
    "drip": _drip,
    "drip_headers": _drip_headers,
    "close": _close,
    "reset": _reset,
    "reset_early": _reset_early,
    "short_length": _short_length,
    "long_length": _long_length,
    "bad_chunked": _bad_chunk,
    "infinite": _endless,
    "garbage": _garbage,
    "gzip_bomb": _bomb(1),
    "gzip_bomb_2": _bomb(2),
    "gzip_truncated": _gzipped(lambda packed: packed[: len(packed) // 2]),
    "bad_gzip": _gzipped(lambda packed: packed[:10] + bytes(reversed(packed[10:]))),
    "unknown_encoding": _gzipped(lambda packed: packed, "x-zebra"),
    "redirect_loop": _redirects(lambda wire: wire.request.target),
    "redirect_javascript": _redirects(lambda _: "javascript:alert(1)"),
    "redirect_file": _redirects(lambda _: "file:///etc/passwd"),
    "redirect_loopback": _redirects(lambda wire: wire.canary),
    "redirect_portal": _portal,
    "moved": _moved,
    "page_of_feed": _page_of_feed,
    "redirect_missing": _twists(lambda _: Reply(302)),
    "set_cookie": _twists(lambda reply: reply.having(set_cookie="__cf_bm=tracked; path=/; HttpOnly")),
    "date_skew": _twists(_skewed),
    "huge_header": _twists(lambda reply: reply.having(x_padding="x" * 200_000)),
    "many_headers": _twists(lambda reply: reply.having(**{f"x_{number}": "y" for number in range(5_000)})),
    "entity_bomb": _answers(lambda: text_reply(bombs.entity_bomb(), kind=_RSS)),
    "quadratic_bomb": _answers(lambda: text_reply(bombs.quadratic_bomb(), kind=_RSS)),
    "xxe": _answers(lambda: text_reply(bombs.external_entity(), kind=_RSS)),
    "huge_feed": _answers(lambda: text_reply(bombs.huge_feed(), kind=_RSS)),
    "redos_author": _answers(lambda: text_reply(bombs.slow_author(), kind=_RSS)),
    "deep_html": _answers(lambda: text_reply(bombs.deep_html(), kind=HTML)),
    "deep_json": _answers(lambda: replace(json_reply(None), body=bombs.deep_json().encode())),
    **{name: _twists(change) for name, change in (TWISTS | FEED_TWISTS).items()},
    **{name: _answers(lambda reply=reply: reply) for name, reply in ERRORS.items()},  # type: ignore[misc]
}
"""Name → fault."""


def named(fault: str) -> Fault:
    """The fault of a name; an unknown one raises ``ValueError`` with the names that there are."""
    if fault not in FAULTS:
        raise ValueError(f"there is no fault {fault!r}; there are: {', '.join(sorted(FAULTS))}")
    return FAULTS[fault]
