"""A small world on the screen whose prices, feeds and pages the test writes itself."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from cointicker.config.settings import NewsSettings, Settings
from cointicker.domain.freshness import Failed
from cointicker.domain.market import Watchlist
from cointicker.domain.news import Feed, Heading, Headline, Link, Paragraph, Span
from cointicker.domain.words import SafeText
from cointicker.engine.ports import Page
from engine.outside import Outside, brings
from fake_clock import START, Clock
from ui.samples import headline
from ui.stage import FULL, Stage, load_all, make_engine, settings_of, show

ONE = Feed("https://one.example/feed", "One")
TWO = Feed("https://two.example/feed", "Two")
SUBJECTS = ("Bitcoin", "Ethereum", "Ripple", "Weather")
SHARED = "Glaciers melt faster than every forecast said"
"""A story that both feeds tell."""
COUNT = 24
"""Stories of the first feed, without the shared one."""
LISTS = (Watchlist("Majors", ("bitcoin", "ethereum", "ripple")), Watchlist("Mine", ("kaspa", "bitcoin")))
PRICES = {"bitcoin": 88_349.0, "ethereum": 2_933.23, "ripple": 1.9042, "kaspa": 0.0421}


def title(number: int) -> str:
    """The title of a story, 1 for the newest."""
    return f"{SUBJECTS[(number - 1) % len(SUBJECTS)]} report {number:02d}"


def entry(number: int, feed: Feed = ONE, **changes: Any) -> Headline:
    """The entry of a story, so many minutes old."""
    return headline(
        f"story{number:04d}",
        changes.pop("title", title(number)),
        feed_url=feed.url,
        source=SafeText(feed.name),
        url=address(number),
        published=changes.pop("published", START - number * 60),
        **changes,
    )


def address(number: int) -> str:
    """Where a story's page is."""
    return f"https://one.example/story/{number}"


def shared(feed: Feed, minutes: int) -> Headline:
    """The entry of the story that both feeds tell."""
    return headline(
        f"shared-{feed.name.lower()}",
        SHARED,
        feed_url=feed.url,
        source=SafeText(feed.name),
        url=f"{feed.url}/shared",
        published=START - minutes * 60,
    )


def page(number: int, paragraphs: int = 60) -> Page:
    """The page of a story: a heading, a paragraph with two links, and many more paragraphs."""
    words = Paragraph(
        (
            Span(SafeText("See ")),
            Span(SafeText("the first source"), link=1),
            Span(SafeText(" and ")),
            Span(SafeText("the second"), link=2),
        )
    )
    more = tuple(Paragraph((Span(SafeText(f"Paragraph {each} of story {number}.")),)) for each in range(paragraphs))
    return Page(
        (Heading((Span(SafeText("What happened")),)), words, *more),
        (
            Link(1, SafeText("the first source"), "https://first.example/"),
            Link(2, SafeText("the second"), "https://second.example/"),
        ),
        words=230 * 2,
    )


@dataclass
class Play(Stage):
    """A screen with the outside that the test plays."""

    outside: Outside

    async def news(self, *headlines: Headline) -> None:
        """The first feed brings more headlines beside those that it had."""
        answer = self.outside.feeds.answers[ONE.url]
        had = getattr(answer, "headlines", ())
        self.outside.feeds.answers[ONE.url] = brings(*headlines, *had)
        self.clock.pass_by(700)
        await self.fetch()

    async def reprice(self, after: float = 61, **prices: float | None) -> None:
        """The market asks other prices a minute later."""
        self.outside.market.prices |= prices
        self.clock.pass_by(after)
        await self.fetch()


def played_settings(**changes: Any) -> Settings:
    """Two feeds, two watchlists."""
    return replace(settings_of(watchlists=LISTS, news=NewsSettings(feeds=(ONE, TWO), refresh=600)), **changes)


def outside(clock: Clock, count: int = COUNT) -> Outside:
    """The world outside as the tests start with it."""
    world = Outside(clock)
    world.market.prices = dict(PRICES)
    numbers = range(1, count + 1)
    world.feeds.answers[ONE.url] = brings(*(entry(number) for number in numbers), shared(ONE, 90))
    world.feeds.answers[TWO.url] = brings(shared(TWO, 80))
    world.articles.pages = {address(number): page(number) for number in numbers}
    return world


@asynccontextmanager
async def play(
    size: tuple[int, int] = FULL,
    *,
    world: Outside | None = None,
    clock: Clock | None = None,
    settings: Settings | None = None,
    offline: bool = False,
    fetched: bool = True,
    problems: Sequence[str] = (),
) -> AsyncIterator[Play]:
    """The small world on the screen; ``fetched``: with everything there before the screen is."""
    clock = clock or Clock()
    world = world or outside(clock)
    engine = make_engine(settings or played_settings(), clock, world.make, offline=offline)
    if fetched:
        await load_all(engine)
    else:
        await engine.load()
    async with show(engine, clock, size, problems=problems) as stage:
        yield Play(stage.app, stage.engine, stage.clock, stage.pilot, world)


def failing(why: str, retry_in: float | None = None) -> Failed:
    """An answer that is none."""
    return Failed(why, None if retry_in is None else START + retry_in)
