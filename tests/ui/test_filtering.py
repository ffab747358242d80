"""What narrows the list of headlines: categories, coins, words."""

from ui.played import COUNT, SHARED, play, title
from ui.stage import Stage


def _numbers(stage: Stage) -> list[int]:
    return [int(each[-2:]) for each in stage.titles if each != SHARED]


async def test_the_brackets_turn_the_categories_round() -> None:
    async with play() as stage:
        assert stage.headlines.river.filter.category == "All"
        await stage.press("]", "]", "]")
        assert stage.headlines.river.filter.category == "Bitcoin"
        assert _numbers(stage) == list(range(1, COUNT + 1, 4))
        await stage.press("[", "[", "[", "[")
        assert stage.headlines.river.filter.category == "Company"
        assert "No headlines in Company." in stage.text()


async def test_the_strip_of_categories_always_shows_the_one_in_use() -> None:
    async with play((45, 30)) as stage:
        for _ in range(14):
            await stage.press("]")
            assert stage.headlines.river.filter.category in stage.text()


async def test_enter_on_a_coin_shows_its_headlines_and_escape_all_of_them() -> None:
    async with play() as stage:
        await stage.press("tab", "j", "enter")
        assert _numbers(stage) == list(range(2, COUNT + 1, 4))
        assert "ETH only ✕" in stage.text()
        await stage.press("escape")
        assert stage.focus == "watchlist"
        assert len(stage.titles) == COUNT + 1


async def test_escape_takes_the_coin_away_and_keeps_the_category() -> None:
    async with play() as stage:
        await stage.press("]", "]", "]", "tab", "enter")
        assert "BIT only ✕" in stage.text()
        await stage.press("escape")
        wanted = stage.headlines.river.filter
        assert (wanted.category, wanted.coin) == ("Bitcoin", "")


async def test_a_coin_that_no_headline_names_says_so() -> None:
    async with play() as stage:
        await stage.press("w")
        await stage.shown()
        await stage.press("tab", "enter")
        assert "No headline passes this filter." in stage.text()
        await stage.press("escape")
        assert len(stage.titles) == COUNT + 1


async def test_a_search_that_finds_nothing_in_a_category_names_the_category() -> None:
    async with play() as stage:
        await stage.press("]", "]", "]", "/", *"glaciers", "enter")
        assert "No headline in Bitcoin passes this filter." in stage.text()


async def test_search_narrows_while_one_types_and_enter_keeps_it() -> None:
    async with play() as stage:
        await stage.press("/")
        for key, left in (("r", COUNT), ("i", COUNT // 4), ("p", COUNT // 4), ("*", COUNT // 4), (" ", COUNT // 4),
                          ("0", 2), ("3", 1)):  # fmt: skip
            await stage.press("space" if key == " " else key)
            assert sum("eport" in each for each in stage.titles) == left
        await stage.press("enter")
        assert stage.titles == [title(3)]
        assert "/rip* 03* ✕" in stage.text()
        assert stage.focus == "headlines"
        assert not stage.main.search.display


async def test_escape_in_the_search_takes_the_words_away() -> None:
    async with play() as stage:
        await stage.press("/", *"ripple", "escape")
        assert len(stage.titles) == COUNT + 1
        assert stage.focus == "headlines"
        assert stage.main.status.display


async def test_down_from_the_search_goes_into_what_was_found() -> None:
    async with play() as stage:
        await stage.press("/", *"ripple", "down")
        assert stage.focus == "headlines"
        assert len(stage.titles) == COUNT // 4


async def test_a_second_search_begins_with_the_words_of_the_first() -> None:
    async with play() as stage:
        await stage.press("/", *"ripple", "enter", "/")
        assert stage.main.search.value == "ripple"
        await stage.press("space", *"07", "enter")
        assert stage.titles == [title(7)]


async def test_keys_are_letters_while_one_types() -> None:
    async with play() as stage:
        await stage.press("/", *"q?jt/")
        assert stage.main.search.value == "q?jt/"
        assert len(stage.app.screen_stack) == 1


async def test_search_and_coin_narrow_together() -> None:
    async with play() as stage:
        await stage.press("tab", "enter", "/", *"09", "enter")
        assert stage.titles == [title(9)]
        await stage.press("escape")
        assert stage.titles == [title(number) for number in range(1, COUNT + 1, 4)]
        await stage.press("escape")
        assert len(stage.titles) == COUNT + 1


async def test_categories_count_what_is_unread() -> None:
    async with play() as stage:
        assert f"All {COUNT + 1}" in stage.text()
        assert "Bitcoin 6" in stage.text()
        await stage.press("m")
        await stage.until(lambda: "Bitcoin 5" in stage.text())
        assert f"All {COUNT}" in stage.text()
