"""A watchlist made one's own: by key, by mouse and from the palette, taken back by undo."""

from dataclasses import replace
from functools import partial

import pytest
from textual import events
from textual.geometry import Offset

from cointicker.config.settings import UiSettings
from cointicker.domain.market import Watchlist
from cointicker.ui.screens.choosers import CurrencyPicker
from cointicker.ui.screens.columns import ColumnsScreen
from cointicker.ui.screens.main import MainScreen
from ui.played import LISTS, play, played_settings
from ui.stage import Stage

COINS = LISTS[0].coins


def _coins(stage: Stage, name: str = "Majors") -> tuple[str, ...]:
    """The coins of a list as the engine has them."""
    return next(each.coins for each in stage.engine.snapshot.watchlists if each.name == name)


def _names(stage: Stage) -> list[str]:
    return [each.name for each in stage.engine.snapshot.watchlists]


async def _type(stage: Stage, text: str) -> None:
    await stage.press(*("space" if sign == " " else sign for sign in text))


def _said(stage: Stage, count: int) -> bool:
    """Whether so many sentences were said."""
    return len(stage.engine.snapshot.notices) == count


def _is_sorted_by(stage: Stage, sort: str) -> bool:
    return stage.engine.snapshot.settings.sort.get("Majors") == sort


async def test_d_removes_the_coin_and_undo_puts_it_back_where_it_was() -> None:
    async with play() as stage:
        await stage.press("tab", "j", "d")
        await stage.until(lambda: _coins(stage) == ("bitcoin", "ripple"))
        await stage.until(lambda: "takes it back" in stage.rows()[-1])
        await stage.press("ctrl+z")
        await stage.until(lambda: _coins(stage) == COINS)


@pytest.mark.parametrize(("keys", "order"), [
    (["J"], ("ethereum", "bitcoin", "ripple")),
    (["J", "J"], ("ethereum", "ripple", "bitcoin")),
    (["J", "J", "J"], ("ethereum", "ripple", "bitcoin")),
    (["j", "j", "K"], ("bitcoin", "ripple", "ethereum")),
    (["j", "shift+up"], ("ethereum", "bitcoin", "ripple")),
    (["K"], COINS),
])  # fmt: skip
async def test_a_coin_is_moved_by_key_as_fast_as_one_types_and_stays_the_current_one(
    keys: list[str], order: tuple[str, ...]
) -> None:
    async with play() as stage:
        await stage.press("tab")
        coin = _coins(stage)[keys.count("j")]
        for key in keys:
            stage.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await stage.until(lambda: _coins(stage) == order)
        await stage.shown()
        assert stage.watchlist.coin == coin
        assert stage.watchlist.keys == order


async def _drag(stage: Stage, start: tuple[int, int], *way: tuple[int, int]) -> None:
    """Hold the mouse button down from one cell over others, as the driver of a terminal reports it."""

    def event(kind: type[events.MouseEvent], place: tuple[int, int]) -> events.MouseEvent:
        x, y = place
        return kind(None, x, y, 0, 0, 1, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y)

    stage.app.screen._forward_event(event(events.MouseDown, start))
    await stage.pilot.pause()
    for place in way:
        stage.app.mouse_position = Offset(*place)
        stage.app.screen._forward_event(event(events.MouseMove, place))
        await stage.pilot.pause()
    stage.app.screen._forward_event(event(events.MouseUp, way[-1] if way else start))
    await stage.pilot.pause()


async def test_a_row_that_is_dragged_follows_the_pointer_and_lies_where_it_is_dropped() -> None:
    async with play() as stage:
        x, y = stage.find("BIT", 1)
        await _drag(stage, (x, y), (x, y + 1), (x, y + 2), (x, y + 1))
        assert stage.watchlist.keys == ("ethereum", "bitcoin", "ripple")
        await stage.until(lambda: _coins(stage) == ("ethereum", "bitcoin", "ripple"))
        await stage.press("ctrl+z")
        await stage.until(lambda: _coins(stage) == COINS)


async def test_a_list_that_is_sorted_or_fills_itself_says_why_nothing_moves() -> None:
    lists = (*LISTS, Watchlist("Best", (), "top 50"))
    async with play(settings=replace(played_settings(), watchlists=lists, sort={"Majors": "price"})) as stage:
        await stage.press("tab", "J")
        await stage.until(lambda: "the list is sorted" in stage.rows()[-1])
        x, y = stage.find("RIP", 1)
        await _drag(stage, (x, y), (x, y + 1), (x, y + 2))
        assert _coins(stage) == COINS


