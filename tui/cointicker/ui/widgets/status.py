"""The status line: how old everything is, what is wrong and what happens next; and the keys worth knowing."""

from collections.abc import Callable

from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from cointicker.engine.commands import COMMANDS, key_sign
from cointicker.engine.looking_away import unread
from cointicker.engine.state import Notice, Snapshot
from cointicker.text.cells import cell_width, fit
from cointicker.ui.away import away_pieces
from cointicker.ui.budget_words import calls_words
from cointicker.ui.keymap import Keymap
from cointicker.ui.widgets.lines import Kit, Lines, Piece
from cointicker.ui.words import ATTRIBUTION, SHORT_ATTRIBUTION, market_age, market_trouble, next_words, short_trouble

NOTICE_SECONDS = 6.0
_NARROW = 60
"""Cells below which little more is told than where the data come from."""
_TIGHT = 36
"""Cells below which no key is told: how old the prices are is worth more."""
_ROOMY = 80
"""Cells from which there is room for more keys than that of the help."""
_ROOMY_WITH_CALLS = 100
"""The same where calls are counted: how many are left is worth more."""


class CommandChosen(Message):
    """A person clicked on a command."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class StatusLine(Lines):
    """One row on the bar's ground."""

    DEFAULT_CSS = "StatusLine { height: 1; }"

    snapshot: reactive[Snapshot] = reactive(Snapshot, init=False, always_update=True)
    """The state to show."""

    def __init__(self, kit: Kit, keymap: Keymap, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(kit, id=id)
        self._keymap = keymap
        self._notice: Notice | None = None
        self.heard: Callable[[], object] = lambda: None
        """Is called when another notice is told, or none any more."""
        self._places: list[tuple[int, int, str]] = []

    @property
    def _hints(self) -> list[tuple[str, str, str]]:
        keys = self._keymap.keys
        hints = [
            (command.name, key_sign(keys[command.name][0]), command.label)
            for command in COMMANDS
            if command.label and keys.get(command.name)
        ]
        roomy = _ROOMY if self.snapshot.budget is None else _ROOMY_WITH_CALLS
        return hints if self.size.width >= roomy else hints[-1:] if self.size.width >= _TIGHT else []

    def watch_snapshot(self, old: Snapshot, new: Snapshot) -> None:
        """Show what is new; a new notice for some seconds."""
        last = old.notices[-1].number if old.notices else 0
        fresh = [notice for notice in new.notices if notice.number > last]
        if fresh:
            self.tell(fresh[-1])
        self.refresh()

    def tell(self, notice: Notice) -> None:
        """Show a notice for some seconds."""
        self._notice = notice
        self.heard()
        self.set_timer(NOTICE_SECONDS * (2 if notice.grave else 1), lambda: self._take_down(notice))
        self.refresh()

    def _take_down(self, notice: Notice) -> None:
        if self._notice is notice:
            self._notice = None
            self.heard()
            self.refresh()

    @property
    def notice(self) -> Notice | None:
        """What is told now."""
        return self._notice

    def draw_blank(self, y: int, width: int) -> Strip:
        """The line."""
        told = unread(self.snapshot) if self._notice is None else None
        if told is not None:
            self._place_hints(0)
            row = self.new_row(width, "bar").put(" ", self.inks("text", "bar"))
            return row.put_all(away_pieces(told, self.snapshot, self.inks, width - 2)).strip()
        hints = self._hint_pieces()
        room = width - sum(cell_width(text) for text, _ in hints) - 3
        row = self.new_row(width, "bar").put(" ", self.inks("text", "bar"))
        row.put_all(self._left(room))
        before = row.used
        row.right(hints, 1)
        self._place_hints(width if row.used > before else 0)
        return row.strip()

    def _left(self, room: int) -> list[Piece]:
        now = self.clock()
        if self._notice is not None:
            return [(_cut(self._notice.text, room), self.inks("down" if self._notice.grave else "accent", "bar"))]
        ink, age = market_age(self.snapshot, now)
        trouble = market_trouble(self.snapshot, now)
        pieces: list[Piece] = [("● ", self.inks(ink, "bar"))]
        if self.size.width < _NARROW:
            if not trouble:
                return self._narrow(pieces, age, now, room)
            return [*pieces, (_cut(short_trouble(self.snapshot, now, room - 2), room - 2), self.inks("text", "bar"))]
        pieces.append((age, self.inks("text", "bar")))
        left = room - 2 - cell_width(age)
        for calls in calls_words(self.snapshot) or ("",):
            told = self._facts(trouble, calls, now)
            facts, origin = self._fitting(told, left, grave=bool(trouble))
            if len(facts) >= self._weighty(told):
                break
        gap = "  "
        feeds = self._feeds() if self.snapshot.feeds_failing else ""
        for text in facts:
            ink = "down" if text == feeds else "secondary"
            pieces += [(gap, self.inks("label", "bar")), (text, self.inks(ink, "bar"))]
            gap = " · "
        return [*pieces, (f"{gap}{origin}", self.inks("label", "bar"))] if origin else pieces

    def _narrow(self, mark: list[Piece], age: str, now: float, room: int) -> list[Piece]:
        """Where the data come from, and before it as much of how old they are and when the next come as fits."""
        origin = self._origin(short=True)
        coming, short = next_words(self.snapshot, now), age.removesuffix(" ago")
        for words in (f"{age}  {coming}", f"{short}  {coming}", age, short):
            if 2 + cell_width(words) + 2 + cell_width(origin) <= room:
                return [*mark, (words, self.inks("text", "bar")), (f"  {origin}", self.inks("label", "bar"))]
        origin = self._origin(short=cell_width(self._origin()) > room)
        return [(_cut(origin, room), self.inks("label", "bar"))]

    def _fitting(self, facts: list[str], room: int, *, grave: bool) -> tuple[list[str], str]:
        """The facts that there is room for beside where the data come from, which is said shorter before it is not.

        ``grave``: the first fact is said in any case, cut if need be.
        """
        cells = [cell_width(text) + 3 for text in facts]
        for origin in dict.fromkeys((self._origin(), self._origin(short=True))):
            if sum(cells) + cell_width(origin) + 3 <= room:
                return facts, origin
        left, needed = room, cell_width(origin) + 3
        kept = []
        for index, (text, size) in enumerate(zip(facts, cells, strict=True)):
            told_anyway = grave and not index
            if size + needed > left and not told_anyway:
                break
            kept.append(short_trouble(self.snapshot, self.clock(), left - 3) if told_anyway else _cut(text, left - 3))
            left -= size
        return kept, origin if needed <= left else ""

    def _facts(self, trouble: str, calls: str, now: float) -> list[str]:
        """The most important first; what does not fit is left out."""
        snapshot = self.snapshot
        facts = [trouble or next_words(snapshot, now)]
        facts.append(calls)
        facts.append(self._feeds())
        if snapshot.muted:
            facts.append(f"{snapshot.muted} muted")
        return [fact for fact in facts if fact]

    def _feeds(self) -> str:
        snapshot = self.snapshot
        return f"feeds {snapshot.feeds_ok}/{snapshot.feeds_total}" if snapshot.feeds_total and snapshot.feeds else ""

    def _weighty(self, facts: list[str]) -> int:
        """How many of the facts are worth shorter words for the one before: that all feeds answer is not."""
        snapshot = self.snapshot
        return 2 if snapshot.feeds_ok == snapshot.feeds_total and len(facts) > 1 else len(facts)

    def _origin(self, *, short: bool = False) -> str:
        if self.snapshot.demo:
            return "made-up data"
        return SHORT_ATTRIBUTION if short else ATTRIBUTION

    def _hint_pieces(self) -> list[Piece]:
        pieces: list[Piece] = []
        for _, key, label in self._hints:
            pieces.append((("  " if pieces else "") + key, self.inks("accent", "bar")))
            pieces.append((f" {label}", self.inks("secondary", "bar")))
        return pieces

    def _place_hints(self, right: int) -> None:
        """Remember where each hint is drawn, from the right edge."""
        self._places = []
        end = right - 1
        for name, key, label in reversed(self._hints if right else []):
            start = end - len(key) - len(label) - 1
            self._places.append((start, end, name))
            end = start - 2

    def on_click(self, event: events.Click) -> None:
        """A click on a hint gives the command, elsewhere it opens the status."""
        name = next((name for start, end, name in self._places if start <= event.x < end), "status")
        self.post_message(CommandChosen(name))


def _cut(text: str, room: int) -> str:
    return fit(text, max(0, room))
