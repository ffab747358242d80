"""``cointicker alerts``: what the screen of alerts does, from scripts."""

import asyncio
import time
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cli.inside import run_inside
from cointicker.domain.alerts import Firing, Kind, Watch
from cointicker.domain.words import SafeText
from cointicker.engine.notifying import Outcome
from cointicker.store.sqlite import SqliteStore

AddSettings = Callable[[str], None]
ALERTS = """\
# what I wait for
[[alerts]]
coin = "bitcoin" # the first
above = 100000

[[alerts]]
keyword = "halving"
"""


def _tables(config_file: Path) -> list[dict[str, Any]]:
    tables: list[dict[str, Any]] = tomllib.loads(config_file.read_text()).get("alerts", [])
    return tables


def _alerts(*words: str) -> Any:
    return run_inside("--offline", "alerts", *words)


@pytest.mark.parametrize(
    ("words", "table"),
    [
        (("btc", "above", "100,000"), {"coin": "bitcoin", "above": 100000, "currency": "usd"}),
        (("eth", "BELOW", "1.5", "--currency", "eur"), {"coin": "ethereum", "below": 1.5, "currency": "eur"}),
        (("eth", "move", "5%", "within", "2h"), {"coin": "ethereum", "move": 5, "within": "2h", "currency": "usd"}),
        (("eth", "move", "5", "--within", "2h"), {"coin": "ethereum", "move": 5, "within": "2h", "currency": "usd"}),
        (("usdt", "depeg", "50"), {"coin": "tether", "depeg": 50}),
        (("btc", "new-high"), {"coin": "bitcoin", "new_high": "ath", "currency": "usd"}),
        (("btc", "new_high", "7d"), {"coin": "bitcoin", "new_high": "1w", "currency": "usd"}),
        (("hashprice", "below", "40"), {"hashprice_below": 40}),
        (("hashprice_above", "40"), {"hashprice_above": 40}),
        (("difficulty", "3"), {"difficulty": 3}),
        (("keyword", "block", "reward", "--coin", "btc"), {"coin": "bitcoin", "keyword": "block reward"}),
        (
            ("btc", "crosses", "5", "--repeat", "--cooldown", "6h", "--quiet", "23:00-07:00", "--note", "soon"),
            {"coin": "bitcoin", "crosses": 5, "currency": "usd", "repeat": True, "cooldown": "6h",
             "quiet": "23:00-07:00", "note": "soon"},
        ),
    ],
)  # fmt: skip
def test_every_condition_is_written_as_the_configuration_has_it(
    config_file: Path, words: tuple[str, ...], table: dict[str, Any]
) -> None:
    ended = _alerts("add", *words)
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("watching for ")
    assert _tables(config_file) == [table]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "btc", "abvoe", "5"), "did you mean above?"),
        (("add", "btc"), "is no condition"),
        (("add", "btc", "above"), "above needs a number"),
        (("add", "btc", "above", "high"), "above is not a number: high"),
        (("add", "btc", "above", "-1"), "above must be from"),
        (("add", "btc", "above", "1", "2"), "'2' is one word too many"),
        (("add", "doge", "depeg", "5"), "no stablecoin"),
        (("add", "btc", "move", "5", "--within", "soon"), "within must be a time"),
        (("add", "btc", "above", "5", "--quiet", "night"), "quiet must be hours"),
        (("add", "btc", "above", "5", "--currency", "eurr"), "currency must be"),
        (("add", "btc", "above", "100000"), "there is such an alert already"),
        (("remove", "3"), "there is no alert '3'; there are 2"),
        (("rest", "ffff"), "there is no alert 'ffff'"),
        (("snooze", "1", "later"), "a time is written"),
        (("--demo", "add", "btc", "above", "1"), "--demo writes nothing"),
    ],
)
def test_what_cannot_be_meant_is_said_and_changes_nothing(
    config_file: Path, add_settings: AddSettings, words: tuple[str, ...], said: str
) -> None:
    add_settings(ALERTS)
    ended = _alerts(*words)
    assert (ended.status, ended.out) == (2, "")
    assert said in ended.err
    assert config_file.read_text() == ALERTS + "\n"


def test_alerts_are_named_by_number_or_id_and_the_rest_of_the_file_stays(
    config_file: Path, add_settings: AddSettings
) -> None:
    add_settings(ALERTS)
    first, second = _alerts("list", "--json").json["alerts"]
    assert (first["n"], first["kind"], first["coin"], first["level"]) == (1, "above", "bitcoin", 100000.0)
    assert _alerts("rest", "1").out == "alert BTC above 100,000.00 USD rests\n"
    assert _alerts("list", "--json").json["alerts"][0]["state"] == "rests"
    assert _alerts("wake", first["id"]).status == 0
    assert _alerts("list", "--json").json["alerts"][0]["state"] == "watches"
    assert config_file.read_text() == ALERTS + "\n"
    removed = _alerts("remove", second["id"][:5], "--json")
    assert removed.json["changes"][0]["id"] == second["id"]
    assert _tables(config_file) == [{"coin": "bitcoin", "above": 100000}]
    assert config_file.read_text().startswith('# what I wait for\n[[alerts]]\ncoin = "bitcoin" # the first\n')


def test_several_are_changed_at_once_or_none(config_file: Path, add_settings: AddSettings) -> None:
    add_settings(ALERTS)
    assert _alerts("remove", "1", "7").status == 2
    assert len(_tables(config_file)) == 2
    assert _alerts("remove", "1,2").status == 0
    assert _tables(config_file) == []


def test_one_that_is_snoozed_rests_until_it_is_woken(add_settings: AddSettings) -> None:
    add_settings(ALERTS)
    assert _alerts("snooze", "1", "8h").out == "alert BTC above 100,000.00 USD rests for 8h\n"
    assert _alerts("list", "--json").json["alerts"][0]["state"].startswith("rests for 7h")
    assert _alerts("wake", "1").status == 0
    assert _alerts("list", "--json").json["alerts"][0]["state"] == "watches"


def test_the_log_tells_what_fired_the_newest_last_and_as_many_as_asked_for(database: Path) -> None:
    firings = tuple(
        Firing(
            f"id{number}", Kind.ABOVE, "bitcoin", number * 60.0, number * 60.0, 5.0, 4.0, "usd", SafeText(f"=n{number}")
        )
        for number in range(1, 4)
    )
    asyncio.run(_fire(database, firings))
    log = _alerts("log", "--limit", "2", "--json").json["firings"]
    assert [(each["at"], each["text"]) for each in log] == [
        ("1970-01-01T00:02:00Z", "=n2"),
        ("1970-01-01T00:03:00Z", "=n3"),
    ]
    assert _alerts("log").out.splitlines()[-1].endswith("=n3")
    assert ",'=n3," in _alerts("log", "--csv").out


async def _fire(database: Path, firings: tuple[Firing, ...]) -> None:
    store = SqliteStore(database, time.time)
    for firing in firings:
        before = Watch(firing.alert_id)
        await store.alerts.keep([Outcome(before, replace(before, at=firing.at), (firing,))])
    await store.close()
