"""The changes of feeds that a person makes in the program, as edits of the configuration."""

from collections.abc import Sequence
from typing import Any

from cointicker.config.differences import Data, EditError
from cointicker.config.edits import SettingsEdit
from cointicker.config.settings import Settings
from cointicker.config.subscriptions import feed_table
from cointicker.domain.news import Feed
from cointicker.text.safe import vet_url


def add_feeds(feeds: Sequence[Feed]) -> SettingsEdit:
    """Put feeds behind the others; those whose address is there already stay as they are."""

    def edit(data: Data, settings: Settings) -> None:
        tables = _tables(data, settings)
        known = {vet_url(table.get("url")) for table in tables}
        tables += [feed_table(feed) for feed in feeds if feed.url not in known]

    return edit


def remove_feed(url: str) -> SettingsEdit:
    """Take a feed out; where it was the last, none are left: the default ones do not come back."""

    def edit(data: Data, settings: Settings) -> None:
        tables = _tables(data, settings)
        kept = [table for table in tables if vet_url(table.get("url")) != url]
        if len(kept) == len(tables):
            raise EditError(f"there is no feed {url}")
        tables[:] = kept

    return edit


def set_full_articles(url: str, *, full: bool) -> SettingsEdit:
    """Always fetch the pages of a feed, or never unless they are asked for."""

    def edit(data: Data, settings: Settings) -> None:
        table = next((each for each in _tables(data, settings) if vet_url(each.get("url")) == url), None)
        if table is None:
            raise EditError(f"there is no feed {url}")
        table["full_articles"] = full

    return edit


def _tables(data: Data, settings: Settings) -> list[dict[str, Any]]:
    """``[[news.feeds]]`` of the document, with the feeds that are in force in it."""
    news = data.setdefault("news", {})
    if not isinstance(news, dict):
        raise EditError("news is not a section in the file")
    tables = news.setdefault("feeds", [])
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise EditError("news.feeds are not tables, each begun by [[news.feeds]]")
    held = {vet_url(table.get("url")) for table in tables}
    if held.isdisjoint(feed.url for feed in settings.news.feeds):
        tables += [feed_table(feed) for feed in settings.news.feeds]
    return tables
