"""A configuration is read as far as it can be, and each mistake in it is named with its line, reason and remedy."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cointicker.config.documents import SIZE_LIMIT
from cointicker.config.reading import Reading, read_settings, setting_names
from cointicker.config.settings import Settings
from cointicker.domain.market import Watchlist
from cointicker.domain.news import Feed
from cointicker.engine.commands import BY_NAME, assign_keys, share_a_place

Read = Callable[[str], Reading]


@pytest.fixture
def file(home: Path) -> Path:
    """Where the configuration of this test is, in a folder that is there."""
    path = home / ".config/cointicker/config.toml"
    path.parent.mkdir(parents=True)
    return path


@pytest.fixture
def read(file: Path) -> Read:
    """Reads a text as the configuration, as the program does."""

    def read_text(text: str) -> Reading:
        file.write_text(text)
        file.chmod(0o600)
        return read_settings(file, {}, BY_NAME, share_a_place)

    return read_text


SLIPS = {
    'currency = "euro"': '1: currency must be one of 63 codes, such as usd, not the text "euro"; did you mean eur?',
    "currency = 5": "1: currency must be a text in quotes, not 5",
    'curency = "eur"': "1: curency is not a setting; did you mean currency?",
    "refresh = 60": "1: refresh is not a setting; did you mean market.refresh?",
    '[ui]\ntheme = "ember"': "2: ui.theme is not a setting; did you mean theme?",
    "[market]\nrefesh = 60": "2: market.refesh is not a setting; did you mean market.refresh?",
    "[marekt]\nrefresh = 60": "1: marekt is not a section; did you mean market?",
    "market = 60": "1: market must be a section, begun by [market], not 60",
    "[qwertz]\nx = 1": "1: qwertz is not a section",
    '[market]\nrefresh = "60"': '2: market.refresh must be a number, not the text "60"',
    "[market]\nrefresh = 1": "2: market.refresh must be from 5 to 86400, not 1",
    "[market]\nrefresh = nan": "2: market.refresh must be a number, not nan",
    "[market]\nmonthly_calls = 1.5": "2: market.monthly_calls must be a whole number, not 1.5",
    "[market]\nmonthly_calls = true": "2: market.monthly_calls must be a whole number, not true",
    "[market]\nmonthly_calls = 0x"
    + "f" * 4000: "2: market.monthly_calls must be from 0 to 1000000000, not a huge number",
    '[market]\nbase_url = "ftp://x/"': "2: market.base_url must be an http or https address of at most 2048 signs, "
    "without a user name",
    '[mining]\nbase_url = "https://x/?a=1"': "2: mining.base_url must be an address without ? and #",
    '[market]\ndemo_api_key = "CG x"': "2: market.demo_api_key must be a key: letters, digits and signs without spaces",
    "[market]\npro_api_key = 12": "2: market.pro_api_key must be a key: letters, digits and signs without spaces",
    '[news]\nfull_articles = "yes"': '2: news.full_articles must be true or false, not the text "yes"',
    '[news]\nmute = "x"': '2: news.mute must be a list of texts, such as ["sponsored"], not the text "x"',
    '[news]\nmute = ["x",\n""]': '3: news.mute[2] must be a text with something in it, not the text ""',
    '[ui]\nbar = "page"': '2: ui.bar must be one of pages, scroll, still, not the text "page"; did you mean pages?',
    "theme = 2026-01-01": "1: theme must be a text in quotes, not a date or time",
    'contact = "jürgen"': "1: contact must be plain ASCII: it is sent in a header",
    'contact = "a\\nb"': "1: contact must be one line of at most 500 signs that can be shown",
    'watchlists = ["bitcoin"]': "1: watchlists must be a section with lists, such as [watchlists], not a list",
    '[watchlists]\nMine = "bitcoin"': "2: watchlists.Mine must be a list of coins or a rule: "
    '"top 50", "gainers", "losers", "trending", "category:ID"; not the text "bitcoin"',
    "[watchlists]\nMine = 50": '2: watchlists.Mine must be a list of coins, such as ["bitcoin", "ethereum"], not 50',
    '[watchlists]\nMine = [\n"tether",\n"BTC"]': '4: watchlists.Mine[2] is the text "BTC": use the id bitcoin',
    '[watchlists]\nMine = ["Lido Staked Ether"]': '2: watchlists.Mine[1] is the text "Lido Staked Ether": '
    "use the id staked-ether",
    '[watchlists]\nMine = ["Q Q"]': "2: watchlists.Mine[1] must be an id of CoinGecko, in lower case such as bitcoin, "
    'not the text "Q Q"',
    "[watchlists]\nMine = [1]": "2: watchlists.Mine[1] must be the id of a coin in quotes, not 1",
    '[watchlists]\nMine = ["dai", "dai"]': "2: watchlists.Mine[2] names dai for the second time",
    '[watchlists]\n"" = ["dai"]': '2: watchlists."" is a list without a name',
    '[watchlists]\nA = ["dai"]\n"A " = ["tron"]': "3: watchlists.A is there twice",
    '[news]\nfeeds = ["https://a.example/"]': "2: news.feeds must be tables, each begun by [[news.feeds]] "
    "and with a url",
    '[[news.feeds]]\nname = "A"': "1: news.feeds[1] is a feed without a url",
    '[[news.feeds]]\nurl = "a.example"': "2: news.feeds[1].url must be an http or https address, without a user name",
    '[[news.feeds]]\nurl = "http://a.example/"\nnmae = "A"': "3: news.feeds[1].nmae is not a setting of a feed; "
    "did you mean name?",
    '[[news.feeds]]\nurl = "http://a.example/"\nname = 1': "3: news.feeds[1].name must be a text in quotes, not 1",
    '[[news.feeds]]\nurl = "http://a.example/"\ncategories = "NFT"': "3: news.feeds[1].categories must be a list of "
    'categories, such as ["Mining"], not the text "NFT"',
    '[[news.feeds]]\nurl = "http://a.example/"\ncategories = ["Minning"]': "3: news.feeds[1].categories[1] must be one "
    "of Mining, Bitcoin, Ethereum, XRP, Altcoins, NFT, Blockchain, Web3, DeFi, Finance, Stocks, Company, "
    'not the text "Minning"; did you mean Mining?',
    '[[news.feeds]]\nurl = "http://a.example/"\n[[news.feeds]]\nurl = "http://A.example/"': "4: news.feeds[2].url is "
    "the address of an earlier feed",
    'keys = "vim"': '1: keys must be a section, such as [keys], not the text "vim"',
    '[keys]\nrefersh = "r"': "2: keys.refersh is not a command; did you mean refresh?",
    "[keys]\nrefresh = 5": '2: keys.refresh must be a text such as "r" or "r,f5", not 5',
    '[keys]\nrefresh = "pagdown"': '2: keys.refresh must be names of keys, such as "r,f5,space,comma", '
    'not the text "pagdown"; did you mean pagedown?',
    '[keys]\nstar = "x"\nrefresh = "x"': "3: keys.refresh asks for x, as keys.star does",
    "alerts = 1": '1: alerts must be tables, each begun by [[alerts]], such as coin = "bitcoin" and above = 100000',
    '[notify]\ncommand = "beep"': "2: notify.command must be a program and its arguments, such as "
    '["notify", "--loud"], not the text "beep"',
    '[notify]\nquiet = "at night"': '2: notify.quiet must be hours such as "23:00-07:00", or empty, '
    'not the text "at night"',
}


@pytest.mark.parametrize(("text", "message"), SLIPS.items(), ids=[text[:40] for text in SLIPS])
def test_a_slip_is_named_with_line_reason_and_remedy(read: Read, text: str, message: str) -> None:
    reading = read(text)
    assert [str(problem) for problem in reading.problems] == [f"~/.config/cointicker/config.toml:{message}"]
    assert reading.problems[0].severity == "error"
    assert reading.exists
    assert not reading.broken


@pytest.mark.parametrize("text", SLIPS, ids=[text[:40] for text in SLIPS])
def test_beside_a_slip_all_else_holds(read: Read, text: str) -> None:
    reading = read(f"{text}\n[mining]\nrefresh = 77\n" if "[mining]" not in text else f"{text}\nrefresh = 77\n")
    assert reading.settings.mining.refresh == 77
    assert len(reading.problems) == 1


def test_what_is_right_is_taken(read: Read) -> None:
    reading = read(
        """
