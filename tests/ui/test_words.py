"""The state of things in words, the same wherever it is said."""

import pytest

from cointicker.domain.freshness import Failed, Fresh, Freshness, Stale, Waiting
from cointicker.engine.state import Part
from cointicker.ui.words import (
    DEMO_HINT,
    market_age,
    market_trouble,
    next_words,
    no_headlines,
    no_prices,
    retry_words,
    short_trouble,
)
from fake_clock import START
from ui.played import play
from ui.samples import quote, snapshot, story


@pytest.mark.parametrize(
    ("retry_at", "words"),
    [(None, ""), (START + 90, "trying again in 1m"), (START, "trying again now"), (START - 5, "trying again now")],
)
def test_when_the_next_try_is_due(retry_at: float | None, words: str) -> None:
    assert retry_words(retry_at, START) == words


def test_where_there_is_something_nothing_is_explained() -> None:
    state = snapshot([quote()], stories=(story("one"),), market=Part(Failed("no network")), news=Part(Failed("none")))
    assert no_prices(state, START) == ()
    assert no_headlines(state, START) == ()


def test_a_first_failure_says_why_when_it_is_tried_again_and_that_there_is_a_demo() -> None:
    state = snapshot(market=Part(Failed("no network", START + 5)), news=Part(Failed("none of 3 feeds answers")))
    assert no_prices(state, START) == ("No prices yet: no network.", "Trying again in 5s.", f"{DEMO_HINT}.")
    assert no_headlines(state, START) == ("No headlines yet: none of 3 feeds answers.", "", f"{DEMO_HINT}.")


def test_what_is_on_its_way_says_so() -> None:
    assert no_prices(snapshot(market=Part(Waiting())), START) == ("Fetching prices …",)
    assert no_headlines(snapshot(news=Part(Fresh(START), busy=True)), START) == ("Fetching headlines …",)


def test_an_answer_without_anything_is_no_failure() -> None:
    assert no_headlines(snapshot(news=Part(Fresh(START))), START) == ("There are no headlines.",)


def test_offline_with_nothing_stored_names_the_option_and_the_demo() -> None:
    state = snapshot(offline=True)
    assert no_prices(state, START) == ("No prices are stored, and --offline fetches nothing.", f"{DEMO_HINT}.")


def test_without_feeds_it_says_where_to_name_some() -> None:
    words = no_headlines(snapshot(feeds_total=0), START)
    assert words[0] == "No feeds are configured."
    assert "cointicker config path" in words[1]


@pytest.mark.parametrize(
    ("state", "ink", "words"),
    [
        (Fresh(START - 18), "up", "18s ago"),
        (Fresh(START - 200), "accent", "3m ago"),
        (Stale(START - 7200, "no network"), "accent", "2h ago"),
        (Failed("no network"), "down", "no prices"),
        (Waiting(), "label", "fetching"),
    ],
)
def test_the_age_of_the_prices_has_a_word_beside_its_colour(state: Freshness, ink: str, words: str) -> None:
    assert market_age(snapshot(market=Part(state)), START) == (ink, words)


def test_trouble_is_the_reason_and_when_it_is_tried_again() -> None:
    assert market_trouble(snapshot(market=Part(Stale(START, "no network", START + 30))), START) == (
        "no network · trying again in 30s"
    )
    assert market_trouble(snapshot(market=Part(Failed("refused"))), START) == "refused"
    assert market_trouble(snapshot(market=Part(Fresh(START))), START) == ""


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (Part(Fresh(START), next_at=START + 42), "next 42s"),
        (Part(Fresh(START), next_at=START, busy=True), "next 0s"),
        (Part(Fresh(START), next_at=START - 3, busy=True), "fetching"),
        (Part(Waiting(), busy=True), "fetching"),
        (Part(Waiting()), ""),
    ],
)
def test_when_prices_are_fetched_next(part: Part, words: str) -> None:
    assert next_words(snapshot(market=part), START) == words


@pytest.mark.parametrize(
    ("room", "words"),
    [
        (52, "CoinGecko wants fewer calls · trying again in 50s"),
        (30, "CoinGecko want… · again in 50s"),
        (22, "CoinGe… · again in 50s"),
        (21, "again in 50s"),
        (8, "again i…"),
        (0, ""),
    ],
)
def test_when_it_is_tried_again_is_told_before_why(room: int, words: str) -> None:
    limited = Part(Stale(START - 60, "CoinGecko wants fewer calls", START + 50))
    assert short_trouble(snapshot(market=limited), START, room) == words


def test_offline_is_the_next_thing_that_happens() -> None:
    assert next_words(snapshot(offline=True), START) == "offline"


async def test_where_the_prices_come_from_is_said_at_every_size_with_a_status_line() -> None:
    for size in ((120, 36), (80, 24), (60, 24), (45, 30), (30, 20)):
        async with play(size) as stage:
            assert "CoinGecko" in stage.rows()[-1], size
