"""Feeds in the configuration: their own settings are checked, kept secret where they are, and changed in place."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from cointicker.config.differences import EditError
from cointicker.config.documents import Document, Report
from cointicker.config.feed_edits import add_feeds, remove_feed
from cointicker.config.feeds import DEFAULT_FEEDS
from cointicker.config.reading import Reading, read_data, read_settings
from cointicker.config.settings import Settings
from cointicker.config.showing import show
from cointicker.config.splicing import rewrite
from cointicker.config.subscriptions import check_feeds, feed_table
from cointicker.domain.news import Feed

OWN = """\
# mine
[news]
refresh = 900 # slowly

[[news.feeds]] # the first
url = "https://a.example/feed"
headers = { Authorization = "Bearer abc" }

# between
[[news.feeds]]
url = "https://b.example/feed"

[ui]
bar = "still"
"""
NEW = Feed("https://c.example/feed", "C", ("Mining",), refresh=1800.0, mute=("casino",), full_articles=False)


def _read(text: str) -> Reading:
    return read_data(tomllib.loads(text), {}, (), lambda _one, _other: True)


def _feed(lines: str) -> tuple[Feed, list[str]]:
    data = tomllib.loads(f'[[news.feeds]]\nurl = "https://a.example/"\n{lines}')
    report = Report(Document(Path(), "", data, open_to_others=False))
    (feed,) = check_feeds(data["news"]["feeds"], ("news", "feeds"), report) or ()
    return feed, [f"{problem.key} {problem.why}" for problem in report.problems]


def test_every_setting_of_a_feed_is_read() -> None:
    feed, wrong = _feed(
        'name = "A"\ncategories = ["mining"]\nrefresh = "30m"\nmute = ["casino"]\nfull_articles = false\n'
        'headers = { Authorization = "Bearer abc", X-Way = "7" }\n'
    )
    assert not wrong
    assert (feed.name, feed.categories, feed.refresh, feed.mute, feed.full_articles) == (
        "A", ("Mining",), 1800.0, ("casino",), False,
    )  # fmt: skip
    assert dict(feed.headers) == {"Authorization": "Bearer abc", "X-Way": "7"}


def test_what_a_feed_does_not_say_is_left_to_what_holds_for_all() -> None:
    feed, wrong = _feed("")
    assert (feed.refresh, feed.mute, feed.full_articles, dict(feed.headers), wrong) == (None, (), None, {}, [])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('refresh = "often"', "must be a time such as"),
        ("refresh = 5", "must be a time such as"),
        ('mute = "casino"', "must be a list of texts"),
        ('full_articles = "yes"', "must be true or false"),
        ('headers = "x"', "must be a table"),
        ('headers = { "X Y" = "z" }', "is not the name of a header"),
        ('headers = { X = "a\\r\\nHost: evil" }', "must be a text of plain ASCII on one line"),
        ('headers = { X = "näh" }', "must be a text of plain ASCII on one line"),
        ('headers = { X = "***" }', "must be a text of plain ASCII on one line"),
        ("headers = { X = 5 }", "must be a text of plain ASCII on one line"),
        ('headers = { Host = "evil.example" }', "is a header that the program itself says"),
        ('headers = { If-None-Match = "x" }', "is a header that the program itself says"),
        ('headers = { User-Agent = "Mozilla" }', "cannot be set: sites are told who asks"),
    ],
)
def test_a_wrong_setting_is_named_and_left_out(line: str, why: str) -> None:
    feed, (wrong,) = _feed(line)
    assert wrong.startswith(f"news.feeds[1].{line.partition(' ')[0]}")
    assert why in wrong
    assert "evil" not in wrong
    assert replace(feed, headers={}) == Feed("https://a.example/")
    assert not feed.headers


def test_a_header_in_a_file_that_others_can_read_is_pointed_out(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(OWN)
    file.chmod(0o644)
    (problem,) = read_settings(file, {}, (), lambda _one, _other: True).problems
    assert (problem.line, problem.key) == (7, "news.feeds[1].headers")
    assert "can be read by other users" in problem.why


def test_no_header_is_ever_shown() -> None:
    settings = _read(OWN).settings
    assert "abc" not in show(settings)
    assert "abc" not in repr(settings)
    assert "Bearer abc" in settings.secrets
    assert 'headers = { Authorization = "***" }' in show(settings)


def test_a_feed_is_added_behind_the_others_and_nothing_else_changes() -> None:
    settings = _read(OWN).settings
    after, _ = rewrite(OWN, lambda data: add_feeds([NEW, settings.news.feeds[0]])(data, settings))
    head, tail = OWN.split("\n[ui]")
    assert after.startswith(head)
    assert after.endswith(f"\n[ui]{tail}")
    assert _read(after).settings.news.feeds == (*settings.news.feeds, NEW)


def test_with_the_first_own_feed_the_usual_ones_are_written_down_too() -> None:
    after, _ = rewrite("# empty\n", lambda data: add_feeds([NEW])(data, Settings()))
    assert after.startswith("# empty\n")
    assert _read(after).settings.news.feeds == (*DEFAULT_FEEDS, NEW)


@pytest.mark.parametrize("text", [OWN, OWN.replace("\n# between", "")])
def test_a_feed_is_taken_out_of_its_place(text: str) -> None:
    settings = _read(text).settings
    after, _ = rewrite(text, lambda data: remove_feed("https://a.example/feed")(data, settings))
    assert [feed.url for feed in _read(after).settings.news.feeds] == ["https://b.example/feed"]
    assert "# mine\n[news]\nrefresh = 900 # slowly\n" in after
    assert after.endswith('[ui]\nbar = "still"\n')


@pytest.mark.parametrize("text", ["", OWN, '[news]\nfeeds = [{ url = "https://a.example/feed" }]\n'])
def test_when_the_last_feed_is_gone_there_are_none(text: str) -> None:
    for feed in _read(text).settings.news.feeds:
        settings = _read(text).settings
        text, _ = rewrite(text, lambda data, url=feed.url, now=settings: remove_feed(url)(data, now))  # type: ignore[misc]
    assert _read(text).settings.news.feeds == ()


def test_a_feed_that_there_is_not_cannot_be_taken_out() -> None:
    with pytest.raises(EditError, match="there is no feed"):
        rewrite(OWN, lambda data: remove_feed("https://x.example/")(data, Settings()))


def test_a_feed_as_a_table_reads_back() -> None:
    text, _ = rewrite("", lambda data: data.update(news={"feeds": [feed_table(NEW)]}))
    assert _read(text).settings.news.feeds == (NEW,)
