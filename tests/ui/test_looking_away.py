"""The line about what happened while the person looked away, on the real screen."""

import pytest
from textual import events

from cointicker.engine.looking_away import LookedAway
from cointicker.text.cells import cell_width
from cointicker.ui.away import away_pieces
from cointicker.ui.inks import Inks
from ui.played import Play, entry, play
from ui.samples import quote, snapshot
from ui.stage import themes

AWAY = 2520.0
"""Seconds; with those of the news and the new prices, 54 minutes."""


async def leave(stage: Play) -> None:
    """The terminal says that the person looks elsewhere."""
    stage.app.post_message(events.AppBlur())
    await stage.until(lambda: stage.engine.panes.focused is False)


async def look(stage: Play) -> None:
    """The terminal says that the person is back."""
    stage.app.post_message(events.AppFocus())
    await stage.until(lambda: stage.engine.panes.focused is True)
    await stage.shown()


async def go_and_come(stage: Play, seconds: float = AWAY) -> None:
    """Look away for so long, in which bitcoin rises by 1 %, ethereum falls by 2 % and two headlines come in."""
    await leave(stage)
    stage.clock.pass_by(seconds)
    now = stage.clock.now
    await stage.news(*(entry(number, published=now, first_seen=now) for number in (91, 92)))
    await stage.reprice(bitcoin=88_349.0 * 1.01, ethereum=2_933.23 * 0.98)
    await look(stage)


def _line(stage: Play) -> str:
    return stage.rows()[-1]


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (45, 30), (100, 4)], ids="{0[0]}x{0[1]}".format)
async def test_who_looks_again_is_told_what_went_on_until_the_next_key(size: tuple[int, int]) -> None:
    async with play(size) as stage:
        before = _line(stage)
        await go_and_come(stage)
        told = _line(stage)
        assert "ETH ▼2.00%  BIT ▲1.00%" in told
        assert "2 new" in told
        await stage.press("j")
        assert stage.headlines.current == 1
        assert "▼2.00%" not in _line(stage)
        if size[1] > 6:
            assert ("CoinGecko" in before) == ("CoinGecko" in _line(stage))


async def test_a_single_row_is_left_to_prices() -> None:
    async with play((100, 1)) as stage:
        await go_and_come(stage)
        assert len(stage.rows()) == 1
        assert "new" not in stage.text()


async def test_a_click_reads_it_and_still_does_its_work() -> None:
    async with play() as stage:
        await go_and_come(stage)
        assert "away 54m" in _line(stage)
        column, row = stage.find("Mine")
        for kind in (events.MouseDown, events.MouseUp):  # as a terminal has it: a pilot's do not pass the app
            stage.app.post_message(kind(None, column, row, 0, 0, 1, False, False, False))
        await stage.until(lambda: stage.main.snapshot.active == 1)
        assert "away" not in _line(stage)


async def test_the_palette_shows_it_again() -> None:
    async with play() as stage:
        await go_and_come(stage)
        await stage.press("j")
        assert "away" not in _line(stage)
        stage.main.give("looked_away")
        await stage.shown()
        assert "away 54m" in _line(stage)


async def test_a_minute_and_less_is_nothing_to_tell() -> None:
    async with play() as stage:
        await leave(stage)
        stage.clock.pass_by(59)
        await look(stage)
        assert "away" not in _line(stage)


async def test_the_focus_and_the_place_in_the_lists_stay_where_they_were() -> None:
    async with play() as stage:
        await stage.press("j", "j", "tab", "j")
        focus = stage.focus
        await go_and_come(stage)
        assert stage.focus == focus
        assert stage.watchlist.current == 1


@pytest.mark.parametrize("room", range(12, 140, 7))
def test_only_whole_coins_are_told_and_never_more_than_fits(room: int) -> None:
    coins = [quote(f"coin{number}", symbol=f"C{number}") for number in range(9)]
    told = LookedAway(600, tuple((each.coin_id, 9.0 - number) for number, each in enumerate(coins)), headlines=12)
    pieces = away_pieces(told, snapshot(coins), Inks(themes()["midnight"]), room)
    text = "".join(text for text, _ in pieces)
    assert cell_width(text) <= room
    shown = [part for part in text.split() if part.startswith("C")]
    assert shown == [f"C{number}" for number in range(len(shown))]
    assert text.count("%") == len(shown)
    assert "12 new" in text
