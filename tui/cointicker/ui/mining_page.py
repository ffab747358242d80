"""The page about mining: facts, the year's hashrate, what hashprice is made of, the latest blocks, who finds them."""

from collections.abc import Callable, Sequence

from cointicker.domain.charts import ChartPoint, Span
from cointicker.domain.mining import (
    BLOCKS_PER_DAY,
    HASHES_PER_PETAHASH,
    RETARGET_BLOCKS,
    Mining,
    block_subsidy,
    retarget_progress,
)
from cointicker.text.cells import cell_width, fit, pad
from cointicker.text.numbers import (
    UNKNOWN,
    direction,
    format_age,
    format_change,
    format_difficulty,
    format_duration,
    format_hashrate,
    format_moment,
    format_rate,
)
from cointicker.text.sparks import bar
from cointicker.ui.charting.plot import Wanted, make_plot
from cointicker.ui.inks import Inks
from cointicker.ui.typeset import wrap
from cointicker.ui.widgets.lines import Piece

PageRow = list[Piece]
"""The pieces of a row, from the left."""

WIDE = 92
"""Cells from which on there are two columns."""
_LABEL = 12
_GAP = 4
_CHART_ROWS = 11
_POOL_NAME = 14
_LEAST_ROWS = 8
"""Rows of the latest blocks and of pools, however low the screen."""
_EXA = 1e18


def page_rows(
    mining: Mining, inks: Inks, width: int, height: int, now: float, *, regroup: Callable[[str], str] = str
) -> list[PageRow]:
    """All rows of the page, at most ``width`` cells wide and where that is possible ``height`` rows high.

    ``now`` in Unix seconds; ``regroup`` sets the thousands of a number apart.
    """
    if width < WIDE:
        page = _Page(mining, inks, width, now, regroup)
        return _joined(page.facts(), page.hashprice(), page.chart(_CHART_ROWS), page.blocks(99), page.pools(99))
    left = (width - _GAP) // 2
    one, other = (_Page(mining, inks, room, now, regroup) for room in (left, width - _GAP - left))
    facts = _joined(one.facts(), one.hashprice())
    beside = _beside(facts, other.chart(max(_CHART_ROWS, len(facts) - 1)), left, inks)
    rows = max(_LEAST_ROWS, height - len(beside) - 2)
    below = _beside(one.blocks(rows), other.pools(rows), left, inks)
    return _joined(beside, below)


def _joined(*parts: list[PageRow]) -> list[PageRow]:
    """Parts under each other, an empty row between two."""
    rows: list[PageRow] = []
    for part in parts:
        if part:
            rows += [*([[]] if rows else []), *part]
    return rows


def _beside(left: Sequence[PageRow], right: Sequence[PageRow], width: int, inks: Inks) -> list[PageRow]:
    rows: list[PageRow] = []
    for index in range(max(len(left), len(right))):
        row = list(left[index]) if index < len(left) else []
        other = right[index] if index < len(right) else []
        if other:
            used = sum(cell_width(text) for text, _ in row)
            row += [(" " * (width + _GAP - used), inks("text")), *other]
        rows.append(row)
    return rows


