"""Search among all coins: what is stored at once, what is missing from the source, many names in one go."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from cointicker.domain.directory import Listing
from cointicker.domain.words import SafeText
from cointicker.ui.bulk import is_list, judge, split_names
from cointicker.ui.screens.search import SearchScreen
from fake_clock import Clock
from ui.played import Play, failing, outside, play
from ui.samples import few, words


def _listing(coin_id: str, symbol: str, name: str = "", rank: int | None = None) -> Listing:
    return Listing(coin_id, SafeText(symbol), SafeText(name or coin_id.title()), rank)


STORED = (
    _listing("pepe", "PEPE"),
    _listing("pepecoin-2", "PEPE", "PepeCoin"),
    _listing("pepe-on-base", "PEPE", "Pepe on Base"),
    _listing("uni-one", "UNIQ", "Unique One"),
    _listing("twin-a", "TWIN", "Twin A"),
    _listing("twin-b", "TWIN", "Twin B"),
)


def _keys(stage: Play) -> list[str]:
    """Ids of what is found."""
    screen = stage.app.screen
    assert isinstance(screen, SearchScreen)
    return [choice.key for choice in screen.found.choices if choice.choosable]


def _marked(stage: Play) -> set[str]:
    screen = stage.app.screen
    assert isinstance(screen, SearchScreen)
    return {choice.key for choice in screen.found.choices if choice.marked}


def _majors(stage: Play) -> tuple[str, ...]:
    return stage.engine.snapshot.watchlists[0].coins


async def _open(stage: Play, stored: Sequence[Listing] = STORED) -> None:
    await stage.engine._store.save_coins(stored)
    await stage.press("a")
    await stage.until(lambda: bool(_keys(stage)))


async def _paste(stage: Play, text: str) -> None:
    """Paste as a terminal does."""
    screen = stage.app.screen
    assert isinstance(screen, SearchScreen)
    screen.words.post_message(events.Paste(text))
    await stage.pilot.pause()


async def test_several_words_between_commas_that_are_no_name_are_taken_one_by_one() -> None:
    async with play() as stage:
        await _open(stage)
        await _paste(stage, "Unique One, pepe unknowncoin twin-a")
        await stage.until(lambda: {"pepe", "twin-a", "uni-one"} <= set(_majors(stage)))
        assert "unknowncoin: no coin is called so" in stage.text()


async def test_what_is_stored_is_found_while_one_types_and_told_apart_by_name_rank_price_and_id() -> None:
    async with play() as stage:
        await _open(stage)
        await stage.press(*"pepe")
        await stage.until(lambda: set(_keys(stage)) == {"pepe", "pepecoin-2", "pepe-on-base"})
        assert _keys(stage)[0] == "pepe"
        for told in ("PepeCoin", "Pepe on Base", "pepecoin-2", "no rank"):
            assert told in stage.text()


async def test_enter_adds_marks_and_stays_for_more() -> None:
    async with play() as stage:
        await _open(stage)
        await stage.press(*"uniq")
        await stage.until(lambda: _keys(stage) == ["uni-one"])
        await stage.press("enter")
        await stage.until(lambda: _majors(stage)[-1] == "uni-one")
        await stage.until(lambda: _marked(stage) == {"uni-one"})
        await stage.until(lambda: "added to Majors" in stage.text())
        await stage.press("enter")
        await stage.until(lambda: "is in Majors already" in stage.text())
        await stage.press("ctrl+z")
        await stage.until(lambda: "uni-one" not in _majors(stage) and not _marked(stage))


async def test_enter_before_the_answer_means_what_will_be_found() -> None:
    async with play() as stage:
        await _open(stage)
        for key in (*"uniq", "enter"):
            stage.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await stage.until(lambda: len(_majors(stage)) == 4)
        assert _majors(stage)[-1] == "uni-one"


async def test_a_click_adds() -> None:
    async with play() as stage:
        await _open(stage)
        await stage.press(*"pepe")
        await stage.until(lambda: len(_keys(stage)) == 3)
        await stage.click("pepecoin-2")
        await stage.until(lambda: _majors(stage)[-1] == "pepecoin-2")


async def test_the_source_is_asked_for_what_is_not_stored_and_says_so() -> None:
    clock = Clock()
    world = outside(clock)
    world.market.listings = (_listing("brand-new", "NEWC", "Brand New", 900),)
    async with play(world=world, clock=clock) as stage:
        await _open(stage)
        await stage.press(*"newc")
        await stage.until(lambda: _keys(stage) == ["brand-new"])
        assert "knows 1 more" in stage.text()
        assert "#900" in stage.text()
        assert ("search", "newc") in world.market.questions
        assert [asked for asked in world.market.questions if asked[0] == "search"] == [("search", "newc")]


async def test_a_source_that_cannot_be_asked_says_why_and_what_is_stored_stays() -> None:
    async with play() as stage:
        await _open(stage)
        stage.outside.market.trouble = failing("the server answered 503")
        await stage.press(*"twin")
        await stage.until(lambda: "the server answered 503" in stage.text())
        assert set(_keys(stage)) == {"twin-a", "twin-b"}


async def test_many_symbols_and_ids_are_added_at_once_with_a_word_on_each_that_was_not() -> None:
    async with play() as stage:
        await _open(stage)
        await _paste(stage, "UNIQ, kaspa\npepe;twin\t$eth, nonsense!")
        await stage.until(lambda: "unknown" in stage.text())
        assert _majors(stage) == ("bitcoin", "ethereum", "ripple", "uni-one", "kaspa", "pepe")
        assert "3 added · 1 there already · 1 could be several coins: choose · 1 unknown" in stage.text()
        assert "twin: could be several coins:" in stage.text()
        assert "nonsense!: no coin is called so" in stage.text()
        await stage.click("twin-b")
        await stage.until(lambda: _majors(stage)[-1] == "twin-b")
        await stage.press("ctrl+z", "ctrl+z")
        await stage.until(lambda: _majors(stage) == ("bitcoin", "ethereum", "ripple"))


async def test_a_list_can_be_typed_and_esc_leaves() -> None:
    async with play() as stage:
        await _open(stage)
        await stage.press(*"kaspa,pepe", "enter")
        await stage.until(lambda: _majors(stage)[-2:] == ("kaspa", "pepe"))
        await stage.press("escape")
        assert stage.app.screen is stage.main


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12), (30, 8)])
async def test_it_fits_the_pane(size: tuple[int, int]) -> None:
    async with play(size) as stage:
        await _open(stage)
        await stage.press(*"uniq")
        await stage.until(lambda: _keys(stage) == ["uni-one"])
        assert "UNIQ" in stage.text()
        assert "uni-one" in stage.text()


@pytest.mark.parametrize(("text", "names"), [
    ("btc, eth", ("btc", "eth")),
    ("btc\neth\n\nbtc\n", ("btc", "eth")),
    ('["bitcoin", "kaspa"]', ("bitcoin", "kaspa")),
    ("btc\teth;sol", ("btc", "eth", "sol")),
    ("Bitcoin Cash, BTC", ("Bitcoin Cash", "BTC")),
    ("btc eth", ("btc", "eth")),
    (" , ;", ()),
])  # fmt: skip
def test_names_are_read_out_of_a_text(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


def test_two_words_alone_are_one_name() -> None:
    assert not is_list("bitcoin cash")
    assert is_list("bitcoin, cash")


@few
@given(st.lists(words, max_size=8))
def test_every_name_of_a_list_is_read_once(names: list[str]) -> None:
    plain = [name for name in names if name.strip("\"'$[]()") == name and not set(name) & set(",;")]
    assert list(split_names("\n".join(plain) + "\n")) == list(dict.fromkeys(plain))


def test_an_id_wins_over_a_symbol_and_a_rank_over_none() -> None:
    listings = (_listing("hoax", "BITCOIN"), _listing("bitcoin", "BTC", rank=1), _listing("fake-btc", "BTC"))
    assert judge("bitcoin", listings).listing == listings[1]
    assert judge("BTC", listings).listing == listings[1]
    assert judge("$btc", listings).listing == listings[1]


def test_of_look_alikes_without_a_rank_none_is_guessed() -> None:
    found = judge("twin", STORED)
    assert found.listing is None
    assert {each.coin_id for each in found.candidates} == {"twin-a", "twin-b"}
    assert judge("no such", STORED).candidates == ()
