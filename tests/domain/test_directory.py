"""The search in all coins."""

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.directory import Directory, Listing, find
from cointicker.domain.market import Quote
from cointicker.domain.words import SafeText
from cointicker.text.safe import clean


def listing(coin_id: str, symbol: str, name: str, rank: int | None = None) -> Listing:
    return Listing(coin_id, SafeText(symbol), SafeText(name), rank)


COINS = (
    listing("bridged-usd-coin", "USDC", "Bridged USD Coin"),
    listing("batcat", "BTC", "batcat"),
    listing("bitcoin", "BTC", "Bitcoin", 1),
    listing("harrypotter", "BITCOIN", "HarryPotterObamaSonic10Inu", 900),
    listing("bitcoin-cash", "BCH", "Bitcoin Cash", 17),
    listing("wrapped-bitcoin", "WBTC", "Wrapped Bitcoin", 14),
    listing("btc-standard", "BTCS", "Standard Token", 3000),
    listing("usd-coin", "USDC", "USD Coin", 6),
    listing("embitcoined", "EMB", "Embitcoined", 5),
)


def ids(text: str, limit: int = 30) -> list[str]:
    return [each.coin_id for each in find(COINS, text, limit)]


def test_the_word_itself_goes_before_a_beginning_before_a_part() -> None:
    assert ids("btc") == ["bitcoin", "batcat", "btc-standard", "wrapped-bitcoin"]
    assert ids("bitcoin") == ["bitcoin", "harrypotter", "bitcoin-cash", "wrapped-bitcoin", "embitcoined"]


def test_of_look_alikes_the_ranked_one_comes_first() -> None:
    assert ids("usdc") == ["usd-coin", "bridged-usd-coin"]


def test_case_dollar_sign_and_spaces_do_not_matter() -> None:
    assert ids("  $BtC ") == ids("btc")
    assert ids("usd   COIN") == ["usd-coin", "bridged-usd-coin"]


def test_nothing_typed_means_the_largest() -> None:
    assert ids("", 3) == ["bitcoin", "embitcoined", "usd-coin"]
    assert len(ids("")) == len(COINS)


def test_what_nobody_is_called_finds_nobody() -> None:
    assert ids("zzz") == []
    assert ids("bitcoin\tbtc") == []  # not even where two columns meet
    assert ids("bitcoin bitcoin") == []


def test_quotes_tell_newer_ranks_and_prices() -> None:
    quote = Quote("batcat", SafeText("BTC"), SafeText("batcat"), "usd", 0.5, 1.0, rank=4000)
    found = Directory(COINS).find("batcat", quotes={"batcat": quote})
    assert [(each.rank, each.price) for each in found] == [(4000, 0.5)]


names = st.text(max_size=12).map(clean)
directories = st.lists(
    st.builds(
        Listing, st.text("ab-", min_size=1, max_size=4), names | st.text("AB", max_size=3).map(SafeText), names,
        st.none() | st.integers(1, 50),
    ),
    max_size=20,
    unique_by=lambda each: each.coin_id,
)  # fmt: skip


@given(directories, st.text(max_size=4) | st.text("ab -", max_size=3), st.integers(-1, 25))
def test_all_that_hold_the_words_are_found_and_no_others(coins: list[Listing], text: str, limit: int) -> None:
    words = " ".join(text.lower().split()).removeprefix("$")
    expected = {
        each.coin_id for each in coins if any(words in part.lower() for part in (each.coin_id, each.symbol, each.name))
    }
    found = [each.coin_id for each in find(coins, text, len(coins))]
    assert sorted(found) == sorted(expected)
    assert [each.coin_id for each in find(coins, text, limit)] == found[: max(0, limit)]


def test_in_the_recorded_list_every_coin_is_found_by_its_id(corpus: Path) -> None:
    rows = json.loads((corpus / "coingecko" / "coins_list_2025-08-03.json").read_text("utf-8"))
    directory = Directory(Listing(clean(row["id"]), clean(row["symbol"].upper()), clean(row["name"])) for row in rows)
    for row in rows[::97]:
        assert row["id"] in {each.coin_id for each in directory.find(row["id"], 500)}
    assert len(directory.find("usdt", 100)) == 100
