"""What the screen says while things are fetched, when they cannot be had, and when they are old."""

from dataclasses import replace
from itertools import zip_longest

from cointicker.domain.market import Watchlist
from cointicker.sources.demo_market import EPOCH
from cointicker.ui.words import DEMO_HINT
from fake_clock import Clock
from ui.played import ONE, PRICES, TWO, failing, outside, play, played_settings
from ui.stage import FULL, Stage, demo, demo_engine, show


def _status(stage: Stage) -> str:
    return stage.rows()[-1]


def _words(stage: Stage) -> str:
    """All words of the screen with single blanks between them, pane by pane."""
    panes = zip_longest(*(row.split("│") for row in stage.rows()), fillvalue="")
    return " ".join(word for pane in panes for row in pane for word in row.split())


def _ink(stage: Stage, words: str) -> str | None:
    """The colour of words of the status line."""
    at = _status(stage).index(words)
    strip = stage.app.screen._compositor.render_strips()[-1].crop(at, at + 1)
    color = next(each.style.color for each in strip if each.style is not None)
    return None if color is None else color.name


async def _ticked(stage: Stage) -> None:
    stage.main.tick()
    await stage.pilot.pause()


async def test_before_the_first_answer_it_says_what_is_fetched() -> None:
    clock = Clock()
    world = outside(clock)
    world.market.held = True
    async with play(world=world, clock=clock, fetched=False) as stage:
        await stage.until(lambda: stage.main.snapshot.market.busy)
        assert "Fetching prices …" in stage.text()
        assert "fetching" in _status(stage)
        world.market.go.set()
        await stage.until(lambda: "88,349.00" in stage.text())
        assert "Fetching prices" not in stage.text()


async def test_with_nothing_stored_and_no_network_it_says_why_when_again_and_how_to_see_a_demo() -> None:
    clock = Clock()
    world = outside(clock)
    world.market.trouble = failing("no network")
    world.feeds.answers = {ONE.url: failing("no network"), TWO.url: failing("no network")}
    async with play(world=world, clock=clock) as stage:
        assert "No prices yet: no network." in stage.text()
        assert "No headlines yet: none of 2 feeds answers: no network." in _words(stage)
        assert "Trying again in" in stage.text()
        assert DEMO_HINT in stage.text()
        assert "no network · trying again in" in _status(stage)
        assert "no prices" in _status(stage)


async def test_offline_with_nothing_stored_says_that_nothing_is_fetched() -> None:
    async with play(offline=True) as stage:
        assert "No prices are stored, and --offline fetches nothing." in _words(stage)
        assert "No headlines are stored, and --offline fetches nothing." in _words(stage)
        assert DEMO_HINT in _words(stage)
        assert "no prices  offline" in _status(stage)


async def test_refresh_offline_says_why_nothing_happens() -> None:
    async with play(offline=True) as stage:
        await stage.press("r")
        await stage.until(lambda: "--offline fetches nothing" in _status(stage))


async def test_refresh_asks_now() -> None:
    async with play() as stage:
        stage.clock.pass_by(31)
        stage.outside.market.prices["bitcoin"] = 90_000.0
        await stage.press("r")
        await stage.until(lambda: "90,000.00" in stage.text())


async def test_old_prices_stay_with_their_age_the_reason_and_the_next_try() -> None:
    async with play() as stage:
        stage.outside.market.trouble = failing("the server answered 503", 700)
        await stage.reprice(after=600)
        assert "88,349.00" in stage.text()
        assert "10m ago  the server answered 503 · trying again in 1m" in _status(stage)


async def test_an_old_quote_is_dimmed_and_says_how_old_it_is() -> None:
    async with play() as stage:
        label = stage.app.kit.inks.theme.label
        stage.clock.pass_by(1200)
        await _ticked(stage)
        table = next(number for number, row in enumerate(stage.rows()) if number and "88,349.00" in row)
        for row in (0, table):
            strip = stage.app.screen._compositor.render_strips()[row]
            at = strip.text.index("88,349.00")
            (segment,) = strip.crop(at, at + 5)
            assert segment.style is not None
            assert segment.style.color is not None
            assert segment.style.color.name == label
        assert "BIT 88,349.00 — 20m" in stage.rows()[0]
        assert "20m" in stage.rows()[table]


