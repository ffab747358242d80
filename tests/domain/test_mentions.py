"""Which coins a title names, by hand: a coin that is missed is a pity, a coin that is not meant is a lie."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.market import CoinName
from cointicker.domain.mentions import CoinIndex, known_coins
from cointicker.domain.words import SafeText

LITTLE_KNOWN = tuple(
    CoinName(coin_id, SafeText(symbol), SafeText(name), rank)
    for rank, (coin_id, symbol, name) in enumerate(
        [
            ("gas", "GAS", "Gas"),
            ("harmony", "ONE", "Harmony"),
            ("sky", "SKY", "Sky"),
            ("story-2", "IP", "Story"),
            ("safe", "SAFE", "Safe"),
            ("first", "FIRST", "First"),
            ("bank", "BANK", "Bank"),
            ("us", "US", "US"),
            ("ai", "AI", "AI"),
            ("wrapped-bitcoin", "WBTC", "Wrapped Bitcoin"),
            ("fartcoin", "FARTCOIN", "Fartcoin"),
            ("other-sol", "SOL", "Other Sol"),
        ],
        100,
    )
)
INDEX = CoinIndex((*known_coins(), *LITTLE_KNOWN))


@pytest.mark.parametrize(
    "title",
    [
        "Near the end of the year, markets rest",
        "Sky is the limit for Wall Street banks",
        "One more rate cut, says Fed",
        "Gas prices rise across Europe",
        "Gas up 5% on a cold winter",
        "Quant fund up 12% this year",
        "First bank to hold crypto opens in the US",
        "BANK of America buys FIRST green fund, says CEO",
        "AI demand lifts Nvidia",
        "US Treasury speaks of stablecoins",
        "IS IT SAFE TO BUY NOW? ONE EXPERT SAYS SO",
        "Avalanche kills three skiers in the Alps",
        "Cosmos: astronomers find a new galaxy",
        "Stellar earnings lift shares",
        "Optimism returns to stock markets",
        "The Sandbox of regulators opens",
        "Quant funds lose money",
        "Dash for cash hits the bond market",
        "Gala dinner raises millions for charity",
        "Trump says tariffs will stay",
        "Render farms close as power costs rise",
        "Story of a lost key and a hard drive",
        "The SEC, the FED and the CPI",
        "A link between sleep and health",
        "Ethereal voices and bitcoiners' dreams",
        "",
    ],
)
def test_plain_words_name_no_coin(title: str) -> None:
    assert INDEX.find(title) == ()


@pytest.mark.parametrize(
    ("title", "coins"),
    [
        ("North America loses Bitcoin mining dominance amid AI demand", "bitcoin"),
        ("Bitcoin's price falls below $90,000", "bitcoin"),
        ("BTC, ETH, XRP and SOL rebound", "bitcoin ethereum ripple solana"),
        ("Ripple secures $500M, valuation rises to $40 billion", "ripple"),
        ("Hedera struggles to break stagnation amid bearish sentiment", "hedera-hashgraph"),
        ("Tether mints another billion USDT on Tron", "tether tron"),
        ("Ether ETF inflows hit record", "ethereum"),
        ("Ethereum Classic miners face difficulty drop", "ethereum-classic"),
        ("Bitcoin Cash hard fork is due", "bitcoin-cash"),
        ("$PEPE and $WIF rally while $TRUMP sinks", "pepe dogwifcoin official-trump"),
        ("$GAS doubles", "gas"),
        ("NEAR Protocol adds agents", "near"),
        ("NEAR jumps as altcoins rally", "near"),
        ("Sky token jumps after MakerDAO's new name", "sky"),
        ("Sky (SKY) doubles", "sky"),
        ("Avalanche's network grows", "avalanche-2"),
        ("Solana, Avalanche and Cosmos lead the market", "solana avalanche-2 cosmos"),
        ("Layer-2 Optimism cuts fees", "optimism"),
        ("Sellers push Stellar down 1.4% to $0.211", "stellar"),
        ("Sui up 1.4% in 24 hours, trades near $1.42", "sui"),
        ("Avalanche falls by 12 %", "avalanche-2"),
        ("ETC and LTC miners merge", "ethereum-classic litecoin"),
        ("Fartcoin doubles as memecoins rally", "fartcoin"),
        ("Wrapped Bitcoin moves to a new custodian", "wrapped-bitcoin"),
        ("Shiba Inu burns tokens; SHIB falls", "shiba-inu"),
        ("XRP Ledger stablecoin RLUSD passes $1B", "ripple ripple-usd"),
    ],
)
def test_coins_are_named_in_the_order_of_their_first_mention(title: str, coins: str) -> None:
    assert INDEX.find(title) == tuple(coins.split())


def test_the_summary_may_prove_what_a_symbol_in_the_title_means() -> None:
    assert INDEX.find("SUI falls again", "The token lost a tenth of its value.") == ("sui",)
    assert INDEX.find("SUI falls again", "The lake is drying out.") == ()


def test_of_two_coins_that_share_a_symbol_the_first_given_is_meant() -> None:
    assert INDEX.find("SOL at a new high") == ("solana",)
    assert CoinIndex((*LITTLE_KNOWN, *known_coins())).find("$SOL at a new high") == ("other-sol",)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("BTC and $ETH rise as Bitcoin's hashrate grows", "BTC $ETH Bitcoin"),
        ("Sky token holders vote; Sky pays", "Sky Sky"),
        ("Ethereum Classic is not Ethereum", "Ethereum Classic|Ethereum"),
        ("The sky is blue, Sky is not", ""),
    ],
)
def test_every_place_where_a_coin_is_named_is_told_in_order(text: str, named: str) -> None:
    expected = [each for each in (named.split("|") if "|" in named else named.split()) if each]
    assert [text[place.start : place.end] for place in INDEX.places(text)] == expected


def test_no_coins_no_mentions() -> None:
    assert CoinIndex(()).find("Bitcoin and BTC") == ()


def test_names_with_signs_of_regular_expressions_are_names() -> None:
    odd = CoinIndex([CoinName("odd", SafeText("ODD*"), SafeText("Odd (v2.0) [new]"))])
    assert odd.find("Odd (v2.0) [new] is listed") == ("odd",)
    assert odd.find("Oddly enough") == ()


_SCRAPS = "Sky (SKY) $BTC bitcoin's Near, token The Graph Shiba Inu SOL/ETH -BTC up 5% . \u2019 \U0001f680 stETH"
SCRAPS = st.sampled_from(_SCRAPS.split())


@given(st.lists(SCRAPS | st.text(max_size=5), max_size=20), st.text(max_size=20))
def test_places_are_words_of_the_text_in_order_and_never_overlap(scraps: list[str], context: str) -> None:
    text = " ".join(scraps)
    places = INDEX.places(text, context)
    ends = [0, *(place.end for place in places)]
    assert all(end <= place.start < place.end <= len(text) for end, place in zip(ends, places, strict=False))
    assert INDEX.find(text, context) == tuple(dict.fromkeys(place.coin_id for place in places))


@pytest.mark.parametrize(
    ("text", "coins"),
    [
        ("BITCOIN CRASHES AS FED RAISES RATES", "bitcoin"),
        ("bitcoin and ether fell", "bitcoin ethereum"),
        ("Analysts at Bank of America expect bitcoin to fall", "bitcoin"),
        ("The crypto exchange lists Bank and Safe", "bank safe"),
        ("Sui-Lee Wee reports", ""),
        ("AI tokens fall; $AI leads", "ai"),
    ],
)
def test_capitals_and_neighbours_tell_names_from_words(text: str, coins: str) -> None:
    assert INDEX.find(text) == tuple(coins.split())
