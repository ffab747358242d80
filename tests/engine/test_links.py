"""The links desk: one call for a coin in a run, and none that anything else would miss."""

from cointicker.domain.freshness import Failed
from cointicker.domain.links import CoinLink, LinkKind
from cointicker.engine.engine import Engine
from engine.conftest import Start
from engine.outside import NO_NETWORK, Outside


async def test_a_coin_is_asked_for_once(engine: Engine, outside: Outside) -> None:
    assert engine.links.known("bitcoin") is None
    found = await engine.coin_links("bitcoin")
    assert found == (CoinLink(LinkKind.HOME, "https://bitcoin.example/"),)
    assert engine.links.known("bitcoin") == found == await engine.coin_links("bitcoin", quiet=True)
    assert outside.market.questions == [("links", "bitcoin")]


async def test_a_failure_is_told_and_asked_again(engine: Engine, outside: Outside) -> None:
    outside.market.trouble = NO_NETWORK
    assert await engine.coin_links("bitcoin") == NO_NETWORK
    assert engine.links.known("bitcoin") is None
    outside.market.trouble = None
    assert isinstance(await engine.coin_links("bitcoin"), tuple)


async def test_offline_nothing_is_asked(start: Start, outside: Outside) -> None:
    assert isinstance(await start(offline=True).coin_links("bitcoin"), Failed)
    assert outside.market.questions == []


async def test_what_nobody_waits_for_leaves_calls_to_what_somebody_does(start: Start, outside: Outside) -> None:
    engine, store = start.with_store()
    for _ in range(2):
        await store.ledger.count("market")
    refused = await engine.coin_links("bitcoin", quiet=True)
    assert isinstance(refused, Failed)
    assert refused.retry_at is not None
    assert outside.market.questions == []
    assert isinstance(await engine.coin_links("bitcoin"), tuple)
