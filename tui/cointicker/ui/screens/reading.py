"""The commands around headlines and articles, for the main screen."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual.timer import Timer

from cointicker.domain.news import Content, Headline, Story
from cointicker.domain.related import related_stories
from cointicker.engine.actions import KeepFeedText, KeepPlace, KeepSetting, MarkRead
from cointicker.engine.splitting import split_or_join
from cointicker.engine.state import Snapshot
from cointicker.ui.article_page import Reading
from cointicker.ui.filters import Filter
from cointicker.ui.screens.marking import MarkingCommands
from cointicker.ui.screens.sheet import Sheet
from cointicker.ui.screens.story import StorySheet
from cointicker.ui.sheets import link_rows
from cointicker.ui.widgets.article_messages import MeasureChosen, RelatedChosen, StepChosen
from cointicker.ui.widgets.headlines import StoryOpened

if TYPE_CHECKING:
    from cointicker.ui.widgets.headlines import Headlines

_SETTLED = 2.0
"""Seconds after the last change of the reading width before it is written down."""


@dataclass(frozen=True, slots=True)
class _Left:
    """An article that was left for a coin that it names."""

    reading: Reading
    place: float
    filter: Filter
    zen: bool
    coin_id: str


class ReadingCommands(MarkingCommands):
    """What a person does with headlines and articles."""

    if TYPE_CHECKING:
        headlines: Headlines
        zen: bool

        def place_panes(self) -> None: ...

    _left: _Left | None = None
    _settling: Timer | None = None

    def follow(self, old: Snapshot, new: Snapshot) -> None:
        """Keep what is read in step with the state: marks, new neighbours."""
        if new.settings.searches != old.settings.searches:
            self.follow_searches(new)
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

    def _open(
        self,
        story: Story,
        headline: Headline | None = None,
        prefer: Content | None = None,
        instead: Reading | None = None,
    ) -> None:
        reading = Reading(
            story=story,
            related=related_stories(story, self.engine.snapshot.stories),
            before=self.headlines.neighbour(-1),
            after=self.headlines.neighbour(1),
        )
        self._keep_place()
        self._left = None
        self._show_reading(reading)
        self.engine.do(MarkRead(tuple(each.headline_id for each in story.headlines), read=True, quietly=True))
        self.run_worker(
            self._fetch(reading, headline or story.lead, prefer, instead),
            group="article",
            exclusive=True,
            exit_on_error=False,
        )

    def _show_reading(self, reading: Reading, place: float | None = None) -> None:
        """Put an article where the list is."""
        self.headlines.display = False
        self.article.display = True
        self.place_panes()
        self.article.show(reading, place)
        self.article.focus()

    def leave_for(self, coin_id: str) -> None:
        """Remember the article that is open, to come back to it from a coin."""
        reading = self.article.reading
        if self.article.display and reading is not None and reading.article is not None:
            wanted = self.headlines.river.filter
            self._left = _Left(reading, self.article.text_place, wanted, self.zen, coin_id)

    def forget_left(self, coin_id: str) -> None:
        """Another coin is shown, or none: nobody comes back from there."""
        if self._left is not None and self._left.coin_id != coin_id:
            self._left = None

    def _come_back(self) -> bool:
        """From a coin to the article that it was opened from; ``False``: it was not."""
        left, self._left = self._left, None
        if left is None or self.headlines.river.filter.coin != left.coin_id:
            return False
        self.headlines.set_filter(left.filter)
        index = self.headlines.river.index_of(left.reading.story.lead.headline_id)
        if index is not None:
            self.headlines.move_to(index)
        self.zen = left.zen
        self._show_reading(left.reading, left.place)
        return True

    async def _fetch(
        self, reading: Reading, headline: Headline, prefer: Content | None, instead: Reading | None
    ) -> None:
        """Bring the text; where there is none, ``instead`` stays."""
        article = await self.engine.open(headline, prefer=prefer)
        if instead is not None and instead.article is not None and not article.blocks:
            self._say(article.reason)
            article = instead.article
        mentioned = await self.engine.mentioned(reading.story.lead, article)
        place = await self.engine.place(reading.story.lead.headline_id)
        shown = self.article.reading
        if shown is not None and shown.story.lead.headline_id == reading.story.lead.headline_id:
            self.article.show(replace(shown, article=article, mentioned=mentioned), place)

    def _keep_place(self) -> None:
        """Note how far the article that is open was read."""
        reading = self.article.reading
        is_open = self.article.styles.display != "none"  # which it still is while the screen is taken down
        if is_open and reading is not None and reading.article is not None:
            self.engine.do(KeepPlace(reading.story.lead.headline_id, self.article.text_place))

    def on_unmount(self) -> None:
        """The program ends: what would be kept when the article is left is kept now."""
        self._keep_place()
        self._keep_measure()

    def _close_article(self) -> bool:
        """Back to the list; ``False`` where no article was open."""
        if not self.article.display:
            return False
        self._keep_place()
        self._keep_measure()
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
        if self._close_article() or self._come_back() or self.take_filter_off():
            return
        if self.focused is not self.headlines:
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

    def on_measure_chosen(self, event: MeasureChosen) -> None:
        """Another width or spacing; it is kept once the person is content with it."""
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(_SETTLED, self._keep_measure)

    def _keep_measure(self) -> None:
        if self._settling is None:
            return
        self._settling.stop()
        self._settling = None
        settings = self.engine.settings.ui
        if self.article.measure != settings.reading_width:
            self.engine.do(KeepSetting(("ui", "reading_width"), self.article.measure))
        if self.article.spacing != settings.line_spacing:
            self.engine.do(KeepSetting(("ui", "line_spacing"), self.article.spacing))

    def command_full_text(self) -> None:
        """Switch between the feed's text and the full article."""
        reading = self.article.reading
        if reading is None or reading.article is None:
            return
        prefer = Content.FEED if reading.article.content is Content.PAGE else Content.PAGE
        self._open(reading.story, self._headline, prefer, reading)

    def command_keep_text(self) -> None:
        """Open the articles of this feed as this one stands, from now on."""
        reading = self.article.reading
        if reading is None or reading.article is None:
            return
        headline = self._headline
        if reading.article.content is Content.DECK or headline is None:
            self._say("there is no more than the summary here: nothing to keep for the feed")
        else:
            self.engine.do(KeepFeedText(headline.feed_url, reading.article.content is Content.PAGE))

    def command_sources(self) -> None:
        """Show who else carries the story."""
        story = self._story
        if story is None:
            return

        def chosen(index: int | None) -> None:
            if index == len(story.headlines):
                self.command_split()
            elif index is not None:
                self._open(story, story.headlines[index])

        apart = story.lead.headline_id in self.engine.snapshot.splits
        self.app.push_screen(StorySheet(self.kit, self.keymap, story, taken_apart=apart), chosen)

    def command_split(self) -> None:
        """Take the story apart, or put it together again."""
        story, splits = self._story, self.engine.snapshot.splits
        if story is None:
            return
        action = split_or_join([each.headline_id for each in story.headlines], splits)
        if action is None:
            self._say("no other source carries this story")
        else:
            self.engine.do(action)

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

    @property
    def _story(self) -> Story | None:
        """The story that is read, else the current one of the list."""
        if self.article.display and self.article.reading is not None:
            return self._again(self.engine.snapshot, self.article.reading.story)
        return self.headlines.story
