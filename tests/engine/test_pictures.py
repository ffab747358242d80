"""The desk of the pictures: fetched when asked for, once, one at a time of a host."""

import asyncio

from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.pictures import Picture, Room, Way
from cointicker.engine.engine import Engine
from cointicker.engine.pictures import MOST_BYTES
from engine.conftest import Start
from engine.outside import NO_NETWORK, Outside

ROOM = Room(Way.BLOCKS, 40, 20, (8, 16), (0, 0, 0))
OTHER_ROOM = Room(Way.BLOCKS, 30, 20, (8, 16), (0, 0, 0))
ONE, TWO, ELSEWHERE = "https://a.example/1.png", "https://a.example/2.png", "https://b.example/3.png"


async def test_another_size_is_drawn_from_the_file_that_is_there(engine: Engine, outside: Outside) -> None:
    outside.pictures.files[ONE] = b"file"
    assert isinstance(await engine.pictures.picture(ONE, ROOM), Picture)
    assert isinstance(await engine.pictures.picture(ONE, OTHER_ROOM), Picture)
    assert outside.pictures.fetched == [ONE]
    assert outside.pictures.drawn == [(ONE, ROOM), (ONE, OTHER_ROOM)]


async def test_a_failure_is_told_and_asked_again(engine: Engine, outside: Outside) -> None:
    assert await engine.pictures.picture(ONE, ROOM) == NO_NETWORK
    outside.pictures.files[ONE] = b"file"
    assert isinstance(await engine.pictures.picture(ONE, ROOM), Picture)


async def test_offline_nothing_is_fetched(start: Start, outside: Outside) -> None:
    answer = await start(offline=True).pictures.picture(ONE, ROOM)
    assert answer == Failed("It was not fetched: --offline fetches nothing", cause=Cause.OFFLINE)
    assert outside.pictures.fetched == []


async def test_a_host_is_asked_for_one_picture_at_a_time(engine: Engine, outside: Outside) -> None:
    outside.pictures.files = dict.fromkeys((ONE, TWO, ELSEWHERE), b"file")
    outside.pictures.gate = asyncio.Event()
    asking = [asyncio.create_task(engine.pictures.picture(url, ROOM)) for url in (ONE, TWO, ELSEWHERE)]
    async with asyncio.timeout(30):
        await outside.pictures.was_asked.acquire()
        await outside.pictures.was_asked.acquire()
    assert set(outside.pictures.fetched) == {ONE, ELSEWHERE}
    outside.pictures.gate.set()
    assert all(isinstance(answer, Picture) for answer in await asyncio.gather(*asking))
    assert outside.pictures.fetched[2:] == [TWO]


async def test_two_who_want_the_same_at_once_fetch_it_once(engine: Engine, outside: Outside) -> None:
    outside.pictures.files[ONE] = b"file"
    await asyncio.gather(*(engine.pictures.picture(ONE, ROOM) for _ in range(3)))
    assert outside.pictures.fetched == [ONE]


async def test_no_more_is_kept_than_there_is_room_for(engine: Engine, outside: Outside) -> None:
    outside.pictures.files = dict.fromkeys((ONE, TWO, ELSEWHERE), bytes(MOST_BYTES // 2))
    for url in (ONE, TWO, ONE, ELSEWHERE, ONE, TWO):
        await engine.pictures.picture(url, ROOM)
    assert outside.pictures.fetched == [ONE, TWO, ELSEWHERE, TWO]
