"""``cointicker news`` and ``cointicker read``, as a person gives them."""

import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from cli.inside import run_inside as run
from cointicker.domain.categories import CATEGORIES
from cointicker.text.cells import cell_width
from upstream.server import Upstream

_KEYS = {"state", "reason", "as_of", "feeds", "headlines"}
_HEADLINE_KEYS = {
    *("id", "title", "url", "source", "author", "published", "updated", "categories", "coins", "moves", "sources"),
    *("read", "starred"),
}
_ARTICLE_KEYS = {
    *("url", "title", "author", "source", "published", "updated", "words", "content", "reason", "text", "links"),
}


def headlines(*words: str) -> list[dict[str, Any]]:
    """The headlines that a healthy ``news`` prints."""
    ended = run("news", "--json", *words)
    assert ended.status == 0, ended.err
    found: list[dict[str, Any]] = ended.json["headlines"]
    return found


def test_headlines_are_fetched_and_answered_in_json(world: Upstream) -> None:
    ended = run("news", "--json", "--limit", "200")
    assert (ended.status, ended.err) == (0, "")
    document = ended.json
    assert set(document) >= _KEYS
    assert (document["state"], document["reason"]) == ("fresh", None)
    assert document["feeds"] == {"ok": len(world.feed_urls) + 1, "failed": 0}
    found = document["headlines"]
    assert len({each["id"] for each in found}) == len(found) > 20
    for each in found:
        assert set(each) >= _HEADLINE_KEYS
        assert set(each["moves"]) == set(each["coins"])
        assert each["source"] in each["sources"]
        assert each["published"] is None or each["published"].endswith("Z")
    times = [each["published"] for each in found if each["published"]]
    assert times == sorted(times, reverse=True)


def test_one_story_of_several_papers_is_one_row(world: Upstream) -> None:
    shared = [each for each in headlines("--limit", "200") if len(each["sources"]) > 1]
    assert shared
    assert any(f"×{len(each['sources'])}" in run("news", "--limit", "200").out for each in shared)


def test_moves_since_publication_are_percent(world: Upstream) -> None:
    moves = [move for each in headlines("--limit", "200") for move in each["moves"].values() if move is not None]
    assert moves
    assert all(abs(move) < 50 for move in moves)


def test_feeds_are_left_alone_until_they_are_due(world: Upstream) -> None:
    run("news")
    asked = len(world.asked("/feeds/*"))
    assert asked == len(world.feed_urls) + 1
    assert run("news").status == 0
    assert len(world.asked("/feeds/*")) == asked


def test_a_feed_that_fails_is_counted_and_the_others_are_shown(world: Upstream) -> None:
    world.fail("/feeds/*.json", "500")
    world.fail("/feeds/specials.xml", "404")
    ended = run("news", "--json")
    assert ended.status == 0
    assert ended.json["feeds"]["failed"] >= 1
    assert ended.json["headlines"]


def test_no_feed_that_answers_is_a_failure_with_a_reason(world: Upstream) -> None:
    world.fail("/feeds/*", "503")
    ended = run("news", "--json")
    assert (ended.status, ended.json["state"], ended.json["headlines"]) == (1, "failed", [])
    assert ended.json["reason"] in ended.err


def test_known_headlines_stand_in_for_feeds_that_fail(world: Upstream) -> None:
    run("news")
    world.fail("/feeds/*", "close")
    ended = run("news", "--json", "--offline")
    assert (ended.status, ended.json["state"]) == (0, "fresh")
    assert ended.json["headlines"]


def test_offline_without_headlines_is_a_failure(world: Upstream) -> None:
    ended = run("news", "--offline", "--json")
    assert (ended.status, ended.json["state"]) == (1, "failed")
    assert world.requests == []


def test_filters_keep_what_fits(world: Upstream) -> None:
    everything = headlines("--limit", "500")
    mining = headlines("--category", "mining", "--limit", "500")
    assert mining
    assert len(mining) < len(everything)
    assert all("Mining" in each["categories"] for each in mining if len(each["sources"]) == 1)
    bitcoin = headlines("--coin", "BTC", "--limit", "500")
    assert bitcoin
    assert all("bitcoin" in each["coins"] for each in bitcoin if len(each["sources"]) == 1)
    word = everything[0]["title"].split()[0].lower()
    found = headlines("--search", word.upper(), "--limit", "500")
    assert everything[0]["id"] in {each["id"] for each in found}
    assert len(headlines("--limit", "3")) == 3


def test_the_search_speaks_the_language_of_the_screen(world: Upstream) -> None:
    everything = headlines("--limit", "500")
    first = everything[0]
    phrase = " ".join(first["title"].split()[:3])
    assert first["id"] in {each["id"] for each in headlines("--search", f'"{phrase}"', "--limit", "500")}
    without = headlines("--search", f'newer:10y -"{phrase}"', "--limit", "500")
    assert first["id"] not in {each["id"] for each in without}
    assert 0 < len(without) < len(everything)
    ended = run("news", "--search", "sorce:x")
    assert (ended.status, ended.out) == (2, "")
    assert "did you mean source:?" in ended.err


