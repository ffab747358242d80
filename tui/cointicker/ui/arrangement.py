"""Which panes are shown in a terminal of a given size, and how large each is. Pure."""

from dataclasses import dataclass, replace
from enum import Enum

from cointicker.ui.widgets.mining import FACTS_ROWS
from cointicker.ui.widgets.watchlist import columns_for

LOW = 6
"""Rows up to which there is room for nothing but the bar and headlines."""
_LOWEST = 4
"""Rows up to which an article has them all."""
_ROOM_TO_TELL = 3
"""Rows from which the last one may tell of something for a while."""
_TABLE_FROM = 8
"""Rows of the body from which a watchlist over the headlines leaves room for some of them."""
_HEADLINES = 54
"""Cells that a watchlist with many columns leaves to the headlines beside it."""
WIDE = 100
MEDIUM = 60
STRIP = 32
"""Rows from which on there is one for the whole market."""


class Axis(Enum):
    """How the panes stand to each other."""

    ALONE = "alone"
    """One pane has all of the body."""
    BESIDE = "beside"
    STACKED = "stacked"
    TABLE = "table"
    """The watchlist has all of the body."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Sizes in cells; 0: not shown."""

    axis: Axis
    bar: int
    """Rows of the price bar."""
    status: bool
    watchlist: int = 0
    """Width beside, height stacked; all of the body where it stands alone."""
    across: int = 1
    compact: bool = False
    """The watchlist's title row stands in for the price bar."""
    table: int = 0
    """Height of the watchlist's own part; 0: all that its pane has."""
    mining: int = 0
    """Height, under the watchlist."""
    news: bool = True
    rows_each: int = 2
    """Rows of a headline."""
    head: int = 2
    """Rows over the headlines."""
    gap: bool = False
    """An empty row under the bar and over the status line."""
    strip: bool = False
    """The line about the whole market, under the bar."""

    @property
    def rows_around(self) -> int:
        """Rows above and below the body."""
        return self.bar + self.strip + self.status + 2 * self.gap


def arrange(
    width: int,
    height: int,
    coins: int,
    *,
    mining_rows: int,
    table_width: int = 0,
    bar_rows: int = 1,
    reading: bool = False,
    telling: bool = False,
) -> Arrangement:
    """The arrangement for a size. ``coins`` in the watchlist; ``mining_rows`` it takes to show all of mining.

    ``table_width``: cells that all columns of the watchlist take; it gets them where that leaves room for headlines.
    ``bar_rows``: those that all coins take in the price bar. ``reading``: an article is open, which has all of a narrow
    or low pane to itself. ``telling``: there is a notice, which must be seen even so.
    """
    if height <= LOW:
        return _low(height, bar_rows, reading=reading and not (telling and height == 1), telling=telling)
    if width >= WIDE:
        return _beside(width, height, coins, mining_rows, table_width)
    if reading:
        return Arrangement(Axis.ALONE, bar=int(width >= MEDIUM), status=True)
    if width >= MEDIUM:
        return _stacked(width, height, coins)
    return _column(height, coins)


def whole_table(arrangement: Arrangement) -> Arrangement:
    """The watchlist has all of the body, in any pane that it would be seen in."""
    if arrangement.axis is Axis.ALONE:
        return arrangement
    return replace(arrangement, axis=Axis.TABLE, watchlist=1, across=1, compact=False, table=0, mining=0, news=False)


def with_last_row(arrangement: Arrangement, height: int) -> Arrangement:
    """A low pane gives its last row to what there is to tell, where a headline is left over it."""
    return replace(arrangement, status=True) if _ROOM_TO_TELL <= height <= LOW else arrangement


def zen(arrangement: Arrangement) -> Arrangement:
    """The article has the whole pane."""
    return Arrangement(Axis.ALONE, bar=0, status=False, rows_each=arrangement.rows_each)


def _low(height: int, bar_rows: int, *, reading: bool, telling: bool) -> Arrangement:
    """The bar over headlines, two rows of it where that shows more; one row is the bar's, or that of what is read."""
    if reading:
        return Arrangement(Axis.ALONE, bar=int(telling or height > _LOWEST), status=False, rows_each=1, head=0)
    bar = min(2, bar_rows) if height > _LOWEST else 1
    return Arrangement(Axis.ALONE, bar=bar, status=False, news=height > 1, rows_each=1, head=0)


def _beside(width: int, height: int, coins: int, mining_rows: int, table_width: int) -> Arrangement:
    gap = height >= 28
    strip = height >= STRIP
    body = height - 2 - (2 if gap else 0) - strip
    left = max(46, min(60, width * 38 // 100), min(table_width, width - _HEADLINES - 1))
    table = coins + 2
    room = body - table - 1
    mining = min(mining_rows, room) if room >= FACTS_ROWS else 0
    air = min(2, room - mining) if mining else 0
    rows_each = 2 if body >= 12 else 1
    return Arrangement(
        Axis.BESIDE, bar=1, status=True, watchlist=left, table=table + 1 + air if mining else 0,
        mining=mining, rows_each=rows_each, gap=gap, strip=strip,
        head=2 if body >= 12 else 1,
    )  # fmt: skip


def _stacked(width: int, height: int, coins: int) -> Arrangement:
    body = height - 2
    if body < _TABLE_FROM:
        return Arrangement(Axis.ALONE, bar=1, status=True, rows_each=1, head=1)
    rows_each = 2 if body >= 36 else 1
    room = max(2, body - (2 + 14 * rows_each) - 1)
    across = columns_for(coins, width, room)
    rows = min(room, -(-coins // across))
    names = 2 if across == 1 else 1
    return Arrangement(
        Axis.STACKED, bar=1, status=True, watchlist=rows + names, across=across, rows_each=rows_each, head=1,
    )  # fmt: skip


def _column(height: int, coins: int) -> Arrangement:
    body = height - 1
    coin_rows = max(2, min(coins, (body - 3) * 3 // 10 + 1))
    rows_each = 2 if body >= 14 else 1
    head = 2 if body >= 22 else 1
    return Arrangement(
        Axis.STACKED, bar=0, status=True, watchlist=coin_rows + 1, compact=True, rows_each=rows_each, head=head,
    )  # fmt: skip