async def test_a_column_sorts_by_its_head_three_times_round_and_each_list_remembers_its_own() -> None:
    async with play() as stage:
        heads = [entry.coin_id for entry in stage.watchlist.entries]
        await stage.click("price")
        await stage.until(lambda: stage.engine.snapshot.settings.sort.get("Majors") == "-price")
        await stage.until(lambda: "price↓" in stage.text())
        assert stage.watchlist.keys == ("bitcoin", "ethereum", "ripple")
        await stage.click("price↓")
        await stage.until(lambda: "price↑" in stage.text())
        assert stage.watchlist.keys == ("ripple", "ethereum", "bitcoin")
        await stage.press("w")
        await stage.until(lambda: stage.main.snapshot.watchlist.name == "Mine")
        assert "price↑" not in stage.text()
        await stage.press("w")
        await stage.until(lambda: "price↑" in stage.text())
        await stage.click("price↑")
        await stage.until(lambda: not stage.engine.snapshot.settings.sort)
        await stage.shown()
        assert list(stage.watchlist.keys) == heads


async def test_sorting_by_key_goes_through_the_columns_and_back_to_ones_own_order() -> None:
    async with play() as stage:
        sorts: list[str] = []
        for key in (">", ">", ">", "<", "<", "<"):
            name = {">": "greater_than_sign", "<": "less_than_sign"}[key]
            version = len(sorts) + 1
            await stage.press(name)
            await stage.until(partial(_said, stage, version))
            sorts.append(stage.engine.snapshot.settings.sort.get("Majors", "").removeprefix("-"))
        assert sorts == ["rank", "coin", "price", "coin", "rank", ""]


async def test_the_chooser_sorts_by_what_is_typed_and_the_same_again_turns_it_round() -> None:
    async with play() as stage:
        for wanted in ("-price", "price"):
            await stage.press("S")
            await _type(stage, "price")
            await stage.press("enter")
            await stage.until(partial(_is_sorted_by, stage, wanted))
        await stage.press("S")
        await _type(stage, "own order")
        await stage.press("enter")
        await stage.until(lambda: not stage.engine.snapshot.settings.sort)


async def test_columns_are_chosen_ordered_and_put_back_while_the_table_behind_follows() -> None:
    async with play() as stage:
        await stage.press("C", "G", "space")
        await stage.until(lambda: "pnl" in stage.engine.snapshot.settings.ui.columns)
        await stage.until(lambda: "P&L" in stage.rows()[stage.find("24h")[1]])
        await stage.press("K")
        await stage.until(lambda: stage.engine.snapshot.settings.ui.columns[-2:] == ("pnl", "sparkline"))
        await stage.press("enter")
        await stage.until(lambda: "pnl" not in stage.engine.snapshot.settings.ui.columns)
        await stage.click("traded in 24 hours")
        await stage.until(lambda: "volume" in stage.engine.snapshot.settings.ui.columns)
        await stage.press("backspace")
        await stage.until(lambda: stage.engine.snapshot.settings.ui.columns == UiSettings().columns)
        assert isinstance(stage.app.screen, ColumnsScreen)
        await stage.press("escape")
        assert isinstance(stage.app.screen, MainScreen)


async def test_coin_and_price_cannot_be_left_out_and_what_is_not_shown_has_no_place() -> None:
    async with play() as stage:
        await stage.press("C", "j", "space")
        assert "always shown" in stage.text()
        assert "coin" in stage.engine.snapshot.settings.ui.columns
        await stage.press("G", "K")
        await stage.until(lambda: "have a place" in stage.text())


async def test_c_finds_a_currency_by_its_name_and_shows_prices_in_it() -> None:
    async with play() as stage:
        await stage.press("c")
        await _type(stage, "yen")
        await stage.press("enter")
        await stage.until(lambda: stage.engine.snapshot.currency == "jpy")
        await stage.press("c")
        assert isinstance(stage.app.screen, CurrencyPicker)
        assert [choice.key for choice in stage.app.screen.found.choices[:2]] == ["usd", "jpy"]
        await stage.press("escape")
        assert stage.engine.snapshot.currency == "jpy"


