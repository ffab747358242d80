"""What one fetch may cost: time, bytes, and nothing after it has ended."""

import asyncio
import gzip
import os
import time
import tracemalloc
import zlib

import pytest

from cointicker.domain.freshness import Cause, Failed
from cointicker.sources.http import Fetcher, Limits, Response
from sources.raw_server import RawServer, answer, drip, flood, hang

MEGABYTE = 1_000_000
ZIPPED = {"content_encoding": "gzip"}


async def fetch(server: RawServer, limits: Limits | None = None) -> Response | Failed:
    fetcher = Fetcher(user_agent="cointicker/test")
    try:
        return await fetcher.fetch(server.url, limits=limits or Limits(), typed=True)
    finally:
        await fetcher.close()


def failure(outcome: Response | Failed, cause: Cause) -> str:
    assert isinstance(outcome, Failed), outcome
    assert outcome.cause is cause
    return outcome.why


def head(**headers: str) -> bytes:
    """The head of an answer whose body ends when the connection does."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(["HTTP/1.1 200 OK", *lines, "connection: close", "", ""]).encode()


@pytest.mark.parametrize(
    "play",
    [hang, drip(b"", b"H", 0.02), drip(head(), b"x", 0.02), drip(b"HTTP/1.1 200 OK\r\n", b"x: y\r\n", 0.02)],
    ids=["silence", "status line", "body", "headers"],
)
async def test_a_server_that_is_slow_is_given_up_in_the_time_that_was_set(play: object) -> None:
    async with RawServer(play) as server:  # type: ignore[arg-type]
        started = time.monotonic()
        outcome = await fetch(server, Limits(seconds=0.4))
        assert time.monotonic() - started < 3
        assert failure(outcome, Cause.TIMEOUT) == "127.0.0.1 did not answer within 0.4 s"
        await asyncio.wait_for(server.hung_up.wait(), 5)


async def test_redirects_do_not_lengthen_the_time() -> None:
    async def late(_asked: object, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.15)
        writer.write(answer(status="302 Found", location="/again"))

    async with RawServer(late) as server:
        started = time.monotonic()
        failure(await fetch(server, Limits(seconds=0.3, redirects=50)), Cause.TIMEOUT)
        assert time.monotonic() - started < 3


async def test_a_pause_in_the_body_ends_the_fetch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cointicker.sources.http.READ_SECONDS", 0.1)
    async with RawServer(drip(head() + b"beginning", b"", 60)) as server:
        assert failure(await fetch(server), Cause.TIMEOUT) == "127.0.0.1 did not answer within 0.1 s"


async def test_a_body_of_exactly_the_size_that_was_set_is_taken() -> None:
    for encoded in (answer(b"x" * 1000), answer(gzip.compress(b"x" * 1000), **ZIPPED)):
        async with RawServer(encoded) as server:
            outcome = await fetch(server, Limits(size=1000))
            assert isinstance(outcome, Response)
            assert outcome.body == b"x" * 1000


async def test_a_body_one_byte_too_long_is_refused() -> None:
    for encoded in (answer(b"x" * 1000), answer(gzip.compress(b"x" * 1000), **ZIPPED)):
        async with RawServer(encoded) as server:
            assert "sent more than" in failure(await fetch(server, Limits(size=999)), Cause.TOO_LARGE)


async def test_a_declared_length_beyond_the_limit_is_refused_before_the_body() -> None:
    async with RawServer(drip(head(content_length=str(10**12)), b"", 60)) as server:
        assert failure(await fetch(server), Cause.TOO_LARGE) == "127.0.0.1 sent more than 5 MB"


@pytest.mark.parametrize("length", ["9" * 400, "-5", "1e3", "12, 13", "٣"])
async def test_a_length_that_is_none_is_an_unreadable_answer(length: str) -> None:
    lines = f"HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n".encode() + b"twelve bytes"
    async with RawServer(lines) as server:
        outcome = await fetch(server)
        assert isinstance(outcome, Failed)
        assert outcome.cause in {Cause.BROKEN, Cause.TOO_LARGE}


async def test_a_body_without_end_is_cut_off() -> None:
    async with RawServer(flood(head(), os.urandom(65_536))) as server:
        failure(await fetch(server, Limits(size=MEGABYTE)), Cause.TOO_LARGE)
        await asyncio.wait_for(server.hung_up.wait(), 5)


async def test_a_bomb_costs_no_more_memory_than_the_limit() -> None:
    press = zlib.compressobj(wbits=31)
    start = press.compress(b"")
    zeros = press.compress(bytes(50 * MEGABYTE)) + press.flush(zlib.Z_FULL_FLUSH)  # may be repeated without end
    async with RawServer(flood(head(**ZIPPED) + start, zeros)) as server:
        tracemalloc.start()
        failure(await fetch(server, Limits(size=MEGABYTE)), Cause.TOO_LARGE)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 10 * MEGABYTE


@pytest.mark.parametrize("coding", ["gzip, gzip", "gzip,gzip", "deflate", "br", "zstd", "compress", "nonsense"])
async def test_a_coding_that_was_not_asked_for_is_refused_unread(coding: str) -> None:
    twice = gzip.compress(gzip.compress(bytes(MEGABYTE)))
    async with RawServer(answer(twice, content_encoding=coding)) as server:
        assert "compresses" in failure(await fetch(server), Cause.BROKEN)


async def test_two_coding_headers_are_two_layers() -> None:
    twice = gzip.compress(gzip.compress(b"data"))
    lines = (
        f"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-encoding: gzip\r\ncontent-length: {len(twice)}\r\n\r\n"
    )
    async with RawServer(lines.encode() + twice) as server:
        failure(await fetch(server), Cause.BROKEN)


async def test_members_of_gzip_are_read_one_after_another_and_padding_is_let_go() -> None:
    members = gzip.compress(b"first, ") + gzip.compress(b"second") + bytes(100)
    async with RawServer(answer(members, **ZIPPED)) as server:
        outcome = await fetch(server)
        assert isinstance(outcome, Response)
        assert outcome.body == b"first, second"


async def test_empty_members_without_end_are_cut_off() -> None:
    async with RawServer(flood(head(**ZIPPED), gzip.compress(b"") * 1000)) as server:
        failure(await fetch(server, Limits(size=1000)), Cause.TOO_LARGE)


async def test_gzip_that_breaks_off_is_incomplete() -> None:
    whole = gzip.compress(os.urandom(1000))
    for length in (1, 9, 20, len(whole) - 8, len(whole) - 1):
        async with RawServer(answer(whole[:length], **ZIPPED)) as server:
            assert failure(await fetch(server), Cause.BROKEN) == "127.0.0.1 sent an incomplete answer"


async def test_what_is_no_gzip_is_unreadable() -> None:
    for body in (b"plain text", gzip.compress(b"text")[:-8] + b"\0" * 8):
        async with RawServer(answer(body, **ZIPPED)) as server:
            assert failure(await fetch(server), Cause.BROKEN) == "127.0.0.1 sent an answer that cannot be read"


async def test_nothing_at_all_is_an_empty_body_also_when_called_gzip() -> None:
    async with RawServer(answer(b"", **ZIPPED)) as server:
        outcome = await fetch(server)
        assert isinstance(outcome, Response)
        assert outcome.body == b""


async def test_the_body_of_an_error_is_kept_as_far_as_it_can_be_read() -> None:
    cases = (
        (answer(b"slow down", "429 Too Many Requests"), b"slow down"),
        (answer(gzip.compress(b"slow down"), "429 Too Many Requests", **ZIPPED), b"slow down"),
        (answer(gzip.compress(b"slow down")[:-8], "429 Too Many Requests", **ZIPPED), b"slow down"),
        (answer(b"never gzip", "429 Too Many Requests", **ZIPPED), b""),
        (answer(b"zz", "429 Too Many Requests", content_encoding="br"), b""),
        (answer(b"cut", "429 Too Many Requests", content_length="100"), b"cut"),
    )
    for sent, body in cases:
        async with RawServer(sent) as server:
            outcome = await fetch(server)
            assert isinstance(outcome, Response)
            assert (outcome.status, outcome.body) == (429, body)


async def test_of_an_endless_error_only_the_beginning_is_read() -> None:
    endless = head().replace(b"200 OK", b"503 Down")
    async with RawServer(flood(endless, b"x" * 65_536)) as server:
        outcome = await fetch(server, Limits(size=1000))
        assert isinstance(outcome, Response)
        assert (outcome.status, outcome.body) == (503, b"x" * 65_536)


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
async def test_an_answer_that_has_no_body_is_not_waited_for(status: str) -> None:
    lines = f'HTTP/1.1 {status}\r\netag: "a"\r\n\r\n'.encode()
    async with RawServer(drip(lines, b"", 60)) as server:
        outcome = await fetch(server)
        assert isinstance(outcome, Response)
        assert (outcome.body, outcome.headers["etag"]) == (b"", '"a"')
