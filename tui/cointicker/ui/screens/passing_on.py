"""The commands that pass a story or a link on: to the browser, the clipboard, a person's own programs."""

from typing import TYPE_CHECKING

from textual.screen import Screen

from cointicker.config.sharing import fill
from cointicker.domain.news import Article, Headline
from cointicker.engine.state import Notice
from cointicker.text.markdown import markdown_article, markdown_link
from cointicker.ui.clipboard import copy_text
from cointicker.ui.opening import open_address
from cointicker.ui.screens.commanded import Commanded
from cointicker.ui.screens.sheet import Sheet, SheetRow
from cointicker.ui.widgets.article_messages import CopyWanted, LinkChosen, NothingThere

if TYPE_CHECKING:
    from cointicker.domain.news import Story
    from cointicker.engine.engine import Engine
    from cointicker.ui.widgets.article import ArticleView
    from cointicker.ui.widgets.lines import Kit
    from cointicker.ui.widgets.status import StatusLine

_AGAIN = 5.0
"""Seconds in which asking for Markdown once more means the whole article."""


class PassingOn(Commanded, Screen[None]):
    """Opens, copies and shares."""

    if TYPE_CHECKING:
        engine: Engine
        kit: Kit
        article: ArticleView
        status: StatusLine

        @property
        def _story(self) -> Story | None: ...

    _linked: tuple[str, float] = ("", float("-inf"))
    """The headline whose link was copied as Markdown last, and when, Unix seconds."""

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
        return self._headline.url if self._headline is not None else None

    @property
    def _headline(self) -> Headline | None:
        """What is read, or the current one: of a story that several sources carry, that of the article that is open."""
        story, article = self._story, self._article
        if story is None:
            return None
        same = (each for each in story.headlines if article is not None and each.url == article.url)
        return next(same, story.lead)

    def on_link_chosen(self, event: LinkChosen) -> None:
        """A click on a link."""
        self._browse(event.url)

    def _browse(self, url: str) -> None:
        if not url:
            self._say("the feed gives no link that can be opened")
        elif open_address(url):
            self._say(f"opened {url}")
        else:
            self._say(copy_text(self.app, url) or f"no browser here; copied {url}")

    def command_copy(self) -> None:
        """Copy the link."""
        if url := self._address:
            self._copy(url)

    def on_copy_wanted(self, event: CopyWanted) -> None:
        """A link or a price of the article."""
        self._copy(event.text)

    def _copy(self, text: str, words: str = "") -> None:
        self._say(copy_text(self.app, text) or words or f"copied {text}")

    def command_copy_markdown(self) -> None:
        """Copy the link as Markdown; once more: the whole article."""
        if self._headline is None:
            return
        headline, now = self._headline, self.kit.clock()
        headline_id, at = self._linked
        if headline_id == headline.headline_id and 0 <= now - at <= _AGAIN and self._article is not None:
            self._linked = "", now
            self.command_copy_article()
            return
        self._linked = headline.headline_id, now
        more = " · once more: the whole article" if self._article is not None else ""
        self._copy(markdown_link(headline.title, headline.url), f"copied the link as Markdown{more}")

    def command_copy_article(self) -> None:
        """Copy the whole article as Markdown."""
        if self._article is None:
            self._say("no article is open")
        else:
            self._copy(markdown_article(self._article), f"copied the whole article, {self._article.words} words")

    @property
    def _article(self) -> Article | None:
        """The article that is open, once its text is there."""
        reading = self.article.reading
        return reading.article if self.article.display and reading is not None else None

    def command_share(self) -> None:
        """Hand the story to one of the person's own programs."""
        headline, ways = self._headline, self.engine.settings.share
        if headline is None:
            return
        if not ways:
            self._say("no program to share with: name one under [share] in the configuration")
            return
        names = list(ways)

        def chosen(index: int | None) -> None:
            if index is not None:
                self.run_worker(self._share(names[index], headline), group="share", exit_on_error=False)

        if len(names) == 1:
            chosen(0)
            return
        rows = [SheetRow(name, ways[name][0], chosen=True) for name in names]
        self.app.push_screen(Sheet(self.kit, self.keymap, "Share with", rows), chosen)

    async def _share(self, name: str, headline: Headline) -> None:
        way = self.engine.settings.share.get(name)
        if way is None:
            return
        values = {
            "url": headline.url,
            "title": headline.title,
            "source": headline.source,
            "markdown": markdown_link(headline.title, headline.url),
        }
        self._say(f"sharing with {name} …")
        why = await self.engine.run_program(fill(way, values))
        self._say(f"not shared with {name}: {why}" if why else f"shared with {name}")

    def on_nothing_there(self, event: NothingThere) -> None:
        """What was asked for is not there."""
        self._say(event.why)

    def _say(self, text: str) -> None:
        self.status.tell(Notice(0, text))
