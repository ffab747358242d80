"""``cointicker feeds``: shown, added, removed, visited, taken over from OPML and given out as OPML."""

import csv
import io
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from cli.inside import run_inside as run
from cointicker.cli.outlines import opml
from cointicker.config.feeds import DEFAULT_FEEDS
from cointicker.domain.news import Feed
from cointicker.sources.parsing.outlines import parse_outline
from upstream.server import Upstream

USUAL = [feed.url for feed in DEFAULT_FEEDS]


def _urls(config_file: Path) -> list[str]:
    return [feed["url"] for feed in tomllib.loads(config_file.read_text())["news"]["feeds"]]


def _by_name(document: Any) -> dict[str, Any]:
    return {feed["name"]: feed for feed in document["feeds"]}


def test_a_feed_is_added_with_those_that_were_read_anyway(upstream_thread: Upstream, config_file: Path) -> None:
    url = f"{upstream_thread.url}/feeds/coinwire.xml"
    ended = run("feeds", "add", url.removeprefix("http://"), "--category", "mining", "--json")
    assert ended.status == 0, ended.err
    (change,) = ended.json["changes"]
    assert change["url"] == url
    assert change["message"].startswith("Coinwire added to the feeds; the 17 feeds that come with the program stay")
    assert _urls(config_file) == [*USUAL, url]
    again = run("feeds", "add", url)
    assert again.status == 0
    assert re.fullmatch(rf"this feed is read already \({re.escape(url)}, [1-9]\d* items\)\n", again.out)


def test_without_looking_a_feed_is_added_as_it_is_typed(config_file: Path) -> None:
    ended = run("--offline", "feeds", "add", "x.example/feed", "--name", "X")
    assert (ended.status, _urls(config_file)[-1]) == (0, "https://x.example/feed")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("add", "ftp://x.example/"), 2, "this is not an http or https address"),
        (("add", "http://127.0.0.1:9/"), 1, "127.0.0.1 refuses connections"),
        (("add", "x.example", "--category", "Minning"), 2, "there is no category 'Minning'; did you mean Mining?"),
        (("remove", "CoinDsk"), 2, "there is no feed 'CoinDsk'; did you mean CoinDesk?"),
        (("import", "nowhere.opml"), 2, "'nowhere.opml' cannot be read: No such file or directory"),
    ],
)
def test_what_cannot_be_done_is_said_and_the_file_is_left_alone(
    config_file: Path, words: tuple[str, ...], status: int, said: str
) -> None:
    ended = run("feeds", *words)
    assert (ended.status, ended.out) == (status, "")
    assert said in ended.err
    assert not config_file.exists()


def test_a_feed_is_visited_and_how_it_stands_is_told(world: Upstream) -> None:
    checked = run("feeds", "check", "Coinwire", "Satsville Sun", "--json")
    assert checked.status == 0
    coinwire = _by_name(checked.json)["Coinwire"]
    assert (coinwire["ok"], coinwire["visited"], coinwire["error"]) == (True, True, None)
    assert coinwire["items"] > 0
    world.fail("/feeds/hashtown*", "410")
    again = run("feeds", "check", "Coinwire", "Hashtown Herald")
    assert again.status == 1
    assert "Coinwire was visited a moment ago" in again.err
    assert "has taken this feed down for good, asked no more" in again.out
    assert run("feeds", "check", "Coinwire").status == 0
    listed = _by_name(run("feeds", "list", "--json").json)
    assert (listed["Hashtown Herald"]["gone"], listed["Hashtown Herald"]["next_at"]) == (True, None)
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(run("feeds", "list", "--csv").out))}
    assert list(rows) == list(listed)
    assert (rows["Coinwire"]["ok"], rows["Coinwire"]["items"]) == ("true", str(listed["Coinwire"]["items"]))
    assert (rows["Hashtown Herald"]["gone"], rows["Hashtown Herald"]["next_at"]) == ("true", "")
    assert listed["Etherton Echo"]["checked_at"] is None


def test_what_was_asked_to_wait_is_not_visited_and_that_is_status_3(world: Upstream) -> None:
    world.fail("/feeds/coinwire*", "429")
    assert run("feeds", "check", "Coinwire").status == 1
    world.heal()
    ended = run("feeds", "check", "Satsville Sun")
    assert ended.status == 3
    assert "Satsville Sun asked us to wait until" in ended.err


def test_opml_goes_out_and_comes_in_again(config_file: Path, tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    assert run("feeds", "export", str(file)).status == 0
    assert run("feeds", "export", str(file)).status == 2
    ended = run("feeds", "remove", "CoinDesk", "https://u.today/rss")
    assert ended.out == "CoinDesk is read no more\nU.Today is read no more\n"
    assert len(_urls(config_file)) == len(USUAL) - 2
    back = run("feeds", "import", str(file))
    assert (back.status, back.out) == (0, f"CoinDesk, U.Today added to the feeds; {len(USUAL) - 2} were read already\n")
    assert sorted(_urls(config_file)) == sorted(USUAL)


def test_the_outlines_of_feeds_read_back_with_all_their_categories() -> None:
    feeds = (
        Feed("https://a.example/?x=1&y=2", 'A "quoted" name & more', ("Mining", "Company")),
        Feed("https://b.example/", "", ()),
        Feed("https://c.example/", "C", ("NFT",)),
    )
    text = opml([(feed, feed.name or "b.example") for feed in feeds], 0.0)
    found = {feed["url"]: feed for feed in parse_outline(text.encode())["feeds"]}
    assert {url: tuple(feed["categories"]) for url, feed in found.items()} == {
        feed.url: feed.categories for feed in feeds
    }
    assert found["https://a.example/?x=1&y=2"]["title"] == 'A "quoted" name & more'
