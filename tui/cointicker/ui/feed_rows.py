"""What the sheets of feeds say: all of them, one of them, what mute words hide, and what is asked of a new one."""

from collections import Counter
from collections.abc import Sequence

from cointicker.config.entries import spell_seconds
from cointicker.config.subscriptions import OWN_CATEGORIES
from cointicker.domain.categories import category_named
from cointicker.domain.news import Feed, FeedHealth, Headline
from cointicker.engine.feed_words import word_feed, word_next
from cointicker.engine.muting import Muting
from cointicker.engine.ports import FoundFeed
from cointicker.engine.state import Snapshot
from cointicker.text.numbers import format_age, format_moment
from cointicker.text.safe import shown_host
from cointicker.ui.screens.form import Field
from cointicker.ui.screens.sheet import SheetRow

HIDDEN = "hidden"
"""The key of the row that leads to what is hidden; no feed has such an address."""
FEED_FIELDS = (
    Field("address", "address", "", "of a feed or of a site"),
    Field("name", "name", "", "empty: its own title"),
    Field("categories", "categories", "", "such as Mining, Bitcoin"),
)


def split_categories(text: str) -> tuple[tuple[str, ...], str]:
    """The categories that a person typed with commas between, and the first that is none, or empty text."""
    wanted = [part.strip() for part in text.split(",") if part.strip()]
    named = [category_named(part) for part in wanted]
    wrong = next((part for part, name in zip(wanted, named, strict=True) if name not in OWN_CATEGORIES), "")
    return tuple(name for name in named if name in OWN_CATEGORIES), wrong


def feed_rows(snapshot: Snapshot, now: float) -> list[SheetRow]:
    """All feeds, and how many headlines mute words hide; each row's key is the feed's address."""
    hidden = Counter(headline.feed_url for headline in snapshot.hidden)
    known = {health.url: health for health in snapshot.feeds}
    rows = [SheetRow(f"Feeds {snapshot.feeds_ok}/{snapshot.feeds_total}", ink="secondary")]
    for feed in _in_order(snapshot):
        health = known.get(feed.url) or FeedHealth(feed.url, feed.name)
        rows.append(_feed_row(health, hidden[feed.url], now))
    if snapshot.hidden:
        count = f"{snapshot.muted} headline{'s' * (snapshot.muted > 1)}"
        rows.append(SheetRow(f"{count} hidden by mute words", chosen=True, key=HIDDEN))
    return rows


def _in_order(snapshot: Snapshot) -> Sequence[Feed]:
    """As configured; where the visits are still those of other settings, the feeds that these tell of."""
    configured = snapshot.settings.news.feeds
    if snapshot.feeds_total == len(configured):
        return configured
    return tuple(Feed(health.url, health.name) for health in snapshot.feeds)


def _feed_row(health: FeedHealth, hidden: int, now: float) -> SheetRow:
    name = health.name or shown_host(health.url)
    ink = "text"
    if health.gone or (health.why and health.ok_at is None):
        ink = "down"
    elif health.why:
        ink = "accent"
    elif health.ok_at is None:
        ink = "label"
    after = word_next(health, now)
    return SheetRow(f"{name}: {word_feed(health, hidden, now)}", after, ink, chosen=True, key=health.url)


def one_feed_rows(snapshot: Snapshot, url: str, now: float) -> list[SheetRow]:
    """All that is known of one feed, then the headlines of it that are hidden."""
    feed = next((feed for feed in snapshot.settings.news.feeds if feed.url == url), Feed(url))
    health = next((health for health in snapshot.feeds if health.url == url), FeedHealth(url, feed.name))
    told = [
        ("address", feed.url),
        ("read at", health.address),
        ("moving", f"redirects to {health.moved_to}; believed on the third day" if health.moved_to else ""),
        ("state", word_feed(health, 0, now)),
        ("last visit", format_moment(health.checked_at) if health.checked_at else ""),
        ("next", "when you ask for it" if health.gone else word_next(health, now).removeprefix("next ")),
        ("failures", f"{health.failures} in a row" if health.failures else ""),
        ("own pace", spell_seconds(health.pace) if health.pace else ""),
        ("interval", spell_seconds(feed.refresh) if feed.refresh else ""),
        ("categories", ", ".join(feed.categories)),
        ("mute", ", ".join(feed.mute)),
        ("articles", "" if feed.full_articles is None else "the page" if feed.full_articles else "the feed's text"),
        ("headers", ", ".join(f"{name}: ***" for name in feed.headers)),
    ]
    rows = [SheetRow(text, label=label) for label, text in told if text]
    hidden = hidden_rows(snapshot, now, url)
    return [*rows, SheetRow(""), SheetRow("Hidden by mute words", ink="secondary"), *hidden] if hidden else rows


def hidden_rows(snapshot: Snapshot, now: float, url: str = "") -> list[SheetRow]:
    """The headlines that mute words hide, each with the word; of one feed where its address is given."""
    news = snapshot.settings.news
    muting = Muting(news.mute, news.feeds)
    return [
        SheetRow(
            headline.title,
            f"{muting.word_for(headline)}  {format_age(now - headline.at)}",
            chosen=True,
            key=headline.headline_id,
        )
        for headline in snapshot.hidden
        if not url or headline.feed_url == url
    ]


def hidden_headline(snapshot: Snapshot, headline_id: str) -> Headline | None:
    """A hidden headline by its id."""
    return next((headline for headline in snapshot.hidden if headline.headline_id == headline_id), None)


def found_rows(found: Sequence[FoundFeed]) -> list[SheetRow]:
    """The feeds of a site to choose from."""
    return [SheetRow(each.title or each.url, each.url if each.title else "", chosen=True) for each in found]
