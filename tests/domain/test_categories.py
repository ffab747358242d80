"""The categories of a headline."""

import pytest

from cointicker.domain.categories import CATEGORIES, categorise, category_named


@pytest.mark.parametrize(
    ("title", "categories"),
    [
        ("Hashprice falls as difficulty rises", "Mining"),
        ("MARA and Riot Platforms add 12 EH/s", "Mining"),
        ("Bitcoin miners sell", "Mining Bitcoin"),
        ("Data mining and gold mining have little in common", ""),
        ("Ethereum's Pectra goes live", "Ethereum"),
        ("Ripple wins in court", "XRP"),
        ("Altcoins rally: DOGE, ADA and SOL", "Altcoins"),
        ("OpenSea lists a Bored Ape", "NFT"),
        ("A DAO votes on the metaverse", "Web3"),
        ("Aave and Uniswap lead DeFi", "DeFi"),
        ("Fed holds interest rates", "Finance"),
        ("Nvidia and Tesla shares slide on the Nasdaq", "Stocks"),
        ("Acme raises $5M in series A", "Company"),
        ("A new strategy comes full circle", ""),
        ("Prefedora ethernet solvers", ""),
        ("", ""),
    ],
)
def test_from_the_words_of_the_title(title: str, categories: str) -> None:
    assert categorise(title, (), ()) == tuple(categories.split())


def test_from_tags_and_from_what_the_feed_is_configured_to_be() -> None:
    assert categorise("Untold", ["BTC", "policy", "nonsense"], ["mining", "Nonesuch"]) == (
        "Mining",
        "Bitcoin",
        "Finance",
    )


def test_each_once_in_the_order_of_the_strip_and_never_all() -> None:
    found = categorise("DeFi on Bitcoin", ["defi", "Bitcoin"], ["DeFi", "All", "bitcoin"])
    assert found == ("Bitcoin", "DeFi")
    assert CATEGORIES[0] == "All"


@pytest.mark.parametrize(("name", "category"), [("mining", "Mining"), (" WEB3 ", "Web3"), ("all", "All"), ("x", None)])
def test_a_category_is_meant_whatever_the_case(name: str, category: str | None) -> None:
    assert category_named(name) == category
