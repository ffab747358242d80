"""Full text over what is stored: what is found, in which order, in step with everything that is written."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cointicker.domain.news import Article, Content, Headline, Paragraph, Span
from cointicker.domain.queries import matcher, parse_query, subject_of
from cointicker.domain.words import SafeText
from cointicker.store import indexing, search
from cointicker.store.search import NO_INDEX
from cointicker.store.sqlite import SqliteStore
from fake_clock import START, Clock
from store.store_values import headline, health

Open = Callable[..., SqliteStore]
DAY = 86_400.0


def _news(number: int, title: str, **changes: object) -> Headline:
    """A headline so many minutes old, at an address of its own."""
    plain = headline(f"id{number:06d}", START - number * 60, title=title, url=f"https://news.example/{number}")
    return replace(plain, **changes)  # type: ignore[arg-type]


def _article(number: int, *paragraphs: str) -> Article:
    blocks = tuple(Paragraph((Span(SafeText(text)),)) for text in paragraphs)
    title, source = SafeText("A page"), SafeText("Example News")
    url = f"https://news.example/{number}"
    return Article(url, title, source, Content.PAGE, blocks, words=9, fetched_at=START)


async def _find(store: SqliteStore, text: str, limit: int = 50) -> list[str]:
    query = parse_query(text, START)
    return [hit.headline.headline_id for hit in (await store.search.find(query, limit)).hits]


STORED = (
    _news(1, "Bitcoin miners sell", deck=SafeText("Hashprice falls"), coins=("bitcoin",), categories=("Mining",)),
    _news(2, "Café society turns to ETFs", author=SafeText("Zoë Müller"), read=True, tags=(SafeText("Weekend"),)),
    _news(3, "Ethereum upgrade", source=SafeText("The Block"), coins=("ethereum", "usd-coin"), categories=("DeFi",)),
    _news(4, "A miner in Texas", starred=True, coins=("usd-coin-bridged",)),
    _news(5, "Gold mining and bitcoin mining", published=None, first_seen=START - 300),
)
QUESTIONS = {
    "miner": [1, 4],
    "bitcoin": [1, 5],
    "bitcoin -sell": [5],
    "-bitcoin": [2, 3, 4],
    '"bitcoin mining"': [5],
    '"mining bitcoin"': [],
    "mini*": [5],
    "cafe": [2],
    "hashprice": [1],
    "weekend": [2],
    "author:muller": [2],
    "source:block": [3],
    "-source:block": [1, 2, 4, 5],
    "block": [],
    "-block miner": [1, 4],
    "zoe": [],
    "coin:btc": [1],
    "coin:usdc": [3],
    "-coin:usdc miner": [1, 4],
    "category:mining": [1],
    "-category:defi -category:mining": [2, 4, 5],
    "is:unread": [1, 3, 4, 5],
    "is:read": [2],
    "is:starred": [4],
    "is:starred is:read": [],
    "-is:starred miner": [1],
    "newer:3m": [1, 2, 3],
    "older:3m": [4, 5],
    "older:4m miner": [],
    "newer:4m older:2m": [3, 4],
    'NEAR("a" b)': [],
    "title:bitcoin miner": [1, 4],
    "k": [],
    "everything": [],
}


def _ids(numbers: Sequence[int]) -> list[str]:
    return [f"id{number:06d}" for number in numbers]


@pytest.mark.parametrize("indexed", [True, False], ids=["by the index", "without FTS5"])
async def test_every_part_of_the_language_finds_what_it_means_the_newest_first(
    store: SqliteStore, indexed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not indexed:
        _take_fts5_away(monkeypatch)
    await store.save_feed(health(), STORED, {})
    asked = [text for text in QUESTIONS if indexed or text not in {"cafe", "author:muller"}]
    assert {text: await _find(store, text) for text in asked} == {text: _ids(QUESTIONS[text]) for text in asked}
    found = await store.search.find(parse_query("miner", START), 1)
    assert (found.limited, found.more, len(found.hits)) == ("" if indexed else NO_INDEX, True, 1)


def _take_fts5_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a SQLite that was built without it."""
    monkeypatch.setattr(indexing, "can_index", lambda _: False)
    monkeypatch.setattr(search, "can_index", lambda _: False)


async def test_what_only_the_article_says_is_found_with_the_words_around_it(store: SqliteStore) -> None:
    await store.save_feed(health(), STORED, {})
    words = " ".join(f"filler{each}" for each in range(40))
    await store.save_article(_article(3, words, "The Zürich fund left early.", words))
    (hit,) = (await store.search.find(parse_query("zurich fund", START), 9)).hits
    assert hit.headline == STORED[2]
    assert hit.extract.startswith("… ")
    assert "The Zürich fund left early." in hit.extract
    assert hit.extract.endswith(" …")
    (hit,) = (await store.search.find(parse_query("upgrade", START), 9)).hits
    assert hit.extract == ""


async def test_words_of_title_and_article_together_are_found(store: SqliteStore) -> None:
    await store.save_feed(health(), STORED, {})
    await store.save_article(_article(4, "Power is cheap there."))
    assert await _find(store, "texas power") == _ids([4])
    await store.save_article(replace(_article(4, "Nothing of the kind."), fetched_at=START + 1))
    assert await _find(store, "texas power") == []
    assert await _find(store, "texas kind") == _ids([4])


