"""Pictures, over real sockets and with the real process that reads them."""

import struct
import zlib
from collections.abc import AsyncIterator

import pytest

from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.pictures import Picture, Room, Way
from cointicker.sources.http import Fetcher
from cointicker.sources.pictures import Pictures
from cointicker.sources.worker import Worker
from sources.raw_server import RawServer, answer
from upstream.pictures import SKY, drawing, encoded, hall

ROOM = Room(Way.BLOCKS, 40, 20, (10, 20), (0, 0, 0))
URL = "https://news.example/hall.png"


@pytest.fixture
async def worker() -> AsyncIterator[Worker]:
    worker = Worker()
    yield worker
    await worker.close()


async def fetched(body: bytes, status: str = "200 OK", **headers: str) -> bytes | Failed:
    """What comes of a picture that a feed's own host sends."""
    async with RawServer(answer(body, status, **headers)) as server:
        fetcher = Fetcher(user_agent="cointicker/test (a test)", typed=(server.url,))
        try:
            return await Pictures(fetcher, Worker()).fetch(server.url + "hall")
        finally:
            await fetcher.close()


def drawer(worker: Worker) -> Pictures:
    return Pictures(Fetcher(user_agent="cointicker/test (a test)"), worker)


def why(outcome: object) -> str:
    assert isinstance(outcome, Failed), outcome
    return outcome.why.partition(" ")[2]


async def test_a_picture_comes_as_it_is_whatever_it_is_called() -> None:
    assert await fetched(drawing("PNG"), content_type="application/octet-stream") == drawing("PNG")


async def test_a_link_does_not_lead_into_the_private_network() -> None:
    async with RawServer(answer(drawing("PNG"))) as server:
        fetcher = Fetcher(user_agent="cointicker/test (a test)")
        outcome = await Pictures(fetcher, Worker()).fetch(server.url + "hall")
        await fetcher.close()
    assert isinstance(outcome, Failed)
    assert outcome.cause is Cause.FORBIDDEN
    assert server.asked == []


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "sent a drawing (SVG), which a browser shows"),
        (b"<?xml version='1.0'?>\n<!-- x --><svg/>", "image/png", "sent a drawing (SVG), which a browser shows"),
        (b"<!DOCTYPE html><p>Sign in", "image/png", "sent a page in place of the picture"),
        (b"not for you", "text/html; charset=utf-8", "sent a page in place of the picture"),
        (b" ", "image/png", "sent an empty picture"),
    ],
)
async def test_what_is_no_picture_is_named(body: bytes, kind: str, words: str) -> None:
    assert why(await fetched(body, content_type=kind)) == words


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("404 Not Found", "has no picture at this address"),
        ("403 Forbidden", "refuses to give this picture to programs"),
        ("500 Oh", "is out of order (500)"),
    ],
)
async def test_a_refusal_is_told_in_words(status: str, words: str) -> None:
    assert why(await fetched(b"no", status)) == words


async def test_a_picture_that_never_ends_is_left() -> None:
    assert why(await fetched(b"", content_length="9000000")) == "sent more than 8 MB"


@pytest.mark.parametrize("way", list(Way))
async def test_each_way_is_drawn_in_the_process_that_may_die(worker: Worker, way: Way) -> None:
    room = Room(way, 40, 20, (10, 20), (0, 0, 0))
    picture = await drawer(worker).draw(encoded(hall(), "WEBP"), room, URL)
    assert isinstance(picture, Picture), picture
    assert (picture.columns, picture.rows) == (40, 11)
    assert all(abs(a - b) < 12 for a, b in zip(picture.pixels[:3], SKY, strict=True))
    assert bool(picture.data) is (way is not Way.BLOCKS)


def bomb() -> bytes:
    """A PNG of a few kilobytes that unpacks to more pixels than it says it has."""
    head = b"IHDR" + struct.pack(">IIBBBBB", 100, 100, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(bytes(200_000_000), 9)
    chunks = ((13, head), (len(data) - 4, data))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", length) + chunk + struct.pack(">I", zlib.crc32(chunk)) for length, chunk in chunks
    )


async def test_a_bomb_costs_the_program_nothing(worker: Worker) -> None:
    assert isinstance(await drawer(worker).draw(bomb(), ROOM, URL), Picture | Failed)
    assert isinstance(await drawer(worker).draw(drawing("PNG"), ROOM, URL), Picture)


JOBS = {
    "sly": "sources.worker_jobs:draw_escapes",
    "large": "sources.worker_jobs:draw_too_much",
}


@pytest.mark.parametrize("job", JOBS)
@pytest.mark.parametrize("way", list(Way))
async def test_not_even_that_process_is_trusted(job: str, way: Way) -> None:
    worker = Worker({"picture": JOBS[job]})
    outcome = await drawer(worker).draw(b"", Room(way, 4, 4, (10, 20), (0, 0, 0)), URL)
    await worker.close()
    assert outcome == Failed("news.example sent a picture that cannot be shown", cause=Cause.BROKEN)