def test_kept_searches_and_what_is_popular_are_categories(world: Upstream, config_file: Path) -> None:
    everything = headlines("--limit", "500")
    shared = {each["id"] for each in everything if len(each["sources"]) > 1}
    found = headlines("--category", "popular", "--limit", "500")
    assert found
    assert {each["id"] for each in found} <= shared
    assert len(found[0]["sources"]) == max(len(each["sources"]) for each in found)
    with config_file.open("a", encoding="utf-8") as file:
        file.write('\n[searches]\nMiners = "miner* -coin:eth"\n')
    kept = headlines("--category", "miners", "--limit", "500")
    assert [each["id"] for each in kept] == [
        each["id"] for each in headlines("--search", "miner* -coin:eth", "--limit", "500")
    ]
    narrowed = headlines("--category", "Miners", "--search", "is:unread category:mining", "--limit", "500")
    assert {each["id"] for each in narrowed} == {each["id"] for each in kept if "Mining" in each["categories"]}


def test_a_category_that_there_is_not_ends_with_2(world: Upstream) -> None:
    ended = run("news", "--category", "Minning")
    assert (ended.status, ended.out) == (2, "")
    assert "did you mean Mining?" in ended.err
    assert all(category in ended.err for category in CATEGORIES)
    assert world.requests == []


def test_a_coin_that_there_is_not_is_a_failure(world: Upstream) -> None:
    ended = run("news", "--coin", "no-such-coin", "--json")
    assert (ended.status, ended.json["headlines"]) == (1, [])
    assert "no-such-coin" in ended.err


def test_the_id_that_is_printed_opens_the_article_and_marks_it_read(world: Upstream) -> None:
    rows = run("news", "--unread", "--coin", "btc").out.splitlines()[:-1]
    short = rows[0].split()[2]
    assert len(short) >= 4
    ended = run("read", short, "--json")
    assert ended.status == 0
    assert set(ended.json) >= _ARTICLE_KEYS
    assert ended.json["title"] in rows[0]
    assert ended.json["content"] in {"feed", "page"}
    assert ended.json["reason"] is None
    assert ended.json["words"] == pytest.approx(len(ended.json["text"].split()), rel=0.2)
    assert [each["n"] for each in ended.json["links"]] == list(range(1, len(ended.json["links"]) + 1))
    assert ended.json["text"].count("\n\n") > 1
    left = run("news", "--unread", "--coin", "btc").out
    assert short not in left


def test_an_article_is_wrapped_to_the_width(world: Upstream) -> None:
    first = headlines("--coin", "btc")[0]
    for width in (40, 72):
        ended = run("read", first["id"], "--width", str(width))
        text = ended.out.split("\nLinks\n")[0]
        lines = [line for line in text.splitlines() if "  " not in line]
        assert max(map(cell_width, lines)) <= width
        assert first["title"].split()[0] in text
    assert "\x1b" not in ended.out


def test_an_address_is_read_without_a_feed(world: Upstream) -> None:
    url = headlines()[0]["url"]
    fresh_home = run("read", url, "--json")
    assert fresh_home.status == 0
    assert fresh_home.json["text"]
    missing = run("read", f"{world.url}/articles/there-is-no-such-page", "--json")
    assert missing.status == 1
    assert missing.json["reason"] in missing.err


def test_the_deck_and_the_reason_stand_in_for_a_page_that_cannot_be_had(world: Upstream) -> None:
    world.fail("/articles/*", "cf_challenge")
    whole = {"Odd Pages", "Etherton Echo", "Satsville Sun"}  # the feeds of the last two carry all of it
    chosen = next(each for each in headlines("--limit", "200") if each["source"] not in whole)
    ended = run("read", chosen["id"], "--json")
    assert ended.json["title"] == chosen["title"]
    assert ended.json["content"] in {"deck", "feed"}
    assert ended.json["reason"] in ended.err
    assert ended.status == (1 if ended.json["content"] == "deck" else 0)


def test_a_stored_article_is_read_offline(world: Upstream) -> None:
    chosen = headlines("--coin", "btc")[0]
    online = run("read", chosen["id"], "--json").json
    asked = len(world.requests)
    offline = run("read", chosen["id"], "--json", "--offline")
    assert offline.status == 0
    assert offline.json["text"] == online["text"]
    assert len(world.requests) == asked


@pytest.mark.parametrize("key", ["zzzz", "abc", "http://", "file:///etc/passwd", "javascript://x/%0aalert(1)"])
def test_what_is_neither_id_nor_address_is_refused_in_words(key: str) -> None:
    ended = run("read", key, "--offline", "--json")
    assert (ended.status, ended.json["text"]) == (1, None)
    assert ended.err.count("\n") == 1


def test_hostile_feeds_bring_no_control_characters(world: Upstream) -> None:
    world.fail("/feeds/*", "hostile")
    world.fail("/articles/*", "hostile")
    shown = run("news", "--limit", "200").out
    shown += run("read", run("news", "--json").json["headlines"][0]["id"]).out
    assert not [sign for sign in shown if unicodedata.category(sign) in {"Cc", "Cf", "Cs"} and sign != "\n"]


def test_the_demo_can_be_read_without_a_trace(home: Path) -> None:
    listed = run("news", "--demo", "--json")
    assert (listed.status, listed.json["demo"]) == (0, True)
    assert "DEMO" in listed.err
    key = listed.json["headlines"][-1]["id"]
    ended = run("read", key, "--demo", "--json")
    assert ended.status == 0
    assert ended.json["title"] == listed.json["headlines"][-1]["title"]
    assert datetime.fromisoformat(ended.json["published"]).tzinfo is not None
    assert list(home.iterdir()) == []
