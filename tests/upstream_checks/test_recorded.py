"""Recorded answers, served again."""

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from upstream import Clock, Upstream, World
from upstream_checks.raw_client import Get

NOW = 1_800_000_000.0


@pytest.fixture(params=["recorded", "now"])
def world(request: pytest.FixtureRequest, corpus: Path) -> World:
    """A recorded world, as it was or moved to the present."""
    return World.from_corpus(corpus, times=request.param, clock=Clock(NOW))


async def fetch(get: Get, url: str) -> Any:
    return json.loads((await get(url)).body)


def test_a_folder_without_recordings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        World.from_corpus(tmp_path)


def test_times_are_recorded_or_now(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'recorded' or 'now'"):
        World.from_corpus(tmp_path, times="tomorrow")


async def test_the_page_is_filtered_as_it_is_asked_for(world: World, get: Get) -> None:
    async with Upstream(world) as server:
        url = server.market_url + "coins/markets?vs_currency=usd"
        assert len(await fetch(get, url)) == 100
        assert len(await fetch(get, url + "&per_page=250")) == 250
        assert len(await fetch(get, url + "&per_page=100&page=3")) == 50
        rows = await fetch(get, url + "&ids=bitcoin,ethereum,never-heard-of")
        assert [(row["id"], row["current_price"]) for row in rows] == [("bitcoin", 70734), ("ethereum", 2151.54)]
        assert "price_change_percentage_1h_in_currency" not in rows[0]
        assert [row["id"] for row in await fetch(get, url + "&symbols=btc,usdt")] == ["bitcoin", "tether"]


async def test_windows_and_curves_that_were_not_recorded_are_made(world: World, get: Get) -> None:
    async with Upstream(world) as server:
        url = server.market_url + "coins/markets?vs_currency=usd&per_page=250&price_change_percentage=1h,24h,7d"
        plain = await fetch(get, url)
        rows = await fetch(get, url + "&sparkline=true")
        assert [row["id"] for row in plain] == [row["id"] for row in rows]
        for row in rows:
            points = row["sparkline_in_7d"]["price"]
            assert len(points) == 168
            assert min(points) > 0
            assert row["price_change_percentage_24h_in_currency"] == row["price_change_percentage_24h"]
            assert "price_change_percentage_7d_in_currency" in row
        bitcoin = rows[0]
        day_ago = bitcoin["sparkline_in_7d"]["price"][-24]
        moved = (bitcoin["current_price"] / day_ago - 1) * 100
        assert moved == pytest.approx(bitcoin["price_change_percentage_24h"], abs=0.01)


async def test_the_newest_price_is_a_minute_old_in_the_present(world: World, get: Get) -> None:
    assert world.recorded is not None
    async with Upstream(world) as server:
        rows = await fetch(get, server.market_url + "coins/markets?vs_currency=usd&per_page=250")
        newest = max(datetime.fromisoformat(row["last_updated"]).timestamp() for row in rows)
        oldest = min(datetime.fromisoformat(row["last_updated"]).timestamp() for row in rows)
        assert newest == pytest.approx(NOW - 60 if world.recorded.shifts else 1_773_979_320, abs=60)
        assert newest - oldest > 20 * 3600


async def test_recorded_feeds_keep_their_bytes_or_move_their_dates(world: World, get: Get, corpus: Path) -> None:
    assert world.recorded is not None
    async with Upstream(world) as server:
        for url in server.feed_urls[:-1]:
            answer = await get(url)
            recorded = (corpus / "feeds" / "crypto" / url.rsplit("/", 1)[1]).read_bytes()
            assert answer.status == 200
            assert (answer.body == recorded) == (not world.recorded.shifts)
            assert (await get(url, if_none_match=answer.headers["etag"])).status == 304
            modified = parsedate_to_datetime(answer.headers["last-modified"]).timestamp()
            if world.recorded.shifts:
                assert modified == NOW - 60


async def test_every_recorded_page_can_be_reached_from_a_feed(world: World, get: Get) -> None:
    assert world.recorded is not None
    async with Upstream(world) as server:
        text = (await get(server.feed_urls[-1])).body.decode()
        links = re.findall(r"<link>(http://[^<]*/articles/[^<?]*)", text)
        assert len(links) == len(world.recorded.pages) > 50
        assert text.count("Untitled page") < 5
        for link in links[:3]:
            page = await get(link)
            assert page.status == 200
            assert b"<html" in page.body[:5_000].lower() or b"<!doctype" in page.body[:5_000].lower()


async def test_what_was_not_recorded_comes_from_the_world(world: World, get: Get) -> None:
    async with Upstream(world) as server:
        assert (await get(server.market_url + "ping")).status == 200
        assert "difficultyChange" in await fetch(get, server.mining_url + "v1/difficulty-adjustment")
        pools = await fetch(get, server.mining_url + "v1/mining/pools/1w")
        assert pools["blockCount"] == 1024
        tip = int((await get(server.mining_url + "blocks/tip/height")).body)
        assert tip == (await fetch(get, server.mining_url + "v1/blocks"))[0]["height"]


@pytest.mark.parametrize("path", ["coins/list", "global", "search?query=sol", "search/trending", "coins/bitcoin"])
async def test_the_other_recorded_answers_are_served(world: World, get: Get, path: str) -> None:
    async with Upstream(world) as server:
        assert await fetch(get, server.market_url + path)


@pytest.mark.parametrize(
    ("coin", "days"), [("bitcoin", 1), ("bitcoin", 7), ("bitcoin", 30), ("solana", 7), ("pepe", 90)]
)
async def test_charts_are_recorded_or_made_for_every_coin(world: World, get: Get, coin: str, days: int) -> None:
    assert world.recorded is not None
    async with Upstream(world) as server:
        chart = await fetch(get, f"{server.market_url}coins/{coin}/market_chart?vs_currency=usd&days={days}")
        times = [point[0] / 1000 for point in chart["prices"]]
        assert all(later > earlier - 1 for earlier, later in pairwise(times))  # one record ends a second back
        assert (times[-1] > NOW - 120) == world.recorded.shifts
        assert all(price > 0 for _, price in chart["prices"])