async def test_ages_grow_without_anything_else_happening() -> None:
    async with play() as stage:
        stage.clock.pass_by(18)
        await _ticked(stage)
        assert "18s ago  next 42s" in _status(stage)


async def test_one_feed_that_fails_changes_its_badge_and_no_headline() -> None:
    async with play() as stage:
        before = stage.titles
        stage.outside.feeds.answers[TWO.url] = failing("the server answered 500")
        stage.clock.pass_by(700)
        await stage.fetch()
        assert "feeds 1/2" in _status(stage)
        assert _ink(stage, "feeds 1/2") == stage.app.kit.inks.theme.down
        assert stage.titles == before


async def test_a_market_that_fails_leaves_the_headlines_alone() -> None:
    async with play() as stage:
        stage.outside.market.trouble = failing("no network")
        await stage.reprice()
        assert "no network" in _status(stage)
        assert "feeds 2/2" in _status(stage)
        assert _ink(stage, "feeds 2/2") != stage.app.kit.inks.theme.down
        assert stage.headlines.count > 0


async def test_mining_that_fails_says_so_in_its_own_place() -> None:
    clock = Clock()
    world = outside(clock)
    world.mine.trouble = failing("mempool.space answered 502", 60)
    async with play(world=world, clock=clock) as stage:
        assert "mempool.space answered 502; trying again in 1m" in _words(stage)
        assert "mempool" not in _status(stage)


async def test_an_unknown_price_is_a_dash_wherever_it_stands_and_never_nought() -> None:
    clock = Clock()
    world = outside(clock)
    world.market.prices = {**PRICES, "bitcoin": None}
    async with play(world=world, clock=clock) as stage:
        assert "BIT —" in stage.rows()[0]
        row = next(row for row in stage.rows()[1:] if "BIT" in row).split("│")[0]
        assert "—" in row
        assert "0" not in row


async def test_a_coin_that_the_source_does_not_know_is_a_dash_beside_those_that_it_knows() -> None:
    lists = (Watchlist("Odd", ("bitcoin", "no-such-coin")),)
    async with play(settings=replace(played_settings(), watchlists=lists)) as stage:
        assert "NO-SUCH-COIN —" in stage.rows()[0]
        assert "88,349.00" in stage.rows()[0]


async def test_an_empty_watchlist_breaks_nothing() -> None:
    lists = (Watchlist("Empty", ()), Watchlist("Full", ("bitcoin",)))
    async with play(settings=replace(played_settings(), watchlists=lists)) as stage:
        await stage.press("tab", "j", "enter", "G", "pagedown", "w")
        await stage.until(lambda: "88,349.00" in stage.text())


async def test_the_demo_is_marked_on_every_form_of_the_screen() -> None:
    for size in ((120, 30), (60, 12), (45, 12), (100, 4), (100, 1)):
        async with demo(size) as stage:
            assert "DEMO" in stage.text(), size


async def test_what_is_real_is_not_marked_as_made_up() -> None:
    async with play() as stage:
        assert "DEMO" not in stage.text()
        assert "Data provided by CoinGecko" in _status(stage)


async def test_what_is_wrong_with_the_configuration_is_said_at_the_start() -> None:
    problems = ("config.toml:3: theme: no such theme", "config.toml:9: unknown key")
    async with play(problems=problems) as stage:
        await stage.until(lambda: "config.toml:3: theme: no such theme (and 1 more: e)" in _status(stage))
        await stage.press("e")
        assert "config.toml:9: unknown key" in stage.text()


async def test_the_next_notice_takes_the_place_of_the_last() -> None:
    async with play() as stage:
        stage.engine.board.tell("first")
        stage.engine.board.tell("second")
        await stage.until(lambda: " second" in _status(stage))
        assert "first" not in _status(stage)


async def test_at_the_first_start_the_stories_of_all_feeds_are_shown_as_they_come() -> None:
    clock = Clock(EPOCH)
    engine = demo_engine(clock)
    await engine.load()
    async with show(engine, clock, FULL) as stage:
        await stage.until(lambda: stage.main.snapshot.feeds_ok == stage.main.snapshot.feeds_total)
        assert stage.headlines.count > 0
        assert stage.headlines.river.waiting == 0