currency = "EUR"
theme = "ember"
contact = " me@a.example "
[market]
base_url = "https://pro-api.coingecko.com/api/v3"
demo_api_key = " CG-abc\\n"
refresh = 30
[watchlists]
Mine = ["bitcoin", "usd1-wlfi", "avalanche-2"]
"Not yet" = []
[news]
full_articles = false
mute = ["sponsored"]
[[news.feeds]]
url = "https://bücher.example/feed"
name = "Bücher"
categories = ["defi", "NFT"]
[[news.feeds]]
url = "http://127.0.0.1:8000/"
[ui]
bar = "still"
[keys]
refresh = "R, F5,Ctrl+R"
search = "/"
quit = ""
"""
    )
    assert reading.problems == ()
    settings = reading.settings
    assert (settings.currency, settings.theme, settings.contact) == ("eur", "ember", "me@a.example")
    assert settings.market.base_url == "https://pro-api.coingecko.com/api/v3/"
    assert settings.market.demo_api_key == "CG-abc"
    assert settings.market.refresh == 30.0
    assert settings.watchlists == (
        Watchlist("Mine", ("bitcoin", "usd1-wlfi", "avalanche-2")),
        Watchlist("Not yet", ()),
    )
    assert settings.news.mute == ("sponsored",)
    assert not settings.news.full_articles
    assert settings.news.feeds == (
        Feed("https://xn--bcher-kva.example/feed", "Bücher", ("DeFi", "NFT")),
        Feed("http://127.0.0.1:8000/"),
    )
    assert settings.ui.bar == "still"
    assert settings.keys == {"refresh": "R,f5,ctrl+r", "search": "slash", "quit": ""}


def test_no_file_is_no_problem(file: Path) -> None:
    for path in (None, file, file / "in a folder that is not there", Path(os.devnull)):
        reading = read_settings(path, {}, BY_NAME)
        assert reading.settings == Settings()
        assert reading.problems == ()
        assert not reading.broken


def test_what_is_below_a_file_is_not_there(file: Path) -> None:
    file.write_text("")
    reading = read_settings(file / "config.toml", {}, BY_NAME)
    assert (reading.exists, reading.problems) == (False, ())


def test_lists_that_are_all_wrong_leave_the_defaults(read: Read) -> None:
    settings = read('[watchlists]\nMine = 1\n[[news.feeds]]\nurl = "x"\n').settings
    assert (settings.watchlists, settings.news.feeds) == (Settings().watchlists, Settings().news.feeds)


def test_no_feeds_at_all_can_be_asked_for(read: Read) -> None:
    reading = read("[news]\nfeeds = []\n")
    assert (reading.settings.news.feeds, reading.problems) == ((), ())


def test_problems_come_in_the_order_of_the_lines(read: Read) -> None:
    lines = [problem.line for problem in read("[news]\nx = 1\nrefresh = 1\n[market]\nrefresh = 1\ny = 2\n").problems]
    assert lines == [2, 3, 5, 6]


DOCUMENT = """currency = "eur"
[market]
refresh = 30
[watchlists]
Mine = ["bitcoin", "ethereum"]
[[news.feeds]]
url = "https://a.example/"
categories = ["NFT"]
[keys]
refresh = "r"
"""


@pytest.mark.parametrize("place", range(0, len(DOCUMENT), len(DOCUMENT) // 20))
def test_a_file_cut_off_anywhere_is_read_or_said_to_be_broken(read: Read, place: int) -> None:
    reading = read(DOCUMENT[:place])
    if reading.broken:
        (problem,) = reading.problems
        assert problem.line == DOCUMENT[:place].count("\n") + 1
        assert reading.settings == Settings()
    else:
        assert reading.exists


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a = 1\nb 2\n", "2:3:", "Expected '=' after a key"),
        ('a = 1\nb = "x\n', "2:7:", "Illegal character"),
        ("a = 1\na = 2\n", "2:6:", "Cannot overwrite a value"),
        ("a = [\n", "1:", "Invalid value"),
        ("a = " + "[" * 3000, "", "nested"),
        ("a = " + "9" * 5000, "", "Exceeds the limit"),
    ],
)
def test_broken_toml_is_said_with_line_and_column(read: Read, text: str, place: str, words: str) -> None:
    reading = read(text)
    (problem,) = reading.problems
    assert str(problem).startswith(f"~/.config/cointicker/config.toml:{place}")
    assert words in str(problem)
    assert reading.broken
    assert reading.settings == Settings()


def _make_directory(path: Path) -> None:
    path.mkdir()


def _make_pipe(path: Path) -> None:
    os.mkfifo(path)


def _make_dangling(path: Path) -> None:
    path.symlink_to(path.parent / "nowhere")


def _make_loop(path: Path) -> None:
    path.symlink_to(path)


def _make_large(path: Path) -> None:
    path.write_bytes(b"#" * (SIZE_LIMIT + 1))


def _make_latin(path: Path) -> None:
    path.write_bytes('currency = "eur"\ncontact = "é"\n'.encode("latin-1"))


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (_make_directory, ": is a directory, not a file"),
        (_make_pipe, ": is not a regular file"),
        (_make_dangling, ": is a link to a file that is not there"),
        (_make_loop, ": cannot be read: Too many levels of symbolic links"),
        (_make_large, ": is larger than 256 KiB"),
        (_make_latin, ":2: this line is not UTF-8 text"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(file: Path, make: Callable[[Path], None], why: str) -> None:
    make(file)
    reading = read_settings(file, {"COINGECKO_DEMO_API_KEY": "CG-1"}, BY_NAME)
    assert [str(problem) for problem in reading.problems] == [f"~/.config/cointicker/config.toml{why}"]
    assert (reading.exists, reading.broken) == (True, True)
    assert reading.settings.market.demo_api_key == "CG-1"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(file: Path) -> None:
    file.write_text("")
    file.chmod(0)
    assert str(read_settings(file, {}, BY_NAME).problems[0]).endswith(": cannot be read: Permission denied")


def test_a_path_that_cannot_be_one_is_a_problem() -> None:
    assert read_settings(Path("a\0b"), {}, BY_NAME).broken


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(file: Path) -> None:
    file.write_bytes(b'\xef\xbb\xbfcurrency = "eur"\r\n[market]\r\nrefesh = 1\r\n')
    reading = read_settings(file, {}, BY_NAME)
    assert reading.settings.currency == "eur"
    assert [problem.line for problem in reading.problems] == [3]


KEY = "CG-mustneverbeshown"


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o640, 0o604, 0o644, 0o666])
def test_a_key_that_others_may_read_is_reported(file: Path, mode: int) -> None:
    file.write_text(f'[market]\ndemo_api_key = "{KEY}"\n')
    file.chmod(mode)
    reading = read_settings(file, {}, BY_NAME)
    assert reading.settings.market.demo_api_key == KEY
    said = (
        "~/.config/cointicker/config.toml:2: market.demo_api_key can be read by other users of this machine; "
        "run: chmod 600 ~/.config/cointicker/config.toml"
    )
    assert [str(problem) for problem in reading.problems] == ([said] if mode & 0o077 else [])


def test_others_may_read_a_file_without_a_key(file: Path) -> None:
    file.write_text('[market]\ndemo_api_key = ""\n')
    file.chmod(0o644)
    assert read_settings(file, {}, BY_NAME).problems == ()


def test_a_key_is_never_shown(read: Read) -> None:
    for text in (f'demo_api_key = "{KEY}"', f'pro_api_key = "{KEY} x"', f'base_url = "https://me:{KEY}@a.example/"'):
        reading = read(f"[market]\n{text}\n")
        assert KEY not in f"{reading!r} {reading.problems} {list(map(str, reading.problems))}"
    assert "***" in repr(read(f'[market]\npro_api_key = "{KEY}"\n').settings)


def test_the_environment_stands_in_where_the_file_says_nothing(file: Path) -> None:
    environ = {"COINGECKO_DEMO_API_KEY": "CG-outside\n", "COINGECKO_PRO_API_KEY": "CG-pro"}
    file.write_text('[market]\ndemo_api_key = "CG-inside"\npro_api_key = ""\n')
    file.chmod(0o600)
    market = read_settings(file, environ, BY_NAME).settings.market
    assert (market.demo_api_key, market.pro_api_key) == ("CG-inside", "CG-pro")
    assert read_settings(None, environ, BY_NAME).settings.market.demo_api_key == "CG-outside"


def test_a_wrong_key_in_the_environment_is_named_by_its_variable() -> None:
    reading = read_settings(None, {"COINGECKO_PRO_API_KEY": "a b"}, BY_NAME)
    assert [str(problem) for problem in reading.problems] == [
        "COINGECKO_PRO_API_KEY must be a key: letters, digits and signs without spaces"
    ]
    assert reading.settings == Settings()


def test_a_key_that_two_commands_never_share_a_place_for_is_no_clash(read: Read) -> None:
    reading = read('[keys]\nread_all = "Z"\nzen = "shift+z"\n')
    assert (reading.problems, reading.settings.keys) == ((), {"read_all": "Z", "zen": "Z"})


def test_terminal_codes_in_a_file_do_not_reach_a_message(read: Read) -> None:
    (problem,) = read('"\\u001b[31mred\\u202e" = 1\n').problems
    assert str(problem) == "~/.config/cointicker/config.toml:1: red is not a setting"


def test_every_setting_has_a_name() -> None:
    assert {"currency", "market", "market.refresh", "news.feeds", "keys", "alerts"} <= set(setting_names())


SCRAPS = st.sampled_from(
    (
        *(f"[{name}]\n" for name in setting_names()),
        "[[news.feeds]]\n",
        "[[alerts]]\n",
        *(f"{name} = " for name in setting_names()),
    )
)
VALUES = st.sampled_from(
    (
        '"x"\n',
        "5\n",
        "1.5\n",
        "true\n",
        "[]\n",
        "{}\n",
        '["bitcoin"]\n',
        "inf\n",
        "2026-01-01\n",
        '"r,x"\n',
        "[[1]]\n",
        "\n",
    )
)
NAMES = st.sampled_from(
    [f"{name} = " for name in ("refresh", "url", "name", "Mine", "star", "quit", "zen", "categories")]
)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(st.text(), st.lists(st.one_of(SCRAPS, NAMES, VALUES)).map("".join)))
def test_any_text_gives_settings_that_the_program_can_use(read: Read, text: str) -> None:
    reading = read(text.replace("\0", "").encode("utf-8", "replace").decode())
    assert reading.settings.watchlists
    assign_keys(dict(reading.settings.keys))
    for problem in reading.problems:
        assert str(problem).isprintable()
    if reading.broken:
        assert reading.settings == Settings()


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary())
def test_any_bytes_give_settings(file: Path, raw: bytes) -> None:
    file.write_bytes(raw)
    assert isinstance(read_settings(file, {}, BY_NAME).settings, Settings)
