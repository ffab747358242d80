"""CoinGecko as a person's watchlist asks it, over a real socket."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from cointicker.domain.freshness import Cause, Failed
from cointicker.engine.ports import MarketSource
from cointicker.sources.coingecko import CoinGecko
from cointicker.sources.coingecko_calls import Endpoints
from cointicker.sources.http import Fetcher
from sources.coingecko_world import KEY, NOW, row, rows, told, world
from sources.raw_server import Asked, answer, hang


def served(coins: int) -> Callable[[Asked, asyncio.StreamWriter], Awaitable[None]]:
    """A server that knows every coin, but tells of no more than so many in one answer."""

    async def play(asked: Asked, writer: asyncio.StreamWriter) -> None:
        ids = parse_qs(urlsplit(asked.target).query)["ids"][0].split(",")
        writer.write(rows(*(row(coin_id) for coin_id in ids[:coins])))

    return play


async def test_it_is_a_market_source() -> None:
    async with world(rows()) as running:
        source: MarketSource = running.source
        assert source.name == "CoinGecko"


async def test_one_call_asks_for_all_that_is_shown() -> None:
    async with world(rows(row("bitcoin"), row("ethereum"))) as running:
        quotes = told(await running.source.quotes(["bitcoin", "ethereum", "bitcoin"], "eur"))
        assert [quote.coin_id for quote in quotes] == ["bitcoin", "ethereum"]
        assert {quote.currency for quote in quotes} == {"eur"}
        assert urlsplit(running.server.asked[0].target).path == "/api/v3/coins/markets"
        assert "ids=bitcoin,ethereum" in running.server.asked[0].target
        assert running.queries() == [
            {
                "ids": ["bitcoin,ethereum"],
                "vs_currency": ["eur"],
                "sparkline": ["true"],
                "price_change_percentage": ["1h,24h,7d,30d,1y"],
                "precision": ["full"],
                "per_page": ["250"],
                "include_rehypothecated": ["true"],
            }
        ]
        assert running.calls == 1


async def test_more_coins_than_one_answer_holds_are_asked_for_in_turn() -> None:
    coins = [f"coin-{number}" for number in range(501)]
    async with world(served(250)) as running:
        quotes = told(await running.source.quotes(coins, "usd"))
        assert [quote.coin_id for quote in quotes] == coins
        assert [len(query["ids"][0].split(",")) for query in running.queries()] == [250, 250, 1]
        assert running.calls == 3


async def test_what_earlier_calls_brought_is_kept_when_a_later_one_fails() -> None:
    async with world(served(250)) as running:
        good = running.server.answers[""]
        assert callable(good)

        async def twice(asked: Asked, writer: asyncio.StreamWriter) -> None:
            if len(running.server.asked) == 1:
                await good(asked, writer)
            else:
                writer.write(answer(b"Throttled", "429 Too Many Requests", retry_after="60"))

        running.server.answers[""] = twice
        coins = [f"coin-{number}" for number in range(600)]
        assert len(told(await running.source.quotes(coins, "usd"))) == 250
        assert running.calls == 2
        outcome = await running.source.quotes(coins[:1], "usd")
        assert isinstance(outcome, Failed)
        assert (outcome.cause, outcome.retry_at) == (Cause.LIMITED, NOW + 60)
        assert running.calls == 2


async def test_a_wait_that_was_asked_for_is_kept_and_then_over() -> None:
    async with world(answer(b"Throttled", "429 Too Many Requests", retry_after="60")) as running:
        first = await running.source.quotes(["bitcoin"], "usd")
        running.now += 59
        assert await running.source.find(["btc"], "usd") == first
        assert running.calls == 1
        running.now += 2
        running.server.answers[""] = rows(row("bitcoin"))
        assert len(told(await running.source.quotes(["bitcoin"], "usd"))) == 1
        assert len(told(await running.source.quotes(["bitcoin"], "usd"))) == 1


async def test_a_clock_that_is_set_back_mutes_nothing() -> None:
    async with world(answer(b"Throttled", "429 Too Many Requests", retry_after="60")) as running:
        await running.source.quotes(["bitcoin"], "usd")
        running.now -= 30 * 86_400
        running.server.answers[""] = rows(row("bitcoin"))
        assert len(told(await running.source.quotes(["bitcoin"], "usd"))) == 1


async def test_nothing_is_asked_for_no_coins() -> None:
    async with world(rows(row("bitcoin"))) as running:
        for wanted in ([], [""], ["bitcoin,ethereum"], ["two words"], ["a\x1b[2Jb"], ["\ud800"], ["x" * 500]):
            assert told(await running.source.quotes(wanted, "usd")) == ()
            assert told(await running.source.find(wanted, "usd")) == ()
        assert running.server.asked == []
        assert running.calls == 0


async def test_a_coin_that_nobody_knows_is_missing() -> None:
    async with world(rows(row("bitcoin"))) as running:
        assert [quote.coin_id for quote in told(await running.source.quotes(["bitcoin", "nocoin"], "usd"))] == [
            "bitcoin"
        ]
        running.server.answers[""] = rows()
        assert told(await running.source.quotes(["nocoin"], "usd")) == ()


async def test_symbols_are_left_to_coingecko_to_rank() -> None:
    async with world(rows(row("bitcoin", symbol="btc"), row("tether", symbol="usdt"))) as running:
        quotes = told(await running.source.find(["BTC", " usdt ", "btc"], "usd"))
        assert [quote.symbol for quote in quotes] == ["BTC", "USDT"]
        query = running.queries()[0]
        assert (query["symbols"], query["include_tokens"]) == (["btc,usdt"], ["top"])
        assert "ids" not in query


async def test_of_coins_that_share_a_symbol_the_highest_ranked_is_found() -> None:
    sent = (
        row("batcat", symbol="btc", market_cap_rank=4000),
        row("unranked", symbol="btc"),
        row("bitcoin", symbol="btc", market_cap_rank=1),
        row("intruder", symbol="xyz", market_cap_rank=2),
        row("nameless", symbol=None),
    )
    async with world(rows(*sent)) as running:
        assert [quote.coin_id for quote in told(await running.source.find(["btc", "doge"], "usd"))] == ["bitcoin"]


async def test_a_call_counts_whatever_becomes_of_it() -> None:
    async with world(answer(b"", "500 Oops")) as running:
        await running.source.quotes(["bitcoin"], "usd")
        await running.source.quotes(["bitcoin"], "usd")
        assert running.calls == 2


@pytest.mark.parametrize(
    ("keys", "header"),
    [({"demo_api_key": KEY}, "x-cg-demo-api-key"), ({"pro_api_key": f" {KEY}\n"}, "x-cg-pro-api-key")],
)
async def test_a_key_travels_in_a_header_and_nowhere_else(keys: dict[str, str], header: str) -> None:
    async with world(rows(row("bitcoin")), **keys) as running:
        told(await running.source.quotes(["bitcoin"], "usd"))
        asked = running.server.asked[0]
        assert asked.headers[header] == KEY
        assert asked.raw.count(KEY.encode()) == 1
        assert "key" not in asked.target


async def test_without_a_key_none_is_sent() -> None:
    async with world(rows(row("bitcoin"))) as running:
        told(await running.source.quotes(["bitcoin"], "usd"))
        assert not any("api-key" in name for name in running.server.asked[0].headers)


async def test_a_key_that_cannot_be_one_is_said_before_anything_is_asked() -> None:
    for key in ("CG key", "CG-\x1b[2J", "Schlüssel", "x" * 300):
        async with world(rows(), demo_api_key=key) as running:
            outcome = await running.source.quotes(["bitcoin"], "usd")
            assert isinstance(outcome, Failed)
            assert (outcome.cause, outcome.why) == (
                Cause.REFUSED,
                "market.demo_api_key holds signs that no API key has",
            )
            assert running.server.asked == []


@pytest.mark.parametrize(
    ("base_url", "sent"),
    [
        ("https://api.coingecko.com/api/v3/", "x-cg-demo-api-key"),
        ("https://pro-api.coingecko.com/api/v3", "x-cg-pro-api-key"),
        ("http://127.0.0.1:8000/", "x-cg-pro-api-key"),
    ],
)
def test_of_two_keys_the_one_that_fits_the_host_is_sent(base_url: str, sent: str) -> None:
    async def on_call() -> None: ...

    fetcher = Fetcher(user_agent="test")
    source = CoinGecko(fetcher, base_url, demo_api_key="demo", pro_api_key="pro", on_call=on_call, clock=lambda: NOW)
    assert [name for name in source._calls.headers if "key" in name] == [sent]


async def test_closing_ends_a_call_that_hangs() -> None:
    async with world(hang) as running:
        asking = asyncio.ensure_future(running.source.quotes(["bitcoin"], "usd"))
        await running.server.was_asked.wait()
        await running.source.close()
        assert isinstance(await asyncio.wait_for(asking, 1), Failed)


def test_every_method_of_pycoingecko_ends_where_we_stand_in() -> None:
    endpoints = Endpoints("http://127.0.0.1:1/root")
    assert endpoints.ping().url == "http://127.0.0.1:1/root/ping"
    question = endpoints.get_coins_markets("usd", ids="bitcoin,tether", sparkline=True, per_page=250)
    assert question.url == "http://127.0.0.1:1/root/coins/markets"
    assert question.query == {"vs_currency": "usd", "ids": "bitcoin,tether", "sparkline": "true", "per_page": "250"}
    assert not hasattr(endpoints, "session")


async def test_the_clock_of_the_server_is_read_off_its_answer() -> None:
    coin = row("bitcoin", last_updated="2026-01-14T23:29:30Z")
    async with world(rows(coin, date="Wed, 14 Jan 2026 23:30:00 GMT")) as running:
        assert told(await running.source.quotes(["bitcoin"], "usd"))[0].updated_at == NOW - 30


@pytest.mark.parametrize("name", ["markets_usd_250_2023-07-28.json", "markets_usd_250_1h_2026-03-20.json"])
async def test_recorded_pages_are_read_whole_and_exactly(corpus: Path, name: str) -> None:
    body = (corpus / "coingecko" / name).read_bytes()
    recorded = json.loads(body)
    async with world(answer(body)) as running:
        running.now = 2e9
        quotes = told(await running.source.quotes([each["id"] for each in recorded], "usd"))
    assert len(quotes) == len(recorded) == 250
    for quote, each in zip(quotes, recorded, strict=True):
        assert (quote.coin_id, quote.price, quote.rank) == (each["id"], each["current_price"], each["market_cap_rank"])
        assert quote.change_24h == each["price_change_percentage_24h"]
        assert quote.market_cap == (each["market_cap"] or None)
        assert quote.change_1h == each.get("price_change_percentage_1h_in_currency")
        assert quote.updated_at is not None


async def test_recorded_sparklines_are_read_whole(corpus: Path) -> None:
    for name in ("markets_sparkline_bitcoin_2026-02-17.json", "markets_sparkline_6coins_2021-07-09.json"):
        body = (corpus / "coingecko" / name).read_bytes()
        recorded = {each["id"]: tuple(each["sparkline_in_7d"]["price"]) for each in json.loads(body)}
        async with world(answer(body)) as running:
            running.now = 2e9
            quotes = told(await running.source.quotes(list(recorded), "usd"))
        assert {quote.coin_id: quote.sparkline for quote in quotes} == recorded
