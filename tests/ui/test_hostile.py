"""Foreign text on every surface of the screen: shown as it is, never obeyed, whatever is clicked."""

import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.domain.freshness import Failed
from cointicker.domain.market import Quote
from cointicker.domain.mining import Mining, Pool
from cointicker.domain.news import (
    Block,
    Code,
    Heading,
    Headline,
    Image,
    Link,
    ListItem,
    Paragraph,
    Quotation,
    Span,
    Table,
    Tone,
)
from cointicker.domain.words import SafeText
from cointicker.engine.ports import Page
from cointicker.text.cells import cell_width
from cointicker.text.safe import clean, clean_lines, clean_title
from cointicker.ui.inks import Inks
from cointicker.ui.river import Filter
from cointicker.ui.widgets.lines import Row
from engine.outside import Market, Mine, Outside, brings
from fake_clock import START, Clock
from ui.played import LISTS, ONE, TWO, play, played_settings
from ui.samples import headline, texts
from ui.stage import Stage, themes
from upstream.hostile import TEXTS

BRACKETS = (
    "[/]", "[/b]", "[ATH]", "[@click=app.quit]Read[/]", "[red]now[/red]", ":rocket:", "BTC [1]", "[type=x, v={'a[0]'}]",
)  # fmt: skip
ALL = (*BRACKETS, *TEXTS)


class _HostileMarket(Market):
    """Names its coins as it likes."""

    names: tuple[str, ...] = ALL

    def _quote(self, coin: str, currency: str) -> Quote:
        name = self.names[sorted(self.prices).index(coin) % len(self.names)]
        return replace(super()._quote(coin, currency), symbol=SafeText(clean(name, 12).upper()), name=clean(name))


class _HostileMine(Mine):
    """Names its pools as it likes."""

    async def fetch(self) -> Mining | Failed:
        found = await super().fetch()
        if isinstance(found, Failed):
            return found
        pools = tuple(Pool(clean(text), 10.0) for text in ALL[:5])
        return replace(found, pools=pools, block_pool=clean(ALL[3]), block_at=START)


def _entry(number: int, text: str) -> Headline:
    return headline(
        f"hostile{number:03d}",
        clean_title(text),
        source=clean(text, 60),
        author=clean(text),
        deck=clean(text),
        tags=(clean(text),),
        url=f"https://one.example/{number}",
        published=START - 60 * number,
    )  # fmt: skip


def _page(text: str) -> Page:
    safe = clean(text)
    link = Span(safe, Tone.STRONG, 1)
    blocks: tuple[Block, ...] = (
        Heading((link,)), Paragraph((Span(safe), link)), Quotation((Span(safe),)), ListItem((Span(safe),), 1, 3),
        Code(clean_lines(text)), Table(((safe, safe), (safe, safe)), header=True), Image(safe),
    )  # fmt: skip
    return Page(blocks, (Link(1, safe, "https://good.example/"),), safe, safe, safe, words=10)


def _world(clock: Clock) -> Outside:
    world = Outside(clock)
    market = _HostileMarket(clock)
    market.prices = dict.fromkeys(("bitcoin", "ethereum", "ripple", "kaspa"), 100.0)
    world.market = market
    world.mine = _HostileMine(clock)
    world.feeds.answers[ONE.url] = brings(*(_entry(number, text) for number, text in enumerate(ALL)))
    world.feeds.answers[TWO.url] = Failed(clean(" ".join(ALL[:8])))
    world.articles.pages = {f"https://one.example/{number}": _page(text) for number, text in enumerate(ALL)}
    return world


def _hostile(size: tuple[int, int] = (120, 30), **options: Any) -> Any:
    clock = Clock()
    feeds = tuple(replace(feed, name=clean(ALL[3])) for feed in (ONE, TWO))
    news = replace(played_settings().news, feeds=feeds)
    return play(size, world=_world(clock), clock=clock, settings=played_settings(news=news), **options)


