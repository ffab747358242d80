"""The signs between thousands that a person likes, on the whole screen."""

import re
from dataclasses import replace

import pytest

from cointicker.config.settings import UiSettings
from ui.stage import STILL, demo, demo_settings

_POINT_BEFORE_DECIMALS = re.compile(r"\d,\d{3}\.\d|[▲▼]\d+\.\d{1,2}%|\d\.\d+ (?:ZH/s|T\b)")
"""A number that is not written with a point between thousands."""
_LIKED = replace(STILL, separators=".")


def _numbers(text: str) -> list[str]:
    return _POINT_BEFORE_DECIMALS.findall(text)


def test_the_pattern_finds_what_it_is_to_find() -> None:
    assert _numbers("88,349.00 ▲1.24% 1.04 ZH/s") == ["8,349.0", "▲1.24%", "1.04 ZH/s"]
    assert _numbers("88.349,00 ▲1,24% 1,04 ZH/s") == []


@pytest.mark.parametrize("keys", [(), ("M",), ("H",)])
async def test_every_screen_sets_thousands_apart_by_points(keys: tuple[str, ...]) -> None:
    async with demo(settings=demo_settings(ui=_LIKED)) as stage:
        await stage.press(*keys)
        assert re.search(r"\d,\d", stage.text())
        assert _numbers(stage.text()) == []


async def test_a_chart_and_its_coin_follow_too() -> None:
    async with demo(settings=demo_settings(ui=_LIKED)) as stage:
        await stage.press("tab")
        await stage.press("enter")
        await stage.until(lambda: stage.main.coin.chart.plot is not None)
        assert _numbers(stage.text()) == []
        assert stage.main.coin.chart.plot is not None
        assert all("," not in label.split(",")[0] for label in stage.main.coin.chart.plot.labels.values())
        assert any("." in label for label in stage.main.coin.chart.plot.labels.values())


def test_settings_write_a_number_as_a_person_likes() -> None:
    assert UiSettings(separators="'").regroup("1,234.5") == "1'234.5"
    assert UiSettings().regroup("1,234.5") == "1,234.5"
