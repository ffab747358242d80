"""The columns of the watchlist: what each says of a coin, how it sorts, and which have room. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from cointicker.domain.market import move
from cointicker.text.cells import cell_width
from cointicker.text.numbers import UNKNOWN, direction, format_change, format_large, regroup
from cointicker.text.sparks import place_between, sparkline
from cointicker.ui.entries import Entry
from cointicker.ui.money import format_amount, format_money, way_of

Run = tuple[str, str]
"""Text and the name of its colour."""
Value = float | str | None
"""What a column sorts by; ``None`` stands last either way."""

FIRM = ("coin", "price")
"""Columns that no pane is too narrow for."""
_LEAST = {"rank": 2, "coin": 4, "24h": 6}
_MOST = {"coin": 12, "name": 24}
"""Cells of columns where they are not those of what they hold."""
_PICTURE = (5, 9, 14)
"""Cells of a picture: the fewest that say something, those it is content with, the most it makes use of."""
_WAYS = {1: "up", 0: "secondary", -1: "down"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table."""

    name: str
    """As ``config.settings.COLUMNS`` spells it."""
    title: str
    words: str
    """What it shows, for the chooser."""
    value: Callable[[Entry], Value]
    say: Callable[[Entry], Run] | None = None
    """The cell where it is text."""
    picture: Callable[[Entry, int], Sequence[Run]] | None = None
    """The cell where it is drawn, for a width."""
    right: bool = True
    falling: bool = True
    """The highest first, when it is first sorted by."""


def _percent(entry: Entry, percent: float | None, digits: int = 2) -> Run:
    return regroup(format_change(percent, digits), entry.separators), _WAYS[direction(percent, digits)]


def _changed(name: str, title: str, words: str, value: Callable[[Entry], float | None], digits: int = 2) -> Column:
    return Column(name, title, words, value, lambda entry: _percent(entry, value(entry), digits))


def _large(name: str, title: str, words: str, value: Callable[[Entry], float | None]) -> Column:
    def say(entry: Entry) -> Run:
        return regroup(format_large(value(entry)), entry.separators), "secondary"

    return Column(name, title, words, value, say)


def _day(entry: Entry) -> Run:
    return entry.look.change, _WAYS[entry.look.way]


def _week(entry: Entry) -> tuple[float, ...]:
    quote = entry.quote
    points = quote.sparkline if quote is not None else ()
    return (*points, quote.price) if quote is not None and quote.price is not None and points else points


def _week_move(entry: Entry) -> float | None:
    points = _week(entry)
    return move(points[0], points[-1]) if len(points) > 1 else None


def _draw_week(entry: Entry, width: int) -> Sequence[Run]:
    way = 0 if entry.look.pegged else direction(_week_move(entry))
    return ((sparkline(_week(entry), width), _WAYS[way]),)


def _day_range(entry: Entry) -> tuple[float, float, float] | None:
    """Low, high and price, where the price lies between them or has just left them."""
    quote = entry.quote
    if quote is None or quote.low_24h is None or quote.high_24h is None or quote.price is None:
        return None
    return min(quote.low_24h, quote.price), max(quote.high_24h, quote.price), quote.price


def _range_place(entry: Entry) -> float | None:
    found = _day_range(entry)
    return None if found is None or found[1] <= found[0] else (found[2] - found[0]) / (found[1] - found[0])


def _draw_range(entry: Entry, width: int) -> Sequence[Run]:
    found = _day_range(entry)
    if found is None:
        return ((UNKNOWN, "label"),)
    place = place_between(*found, width)
    return (("─" * place, "label"), ("●", "text"), ("─" * (width - place - 1), "label"))


def _rank(entry: Entry) -> Run:
    rank = entry.quote.rank if entry.quote is not None else None
    return (UNKNOWN if rank is None else str(rank)), "label"


def _held(entry: Entry) -> Run:
    if entry.position is None:
        return "", "label"
    return regroup(format_amount(entry.position.amount, hidden=entry.hidden), entry.separators), "secondary"


def _worth(entry: Entry) -> Run:
    if entry.position is None:
        return "", "label"
    return regroup(format_money(entry.position.value, entry.currency, hidden=entry.hidden), entry.separators), "text"


def _gained(entry: Entry) -> Run:
    if entry.position is None:
        return "", "label"
    gain = entry.position.unrealised
    text = format_money(gain, entry.currency, hidden=entry.hidden, signed=True)
    return regroup(text, entry.separators), "secondary" if entry.hidden else _WAYS[way_of(gain)]


def _money(entry: Entry, name: str) -> float | None:
    amount = getattr(entry.position, name, None)
    return None if amount is None else float(amount)


def _quoted(name: str) -> Callable[[Entry], float | None]:
    def value(entry: Entry) -> float | None:
        found: float | None = getattr(entry.quote, name, None)
        return found

    return value


