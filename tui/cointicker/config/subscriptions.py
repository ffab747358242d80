"""``[[news.feeds]]``: tables with an address each, as feeds and back."""

import re
from typing import Any

from cointicker.config.documents import Report
from cointicker.config.entries import Entry, spell_seconds
from cointicker.config.lists import check_texts
from cointicker.config.problems import Key, nearest, short_path, shown
from cointicker.config.settings import MASK, Secret
from cointicker.domain.categories import ALL, CATEGORIES, category_named
from cointicker.domain.news import Feed
from cointicker.text.safe import vet_url

FEED_KEYS = ("url", "name", "categories", "refresh", "mute", "full_articles", "headers")
SHORTEST, LONGEST = 60.0, 86_400.0
"""Seconds between two visits to a feed."""
OWN_CATEGORIES = tuple(name for name in CATEGORIES if name != ALL)
"""Those that a feed may name."""
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}")
_HEADER_VALUE = re.compile(r"[!-~](?:[ -~]{0,1000}[!-~])?")
_OURS = frozenset({
    "accept-encoding", "connection", "content-length", "expect", "host", "if-modified-since", "if-none-match",
    "keep-alive", "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
})  # fmt: skip
"""Headers that the program itself says, or that would change what a request is."""


def check_feeds(raw: object, key: Key, report: Report) -> tuple[Feed, ...] | None:
    """``[[news.feeds]]``: an empty list means none, but where all are wrong the default stands."""
    if not isinstance(raw, list) or not all(isinstance(each, dict) for each in raw):
        report.say(key, "must be tables, each begun by [[news.feeds]] and with a url")
        return None
    feeds: dict[str, Feed] = {}
    for place, table in enumerate(raw):
        feed = _feed(table, (*key, place), report)
        if feed is None:
            continue
        if feed.url in feeds:
            report.say((*key, place, "url"), "is the address of an earlier feed")
        else:
            feeds[feed.url] = feed
    return tuple(feeds.values()) if feeds or not raw else None


def feed_table(feed: Feed) -> dict[str, Any]:
    """What to write down of a feed; headers are for showing only: what they hold is masked."""
    table: dict[str, Any] = {"url": feed.url}
    if feed.name:
        table["name"] = str(feed.name)
    if feed.categories:
        table["categories"] = list(feed.categories)
    if feed.refresh is not None:
        table["refresh"] = spell_seconds(feed.refresh)
    if feed.mute:
        table["mute"] = list(map(str, feed.mute))
    if feed.full_articles is not None:
        table["full_articles"] = feed.full_articles
    if feed.headers:
        table["headers"] = {name: Secret(value) for name, value in feed.headers.items()}
    return table


def _feed(table: dict[str, object], key: Key, report: Report) -> Feed | None:
    entry = Entry(table, key, report)
    entry.refuse_strangers(FEED_KEYS, "a feed")
    if "url" not in table:
        report.say(key, "is a feed without a url")
        return None
    url = vet_url(table["url"])
    if not url:
        entry.say("url", "must be an http or https address, without a user name")
        return None
    return Feed(
        url,
        entry.text("name"),
        _categories(table.get("categories", []), (*key, "categories"), report),
        refresh=entry.seconds("refresh", 0.0, SHORTEST, LONGEST) or None,
        mute=check_texts(table.get("mute", []), (*key, "mute"), report) or (),
        full_articles=_flag(entry, "full_articles"),
        headers=_headers(table.get("headers", {}), (*key, "headers"), report),
    )


def _flag(entry: Entry, name: str) -> bool | None:
    """``true`` or ``false``; ``None`` where it is absent or neither, which is said."""
    value = entry.flag(name, default=True)
    return value if name in entry and isinstance(entry.raw(name), bool) else None


def _categories(raw: object, key: Key, report: Report) -> tuple[str, ...]:
    if not isinstance(raw, list):
        report.say(key, f'must be a list of categories, such as ["{OWN_CATEGORIES[0]}"], not {shown(raw)}')
        return ()
    kept: list[str] = []
    for place, each in enumerate(raw):
        name = category_named(each) if isinstance(each, str) else None
        if name in OWN_CATEGORIES:
            kept.append(name)
        else:
            guess = nearest(each, OWN_CATEGORIES) if isinstance(each, str) else ""
            report.say((*key, place), f"must be one of {', '.join(OWN_CATEGORIES)}, not {shown(each)}", guess)
    return tuple(kept)


def _headers(raw: object, key: Key, report: Report) -> dict[str, str]:
    """Names and values fit for a request. What is wrong with a value is said without repeating it."""
    if not isinstance(raw, dict):
        report.say(key, f'must be a table, such as {{ Authorization = "Bearer …" }}, not {shown(raw)}')
        return {}
    kept: dict[str, str] = {}
    for name, value in raw.items():
        here = (*key, name)
        if not _HEADER.fullmatch(name):
            report.say(here, "is not the name of a header")
        elif name.lower() in _OURS:
            report.say(here, "is a header that the program itself says")
        elif name.lower() == "user-agent":
            report.say(here, "cannot be set: sites are told who asks, and `contact` adds whom they may write to")
        elif not isinstance(value, str) or not _HEADER_VALUE.fullmatch(value) or value == MASK:
            report.say(here, "must be a text of plain ASCII on one line, at most 1,000 signs")
        else:
            kept[name] = Secret(value)
    if kept and report.open_to_others:
        report.say(key, f"can be read by other users of this machine; run: chmod 600 {short_path(report.path)}")
    return kept
