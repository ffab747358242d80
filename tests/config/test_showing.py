"""Settings are written as TOML that reads back as the same settings, and never with a key in it."""

import re
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cointicker.config.reading import read_settings, setting_names
from cointicker.config.settings import MarketSettings, NewsSettings, Secret, Settings, UiSettings
from cointicker.config.showing import init, show, template
from cointicker.domain.market import Watchlist
from cointicker.domain.news import Feed
from cointicker.engine.commands import BY_NAME, COMMANDS, assign_keys, share_a_place
from cointicker.text.safe import clean

KEYS = {command.name: ",".join(command.keys) for command in COMMANDS}


def _read_back(path: Path, text: str) -> Settings:
    """The settings in a text in which nothing is wrong."""
    path.write_text(text)
    path.chmod(0o600)
    reading = read_settings(path, {}, BY_NAME, share_a_place)
    assert list(map(str, reading.problems)) == []
    return reading.settings


WORDS = st.text(max_size=20).map(clean)
SETTINGS = st.builds(
    Settings,
    currency=st.sampled_from(("usd", "btc")),
    theme=WORDS,
    watchlists=st.lists(
        st.builds(
            Watchlist,
            WORDS.filter(bool),
            st.lists(st.from_regex(r"[a-z0-9_.-]{1,9}", fullmatch=True), unique=True).map(tuple),
        ),
        min_size=1,
        unique_by=lambda each: each.name,
    ).map(tuple),
    market=st.builds(MarketSettings, refresh=st.floats(5, 86_400), monthly_calls=st.integers(0, 10**9)),
    news=st.builds(
        NewsSettings,
        full_articles=st.booleans(),
        mute=st.lists(WORDS.filter(bool)).map(tuple),
        feeds=st.lists(
            st.builds(
                Feed,
                st.from_regex(r"https://[a-z]{1,9}\.example/[a-z]{0,9}", fullmatch=True),
                WORDS,
                st.lists(st.sampled_from(("Mining", "DeFi"))).map(tuple),
            ),
            unique_by=lambda each: each.url,
        ).map(tuple),
    ),
    ui=st.builds(UiSettings, bar=st.sampled_from(("pages", "scroll", "still"))),
    keys=st.just({}) | st.just({"star": "x,slash", "quit": ""}),
)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(SETTINGS)
def test_what_is_shown_reads_back_as_it_was(tmp_path: Path, settings: Settings) -> None:
    assert _read_back(tmp_path / "shown.toml", show(settings)) == settings


def test_a_shown_key_is_masked_and_cannot_be_taken_for_one(tmp_path: Path) -> None:
    settings = replace(Settings(), market=MarketSettings(demo_api_key=Secret("CG-abc"), pro_api_key=Secret("CG-def")))
    text = show(settings)
    assert text.count('_api_key = "***"') == 2
    assert "CG-" not in f"{text}{settings!r}{settings.market.demo_api_key!r}"
    path = tmp_path / "shown.toml"
    path.write_text(text)
    reading = read_settings(path, {})
    assert [problem.key for problem in reading.problems] == ["market.demo_api_key", "market.pro_api_key"]
    assert not reading.settings.market.has_key


def test_the_template_changes_nothing(tmp_path: Path) -> None:
    assert _read_back(tmp_path / "new.toml", template(KEYS)) == Settings()


def _uncomment(text: str) -> str:
    return re.sub(r"^#(?=[^# ])", "", text, flags=re.MULTILINE)


def test_the_template_with_every_setting_taken_up_holds_the_defaults(tmp_path: Path) -> None:
    settings = _read_back(tmp_path / "new.toml", _uncomment(template(KEYS)))
    assert replace(settings, keys={}) == Settings()
    assert assign_keys(dict(settings.keys)) == assign_keys({})


def test_every_line_of_the_template_that_sets_something_can_be_taken_up_alone(tmp_path: Path) -> None:
    lines = template(KEYS).splitlines()
    alone = [place for place, line in enumerate(lines) if re.match(r"#\w+ =", line)]
    feeds = lines.index("#[[news.feeds]]")
    after_feeds = lines.index("[mining]")
    for place in alone:
        if not feeds < place < after_feeds:
            text = "\n".join((*lines[:place], lines[place][1:], *lines[place + 1 :]))
            assert replace(_read_back(tmp_path / "new.toml", text), keys={}) == Settings()


def test_the_template_explains_every_setting() -> None:
    named = set(re.findall(r"^#?(\w+) =", template(), re.MULTILINE))
    sections = {*re.findall(r"^#?\[+([\w.]+)\]+", template(), re.MULTILINE)}
    assert {name.rpartition(".")[2] for name in setting_names() if name not in sections} <= named
    for line, before in zip(lines := template().splitlines(), ["", *lines], strict=False):
        if re.match(r"#\w+ =", line) and "url" not in line:
            assert before.startswith(("#", "["))


def test_init_writes_a_file_for_this_user_alone(home: Path) -> None:
    path = home / ".config/cointicker/config.toml"
    init(path, KEYS)
    assert path.read_text() == template(KEYS)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_init_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("theme = 'mine'\n")
    with pytest.raises(FileExistsError):
        init(path)
    link = tmp_path / "link.toml"
    link.symlink_to(tmp_path / "elsewhere.toml")
    with pytest.raises(FileExistsError):
        init(link)
    assert path.read_text() == "theme = 'mine'\n"
    assert not (tmp_path / "elsewhere.toml").exists()
