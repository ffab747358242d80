"""What CoinGecko's headers say of a minute."""

from cointicker.domain.freshness import Cause, Failed
from cointicker.sources.coingecko import CoinGecko
from sources.coingecko_world import NOW, row, rows, told, world


async def test_the_limit_of_a_minute_is_told_whenever_it_is_another_one() -> None:
    limits: list[int] = []

    async def note(limit: int) -> None:
        limits.append(limit)

    async def count() -> None: ...

    async with world(rows(row("bitcoin"))) as running:
        address = running.server.url + "api/v3"
        source = CoinGecko(running.fetcher, address, on_call=count, on_limit=note, clock=lambda: NOW)
        for limit in ("30", "30", "100", "many", "-5", "9" * 40, "100"):
            running.server.answers[""] = rows(row("bitcoin"), x_ratelimit_limit=limit)
            told(await source.quotes(["bitcoin"], "usd"))
    assert limits == [30, 100]


async def test_after_the_last_call_of_a_minute_none_is_made_until_the_server_counts_anew() -> None:
    last = rows(
        row("bitcoin"), x_ratelimit_limit="30", x_ratelimit_remaining="0", x_ratelimit_reset="2026-01-14 21:30:50 +0000"
    )
    async with world(last) as running:
        told(await running.source.quotes(["bitcoin"], "usd"))
        refused = await running.source.quotes(["bitcoin"], "usd")
        assert isinstance(refused, Failed)
        assert (refused.cause, refused.retry_at) == (Cause.LIMITED, NOW + 50)
        assert running.calls == 1
        running.now += 50
        told(await running.source.quotes(["bitcoin"], "usd"))
        assert running.calls == 2


async def test_calls_that_are_left_stop_nothing() -> None:
    async with world(rows(row("bitcoin"), x_ratelimit_remaining="1")) as running:
        for _ in range(2):
            told(await running.source.quotes(["bitcoin"], "usd"))
    assert running.calls == 2