class _Page:
    """Parts of the page in a column of so many cells."""

    def __init__(self, mining: Mining, inks: Inks, width: int, now: float, regroup: Callable[[str], str]) -> None:
        self._mining = mining
        self._inks = inks
        self._width = width
        self._now = now
        self._set = regroup
        self._text, self._label, self._secondary = inks("text"), inks("label"), inks("secondary")

    def _title(self, text: str, detail: str = "") -> PageRow:
        title = (text, self._inks("accent", attributes="bold"))
        return self._cut([title, (f"  {detail}" if detail else "", self._label)])

    def facts(self) -> list[PageRow]:
        """What the network does."""
        mining = self._mining
        rows = [
            ("hashrate", self._hashrate()),
            ("difficulty", [(self._set(format_difficulty(mining.difficulty)), self._text)]),
            ("retarget", self._retarget()),
            ("", self._progress()),
            ("fees", self._fees()),
            ("tip", self._tip()),
        ]
        return [
            self._title("Network"),
            *(self._line(name, pieces) for name, pieces in rows if pieces),
        ]

    def _cut(self, pieces: Sequence[Piece]) -> PageRow:
        """The pieces that fit; the last ones are left out whole."""
        kept: PageRow = []
        used = 0
        for text, style in pieces:
            used += cell_width(text)
            if used > self._width:
                break
            kept.append((text, style))
        return kept

    def _hashrate(self) -> list[Piece]:
        pieces: list[Piece] = [(self._set(format_hashrate(self._mining.hashrate)), self._text)]
        change = self._mining.hashrate_change_30d
        if change is not None:
            pieces.append((f"  {self._set(format_change(change, 1))}", self._inks.direction(direction(change, 1))))
            pieces.append((" in 30 days", self._secondary))
        return pieces

    def _retarget(self) -> list[Piece]:
        mining = self._mining
        pieces: list[Piece] = [(self._set(format_change(mining.next_change, 1)), self._text)]
        if mining.retarget_at is not None:
            pieces.append((f"  in {format_duration(mining.retarget_at - self._now)}", self._secondary))
            pieces.append((f"  {format_moment(mining.retarget_at)}", self._label))
        return pieces

    def _progress(self) -> list[Piece]:
        done = retarget_progress(self._mining.remaining_blocks)
        if done is None:
            return []
        words = self._set(f"  {RETARGET_BLOCKS - (self._mining.remaining_blocks or 0):,} of {RETARGET_BLOCKS:,} blocks")
        room = min(24, self._width - _LABEL - len(words))
        filled = round(done * room)
        if room < 6:
            return [(words.strip(), self._secondary)]
        return [
            ("━" * filled, self._inks("accent")),
            ("─" * (room - filled), self._inks("rule")),
            (words, self._secondary),
        ]

    def _fees(self) -> list[Piece]:
        fees = self._mining.fees
        if fees is None:
            return [(UNKNOWN, self._text)]
        pieces: list[Piece] = []
        for name, rate in (("next block", fees.fastest), ("half hour", fees.half_hour), ("hour", fees.hour)):
            pieces += [(f"{self._set(format_rate(rate))}", self._text), (f" {name}   ", self._secondary)]
        return [*pieces, ("sat/vB", self._label)]

    def _tip(self) -> list[Piece]:
        mining = self._mining
        if mining.height is None:
            return [(UNKNOWN, self._text)]
        pieces: list[Piece] = [(self._set(f"{mining.height:,}"), self._text)]
        if mining.block_at is not None:
            pieces.append((f"  {format_age(self._now - mining.block_at)} ago", self._secondary))
        if mining.block_pool:
            pieces.append((f"  by {mining.block_pool}", self._secondary))
        return pieces

    def hashprice(self) -> list[PageRow]:
        """What a petahash earns, and how that is worked out."""
        mining = self._mining
        price = mining.hashprice
        title = self._title("Hashprice", "what one petahash per second earns in a day")
        if price is None or mining.height is None or not mining.hashrate:
            unknown = f"{UNKNOWN} until height, hashrate and price are known"
            return [title, *([(line, self._secondary)] for line in wrap(unknown, self._width))]
        subsidy, fees = block_subsidy(mining.height), mining.block_fees or 0.0
        power = mining.hashrate / HASHES_PER_PETAHASH
        bitcoin = price * power / BLOCKS_PER_DAY / (subsidy + fees)
        factors = (
            ("=", self._set(f"({subsidy:g} + {fees:.3f}) BTC"), " a block, subsidy + fees"),
            ("×", f"{BLOCKS_PER_DAY}", " blocks a day"),
            ("×", self._set(f"${bitcoin:,.0f}"), " a bitcoin"),
            ("÷", self._set(f"{power:,.0f} PH/s"), " of all miners together"),
        )
        return [
            title,
            self._line("now", [(self._set(f"${price:,.2f}"), self._inks("text", attributes="bold")),
                               (" per PH/s and day", self._secondary)]),
            *(self._line(pad(sign, _LABEL - 2, right=True), [(number, self._secondary), (words, self._secondary)])
              for sign, number, words in factors),
        ]  # fmt: skip

    def _line(self, label: str, pieces: Sequence[Piece]) -> PageRow:
        return self._cut([(pad(label, _LABEL), self._label), *pieces])

    def chart(self, rows: int) -> list[PageRow]:
        """The year's hashrate as a picture of so many rows."""
        days = self._mining.hashrates
        if not days:
            return []
        points = tuple(ChartPoint(day.at, day.hashrate / _EXA) for day in days)
        end = max(self._now, points[-1].at)
        wanted = Wanted(Span.YEAR, end, points, level=True, tell=lambda rate: f"{rate:,.0f}", regroup=self._set)
        plot = make_plot(wanted, self._width, rows)
        if plot is None:
            return []
        change = (f"  {self._set(format_change(plot.change, 1))}", self._inks.direction(direction(plot.change)))
        lines = [self._cut([*self._title("Hashrate", "EH/s, each day of a year"), change])]
        for y in range(plot.picture.height):
            row = _runs(plot.picture.signs[y], plot.picture.inks[y], self._inks)
            if label := plot.labels.get(y):
                row.append((f" {label}", self._text if y == plot.tag else self._label))
            lines.append(row)
        return lines

    def blocks(self, most: int) -> list[PageRow]:
        """The latest blocks."""
        blocks = self._mining.blocks[:most]
        if not blocks:
            return []
        rows = [self._title("Latest blocks")]
        for block in blocks:
            age = f"{format_age(self._now - block.at)} ago" if block.at is not None else UNKNOWN
            fees = self._set(f"{block.fees:.3f} BTC fees") if block.fees is not None else ""
            count = self._set(f"{block.transactions:,} tx") if block.transactions is not None else ""
            pieces = [
                (self._set(f"{block.height:,}"), self._text),
                (pad(age, 9, right=True), self._label),
                (f"  {pad(fit(block.pool or UNKNOWN, _POOL_NAME), _POOL_NAME)}", self._secondary),
                (pad(fees, 15, right=True), self._text),
                (pad(count, 9, right=True), self._label),
            ]
            rows.append(self._cut(pieces))
        return rows

    def pools(self, most: int) -> list[PageRow]:
        """Shares of the pools over a week, and what they are over a day."""
        week = self._mining.pools[:most]
        if not week:
            return []
        day = {pool.name: pool.share for pool in self._mining.pools_day}
        room = max(0, min(30, self._width - _POOL_NAME - 16))
        title = (pad("Pools", _POOL_NAME + room), self._inks("accent", attributes="bold"))
        heads = (pad("1 week", 8, right=True), self._label), (pad("24h", 8, right=True), self._label)
        rows = [self._cut([title, *heads])]
        for pool in week:
            now = day.get(pool.name)
            pieces = [
                (pad(fit(pool.name, _POOL_NAME - 1), _POOL_NAME), self._secondary),
                (pad(bar(pool.share / week[0].share, room), room), self._inks("chart")),
                (pad(self._set(f"{pool.share:.1f}%"), 8, right=True), self._text),
                (pad(UNKNOWN if now is None else self._set(f"{now:.1f}%"), 8, right=True), self._label),
            ]
            rows.append(self._cut(pieces))
        return rows


def _runs(signs: Sequence[str], inks: Sequence[str], palette: Inks) -> PageRow:
    """A row of a picture in runs of one colour."""
    row: PageRow = []
    start = 0
    for column in range(1, len(signs) + 1):
        if column == len(signs) or inks[column] != inks[start]:
            row.append(("".join(signs[start:column]), palette(inks[start])))
            start = column
    return row
