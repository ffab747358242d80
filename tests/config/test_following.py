"""The configuration while the program runs: followed, changed, held where it cannot be written, taken back."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cointicker.config import edits
from cointicker.config.files import Refused
from cointicker.config.following import Configuration, Done, carry_over
from cointicker.config.paths import shipped_themes
from cointicker.config.reading import read_settings
from cointicker.config.settings import MarketSettings, Secret, Settings
from cointicker.domain.market import DEFAULT_WATCHLIST, Watchlist
from cointicker.domain.words import SafeText
from cointicker.engine.commands import BY_NAME, share_a_place

TEXT = """\
# mine
currency = "eur"

[watchlists]
Majors = ["bitcoin", "ethereum", "solana"] # three
"My own" = [
  "kaspa",  # first
  "BTC",    # a slip
  "monero", # last
]

[future]
setting = 1
"""

Open = Callable[..., Configuration]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "config.toml"
    place.write_text(TEXT)
    place.chmod(0o600)
    return place


def open_configuration(
    path: Path | None, *, themes: Path | None = None, start: Settings | None = None
) -> Configuration:
    found = start or read_settings(path, {}, BY_NAME, share_a_place).settings
    folders = (shipped_themes(), themes) if themes else ()
    return Configuration(path, found, environ={}, commands=BY_NAME, together=share_a_place, theme_folders=folders)


def _done(outcome: Done | Refused) -> Done:
    assert isinstance(outcome, Done)
    return outcome


def _refused(outcome: Done | Refused) -> str:
    assert isinstance(outcome, Refused)
    return outcome.why


def _lists(configuration: Configuration) -> dict[str, tuple[str, ...]]:
    return {each.name: each.coins for each in configuration.settings.watchlists}


def test_coins_come_go_and_move_and_a_slip_stays_where_it_is(path: Path) -> None:
    configuration = open_configuration(path)
    _done(configuration.change(edits.add_coins("My own", ["bitcoin", "kaspa", "bitcoin"])))
    assert _lists(configuration)["My own"] == ("kaspa", "monero", "bitcoin")
    _done(configuration.change(edits.move_coin("My own", "bitcoin", 1)))
    assert _lists(configuration)["My own"] == ("kaspa", "bitcoin", "monero")
    _done(configuration.change(edits.remove_coin("My own", "kaspa")))
    assert _lists(configuration)["My own"] == ("bitcoin", "monero")
    assert path.read_text() == TEXT.replace('  "kaspa",  # first\n', "").replace(
        '  "monero", # last\n', '  "bitcoin",\n  "monero", # last\n'
    )


@pytest.mark.parametrize("index", [-1, 3, 99])
def test_a_place_outside_the_list_is_its_end(path: Path, index: int) -> None:
    configuration = open_configuration(path)
    _done(configuration.change(edits.move_coin("Majors", "bitcoin", index)))
    assert _lists(configuration)["Majors"] == ("ethereum", "solana", "bitcoin")


def test_lists_that_only_the_defaults_have_are_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("# nothing yet\n")
    configuration = open_configuration(path)
    _done(configuration.change(edits.new_list("Mine")))
    assert _lists(configuration) == {"Majors": DEFAULT_WATCHLIST, "Mine": ()}
    _done(configuration.change(edits.add_coins("Majors", ["kaspa"])))
    assert _lists(configuration)["Majors"] == (*DEFAULT_WATCHLIST, "kaspa")


def test_a_list_is_renamed_with_its_sort_and_in_its_place(path: Path) -> None:
    configuration = open_configuration(path)
    _done(configuration.change(edits.set_value(("sort", "Majors"), "-24h")))
    _done(configuration.change(edits.rename_list("Majors", "Big ones")))
    assert list(_lists(configuration)) == ["Big ones", "My own"]
    assert configuration.settings.sort == {"Big ones": "-24h"}
    assert '"Big ones" = ["bitcoin", "ethereum", "solana"] # three\n' in path.read_text()


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (edits.remove_coin("Majors", "kaspa"), "kaspa is not in Majors"),
        (edits.add_coins("Minors", ["kaspa"]), "there is no list Minors"),
        (edits.add_coins("Majors", ["No Coin"]), "must be an id of CoinGecko"),
        (edits.new_list("Majors"), "there is a list Majors already"),
        (edits.new_list("Top", "top 9999"), "must be a list of coins or a rule"),
        (edits.new_list("a\nb"), "the name of a list is"),
        (edits.new_list("x" * 25), "the name of a list is"),
        (edits.rename_list("Majors", "My own"), "there is a list My own already"),
        (edits.delete_list("Minors"), "there is no list Minors"),
        (edits.send_coin("bitcoin", "Majors", "Majors"), "already"),
        (edits.set_value(("theme",), "no such theme"), "is not one that is here"),
        (edits.set_value(("market", "refresh"), 1), "must be from 5"),
        (edits.set_value(("ui", "columns"), ("price", "nothing")), "must be one of"),
        (edits.set_value(("aliases", "bitcoin"), "far too long a name"), "must be a short text"),
        (edits.set_value(("no", "such"), 1), "is not a section"),
    ],
)
def test_what_would_not_be_valid_is_refused_and_nothing_is_written(
    path: Path, tmp_path: Path, edit: edits.SettingsEdit, why: str
) -> None:
    configuration = open_configuration(path, themes=tmp_path / "themes")
    assert why in _refused(configuration.change(edit))
    assert path.read_text() == TEXT


def test_safe_texts_are_as_good_as_any(path: Path) -> None:
    configuration = open_configuration(path)
    for edit in (
        edits.new_list(SafeText("Fresh"), SafeText("")),
        edits.new_list(SafeText("Top"), SafeText("top 50")),
        edits.add_coins(SafeText("Fresh"), [SafeText("tron"), SafeText("kaspa")]),
        edits.move_coin(SafeText("Fresh"), SafeText("kaspa"), 0),
        edits.set_value(("aliases", SafeText("tron")), SafeText("T")),
        edits.set_value(("ui", "columns"), [SafeText("coin"), SafeText("price")]),
        edits.rename_list(SafeText("Fresh"), SafeText("Old")),
    ):
        _done(configuration.change(edit))
    assert _lists(configuration)["Old"] == ("kaspa", "tron")


def test_a_list_by_rule_takes_no_coins_and_the_last_list_stays(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[watchlists]\nTop = "top 50"\n')
    configuration = open_configuration(path)
    assert _refused(configuration.change(edits.add_coins("Top", ["kaspa"]))) == "Top is a list by rule: it fills itself"
    assert _refused(configuration.change(edits.delete_list("Top"))) == "Top is the only list"


def _held(path: Path) -> Configuration:
    configuration = open_configuration(path)
    path.chmod(0o400)
    done = _done(configuration.change(edits.remove_coin("Majors", "ethereum")))
    assert done.held == f"{path} is read-only"
    return configuration


def test_what_cannot_be_written_holds_for_this_run(path: Path) -> None:
    configuration = _held(path)
    assert path.read_text() == TEXT
    assert _lists(configuration)["Majors"] == ("bitcoin", "solana")
    configuration.reread()
    assert _lists(configuration)["Majors"] == ("bitcoin", "solana")


def test_what_was_held_is_written_with_the_next_change_that_can_be(path: Path) -> None:
    configuration = _held(path)
    path.chmod(0o600)
    _done(configuration.change(edits.add_coins("Majors", ["tron"])))
    assert _lists(configuration)["Majors"] == ("bitcoin", "solana", "tron")
    assert path.read_text() == TEXT.replace('"ethereum", "solana"', '"solana", "tron"')


def test_what_is_held_can_be_taken_back(path: Path) -> None:
    configuration = open_configuration(path)
    path.chmod(0o400)
    first = _done(configuration.change(edits.remove_coin("Majors", "ethereum")))
    second = _done(configuration.change(edits.set_value(("theme",), "ember")))
    _done(configuration.take_back(second))
    assert configuration.settings.theme == "midnight"
    assert _lists(configuration)["Majors"] == ("bitcoin", "solana")
    _done(configuration.take_back(first))
    assert _lists(configuration)["Majors"] == ("bitcoin", "ethereum", "solana")


def test_a_broken_file_leaves_what_was_good_and_is_told_with_its_line(path: Path) -> None:
    configuration = open_configuration(path)
    assert configuration.look()
    configuration.reread()
    assert not configuration.look()
    good = configuration.settings
    path.write_text("currency = \n" + TEXT)
    assert configuration.look()
    (problem,) = configuration.reread()
    assert (problem.line, problem.severity) == (1, "error")
    assert configuration.settings == good
    assert not configuration.look()
    done = _done(configuration.change(edits.set_value(("theme",), "ember")))
    assert "is not valid TOML" in done.held
    assert configuration.settings == replace(good, theme="ember")
    assert path.read_text() == "currency = \n" + TEXT


def test_a_file_that_comes_and_goes_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    configuration = open_configuration(path)
    configuration.reread()
    path.write_text('currency = "chf"\n')
    assert configuration.look()
    configuration.reread()
    assert configuration.settings.currency == "chf"
    path.unlink()
    assert configuration.look()
    configuration.reread()
    assert configuration.settings.currency == "usd"


def test_a_link_is_followed_when_it_is_turned_to_another_file(path: Path, tmp_path: Path) -> None:
    link, other = tmp_path / "link.toml", tmp_path / "other.toml"
    other.write_text('currency = "chf"\n')
    link.symlink_to(path)
    configuration = open_configuration(link)
    configuration.reread()
    link.unlink()
    link.symlink_to(other)
    assert configuration.look()
    configuration.reread()
    assert configuration.settings.currency == "chf"


def test_themes_are_read_again_when_one_is_edited(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "themes"
    folder.mkdir()
    configuration = open_configuration(path, themes=folder)
    configuration.reread()
    own = folder / "own.toml"
    own.write_text('[colors]\naccent = "#112233"\n')
    assert configuration.look()
    configuration.reread()
    assert configuration.themes["own"].accent == "#112233"
    _done(configuration.change(edits.set_value(("theme",), "own")))
    own.write_text('[colors]\naccent = "#445566" # longer\n')
    assert configuration.look()
    configuration.reread()
    assert configuration.themes["own"].accent == "#445566"


def test_without_a_file_changes_are_in_memory_and_can_be_taken_back() -> None:
    start = Settings(
        watchlists=(Watchlist("One", ("bitcoin",)), Watchlist("Top", (), "top 50")),
        market=MarketSettings(demo_api_key=Secret("CG-secret")),
    )
    configuration = open_configuration(None, start=start)
    assert _done(configuration.change(edits.add_coins("One", ["kaspa"]))).held == ""
    done = _done(configuration.change(edits.set_value(("theme",), "ember")))
    assert (_lists(configuration)["One"], configuration.settings.theme) == (("bitcoin", "kaspa"), "ember")
    _done(configuration.take_back(done))
    assert (_lists(configuration)["One"], configuration.settings.theme) == (("bitcoin", "kaspa"), "midnight")


_COINS = st.sampled_from(("bitcoin", "ethereum", "solana", "kaspa", "monero", "tron"))
_NAMES = st.sampled_from(("Majors", "My own", "New one", "Other"))
_EDITS = st.one_of(
    st.builds(edits.add_coins, _NAMES, st.lists(_COINS, max_size=3)),
    st.builds(edits.remove_coin, _NAMES, _COINS),
    st.builds(edits.move_coin, _NAMES, _COINS, st.integers(-1, 4)),
    st.builds(edits.send_coin, _COINS, _NAMES, _NAMES),
    st.builds(edits.new_list, _NAMES, st.sampled_from(("", "top 50", "category:layer-1"))),
    st.builds(edits.rename_list, _NAMES, _NAMES),
    st.builds(edits.delete_list, _NAMES),
    st.builds(lambda coin, alias: edits.set_value(("aliases", coin), alias), _COINS, st.sampled_from((None, "A", "B"))),
    st.builds(lambda code: edits.set_value(("currency",), code), st.sampled_from((None, "chf", "gbp"))),
    st.builds(lambda name: edits.set_value(("ui", "bar"), name), st.sampled_from((None, "scroll", "still"))),
)


@settings(
    max_examples=40,
    deadline=None,
    phases=(Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(wanted=st.lists(_EDITS, min_size=10, max_size=14), stray=st.booleans())
def test_many_changes_are_taken_back_in_reverse_order_to_the_byte(
    path: Path, wanted: list[edits.SettingsEdit], stray: bool
) -> None:
    path.write_text(TEXT)
    configuration = open_configuration(path)
    start = configuration.settings
    done = [each for edit in wanted if isinstance(each := configuration.change(edit), Done) and each.differences]
    if stray:  # somebody adds a comment in between: the text of before is no longer good, the values are
        path.write_text(path.read_text() + "# stray\n")
    for each in reversed(done):
        assert isinstance(configuration.take_back(each), Done)
    assert configuration.settings == start
    assert path.read_text() == TEXT if not stray else "# stray\n" in path.read_text()


def test_only_what_differs_in_the_file_replaces_what_is_in_force() -> None:
    before = Settings()
    in_force = replace(before, currency="eur", market=replace(before.market, refresh=5.0))
    now = replace(before, theme="ember", market=replace(before.market, monthly_calls=7))
    after = carry_over(in_force, before, now)
    assert (after.currency, after.theme) == ("eur", "ember")
    assert (after.market.refresh, after.market.monthly_calls) == (5.0, 7)
    assert carry_over(in_force, before, replace(before, currency="chf")).currency == "chf"
