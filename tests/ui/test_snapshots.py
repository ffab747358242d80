"""Pictures of the screen in the demo world at one moment; ``pytest --snapshot-update`` accepts new ones.

Look at each new one as a picture before it is accepted.
"""

from collections.abc import Callable

import pytest
from pytest_textual_snapshot import SVGImageExtension
from syrupy.assertion import SnapshotAssertion

from ui.stage import Stage, demo

Look = Callable[[Stage], bool]


@pytest.fixture
def looks_as_before(snapshot: SnapshotAssertion) -> Look:
    """Whether the screen looks as it did when its picture was accepted."""
    accepted = snapshot.use_extension(SVGImageExtension)

    def compare(stage: Stage) -> bool:
        return bool(accepted == stage.app.export_screenshot(simplify=True))

    return compare


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (45, 30), (100, 4), (100, 1)], ids="{0[0]}x{0[1]}".format)
async def test_the_main_screen(looks_as_before: Look, size: tuple[int, int]) -> None:
    async with demo(size) as stage:
        assert looks_as_before(stage)


async def test_an_article(looks_as_before: Look) -> None:
    async with demo((120, 36)) as stage:
        await stage.press("j", "j", "j", "j")
        await stage.open_current()
        await stage.until(lambda: stage.main.snapshot.stories[4].read)
        assert looks_as_before(stage)


async def test_an_article_alone(looks_as_before: Look) -> None:
    async with demo((100, 30)) as stage:
        await stage.press("j", "j", "j", "j")
        await stage.open_current()
        await stage.press("z")
        assert looks_as_before(stage)


async def test_the_help(looks_as_before: Look) -> None:
    async with demo((100, 36)) as stage:
        await stage.press("?")
        assert looks_as_before(stage)


async def test_a_light_theme(looks_as_before: Look) -> None:
    async with demo((100, 30), theme="daylight") as stage:
        assert looks_as_before(stage)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (45, 30)], ids="{0[0]}x{0[1]}".format)
async def test_a_coin(looks_as_before: Look, size: tuple[int, int]) -> None:
    async with demo(size) as stage:
        await stage.press("tab", "enter", "3")
        await stage.until(lambda: stage.main.chart.shown.chart is not None and bool(stage.main.coin.facts.links))
        await stage.press(",")
        assert looks_as_before(stage)


@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids="{0[0]}x{0[1]}".format)
async def test_all_about_mining(looks_as_before: Look, size: tuple[int, int]) -> None:
    async with demo(size) as stage:
        await stage.press("M")
        await stage.until(lambda: "Hashprice" in stage.text())
        assert looks_as_before(stage)