async def test_lists_are_made_renamed_and_deleted_from_their_menu() -> None:
    async with play() as stage:
        await stage.press("W")
        await stage.click("A new list")
        await _type(stage, "New one")
        await stage.press("enter")
        await stage.until(lambda: _names(stage) == ["Majors", "Mine", "New one"])
        await stage.until(lambda: stage.main.snapshot.watchlist.name == "New one")
        assert "No coins in this list yet." in stage.text()
        await stage.press("W")
        await stage.click("Rename New one")
        await stage.press("backspace", "backspace", "backspace", "backspace", "enter")
        await stage.until(lambda: _names(stage)[-1] == "New")
        await stage.press("W")
        await stage.click("Delete New")
        await stage.until(lambda: _names(stage) == ["Majors", "Mine"])
        await stage.press("ctrl+z")
        await stage.until(lambda: _names(stage)[-1] == "New")


async def test_a_list_by_a_rule_is_made_and_what_is_no_rule_is_refused_in_words() -> None:
    async with play() as stage:
        await stage.press("W")
        await stage.click("A new list by a rule")
        await _type(stage, "best ever")
        await stage.press("enter")
        assert "a rule is one of" in stage.text()
        await stage.press(*["backspace"] * len("best ever"))
        await _type(stage, "losers")
        await stage.press("enter")
        await stage.until(lambda: stage.engine.snapshot.watchlist == Watchlist("Losers", (), "losers"))


async def test_a_coin_is_sent_to_another_list() -> None:
    async with play() as stage:
        await stage.press("tab", "j", "m", "enter")
        await stage.until(lambda: _coins(stage, "Mine") == ("kaspa", "bitcoin", "ethereum"))
        assert _coins(stage) == ("bitcoin", "ripple")


async def test_a_coin_is_called_otherwise_until_the_name_is_taken_away() -> None:
    async with play() as stage:
        await stage.press("tab", "n")
        await _type(stage, "corn")
        await stage.press("enter")
        await stage.until(lambda: "corn 88,349.00" in stage.rows()[0])
        await stage.press("n", *["backspace"] * 4, "enter")
        await stage.until(lambda: "BIT 88,349.00" in stage.rows()[0])


async def test_the_right_button_offers_what_can_be_done_with_a_coin() -> None:
    async with play() as stage:
        x, y = stage.find("2,933.23", 1)
        await stage.pilot.click(offset=(x, y), button=3)
        await stage.pilot.pause()
        await stage.click("Take the coin out")
        await stage.until(lambda: _coins(stage) == ("bitcoin", "ripple"))


async def test_the_palette_knows_what_can_be_done_with_the_list() -> None:
    async with play() as stage:
        await stage.press("ctrl+p")
        await _type(stage, "search coins")
        await stage.until(lambda: "Search coins and add them" in stage.text())
        await stage.press("enter", "enter")
        await stage.until(lambda: "Add coins to Majors" in stage.text())


async def test_the_palette_moves_the_current_coin_wherever_the_focus_is() -> None:
    async with play() as stage:
        assert stage.focus == "headlines"
        await stage.press("ctrl+p")
        await _type(stage, "column down")
        await stage.until(lambda: "Move the coin or the column down" in stage.text())
        await stage.press("enter", "enter")
        await stage.until(lambda: _coins(stage) == ("ethereum", "bitcoin", "ripple"))


async def test_z_gives_the_table_the_whole_pane_until_it_is_left() -> None:
    async with play() as stage:
        await stage.press("tab", "z")
        await stage.until(lambda: stage.watchlist.size.width == 120)
        assert stage.headlines.region.area == 0
        await stage.press("tab")
        assert stage.focus == "watchlist"
        await stage.press("enter")
        await stage.until(lambda: stage.main.coin_open)
        assert stage.watchlist.size.width < 120
        await stage.press("escape")
        await stage.until(lambda: not stage.main.coin_open)
        await stage.until(lambda: stage.watchlist.size.width == 120)
        await stage.press("escape")
        await stage.until(lambda: stage.headlines.region.area > 0)
        assert stage.app.is_running


async def test_digits_that_have_changed_stand_out_and_settle() -> None:
    async with play() as stage:
        x, y = stage.find("88,349.00", 1)

        def inks() -> set[str]:
            strip = stage.app.screen._compositor.render_strips()[y].crop(x, x + 9)
            return {each.style.color.name for each in strip if each.style is not None and each.style.color is not None}

        theme = stage.app.kit.inks.theme
        await stage.reprice(bitcoin=88_342.0)
        assert inks() == {theme.text, theme.down}
        await stage.until(lambda: inks() == {theme.text})


async def test_a_coin_that_is_in_no_answer_any_more_stays_with_its_price_and_says_so() -> None:
    async with play() as stage:
        del stage.outside.market.prices["ripple"]
        await stage.reprice()
        x, y = stage.find("1.9042", 1)
        assert "since" in stage.rows()[y].split("│")[0][x:]
