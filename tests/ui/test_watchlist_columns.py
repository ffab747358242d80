"""The columns of the watchlist: whole ones are left out, a number is never cut."""

from hypothesis import given
from hypothesis import strategies as st

from cointicker.text.cells import cell_width
from cointicker.ui.quotes import Look, look_of
from cointicker.ui.widgets.watchlist import Columns, columns_for
from fake_clock import START
from ui.samples import quote, snapshot

prices = st.none() | st.floats(1e-12, 1e15, allow_nan=False)
changes = st.none() | st.floats(-100, 1e6, allow_nan=False)


@st.composite
def look_lists(draw: st.DrawFn) -> list[Look]:
    quotes = [
        quote(f"coin-{index}", draw(prices), draw(st.sampled_from(["BTC", "X", "SLISBNBX", "你好吗"])),
              change_24h=draw(changes), fetched_at=START - draw(st.sampled_from([0, 4000])))
        for index in range(draw(st.integers(0, 4)))
    ]  # fmt: skip
    state = snapshot(quotes)
    return [look_of(coin, state, START) for coin in (*state.quotes, "unknown-coin")]


def _used(columns: Columns) -> int:
    """Cells of a row as it is drawn: the mark, then each column with the blanks before it."""
    rank = columns.rank + 2 if columns.rank else 1
    rest = sum(width + 2 for width in (columns.change, columns.spark) if width)
    return 1 + rank + columns.symbol + 1 + columns.price + rest


@given(look_lists(), st.integers(30, 200), st.booleans())
def test_a_row_is_never_wider_than_its_pane(looks: list[Look], width: int, ranked: bool) -> None:
    columns = Columns.fit(looks, width, ranked=ranked)
    assert _used(columns) <= width


@given(look_lists(), st.integers(1, 200), st.booleans())
def test_the_price_has_always_room_and_the_change_has_all_or_none(looks: list[Look], width: int, ranked: bool) -> None:
    columns = Columns.fit(looks, width, ranked=ranked)
    assert columns.price >= max(cell_width(look.price) for look in looks)
    assert columns.change == 0 or columns.change >= max(cell_width(look.change) for look in looks)


def test_what_goes_first_is_the_picture_then_the_rank_then_the_change() -> None:
    looks = [look_of("bitcoin", snapshot([quote()]), START)]
    shown = [
        [name for name in ("rank", "change", "spark") if getattr(Columns.fit(looks, width), name)]
        for width in range(60, 8, -1)
    ]
    order = [each for index, each in enumerate(shown) if index == 0 or each != shown[index - 1]]
    assert order[0] == ["rank", "change", "spark"]
    assert order[-1] == []
    assert ["change"] in order
    assert "spark" not in order[-2]


def test_coins_that_fit_below_each_other_stay_in_one_column() -> None:
    assert columns_for(5, 200, 5) == 1
    assert columns_for(10, 80, 5) == 2
    assert columns_for(10, 60, 5) == 1
    assert columns_for(30, 220, 5) == 3