def _check(stage: Stage) -> None:
    """Nothing but printable signs in what is about to be written, and every row as wide as it says."""
    for strip in stage.app.screen._compositor.render_strips():
        assert cell_width(strip.text) == strip.cell_length
        for text, style, control in strip:
            assert not control
            assert not any(unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn"} for sign in text)
            assert style is None or not (style.meta or {}).get("@click")
            assert style is None or style.link in {None, "https://good.example/"}


async def test_every_headline_and_article_is_shown_as_words() -> None:
    async with _hostile((70, 20)) as stage:
        for number, text in enumerate(ALL):
            _check(stage)
            assert stage.titles[number] == clean_title(text)
            await stage.hold("enter", 1)
            await stage.text_is_there()
            _check(stage)
            await stage.hold("escape", 1)
            await stage.hold("j", 1)


async def test_brackets_are_shown_to_the_letter() -> None:
    async with _hostile() as stage:
        for text in BRACKETS:
            assert text in stage.text()
        await stage.open_current()
        assert "[/] [1]" in stage.text()


@pytest.mark.parametrize("key", ["e", "?", "x", "w", "ctrl+p", "A"])
async def test_what_is_laid_over_the_screen_shows_it_as_words_too(key: str) -> None:
    async with _hostile() as stage:
        await stage.press(key)
        _check(stage)


async def test_the_words_of_failures_are_words() -> None:
    clock = Clock()
    world = _world(clock)
    words = clean(" ".join(ALL[:6]))
    world.market.trouble = world.mine.trouble = Failed(words)
    world.feeds.answers = {ONE.url: Failed(words), TWO.url: Failed(words)}
    for size in ((120, 30), (80, 24), (45, 30)):
        async with play(size, world=world, clock=clock) as stage:
            _check(stage)
            assert "[/]" in stage.text()
            await stage.press("e")
            _check(stage)


async def test_the_links_of_an_article_are_listed_as_words() -> None:
    async with _hostile() as stage:
        await stage.hold("j", 3)
        await stage.open_current()
        await stage.press("u")
        _check(stage)
        assert "[@click=app.quit]Read[/]" in stage.text()


async def test_no_click_on_any_cell_does_more_than_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    async with _hostile((48, 10)) as stage:
        for opened in (False, True):
            for cell in range(0, 48 * 10, 11):
                await _be_at_the_start(stage, opened=opened)
                await stage.pilot.click(offset=(cell % 48, cell // 48))
                assert not stage.app._exit
            _check(stage)
        assert stage.app.clipboard in {"", "https://good.example/"}


async def _be_at_the_start(stage: Stage, *, opened: bool) -> None:
    """Leave what a click has opened; go to the first article where one is to be open."""
    if stage.app.screen is not stage.main or stage.focus == "search":
        await stage.hold("escape", 1)
    stage.headlines.set_filter(Filter())
    if opened and not stage.article.display:
        await stage.hold("g", 1)
        await stage.hold("enter", 1)
        await stage.text_is_there()


async def test_typing_it_into_the_search_is_searching_for_it() -> None:
    async with _hostile() as stage:
        await stage.press("/", *"[/]", "enter")
        assert stage.titles[0] == "[/]"
        assert "there is no word in [/]" in stage.text()
        await stage.press("/", *"[/]x", "enter")
        assert "/[/]x* ✕" in stage.text()
        _check(stage)


async def test_a_name_of_a_watchlist_is_a_name() -> None:
    lists = (replace(LISTS[0], name="[@click=app.quit]x[/]"), LISTS[1])
    async with play(settings=played_settings(watchlists=lists)) as stage:
        assert "[@click=app.quit]x[/]" in stage.text()
        await stage.click("[@click")
        assert not stage.app._exit


@given(st.lists(st.tuples(texts, st.booleans()), max_size=8), st.integers(0, 60))
def test_no_row_is_ever_wider_or_narrower_than_its_pane(pieces: list[tuple[str, bool]], width: int) -> None:
    ink = Inks(themes()["midnight"])("text")
    row = Row(width, ink)
    for text, at_the_right in pieces:
        if at_the_right:
            row.right([(text, ink)], 1)
        else:
            row.put(text, ink)
    strip = row.strip()
    assert cell_width(strip.text) == width
    assert strip.cell_length == width