_ALL = (
    Column("rank", "#", "rank by market cap", _quoted("rank"), _rank, falling=False),
    Column(
        "coin", "coin", "symbol, or your own name for it", lambda entry: entry.look.symbol.casefold(),
        lambda entry: (entry.look.symbol, "text"), right=False, falling=False,
    ),
    Column(
        "name", "name", "name", lambda entry: entry.name.casefold() or None,
        lambda entry: (entry.name, "secondary"), right=False, falling=False,
    ),
    Column(
        "alias", "alias", "your own name for it; the coin goes by its symbol", lambda entry: entry.alias or None,
        lambda entry: (entry.alias, "accent"), right=False, falling=False,
    ),
    Column("price", "price", "price", _quoted("price"), lambda entry: (entry.look.price, "text")),
    _changed("1h", "1h", "change in an hour", _quoted("change_1h")),
    Column("24h", "24h", "change in 24 hours; distance from the peg", _quoted("change_24h"), _day),
    _changed("7d", "7d", "change in 7 days", _quoted("change_7d")),
    _changed("30d", "30d", "change in 30 days", _quoted("change_30d"), 1),
    _changed("1y", "1y", "change in a year", _quoted("change_1y"), 1),
    _large("cap", "cap", "market cap", _quoted("market_cap")),
    _large("volume", "volume", "traded in 24 hours", _quoted("volume_24h")),
    Column("range", "low–high", "where the price stands between the day's low and high", _range_place,
           picture=_draw_range, right=False),
    _changed("ath", "ATH", "distance from the highest price ever", _quoted("ath_change"), 1),
    Column("sparkline", "7 days", "the last 7 days as a picture", _week_move, picture=_draw_week, right=False),
    Column("holdings", "held", "how many you own", lambda entry: _money(entry, "amount"), _held),
    Column("value", "value", "what you own is worth", lambda entry: _money(entry, "value"), _worth),
    Column("pnl", "P&L", "gained since you bought", lambda entry: _money(entry, "unrealised"), _gained),
)  # fmt: skip

BY_NAME: Mapping[str, Column] = {column.name: column for column in _ALL}
PICTURES = frozenset(column.name for column in _ALL if column.picture is not None)


def title_of(column: Column, currency: str, sort: str = "") -> str:
    """The head of a column; prices name their currency, and the one that is sorted by says which way."""
    title = currency.upper() if column.name == "price" and currency != "usd" else column.title
    return f"{title}{'↓' if sort.startswith('-') else '↑'}" if sort.removeprefix("-") == column.name else title


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns that have room, in order, each with where it begins and how wide it is."""

    places: tuple[tuple[Column, int, int], ...] = ()
    """Column, first cell, cells."""
    dropped: tuple[str, ...] = ()
    """Names of those that have no room."""
    widths: Mapping[str, int] = field(default_factory=dict)

    def at(self, x: int) -> Column | None:
        """The column at a cell, the blanks before it included."""
        return next((column for column, start, width in self.places if x < start + width), None)


def natural_widths(
    names: Sequence[str], entries: Sequence[Entry], currency: str, sort: str, kept: Mapping[str, int]
) -> dict[str, int]:
    """Cells that each column wants: of its title, its widest cell, and no fewer than it had before."""
    widths: dict[str, int] = {}
    for name in names:
        column = BY_NAME[name]
        least = max(cell_width(title_of(column, currency, sort)), kept.get(name, 0))
        if column.say is not None:
            widths[name] = max([least, *(cell_width(column.say(entry)[0]) for entry in entries)])
        else:
            widths[name] = _PICTURE[1]
        widths[name] = max(_LEAST.get(name, 0), min(widths[name], _MOST.get(name, widths[name])))
    return widths


def _gap(name: str, before: str) -> int:
    """Blanks before a column."""
    return 1 if not before or (before, name) == ("coin", "price") else 2


def width_of(names: Sequence[str], widths: Mapping[str, int]) -> int:
    """Cells of a row: the mark, then each column with the blanks before it."""
    used = 1
    for index, name in enumerate(names):
        used += _gap(name, names[index - 1] if index else "") + widths[name]
    return used


def _next_to_go(names: Sequence[str]) -> str | None:
    """The column that is missed least."""
    order = (*(name for name in reversed(names) if name in PICTURES), "name", "rank", *reversed(names))
    return next((name for name in order if name in names and name not in FIRM), None)


def lay_out(names: Sequence[str], natural: Mapping[str, int], width: int) -> Layout:
    """What fits a width. Numbers are never cut: whole columns go, and at the very last letters of the symbol."""
    shown = list(dict.fromkeys((*names, *(name for name in FIRM if name not in names))))
    widths = {name: _PICTURE[0] if name in PICTURES else natural[name] for name in shown}
    while width_of(shown, widths) > width and (gone := _next_to_go(shown)):
        if gone == "name" and widths["name"] > 8:
            widths["name"] = max(8, widths["name"] - (width_of(shown, widths) - width))
        else:
            shown.remove(gone)
    over = width_of(shown, widths) - width
    if over > 0:
        widths["coin"] = max(1, widths["coin"] - over)
    _let_pictures_grow(shown, widths, width)
    places, at = [], 1
    for index, name in enumerate(shown):
        at += _gap(name, shown[index - 1] if index else "")
        places.append((BY_NAME[name], at, widths[name]))
        at += widths[name]
    return Layout(tuple(places), tuple(name for name in names if name not in shown), widths)


def _let_pictures_grow(shown: Sequence[str], widths: dict[str, int], width: int) -> None:
    """First to what they are content with; of what is left then they take a third."""
    for wanted, part in ((_PICTURE[1], 1), (_PICTURE[2], 3)):
        for name in shown:
            if name in PICTURES:
                left = (width - width_of(shown, widths)) // part
                widths[name] += max(0, min(left, wanted - widths[name]))
