"""The mining strip: what the network does, what it pays and who finds the blocks."""

from textual.reactive import reactive
from textual.strip import Strip

from cointicker.domain.freshness import Failed, Stale
from cointicker.domain.mining import Mining, retarget_progress
from cointicker.engine.state import Snapshot
from cointicker.text.cells import fit, pad
from cointicker.text.numbers import (
    direction,
    format_age,
    format_change,
    format_difficulty,
    format_duration,
    format_hashrate,
    format_rate,
)
from cointicker.text.sparks import bar
from cointicker.ui.typeset import wrap
from cointicker.ui.widgets.lines import Lines, Piece
from cointicker.ui.widgets.status import CommandChosen
from cointicker.ui.words import retry_words

FACTS_ROWS = 7
"""Rows of title and facts, without pools."""
POOLS = 5
_LABEL = 11
_POOL_NAME = 12


class MiningStrip(Lines):
    """Facts above, shares of the pools as bars below, as far as the height allows."""

    snapshot: reactive[Snapshot] = reactive(Snapshot, init=False, always_update=True)
    """The state to show."""

    def watch_snapshot(self, old: Snapshot, new: Snapshot) -> None:
        """Show what is new."""
        if new.mining is not old.mining or new.mining_part != old.mining_part:
            self.refresh()

    def on_click(self) -> None:
        """A click shows all about mining."""
        self.post_message(CommandChosen("mining"))

    def draw_blank(self, y: int, width: int) -> Strip:
        """A row of the strip."""
        mining = self.snapshot.mining
        row = self.new_row(width).put(" ", self.inks("text"))
        if y == 0:
            return row.put("Mining", self.inks("accent", attributes="bold")).put_all(self._state()).strip()
        if mining is None:
            lines = self._reason(width)
            return row.put(lines[y - 1] if y <= len(lines) else "", self.inks("secondary")).strip()
        if y < FACTS_ROWS:
            label, pieces = self._facts(mining, width)[y - 1]
            return row.put(pad(label, _LABEL), self.inks("label")).put_all(pieces).strip()
        pool = y - FACTS_ROWS - 1
        if 0 <= pool < min(POOLS, len(mining.pools)):
            row.put_all(self._pool(mining, pool, width))
        return row.strip()

    def _state(self) -> list[Piece]:
        """The age, once it is worth a word."""
        mining, state = self.snapshot.mining, self.snapshot.mining_part.freshness
        if mining is None or not isinstance(state, Stale):
            return []
        return [(f"  {format_age(self.clock() - mining.fetched_at)} ago", self.inks("accent"))]

    def _reason(self, width: int) -> list[str]:
        state = self.snapshot.mining_part.freshness
        if isinstance(state, Failed):
            again = retry_words(state.retry_at, self.clock())
            return wrap(f"{state.why}; {again}" if again else state.why, width - 2)
        return wrap(self.snapshot.why_offline, width - 2) if self.snapshot.offline else ["fetching …"]

    def _facts(self, mining: Mining, width: int) -> list[tuple[str, list[Piece]]]:
        text, secondary = self.inks("text"), self.inks("secondary")
        hashrate: list[Piece] = [(self.settings.regroup(format_hashrate(mining.hashrate)), text)]
        if mining.hashrate_change_30d is not None:
            change = mining.hashrate_change_30d
            hashrate.append(
                (f" {self.settings.regroup(format_change(change, 1))} 30d", self.inks.direction(direction(change, 1)))
            )
        hashprice: list[Piece] = [("—", text)]
        if mining.hashprice is not None:
            hashprice = [(self.settings.regroup(f"${mining.hashprice:,.2f}"), text), (" /PH/day", secondary)]
        return [
            ("hashrate", hashrate),
            ("hashprice", hashprice),
            ("difficulty", [(self.settings.regroup(format_difficulty(mining.difficulty)), text)]),
            ("retarget", self._retarget(mining, width)),
            ("fees", self._fees(mining)),
            ("block", self._block(mining)),
        ]

    def _retarget(self, mining: Mining, width: int) -> list[Piece]:
        pieces: list[Piece] = [(self.settings.regroup(format_change(mining.next_change, 1)), self.inks("text"))]
        used = len(pieces[0][0])
        if mining.retarget_at is not None:
            until = f" in {format_duration(mining.retarget_at - self.clock())}"
            pieces.append((until, self.inks("secondary")))
            used += len(until)
        done = retarget_progress(mining.remaining_blocks)
        room = min(16, width - 1 - _LABEL - used - 3)
        if done is not None and room >= 6:
            filled = round(done * room)
            pieces += [
                ("  " + "━" * filled, self.inks("accent")),
                ("─" * (room - filled), self.inks("rule")),
            ]
        return pieces

    def _fees(self, mining: Mining) -> list[Piece]:
        fees = mining.fees
        if fees is None:
            return [("—", self.inks("text"))]
        rates = self.settings.regroup(" · ".join(map(format_rate, (fees.fastest, fees.half_hour, fees.hour))))
        return [(rates, self.inks("text")), (" sat/vB", self.inks("secondary"))]

    def _block(self, mining: Mining) -> list[Piece]:
        if mining.height is None:
            return [("—", self.inks("text"))]
        rest = f" {format_age(self.clock() - mining.block_at)} ago" if mining.block_at is not None else ""
        if mining.block_pool:
            rest += f" · {mining.block_pool}"
        return [(self.settings.regroup(f"{mining.height:,}"), self.inks("text")), (rest, self.inks("secondary"))]

    def _pool(self, mining: Mining, index: int, width: int) -> list[Piece]:
        pool = mining.pools[index]
        largest = max(mining.pools[0].share, 1e-9)
        room = width - 1 - _POOL_NAME - 7
        return [
            (pad(fit(pool.name, _POOL_NAME - 1), _POOL_NAME), self.inks("secondary")),
            (bar(pool.share / largest, min(room, 24)), self.inks("chart")),
            (self.settings.regroup(f" {pool.share:.{0 if pool.share >= 1 else 1}f}%"), self.inks("text")),
        ]


def wanted_rows(mining: Mining | None) -> int:
    """Rows that it takes to show everything."""
    pools = min(POOLS, len(mining.pools)) if mining is not None else POOLS
    return FACTS_ROWS + 1 + pools
