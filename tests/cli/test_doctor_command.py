"""``cointicker doctor``, run as a person runs it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from cli.command_line import Ended, run
from upstream.server import Upstream

_KEY = "CG-0123456789abcdefghijklmn"


def checks(ended: Ended) -> dict[str, dict[str, Any]]:
    found = ended.json["checks"]
    assert all(set(each) == {"name", "ok", "detail"} for each in found)
    return {each["name"]: each for each in found}


def test_all_is_well(world: Upstream, database: Path) -> None:
    ended = run("doctor", "--json")
    found = checks(ended)
    assert [each["name"] for each in found.values() if not each["ok"]] == []
    assert (ended.status, ended.err) == (0, "")
    assert set(found) >= {
        "program",
        "config",
        "theme",
        "database",
        "worker",
        "market",
        "mining",
        "feeds",
        "terminal",
        "clock",
    }
    assert "0600" in found["database"]["detail"]
    assert database.name in found["database"]["detail"]


def test_a_source_that_is_down_is_named(world: Upstream) -> None:
    world.fail("/api/v3/*", "503")
    ended = run("doctor", "--json")
    assert ended.status == 1
    found = checks(ended)
    assert not found["market"]["ok"]
    assert found["market"]["detail"]
    assert found["mining"]["ok"]


def test_feeds_are_judged_by_their_last_visit(world: Upstream) -> None:
    world.fail("/feeds/*", "404")
    run("news")
    found = checks(run("doctor", "--json"))
    assert not found["feeds"]["ok"]
    assert f"0 of {len(world.feed_urls) + 1}" in found["feeds"]["detail"]


def test_offline_skips_the_network(world: Upstream) -> None:
    ended = run("doctor", "--offline", "--json")
    assert ended.status == 0
    assert "--offline" in checks(ended)["network"]["detail"]
    assert world.requests == []


def test_a_wrong_configuration_and_database_are_found(
    database: Path, config_file: Path, add_settings: Callable[[str], None]
) -> None:
    add_settings("colour = 1")
    database.parent.mkdir(parents=True)
    database.mkdir()
    ended = run("doctor", "--offline", "--json")
    assert ended.status == 1
    found = checks(ended)
    assert "colour" in found["config"]["detail"]
    assert not found["config"]["ok"]
    assert not found["database"]["ok"]


def test_no_key_is_shown(world: Upstream) -> None:
    world.fail("/api/v3/*", "401_key")
    ended = run("doctor", env={"COINGECKO_DEMO_API_KEY": _KEY})
    assert ended.status == 1
    assert _KEY not in ended.out + ended.err
    assert all(_KEY not in request.target for request in world.requests)


def test_the_demo_is_well_too(home: Path) -> None:
    ended = run("doctor", "--demo")
    assert ended.status == 0
    assert "✗" not in ended.out
    assert list(home.iterdir()) == []
