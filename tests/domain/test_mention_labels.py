"""How well coins are found, by texts that a person labelled and by articles that speak of none."""

import json
from pathlib import Path

import pytest

from cointicker.domain.market import CoinName
from cointicker.domain.mentions import CoinIndex, known_coins
from cointicker.text.safe import vouch
from domain.mention_labels import load_texts, score_texts, wrong_texts

PRECISION, RECALL = 0.98, 0.9
SPEAK_OF_COINS: dict[str, str] = {}
"""Pages of the benchmark that do name coins, and why; there are none among them."""


@pytest.mark.parametrize("held_out", [False, True], ids=["made with", "held out"])
def test_a_coin_that_is_told_is_meant(held_out: bool) -> None:
    texts = load_texts(held_out=held_out)
    assert score_texts(texts).precision >= PRECISION, "\n".join(wrong_texts(texts))


def test_nearly_all_coins_that_are_meant_are_told() -> None:
    texts = [*load_texts(held_out=False), *load_texts(held_out=True)]
    assert len(texts) >= 150
    assert score_texts(texts).recall >= RECALL, "\n".join(wrong_texts(texts))


@pytest.mark.parametrize("market", ["markets_usd_250_1h_2026-03-20.json", "markets_usd_250_2023-07-28.json"])
def test_articles_of_the_wide_world_name_no_coins(corpus: Path, market: str) -> None:
    rows = json.loads((corpus / "coingecko" / market).read_text("utf-8"))
    names = (
        CoinName(row["id"], vouch(row["symbol"].upper()), vouch(row["name"]), row["market_cap_rank"]) for row in rows
    )
    index = CoinIndex((*known_coins(), *names))
    articles = json.loads((corpus / "articles" / "aeb" / "ground-truth.json").read_text("utf-8"))
    found = {
        name: sorted(named)
        for name, article in articles.items()
        if (named := {coin for text in article["articleBody"].split("\n") for coin in index.find(text)})
    }
    assert found.keys() == SPEAK_OF_COINS.keys(), found
