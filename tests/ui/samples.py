"""Values for the parts of the screen that need no screen."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from hypothesis import settings
from hypothesis import strategies as st

from cointicker.domain.freshness import Fresh
from cointicker.domain.market import Quote, Watchlist
from cointicker.domain.news import Headline, Story
from cointicker.domain.words import SafeText
from cointicker.engine.state import Part, Snapshot
from cointicker.text.safe import clean
from fake_clock import START

few = settings(max_examples=40, deadline=None)
"""Tries of a property that is dear to try."""

words = st.text(max_size=12).map(lambda raw: clean(raw).replace(" ", "")).filter(bool)
"""Words that are safe to show, of letters of every script."""

texts = st.text(max_size=60).map(clean)
"""Lines that are safe to show."""


def quote(
    coin_id: str = "bitcoin", price: float | None = 88_349.0, symbol: str | None = None, **changes: object
) -> Quote:
    """A quote that was fetched just now; its symbol is the beginning of the id."""
    values: dict[str, object] = {
        "coin_id": coin_id,
        "symbol": SafeText(symbol or coin_id[:4].upper()),
        "name": SafeText(coin_id.title()),
        "currency": "usd",
        "price": price,
        "fetched_at": START,
        "updated_at": START,
        "change_24h": 1.0,
        "rank": 1,
    }
    return Quote(**(values | changes))  # type: ignore[arg-type]


def headline(headline_id: str, title: str = "", **changes: object) -> Headline:
    """A headline of ten minutes ago."""
    values: dict[str, object] = {
        "headline_id": headline_id,
        "feed_url": "https://one.example/feed",
        "source": SafeText("One"),
        "title": SafeText(title or f"Title {headline_id}"),
        "url": f"https://one.example/{headline_id}",
        "first_seen": START,
        "published": START - 600,
    }
    return Headline(**(values | changes))  # type: ignore[arg-type]


def story(headline_id: str, title: str = "", *, others: Sequence[Headline] = (), **changes: object) -> Story:
    """A story, by default of one headline."""
    return Story(headline(headline_id, title, **changes), tuple(others))


def snapshot(quotes: Sequence[Quote] = (), **changes: object) -> Snapshot:
    """A state with quotes, all of them watched."""
    by_id: Mapping[str, Quote] = MappingProxyType({each.coin_id: each for each in quotes})
    values: dict[str, object] = {
        "quotes": by_id,
        "watchlists": (Watchlist("All", tuple(by_id)),),
        "market": Part(Fresh(START), next_at=START + 60),
        "feeds_total": 1,
    }
    return Snapshot(**(values | changes))  # type: ignore[arg-type]
