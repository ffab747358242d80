"""The commands around headlines and articles, for the main screen."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.screen import Screen

from cointicker.domain.news import Content, Headline, Story
from cointicker.domain.related import related_stories
from cointicker.engine.actions import KeepPlace, MarkRead, Star
from cointicker.engine.state import Notice, Snapshot
from cointicker.ui.article_page import Reading
from cointicker.ui.opening import open_address
from cointicker.ui.river import Filter
from cointicker.ui.screens.commanded import Commanded
from cointicker.ui.screens.sheet import Sheet
from cointicker.ui.sheets import link_rows, source_rows
from cointicker.ui.widgets.article_messages import (
    CopyWanted,
    LinkChosen,
    NothingThere,
    RelatedChosen,
    StepChosen,
)
from cointicker.ui.widgets.headlines import StoryOpened
from cointicker.ui.widgets.search_box import SearchChanged, SearchClosed

if TYPE_CHECKING:
    from cointicker.engine.engine import Engine
    from cointicker.ui.widgets.article import ArticleView
    from cointicker.ui.widgets.headlines import Headlines
    from cointicker.ui.widgets.lines import Kit
    from cointicker.ui.widgets.search_box import SearchBox
    from cointicker.ui.widgets.status import StatusLine


class ReadingCommands(Commanded, Screen[None]):
    """What a person does with headlines: filter, open, mark, pass on."""

    if TYPE_CHECKING:
        engine: Engine
        kit: Kit
        headlines: Headlines
        article: ArticleView
        search: SearchBox
        status: StatusLine
        zen: bool

        def place_panes(self) -> None: ...

    def follow(self, old: Snapshot, new: Snapshot) -> None:
        """Keep what is read in step with the state: marks, new neighbours."""
        reading = self.article.reading
        if reading is None or not self.article.display or new.stories is old.stories:
            return
        story = self._again(new, reading.story)
        self.article.reading = replace(reading, story=story)

    @staticmethod
    def _again(snapshot: Snapshot, story: Story) -> Story:
        """The same story as it is now."""
        wanted = story.lead.headline_id
        now = (each for each in snapshot.stories if any(one.headline_id == wanted for one in each.headlines))
        return next(now, story)

    # Filters

    def command_search(self) -> None:
        """Open the search field."""
        self._close_article()
        self.search.value = " ".join(self.headlines.river.filter.words)
        self.search.display = True
        self.status.display = False
        self.set_focus(self.search, scroll_visible=False)

    def on_search_changed(self, event: SearchChanged) -> None:
        """Filter while typing."""
        words = tuple(event.text.lower().split())
        self.headlines.set_filter(replace(self.headlines.river.filter, words=words))

    def on_search_closed(self, event: SearchClosed) -> None:
        """Back to the headlines."""
        self.search.display = False
        self.status.display = True
        if not event.kept:
            self.headlines.set_filter(replace(self.headlines.river.filter, words=()))
        self.set_focus(self.headlines, scroll_visible=False)

    def command_next_category(self) -> None:
        """Next category."""
        self._close_article()
        self.headlines.turn_category(1)

    def command_previous_category(self) -> None:
        """Previous category."""
        self._close_article()
        self.headlines.turn_category(-1)

    # Reading

    def on_story_opened(self, event: StoryOpened) -> None:
        """Open the story that was picked."""
        self._open(event.story)

    def on_related_chosen(self, event: RelatedChosen) -> None:
        """Open a related story; the list follows where it can."""
        index = self.headlines.river.index_of(event.story.lead.headline_id)
        if index is not None:
            self.headlines.move_to(index)
        self._open(event.story)

    def _open(self, story: Story, headline: Headline | None = None, prefer: Content | None = None) -> None:
        reading = Reading(
            story=story,
            related=related_stories(story, self.engine.snapshot.stories),
            before=self.headlines.neighbour(-1),
            after=self.headlines.neighbour(1),
        )
        self._keep_place()
        self.headlines.display = False
        self.article.display = True
        self.place_panes()
        self.article.show(reading)
        self.article.focus()
        self.engine.do(MarkRead(tuple(each.headline_id for each in story.headlines), read=True, quietly=True))
        self.run_worker(
            self._fetch(reading, headline or story.lead, prefer), group="article", exclusive=True, exit_on_error=False
        )

    async def _fetch(self, reading: Reading, headline: Headline, prefer: Content | None) -> None:
        article = await self.engine.open(headline, prefer=prefer)
        mentioned = await self.engine.mentioned(reading.story.lead, article)
        place = await self.engine.place(reading.story.lead.headline_id)
        shown = self.article.reading
        if shown is not None and shown.story.lead.headline_id == reading.story.lead.headline_id:
            self.article.show(replace(shown, article=article, mentioned=mentioned), place)

    def _keep_place(self) -> None:
        """Note how far the article that is open was read."""
        reading = self.article.reading
        if self.article.display and reading is not None and reading.article is not None:
            self.engine.do(KeepPlace(reading.story.lead.headline_id, self.article.text_place))

    def _close_article(self) -> bool:
        """Back to the list; ``False`` where no article was open."""
        if not self.article.display:
            return False
        self._keep_place()
        self.workers.cancel_group(self, "article")
        self.article.display = False
        self.headlines.display = True
        self.zen = False
        self.place_panes()
        self.set_focus(self.headlines, scroll_visible=False)
        return True

    def command_back(self) -> None:
        """Out of what is pending in the article, out of the article, else out of the filter."""
        if self.article.display and self.article.drop():
            return
        if self._close_article():
            return
        wanted = self.headlines.river.filter
        if wanted.narrow:
            self.headlines.set_filter(Filter(category=wanted.category))
        elif self.focused is not self.headlines:
            self.set_focus(self.headlines, scroll_visible=False)

    def command_quit(self) -> None:
        """Out of the article; from the list, quit."""
        if not self._close_article():
            self.app.exit()

    def command_next_article(self) -> None:
        """Next headline, opened if one is open."""
        self._step(1)

    def command_previous_article(self) -> None:
        """Previous headline, opened if one is open."""
        self._step(-1)

    def on_step_chosen(self, event: StepChosen) -> None:
        """A click below the article."""
        self._step(event.step)

    def _step(self, step: int) -> None:
        self._go(self.headlines.current + step)

    def on_end_reached(self) -> None:
        """The next unread article."""
        index = self.headlines.next_unread()
        if index is None:
            self._say("no unread headline below this one")
        else:
            self._go(index)

    def _go(self, index: int) -> None:
        if not 0 <= index < self.headlines.count:
            return
        self.headlines.move_to(index)
        story = self.headlines.story
        if self.article.display and story is not None:
            self._open(story)

    def command_zen(self) -> None:
        """Give the article the whole pane, or take it back."""
        if self.article.display:
            self.zen = not self.zen
            self.place_panes()

    def command_full_text(self) -> None:
        """Switch between the feed's text and the full article."""
        reading = self.article.reading
        if reading is None or reading.article is None:
            return
        prefer = Content.FEED if reading.article.content is Content.PAGE else Content.PAGE
        self._open(reading.story, prefer=prefer)

    def command_sources(self) -> None:
        """Show who else carries the story."""
        story = self._story
        if story is None:
            return

        def chosen(index: int | None) -> None:
            if index is not None:
                self._open(story, story.headlines[index])

        rows = source_rows(story, self.kit.clock())
        self.app.push_screen(Sheet(self.kit, self.keymap, "This story is told by", rows), chosen)

    def command_links(self) -> None:
        """List the links of the article."""
        article = self.article.reading.article if self.article.reading is not None else None
        if article is None or not article.links:
            self._say("this article has no links")
            return
        links = article.links

        def chosen(index: int | None) -> None:
            if index is not None:
                self._browse(links[index].url)

        self.app.push_screen(Sheet(self.kit, self.keymap, "Links", link_rows(article)), chosen)

    # Marks and links

    @property
    def _story(self) -> Story | None:
        """The story that is read, else the current one of the list."""
        if self.article.display and self.article.reading is not None:
            return self._again(self.engine.snapshot, self.article.reading.story)
        return self.headlines.story

    def command_star(self) -> None:
        """Star, or take the star away."""
        if self._story is not None:
            lead = self._story.lead
            self.engine.do(Star((lead.headline_id,), not lead.starred))

    def command_toggle_read(self) -> None:
        """Mark read or unread."""
        if self._story is not None:
            self._mark((self._story,), read=not self._story.read)

    def command_read_all(self) -> None:
        """Mark all headlines shown as read."""
        stories = [entry.story for entry in self.headlines.river.shown]
        unread = [story for story in stories if not story.read]
        self._mark(unread, read=True)
        self._say(f"{len(unread)} marked as read, Ctrl+Z takes it back" if unread else "all of these are read")

    def _mark(self, stories: Sequence[Story], *, read: bool) -> None:
        ids = tuple(headline.headline_id for story in stories for headline in story.headlines)
        if ids:
            self.engine.do(MarkRead(ids, read))

    def command_browse(self) -> None:
        """Open in the browser."""
        url = self._address
        if url is not None:
            self._browse(url)

    @property
    def _address(self) -> str | None:
        """Where what was picked in the article leads, else the story; ``None``: nothing to say about it."""
        picked = self.article.picked_address() if self.article.display else None
        if picked is not None:
            return picked or None
        return self._story.lead.url if self._story is not None else None

    def on_link_chosen(self, event: LinkChosen) -> None:
        """A click on a link."""
        self._browse(event.url)

    def _browse(self, url: str) -> None:
        if not url:
            self._say("the feed gives no link that can be opened")
        elif open_address(url):
            self._say(f"opened {url}")
        else:
            self.app.copy_to_clipboard(url)
            self._say(f"no browser here; copied {url}")

    def command_copy(self) -> None:
        """Copy the link."""
        if url := self._address:
            self._copy(url)

    def on_copy_wanted(self, event: CopyWanted) -> None:
        """A link or a price of the article."""
        self._copy(event.text)

    def _copy(self, text: str) -> None:
        self.app.copy_to_clipboard(text)
        self._say(f"copied {text}")

    def on_nothing_there(self, event: NothingThere) -> None:
        """What was asked for is not there."""
        self._say(event.why)

    def _say(self, text: str) -> None:
        self.status.tell(Notice(0, text))
