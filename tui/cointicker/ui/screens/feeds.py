"""The sheet of the sources, and the feeds among them: added, taken away, visited now."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.reactive import reactive
from textual.screen import Screen

from cointicker.domain.freshness import Failed
from cointicker.domain.news import Feed, Story
from cointicker.engine.actions import AddFeeds, CheckFeeds, Refresh, RemoveFeed, Undo
from cointicker.engine.commands import Place, key_sign
from cointicker.engine.ports import FoundFeed
from cointicker.engine.state import Snapshot
from cointicker.text.safe import clean
from cointicker.ui.feed_rows import (
    FEED_FIELDS,
    HIDDEN,
    feed_rows,
    found_rows,
    hidden_headline,
    hidden_rows,
    one_feed_rows,
    split_categories,
)
from cointicker.ui.keymap import Keymap
from cointicker.ui.screens.commanded import Commanded
from cointicker.ui.screens.form import Form
from cointicker.ui.screens.sheet import Hint, Sheet, SheetRow
from cointicker.ui.sheets import help_rows, status_rows
from cointicker.ui.widgets.headlines import StoryOpened
from cointicker.ui.widgets.lines import Kit

if TYPE_CHECKING:
    from cointicker.engine.engine import Engine


class FeedMaker(Commanded, Screen[None]):
    """A screen from which feeds are added and taken away, and whose ``e`` shows how all sources stand."""

    if TYPE_CHECKING:
        engine: Engine
        kit: Kit
        snapshot: reactive[Snapshot]

    def command_status(self) -> None:
        """How every source stands."""
        sheet = SourcesSheet(self.engine, self.kit, self.keymap, self)
        self.app.push_screen(sheet.data_bind(type(self).snapshot))

    def command_add_feed(self) -> None:
        """Ask for a feed or a site."""
        form = Form(
            self.kit, "A feed", FEED_FIELDS, _check_feed, "Enter looks for the feed · Tab next field · Esc leaves it"
        )
        self.app.push_screen(form, self._look_for_feed)

    def command_remove_feed(self) -> None:
        """Ask which feed is to be read no more."""
        self._choose_feed("Read no more", lambda url: self.engine.do(RemoveFeed(url)))

    def command_check_feed(self) -> None:
        """Ask which feed is to be visited now."""
        self._choose_feed("Visit now", lambda url: self.engine.do(CheckFeeds((url,))))

    def _choose_feed(self, title: str, act: Callable[[str], None]) -> None:
        rows = [row for row in feed_rows(self.engine.snapshot, self.kit.clock()) if row.key and row.key != HIDDEN]

        def chosen(index: int | None) -> None:
            if index is not None:
                act(rows[index].key)

        self.app.push_screen(Sheet(self.kit, self.keymap, title, rows), chosen)

    def _look_for_feed(self, typed: Mapping[str, str] | None) -> None:
        if typed is not None:
            self.engine.board.tell(f"looking for a feed at {clean(typed['address'])} …")
            self.run_worker(self._find_feed(typed), group="feeds", exclusive=True, exit_on_error=False)

    async def _find_feed(self, typed: Mapping[str, str]) -> None:
        found = await self.engine.find_feeds(typed["address"])
        if isinstance(found, Failed):
            self.engine.board.tell(f"no feed was added: {found.why}", grave=True)
        elif len(found) == 1:
            self._add_feed(typed, found[0])
        else:
            sheet = Sheet(self.kit, self.keymap, "This site has several feeds", found_rows(found))
            self.app.push_screen(sheet, partial(self._add_chosen, typed, found))

    def _add_chosen(self, typed: Mapping[str, str], found: Sequence[FoundFeed], index: int | None) -> None:
        if index is not None:
            self._add_feed(typed, found[index])

    def _add_feed(self, typed: Mapping[str, str], found: FoundFeed) -> None:
        name = clean(typed["name"]) or found.title
        self.engine.do(AddFeeds((Feed(found.url, name, split_categories(typed["categories"])[0]),)))


def _check_feed(typed: Mapping[str, str]) -> str:
    if not typed["address"]:
        return "the address of a feed or of a site is missing"
    _, wrong = split_categories(typed["categories"])
    return f"{clean(wrong)} is no category" if wrong else ""


def _hints(keymap: Keymap) -> list[Hint]:
    """The keys of the commands for feeds, with a word for each."""
    words = (("add_feed", "add a feed"), ("remove_feed", "remove"), ("check_feed", "visit now"))
    return [(f"{key_sign(keys[0])} {word}", name) for name, word in words if (keys := keymap.keys.get(name))]


class SourcesSheet(Sheet):
    """How every source stands, kept up to date; the keys for feeds mean the current row."""

    place = Place.SOURCES

    snapshot: reactive[Snapshot] = reactive(Snapshot, init=False, always_update=True)
    """The state to show."""

    def __init__(self, engine: "Engine", kit: Kit, keymap: Keymap, maker: FeedMaker) -> None:
        self._engine = engine
        self._kit = kit
        self._maker = maker
        super().__init__(kit, keymap, "Sources", self._make(engine.snapshot), _hints(keymap))
        self.set_reactive(SourcesSheet.snapshot, engine.snapshot)

    def _make(self, snapshot: Snapshot) -> list[SheetRow]:
        return status_rows(snapshot, snapshot.problems, self._kit.clock())

    def watch_snapshot(self, old: Snapshot, new: Snapshot) -> None:
        """Show how it stands now."""
        self.replace(self._make(new))

    def choose(self, index: int, row: SheetRow) -> None:
        """Show more of a feed, or what is hidden."""
        now = self._kit.clock()
        if row.key == HIDDEN:
            self._show("Hidden by mute words", hidden_rows(self.snapshot, now))
        else:
            self._show(row.text.partition(":")[0], one_feed_rows(self.snapshot, row.key, now))

    def _show(self, title: str, rows: Sequence[SheetRow]) -> None:
        def opened(index: int | None) -> None:
            headline = hidden_headline(self.snapshot, rows[index].key) if index is not None else None
            if headline is not None:
                self.dismiss(None)
                self._maker.post_message(StoryOpened(Story(headline)))

        self.app.push_screen(Sheet(self._kit, self.keymap, title, rows), opened)

    @property
    def _feed(self) -> str:
        """The address of the current row's feed; empty where it is none."""
        key = self.current_key
        return "" if key == HIDDEN else key

    def command_add_feed(self) -> None:
        """Ask for a feed or a site."""
        self._maker.command_add_feed()

    def command_remove_feed(self) -> None:
        """Read the current feed no more."""
        if self._feed:
            self._engine.do(RemoveFeed(self._feed))

    def command_check_feed(self) -> None:
        """Visit the current feed now; without one fetch everything."""
        self._engine.do(CheckFeeds((self._feed,)) if self._feed else Refresh())

    def command_undo(self) -> None:
        """Take the last change back."""
        self._engine.do(Undo())

    def command_help(self) -> None:
        """The keys that mean something here."""
        self.app.push_screen(Sheet(self._kit, self.keymap, "Help", help_rows(Place.SOURCES, self.keymap.keys)))

    def command_status(self) -> None:
        """The key that led here leads back."""
        self.dismiss(None)
