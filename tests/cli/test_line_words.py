"""The short way from a command line to a line takes the same turns as the long one."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.command_line import environment
from cointicker.cli.arguments import GLOBALS, parse
from cointicker.cli.forms.line import FORMS, Line
from cointicker.cli.line.places import Places
from cointicker.cli.line.request import GLOBAL_FLAGS, GLOBAL_VALUES, KINDS, Request, read_words
from cointicker.cli.line.settings import read_settings
from cointicker.config.glance import Glance, keep_glance, read_glance, stamp_of
from cointicker.config.paths import Paths

_HEAVY = {
    "argparse", "asyncio", "dataclasses", "enum", "feedparser", "httpx", "inspect", "json", "logging", "pathlib",
    "platformdirs", "pycoingecko", "re", "rich", "subprocess", "textual", "threading", "tomllib", "typing",
}  # fmt: skip
"""What takes a tenth of the answer's time or more, most of it of the standard library."""
_values = st.sampled_from(["x", "12", "EUR", "tmux", "{BTC.price} =", "", "-1", "100001"])
_options = st.sampled_from([option.name for option in (*GLOBALS, *FORMS["line"].options)])
_said = st.one_of(
    st.sampled_from([("line",), ("--help",), ("-h",), ("--version",), ("--",), ("prices",), ("--nonsense",)]),
    st.tuples(_options),
    st.tuples(_options, _values),
    st.tuples(st.builds("{}={}".format, _options, _values)),
)
_words = st.lists(_said, max_size=5).map(lambda found: ["line", *(word for each in found for word in each)])


@given(_words)
def test_the_short_way_never_differs_from_the_long_one(words: list[str]) -> None:
    request = read_words(words)
    if request is None:
        return
    options = parse(words)
    line = options.command
    assert isinstance(line, Line)
    assert (request.format, request.width, request.color) == (line.format, line.width, line.color)
    assert (request.follow, request.json, request.fetch) == (line.follow, line.json, line.fetch)
    assert (request.theme, request.currency, request.list) == (options.theme, options.currency, options.watchlist)
    assert request.offline == options.offline
    for given_path, path in ((request.config, options.config), (request.data_dir, options.data_dir)):
        assert (None if given_path is None else Path(given_path)) == path


def test_the_usual_words_take_the_short_way() -> None:
    usual = (
        ["line"],
        ["line", "--color", "tmux", "--width=60", "--format", "{BTC.price} -"],
        ["--config", "c.toml", "--data-dir=d", "line", "--list", "Mine", "--currency", "EUR", "--follow", "--json"],
    )
    assert all(read_words(words) for words in usual)
    assert {option.name for option in GLOBALS} == {*GLOBAL_VALUES, *GLOBAL_FLAGS, "--demo"}


def test_every_kind_of_colour_is_taken() -> None:
    for kind in KINDS:
        request = read_words(["line", "--color", kind])
        assert request is not None
        assert request.color == kind


@pytest.mark.parametrize(
    "words", [[], ["--config", "~/c.toml"], ["--data-dir", "here"], ["--data-dir=/d", "--config=/c/x.toml"]]
)
def test_files_are_where_all_other_commands_have_them(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    request = read_words([*words, "line"])
    assert request is not None
    options = parse([*words, "line"])
    found, paths = Places(request), Paths.find(options.config, options.data_dir)
    assert (found.config_file, found.database) == (str(paths.config_file), str(paths.database))
    assert Path(found.glance_file).parent == paths.state_dir


@pytest.mark.parametrize("named", ["", "relative"])
def test_without_usable_variables_they_are_the_same_too(monkeypatch: pytest.MonkeyPatch, named: str) -> None:
    for kind in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", named)
    assert Places(Request()).database == str(Paths.find().database)


def _differences(one: Glance, other: Glance) -> set[str]:
    return {name for name in Glance.__slots__ if getattr(one, name) != getattr(other, name)}


def test_kept_settings_are_those_of_the_files(add_settings: Callable[[str], None], tmp_path: Path) -> None:
    add_settings(
        'theme = "daylight"\ncurrency = "eur"\nnonsense = 1\n[aliases]\nbitcoin = "₿"\n'
        '[watchlists]\nRising = "gainers"\n[market]\nrefresh = 30\n[ui]\nseparators = ""\n'
        '[news]\nmute = ["a b"]\n[[news.feeds]]\nurl = "https://a.example/f"'
    )
    request = Request()
    worked_out = read_settings(request)
    assert (worked_out.currency, worked_out.rule, worked_out.refresh) == ("eur", "gainers", 30.0)
    assert worked_out.problems
    file = str(tmp_path / "deep" / "kept")
    keep_glance(file, "stamp", worked_out)
    kept = read_glance(file, "stamp")
    assert kept is not None
    assert not _differences(kept, worked_out)
    assert Path(file).stat().st_mode & 0o077 == 0
    assert read_glance(file, "another stamp") is None


@pytest.mark.parametrize("content", ["", "stamp\n", "stamp\nend\n", "stamp\ncurrency\tusd\nend\n", "\0\xff", "x" * 999])
def test_a_damaged_keeping_is_worked_out_anew(tmp_path: Path, content: str) -> None:
    file = tmp_path / "kept"
    file.write_bytes(content.encode("latin-1"))
    assert read_glance(str(file), "stamp") is None


def test_a_stamp_changes_with_each_file_that_counts(config_file: Path) -> None:
    def stamp() -> str:
        return stamp_of(str(config_file), ())

    seen = [stamp()]
    config_file.parent.mkdir(parents=True)
    config_file.write_text('currency = "eur"')
    seen.append(stamp())
    config_file.write_text('currency = "gbp"')
    seen.append(stamp())
    (config_file.parent / "themes").mkdir()
    (config_file.parent / "themes" / "mine.toml").write_text('name = "mine"')
    seen.append(stamp())
    os.utime(config_file, ns=(1, 1))
    seen.append(stamp())
    assert len(set(seen)) == len(seen)
    assert stamp_of(str(config_file), ("--list=Mine",)) != stamp()


def test_a_plain_line_imports_nothing_of_weight() -> None:
    look = (
        "import atexit, sys; import cointicker.__main__ as door;"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr)); sys.exit(door.main())"
    )
    command = [sys.executable, "-S", "-c", look, "line", "--color", "tmux"]
    subprocess.run(command, env=environment(), capture_output=True, check=False)  # keeps the settings
    ended = subprocess.run([*command, "--offline"], env=environment(), capture_output=True, text=True, check=False)
    modules = set(ended.stderr.split())
    assert "cointicker.store.reading" in modules
    assert modules & _HEAVY == set()
    assert len([name for name in modules if name.startswith("cointicker")]) < 30
