"""What a format of ``cointicker line`` comes to: its fields, its width, its colours."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.line_facts import BITCOIN, ETHER, HOSTILE, NOW, coin, glance, known, make, maker
from cointicker.cli.line.formats import COIN_FIELDS, FIELDS, parse_format
from cointicker.cli.line.output import to_json
from cointicker.cli.line.request import RequestError
from cointicker.domain.glance import Known
from cointicker.text.cells import cell_width
from cointicker.text.safe import clean

_UP, _DOWN = "#4fc38a", "#f0746c"
_WHOLE = ("BTC 88,349.00 ▲1.24%", "ETH 2,933.23 ▼0.41%", "USDT 1.0003 +3bp")


def _with_tether() -> Known:
    tether = coin("tether", "USDT", 1.0003)
    tether.peg_points = 3.0
    return known(BITCOIN, ETHER, tether)


def test_without_a_format_the_line_is_the_watchlist_as_the_bar_shows_it() -> None:
    made = make(None, _with_tether(), glance(("bitcoin", "ethereum", "tether")))
    assert made.text == "  ".join(_WHOLE)
    assert made.status == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{BTC.symbol} {bitcoin.price} {btc.change_24h}", "BTC 88,349.00 ▲1.24%"),
        ("{BTC.name}|{BTC.arrow}|{ETH.arrow}|{BTC.change_1h}", "Bitcoin|▲|▼|0.00%"),
        ("{BTC.change_7d} {BTC.age} {BTC.cap} {BTC.volume}", "▼2.50% 10s 1.34T 5.00B"),
        ("{headline} · {headline.source} {headline.age} · {unread}", "Fees fall again · Example News 12m · 31"),
        ("{hashprice} {hashrate} {difficulty}", "$38.70 1.04 ZH/s 148.2 T"),
        ("{retarget} · {fees} · {block}", "▲1.2% in 5d 3h · 2 · 1 · 1 sat/vB · 931,204"),
        ("{list} {currency} {{x}} {age}", "Majors USD {x} —"),
        ("{coins} {age}{stale}", "BTC 88,349.00 ▲1.24%  ETH 2,933.23 ▼0.41% 10s"),
        ("{nobody.price} {nobody.symbol} {BTC.price}", "— NOBODY 88,349.00"),
    ],
)
def test_fields(text: str, told: str) -> None:
    assert make(text).text == told


def test_a_coin_goes_by_its_alias_too() -> None:
    made = make("{₿.symbol} {₿.price}", settings=glance(aliases={"bitcoin": "₿"}))
    assert made.text == "₿ 88,349.00"


def test_numbers_have_the_persons_separators() -> None:
    assert make("{BTC.price} {block}", settings=glance(separators=".")).text == "88.349,00 931.204"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("{BTC.prise}", "{BTC.price}"), ("{headlin}", "{headline}"), ("{BTC}", "{BTC.price}"), ("{coin}", "{coins}"),
        ("{hash_price}", "{hashprice}"), ("{btc.change24h}", "{btc.change_24h}"), ("{headline.sauce}", "source"),
        ("{", "brace"), ("a}b", "brace"), ("{}", "there are"),
    ],
)  # fmt: skip
def test_a_wrong_field_is_refused_with_the_nearest_right_one(text: str, meant: str) -> None:
    with pytest.raises(RequestError, match=re.escape(meant)):
        parse_format(text)


@given(st.text(st.sampled_from("{}#[]BTC.price \n\t\x1b%ä日")))
def test_any_format_is_one_line_or_refused(text: str) -> None:
    try:
        made = make(text)
    except RequestError:
        return
    assert made.text.isprintable()
    assert made.text


@given(st.text("abc #[]", min_size=1))
def test_braces_in_pairs_are_braces(text: str) -> None:
    assert make(f"{{{{{text}}}}}").text == f"{{{text}}}"


@pytest.mark.parametrize(
    ("width", "told"),
    [
        (59, "  ".join(_WHOLE)), (58, "  ".join(_WHOLE[:2])), (40, f"{_WHOLE[0]}  {_WHOLE[2]}"), (37, _WHOLE[0]),
        (20, _WHOLE[0]), (19, "BTC 88,349.00"), (13, "BTC 88,349.00"), (12, "ETH 2,933.23"), (5, "…"), (1, "…"),
    ],
)  # fmt: skip
def test_coins_are_left_out_whole_and_the_first_only_after_its_change(width: int, told: str) -> None:
    settings = glance(("bitcoin", "ethereum", "tether"))
    text = make(None, _with_tether(), settings, width=width).text
    assert text == told
    assert cell_width(text) <= width


@given(width=st.integers(1, 120), title=st.text("ab 日本é", max_size=90).map(clean))
def test_no_width_is_exceeded_and_no_number_cut(width: int, title: str) -> None:
    text = "#[bold]{coins} | {headline} | {BTC.price} {hashprice}"
    bare = make(text, known(title=title), width=width).text
    assert cell_width(bare) <= width
    told = {"88,349.00", "1.24", "2,933.23", "0.41", "38.70"}
    assert set(re.findall(r"\d[\d,]*\.\d+", bare)) <= told
    seen = re.sub(r"#\[[^\]]*\]", "", make("#[bold]{coins}  {headline}", known(), width=width, kind="tmux").text)
    assert cell_width(seen) <= width


def test_a_headline_is_cut_before_a_price_goes() -> None:
    long = known(title="Bitcoin mining difficulty falls for the third time in a row as hashprice recovers")
    assert make("{headline} {BTC.price}", long, width=40).text == "Bitcoin mining difficulty fal… 88,349.00"
    assert make("{BTC.price} {headline}", long, width=15).text == "88,349.00"


def test_tmux_gets_the_themes_colours_and_its_own_styles_stay() -> None:
    made = make("#[fg=cyan,bold]{BTC.price} {BTC.change_24h} x #[default]{ETH.arrow}", kind="tmux")
    assert made.text == f"#[fg=cyan,bold]88,349.00 #[fg={_UP}]▲1.24%#[fg=cyan] x #[default]#[fg={_DOWN}]▼#[fg=default]"


def test_styles_stay_where_their_coin_is_left_out() -> None:
    made = make("#[fg=red]{BTC.price}#[bold] | {ETH.price}#[default]", kind="tmux", width=10)
    assert made.text == "#[fg=red]88,349.00#[bold]#[default]"


@pytest.mark.parametrize(
    ("kind", "up"),
    [
        ("ansi", "\x1b[32m▲\x1b[0m"),
        ("pango", f'<span foreground="{_UP}">▲</span>'),
        ("polybar", f"%{{F{_UP}}}▲%{{F-}}"),
        ("none", "▲"),
    ],
)
def test_each_kind_has_its_own_colours(kind: str, up: str) -> None:
    assert make("{BTC.arrow}", kind=kind).text == up


@given(st.text(max_size=40).map(clean) | st.just(clean(HOSTILE)))
def test_nothing_foreign_is_obeyed(title: str) -> None:
    state = known(title=title)
    told = make("{headline}", state, kind="tmux").text
    assert told.replace("#", "") == (title.replace("#", "") or "—")
    assert not re.search(r"(?<!#)(##)*#(?!#)", told)
    assert not re.search(r"#[(\[{]", told), "not even where it is expanded twice"
    assert "%{" not in make("{headline}", state, kind="polybar").text
    markup = ET.fromstring(f"<markup>{make('{headline}', state, kind='pango').text}</markup>")  # noqa: S314
    assert (markup.text or "") == (title or "—")
    assert not list(markup)


def test_waybar_gets_text_tooltip_and_class() -> None:
    made = make("{BTC.price}", json=True, kind="pango")
    document = to_json(maker("{BTC.price}", json=True, kind="pango"), made)
    assert '"text": "88,349.00"' in document
    assert '"class": ["fresh", "up"]' in document
    assert "ETH 2,933.23" in document
    assert "Fees fall again" in document
    assert "\n" not in document


def test_old_prices_are_dimmed_say_their_age_and_make_the_line_stale() -> None:
    made = make(None, known(coin("bitcoin", "BTC", age=720), coin("ethereum", "ETH", age=720)), kind="tmux")
    assert made.status == 3
    assert made.text.startswith("#[fg=#727e91]BTC 100.00 ▲1.50% 12m#[fg=default]")


def test_one_old_coin_among_others_makes_no_line_stale() -> None:
    made = make(None, known(coin("bitcoin", "BTC", age=7200), ETHER))
    assert made.status == 0
    assert "BTC 100.00 ▲1.50% 2h" in made.text


@pytest.mark.parametrize(
    ("text", "ending"),
    [("{BTC.price}", "100.00 12m old"), ("{BTC.price} {stale}", "100.00 12m old"), ("{BTC.price} {age}", "100.00 12m")],
)
def test_a_stale_line_says_so_once_whatever_its_format(text: str, ending: str) -> None:
    made = make(text, known(coin("bitcoin", "BTC", age=720)))
    assert (made.text, made.status) == (ending, 3)


def test_what_is_fetched_seldom_is_old_later() -> None:
    state = known(coin("bitcoin", "BTC", age=1200))
    state.prices_due.fetched_at, state.prices_due.next_at = NOW - 1200, NOW - 300
    assert make("{BTC.price}", state).status == 0


@pytest.mark.parametrize(
    ("text", "age", "status"), [("{headline}", 1799, 0), ("{headline}", 1801, 3), ("{fees}", 901, 3)]
)
def test_headlines_and_mining_grow_old_at_their_own_pace(text: str, age: float, status: int) -> None:
    assert make(text, known(age=age)).status == status


@pytest.mark.parametrize("field", [f"BTC.{name}" for name in COIN_FIELDS if name != "symbol"] + list(FIELDS))
def test_where_nothing_is_known_every_field_says_so(field: str) -> None:
    made = make(f"{{{field}}}", Known("nothing is stored"))
    own = {"list": "Majors", "currency": "USD", "coins": "BITCOIN —  ETHEREUM —"}
    assert made.text == own.get(field, "—")
    assert made.status == (0 if field in {"list", "currency", "age", "stale"} else 1)
