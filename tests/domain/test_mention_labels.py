"""How well coins are found, by texts that a person labelled and by articles that speak of none."""

import json
import re
from pathlib import Path

import pytest

from cointicker.domain.market import CoinName
from cointicker.domain.mentions import CoinIndex, known_coins
from cointicker.text.safe import vouch
from domain.mention_labels import load_texts, score_texts, wrong_texts

PRECISION, RECALL = 0.98, 0.9
SPEAKS_OF_COINS = re.compile(
    r"\b(?:bit|doge|lite|alt|meme|stable)coins?\b|\bcrypto\w*|\bethereum\b|\bblockchains?\b", re.IGNORECASE
)
"""What a page says that does speak of coins; there is none among those of the benchmark."""


@pytest.mark.parametrize("held_out", [False, True], ids=["made with", "held out"])
def test_a_coin_that_is_told_is_meant(held_out: bool) -> None:
    texts = load_texts(held_out=held_out)
    assert score_texts(texts).precision >= PRECISION, "\n".join(wrong_texts(texts))


@pytest.mark.parametrize("held_out", [False, True], ids=["made with", "held out"])
def test_nearly_all_coins_that_are_meant_are_told(held_out: bool) -> None:
    texts = load_texts(held_out=held_out)
    assert len(texts) >= (80 if held_out else 200)
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
    speaking = {name for name, article in articles.items() if SPEAKS_OF_COINS.search(article["articleBody"])}
    assert len(articles) > 90
    assert found.keys() == speaking, found
