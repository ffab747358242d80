"""The program put together: what it tells servers, what it counts, and many processes as one fetcher."""

import asyncio
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from cli.command_line import command, environment, run
from cointicker import __version__
from cointicker.cli.forms.reports import Prices
from cointicker.cli.options import Options
from cointicker.config.paths import Paths
from cointicker.store.sqlite import SqliteStore
from cointicker.wiring import make_notifier, open_lots
from upstream.server import Upstream

_MARKET = "/api/v3/*"
_KEY = "CG-0123456789abcdefghijklmn"


async def calls(database: Path) -> int:
    """Calls to the market that the ledger holds."""
    store = SqliteStore(database, time.time)
    counted = await store.ledger.since("market", 0.0)
    await store.close()
    return counted


def test_servers_are_told_who_asks(world: Upstream, add_settings: Callable[[str], None]) -> None:
    add_settings('contact = "me@home.example"')
    run("prices")
    run("news")
    agents = {request.headers["user-agent"] for request in world.requests}
    assert len(agents) == 1
    (agent,) = agents
    assert agent.startswith(f"cointicker/{__version__} ")
    assert "me@home.example" in agent


def test_the_key_travels_in_a_header_to_the_market_alone(world: Upstream) -> None:
    assert run("prices", env={"COINGECKO_DEMO_API_KEY": _KEY}).status == 0
    assert run("news", env={"COINGECKO_DEMO_API_KEY": _KEY}).status == 0
    assert {request.headers.get("x-cg-demo-api-key") for request in world.asked(_MARKET)} == {_KEY}
    others = [request for request in world.requests if request not in world.asked(_MARKET)]
    assert others
    assert all(_KEY not in str(request) for request in others)
    assert all(_KEY not in request.target for request in world.requests)


def test_every_call_is_in_the_ledger_also_one_that_failed(world: Upstream, database: Path) -> None:
    run("prices")
    world.fail(_MARKET, "500")
    run("prices", "--refresh")
    assert asyncio.run(calls(database)) == len(world.asked(_MARKET)) == 2


def test_many_processes_ask_once(world: Upstream) -> None:
    started = [
        subprocess.Popen(
            command("prices", "--json"), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    ended = [(*process.communicate(timeout=60), process.returncode) for process in started]
    assert [status for _, _, status in ended] == [0] * 4, ended
    assert len(world.asked(_MARKET)) == 1


def test_what_is_written_is_for_this_user_alone(world: Upstream, home: Path, database: Path) -> None:
    run("prices")
    made = [database, *database.parents[:2]]
    assert all(place.stat().st_mode & 0o077 == 0 for place in made)
    assert database.stat().st_mode & 0o777 == 0o600
    written = {path for path in home.rglob("*") if path.is_file() and path.parent.name != ".config"}
    assert {path.name for path in written} <= {"config.toml", "cointicker.db", "cointicker.db-wal", "cointicker.db-shm"}


def test_a_data_dir_takes_all_that_is_written(world: Upstream, tmp_path: Path, database: Path) -> None:
    ended = run("prices", "--data-dir", str(tmp_path / "elsewhere"))
    assert ended.status == 0
    assert (tmp_path / "elsewhere" / "cointicker.db").exists()
    assert not database.exists()


def test_a_database_that_cannot_be_kept_is_said_and_prices_are_shown(world: Upstream, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    ended = run("prices", "btc", "--data-dir", str(tmp_path / "file"), "--json")
    assert ended.status == 0
    assert [each["id"] for each in ended.json["quotes"]] == ["bitcoin"]
    assert str(tmp_path) in ended.err


def test_the_file_of_lots_is_for_the_screen_and_for_those_who_want_it() -> None:
    paths = Paths.find()
    book = open_lots(paths, Options())
    assert book is not None
    assert book.path == paths.config_dir / "holdings.toml"
    assert open_lots(paths, Options(no_holdings=True)) is None
    assert open_lots(paths, Options(demo=True, no_holdings=True)) is None
    assert open_lots(paths, Options(Prices())) is None


def test_the_person_of_the_demo_holds_something_that_is_right_and_is_told_in_the_terminal_only() -> None:
    book = open_lots(Paths.find(), Options(demo=True))
    assert book is not None
    assert book.path is None
    holdings = book.read("usd")
    assert holdings.lots
    assert not holdings.problems
    assert make_notifier(Options(demo=True)) is None
    assert make_notifier(Options()) is not None
