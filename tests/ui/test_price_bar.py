"""The price bar: every coin on exactly one page, none cut, flashes where a price changed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.config.settings import UiSettings
from cointicker.domain.market import Watchlist
from cointicker.engine.state import Snapshot
from cointicker.ui.inks import Inks
from cointicker.ui.widgets.lines import Kit
from cointicker.ui.widgets.price_bar import PriceBar
from fake_clock import START
from ui.played import LISTS, play, played_settings
from ui.samples import few, quote, snapshot
from ui.stage import Stage, demo, themes

INKS = Inks(themes()["midnight"])
states = st.lists(
    st.tuples(st.none() | st.floats(1e-9, 1e12, allow_nan=False), st.integers(1, 8), st.sampled_from([0, 9000])),
    max_size=14,
).map(
    lambda coins: snapshot(
        [
            quote(f"coin-{index}", price, f"{'ABCDEFGH'[:length]}{index}", fetched_at=START - age)
            for index, (price, length, age) in enumerate(coins)
        ]
    )
)


def _bar(state: Snapshot, bar: str = "pages") -> PriceBar:
    widget = PriceBar(Kit(INKS, UiSettings(bar=bar), lambda: START))
    widget.set_reactive(PriceBar.snapshot, state)
    return widget


def _pages(state: Snapshot, width: int) -> list[str]:
    """What the bar shows, page by page."""
    widget = _bar(state)
    count = len(widget._fill_pages(widget._items(width), width))
    shown = []
    for page in range(count):
        widget._page = page
        strip = widget.draw_blank(0, width)
        assert strip.cell_length == width
        shown.append(strip.text)
    return shown


def _words(state: Snapshot, width: int) -> list[tuple[str, int]]:
    """What each coin is shown as, without the blanks around it, and the cells that it is given."""
    widget = _bar(state)
    return [("".join(text for text, _ in widget._pieces(item)).strip(), item.width) for item in widget._items(width)]


@few
@given(states, st.integers(1, 160), st.booleans())
def test_every_coin_that_fits_a_page_is_on_exactly_one_whole_and_no_other_is_begun(
    state: Snapshot, width: int, made_up: bool
) -> None:
    state = snapshot(tuple(state.quotes.values()), demo=made_up)
    pages = _pages(state, width)
    for words, room in _words(state, width):
        on = sum(f" {words} " in f"{page} " for page in pages)
        assert on <= 1
        assert on == 1 or room + 3 + (5 if made_up else 0) > width
    shown = " ".join(pages)
    for words, _ in _words(state, width):
        shown = shown.replace(f" {words} ", " ", 1)
    assert not re.sub(r"DEMO|\d+/\d+", "", shown).strip()


@few
@given(states, st.integers(8, 160))
def test_made_up_prices_are_always_marked(state: Snapshot, width: int) -> None:
    for bar in ("pages", "scroll", "still"):
        strip = _bar(snapshot(tuple(state.quotes.values()), demo=True), bar).draw_blank(0, width)
        assert "DEMO" in strip.text
        assert strip.cell_length == width


@few
@given(states, st.integers(8, 160), st.integers(0, 500))
def test_the_tape_fills_the_row_wherever_it_stands(state: Snapshot, width: int, offset: int) -> None:
    widget = _bar(state, "scroll")
    widget._offset = offset
    assert widget.draw_blank(0, width).cell_length == width


def test_the_tape_moves_by_a_cell_and_comes_round() -> None:
    state = snapshot([quote("aaaa", 1.5), quote("bbbb", 2.5)])
    widget = _bar(state, "scroll")
    first = widget.draw_blank(0, 20).text
    widget._offset = 1
    assert widget.draw_blank(0, 20).text[:-1] == first[1:]
    widget._offset = sum(item.width for item in widget._items(20))
    assert widget.draw_blank(0, 20).text == first


def test_the_coin_under_a_cell_is_the_one_that_is_drawn_there() -> None:
    state = snapshot([quote("aaaa", 1.5), quote("bbbb", 2.5)])
    for bar in ("pages", "scroll"):
        widget = _bar(state, bar)
        widget._offset = 3
        text = widget.draw_blank(0, 60).text
        for coin in ("aaaa", "bbbb"):
            at = text.find(coin.upper())
            assert at < 0 or widget.coin_at(at) == coin


async def test_a_price_that_changed_flashes_from_its_first_new_digit_and_settles() -> None:
    async with play() as stage:
        still = _colours(stage, "88,349.00")
        assert len(still) == 1
        await stage.reprice(bitcoin=88_351.0)
        assert _colours(stage, "88,351.00") == [still[0], themes()["midnight"].up]
        await stage.reprice(bitcoin=88_350.0)
        assert _colours(stage, "88,350.00") == [still[0], themes()["midnight"].down]
        stage.main.bar._settle()
        await stage.pilot.pause()
        assert _colours(stage, "88,350.00") == still


def _colours(stage: Stage, words: str) -> list[str]:
    """Colours of a text of the bar, from left to right."""
    strip = stage.app.screen._compositor.render_strips()[0]
    start = strip.text.index(words)
    part = strip.crop(start, start + len(words))
    colours = [style.color.name for _, style, _ in part if style is not None and style.color is not None]
    return [each for index, each in enumerate(colours) if index == 0 or each != colours[index - 1]]


async def test_a_price_that_did_not_change_does_not_flash() -> None:
    async with play() as stage:
        before = _colours(stage, "88,349.00")
        await stage.reprice(ethereum=3_000.0)
        assert _colours(stage, "88,349.00") == before


@pytest.mark.parametrize("bar", ["pages", "scroll", "still"])
async def test_nothing_turns_while_all_coins_fit(bar: str) -> None:
    async with play(settings=played_settings(ui=UiSettings(bar=bar))) as stage:
        timer = stage.main.bar._timer
        assert timer is None or not timer._active.is_set()


@pytest.mark.parametrize("bar", ["pages", "scroll"])
async def test_it_turns_once_they_do_not(bar: str) -> None:
    many = (Watchlist("Many", tuple(LISTS[0].coins) + tuple(f"coin-{each}" for each in range(20))),)
    async with play(settings=played_settings(ui=UiSettings(bar=bar), watchlists=many)) as stage:
        timer = stage.main.bar._timer
        assert timer is not None
        assert timer._active.is_set()


async def test_another_watchlist_begins_on_its_first_page() -> None:
    async with demo((72, 20)) as stage:
        stage.main.bar._turn()
        await stage.pilot.pause()
        assert "BTC" not in stage.rows()[0]
        await stage.press("w", "w", "w")
        await stage.shown()
        assert "BTC" in stage.rows()[0]