async def test_of_one_moment_the_titles_come_before_the_articles(store: SqliteStore) -> None:
    one, other = _news(1, "Quiet"), replace(_news(2, "Loud halving"), published=START - 60)
    await store.save_feed(health(), [one, other], {})
    await store.save_article(_article(1, "A halving."))
    assert await _find(store, "halving") == _ids([2, 1])
    later = _news(3, "Later", published=START - 59)
    await store.save_feed(health(), [later], {})
    await store.save_article(_article(3, "A halving."))
    assert await _find(store, "halving") == _ids([3, 2, 1])


async def test_new_words_of_a_headline_take_the_place_of_the_old(store: SqliteStore) -> None:
    await store.save_feed(health(), STORED, {})
    await store.save_feed(health(), [replace(STORED[0], title=SafeText("Kaspa rises"))], {})
    assert await _find(store, "miners sell") == []
    assert await _find(store, "kaspa") == _ids([1])
    await store.mark(_ids([1]), read=True)
    assert await _find(store, "kaspa is:read") == _ids([1])


async def test_what_is_pruned_is_not_found_and_the_index_does_not_grow_for_ever(
    store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "MOST_LEFTOVERS", 3)
    await store.save_feed(health(), STORED, {})
    await store.prune(START - 150, 1000)
    assert await _find(store, "-nothing") == _ids([1, 2, 4])
    for number in range(6):
        await store.save_feed(health(), [replace(STORED[1], title=SafeText(f"Title {number}"))], {})
    await store.prune(START - 150, 1000)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM search_docsize").fetchone() == (3,)
    assert await _find(store, "title 5") == _ids([2])


async def test_what_an_older_version_stored_is_indexed_in_steps(
    store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.save_feed(health(), STORED, {})
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TABLE search")
        connection.execute("UPDATE headlines SET place = NULL")
    assert await _find(store, "bitcoin") == _ids([1, 5])
    assert store.trouble == ""


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM search_data",
        "DROP TABLE search_idx",
        "UPDATE search_config SET v = 99",
        "DELETE FROM search_config",
    ],
)
async def test_a_damaged_index_is_made_anew_and_costs_nothing_else(open_store: Open, path: Path, damage: str) -> None:
    first = open_store()
    await first.save_feed(health(), STORED, {})
    await first.mark(_ids([1]), starred=True)
    await first.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(damage)
    store = open_store()
    assert await _find(store, "bitcoin is:starred") == _ids([1])
    await store.save_feed(health(), [_news(9, "Bitcoin again")], {})
    assert await _find(store, "bitcoin") == _ids([1, 5, 9])
    await store.prune(0, 1000)
    assert store.trouble == ""
    assert len(await store.headlines(99)) == 6


@pytest.mark.parametrize(
    "damage", ["UPDATE search_data SET block = zeroblob(4) WHERE id > 10", "DELETE FROM search_idx"]
)
async def test_damage_that_shows_in_no_answer_is_found_when_the_house_is_kept(
    open_store: Open, path: Path, damage: str
) -> None:
    store = open_store()
    await store.save_feed(health(), STORED, {})
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(damage)
    await store.prune(0, 1000)
    assert await _find(store, "bitcoin") == _ids([1, 5])
    assert store.trouble == ""


@pytest.mark.parametrize("damage", ["UPDATE search_data SET block = x'00ff00ff' WHERE id > 1", "DROP TABLE search_idx"])
async def test_a_damaged_index_does_not_keep_headlines_from_being_stored(
    open_store: Open, path: Path, damage: str
) -> None:
    store = open_store()
    await store.save_feed(health(), STORED, {})
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(damage)
    await store.save_feed(health(), [_news(9, "Bitcoin again")], {})
    assert len(await store.headlines(99)) == 6
    assert await _find(store, "bitcoin") == _ids([1, 5, 9])
    assert store.trouble == ""


async def test_headlines_of_one_moment_all_have_a_place(store: SqliteStore) -> None:
    same = [_news(number, f"Story {number}", published=START) for number in range(600)]
    await store.save_feed(health(), same, {})
    assert len(await _find(store, "story", 1000)) == 600


async def test_two_panes_find_what_either_stored(open_store: Open) -> None:
    ours, theirs = open_store(), open_store()
    await ours.save_feed(health(), STORED[:2], {})
    await theirs.save_feed(health(), STORED[2:], {})
    assert await _find(ours, "miner") == await _find(theirs, "miner") == _ids([1, 4])


letters = st.text("abc é\"*():-^{}+'\\NEAR,OT1", max_size=12)
titles = st.lists(st.text("abcé -.", max_size=12), max_size=5)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(titles, st.lists(letters, max_size=4).map(" ".join))
async def test_the_index_and_the_filter_agree_whatever_is_typed(clock: Clock, words: list[str], text: str) -> None:
    store = SqliteStore(None, clock)
    stored = [_news(number, title, read=number % 2 == 0) for number, title in enumerate(words)]
    await store.save_feed(health(), stored, {})
    query = parse_query(text, START)
    found = await store.search.find(query, 99)
    passes = matcher(query)
    assert [hit.headline for hit in found.hits] == [each for each in stored if passes(subject_of(each))]
    assert store.trouble == ""
    await store.close()
