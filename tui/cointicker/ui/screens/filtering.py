"""The commands that narrow the headlines: the search, and what is unread, starred, of one source or of a category."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from cointicker.config.searches import name_trouble
from cointicker.domain.queries import Query
from cointicker.engine.actions import DeleteSearch, KeepSearch
from cointicker.engine.state import Snapshot
from cointicker.text.safe import clean
from cointicker.ui.screens.choosers import SourcePicker
from cointicker.ui.screens.form import Field, Form
from cointicker.ui.screens.passing_on import PassingOn
from cointicker.ui.widgets.search_box import Leaving, SearchChanged

if TYPE_CHECKING:
    from cointicker.ui.widgets.headlines import Headlines
    from cointicker.ui.widgets.search_box import SearchBox, SearchNote

PAUSE = 0.15
"""Seconds without a key before all that is stored is searched."""
_SAVED_AGAIN = 60.0
"""Seconds after which ages in searches that were kept are counted anew."""


class FilteringCommands(PassingOn):
    """What a person does to see fewer headlines, or all again."""

    if TYPE_CHECKING:
        headlines: Headlines
        search: SearchBox
        note: SearchNote

        def _close_article(self) -> bool: ...
        def place_panes(self) -> None: ...

    _saved_at = float("-inf")

    # The search

    def command_search(self) -> None:
        """Open the search field."""
        self._close_article()
        self.search.value = self.headlines.river.filter.query.text.removesuffix("*")
        self.search.display = True
        self.search.when_left = self._leave_search
        self.place_panes()
        self.note.open(self.headlines)
        self.set_focus(self.search, scroll_visible=False)
        self.headlines.make_ready()

    def on_search_changed(self, event: SearchChanged) -> None:
        """Filter what is loaded at once, then look through all that is stored."""
        if not self.search.display or event.text.strip() == self.headlines.river.filter.query.text.removesuffix("*"):
            return
        query = self.engine.searching.parse(event.text, typing=True)
        self.headlines.set_filter(self.headlines.river.filter.put(query=query or Query()))
        self.note.tell(query.mistake)
        self._look_through(query, PAUSE)

    def _look_through(self, query: Query, pause: float = 0.0) -> None:
        if query:
            self.run_worker(self._find(query, pause), group="search", exclusive=True, exit_on_error=False)
        else:
            self.workers.cancel_group(self, "search")

    async def _find(self, query: Query, pause: float) -> None:
        await asyncio.sleep(pause)
        found = await self.engine.search_news(query)
        if self.headlines.river.filter.query is query:
            self.headlines.show_found(found)
            self.note.tell(query.mistake or found.limited)

    def search_again(self) -> None:
        """Marks have changed: what was found may not be among what is loaded."""
        query = self.headlines.river.filter.query
        if query:
            self._look_through(query)

    def _leave_search(self, how: Leaving) -> None:
        """Back to the headlines."""
        self.on_search_changed(SearchChanged(self.search.value))
        self.search.display = False
        self.note.close()
        self.place_panes()
        if how is Leaving.DROPPED:
            self.headlines.set_filter(self.headlines.river.filter.without("query"))
        elif mistake := self.engine.searching.parse(self.search.value).mistake:
            self._say(mistake)
        self.set_focus(self.headlines, scroll_visible=False)
        if how is Leaving.SAVED:
            self.command_save_search()

    # Searches that are kept

    def command_save_search(self) -> None:
        """Ask for the name of the search that is on, and keep it."""
        text = self.headlines.river.filter.query.text
        if not text:
            self._say("search for something first: /")
            return

        def check(typed: Mapping[str, str]) -> str:
            wrong = name_trouble(clean(typed["name"]))
            return f"a search {wrong}" if wrong else ""

        def named(typed: Mapping[str, str] | None) -> None:
            if typed is not None:
                name = clean(typed["name"])
                self.engine.do(KeepSearch(name, clean(typed["query"]) or text))

        fields = [Field("name", "name", "", "Miners"), Field("query", "search", text)]
        self.app.push_screen(Form(self.kit, "Keep this search among the categories", fields, check), named)

    def command_delete_search(self) -> None:
        """Forget the kept search that is shown."""
        wanted = self.headlines.river.filter
        if wanted.category in self.headlines.river.saved:
            self.engine.do(DeleteSearch(wanted.category))
        else:
            self._say("turn to a search that was kept first: [ and ]")

    def follow_searches(self, snapshot: Snapshot) -> None:
        """Offer the searches that are kept now."""
        parse = self.engine.searching.parse
        self._saved_at = self.kit.clock()
        self.headlines.use_saved({name: parse(text) for name, text in snapshot.settings.searches.items()})

    def refresh_searches(self) -> None:
        """Ages in searches that are kept move on."""
        if self.headlines.river.saved and self.kit.clock() - self._saved_at > _SAVED_AGAIN:
            self.follow_searches(self.engine.snapshot)

    # Other filters

    def command_next_category(self) -> None:
        """Next category."""
        self._close_article()
        self.headlines.turn_category(1)

    def command_previous_category(self) -> None:
        """Previous category."""
        self._close_article()
        self.headlines.turn_category(-1)

    def command_unread_only(self) -> None:
        """Unread headlines only, or all again."""
        wanted = self.headlines.river.filter
        self.headlines.set_filter(wanted.put(unread=not wanted.unread))

    def command_starred_only(self) -> None:
        """Starred headlines only, or all again."""
        wanted = self.headlines.river.filter
        self.headlines.set_filter(wanted.put(starred=not wanted.starred))

    def command_one_source(self) -> None:
        """Choose the source whose headlines alone are shown, or show all again."""
        wanted = self.headlines.river.filter
        if wanted.source:
            self.headlines.set_filter(wanted.without("source"))
            return

        def chosen(source: str | None) -> None:
            if source is not None:
                self.headlines.set_filter(self.headlines.river.filter.put(source=source))

        stories = [entry.story for entry in self.headlines.river.entries]
        self.app.push_screen(SourcePicker(self.kit, stories), chosen)

    def take_filter_off(self) -> bool:
        """Take off the filter that was put on last; ``False``: none was."""
        wanted = self.headlines.river.filter
        if not wanted.narrow:
            return False
        self.headlines.set_filter(wanted.without_newest())
        return True
