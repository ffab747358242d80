"""What is asked once and answered to the one who asked, beside what every snapshot tells all."""

from collections.abc import Sequence
from functools import partial

from cointicker.domain.charts import Chart, Span
from cointicker.domain.directory import Listing
from cointicker.domain.freshness import Failed
from cointicker.domain.links import CoinLink
from cointicker.domain.news import Article, Content, Headline
from cointicker.domain.pictures import Picture, Room
from cointicker.domain.queries import Query
from cointicker.domain.reading import Mentioned
from cointicker.engine.annotating import Annotator
from cointicker.engine.charts import ChartDesk
from cointicker.engine.directory import DirectoryDesk
from cointicker.engine.finding import Found
from cointicker.engine.links import LinkDesk
from cointicker.engine.notifying import Notifier
from cointicker.engine.pictures import PictureDesk
from cointicker.engine.ports import FoundFeed
from cointicker.engine.reading import Reader
from cointicker.engine.searching import MOST_FOUND, SearchDesk
from cointicker.engine.state import INTERNAL
from cointicker.engine.subscribing import Subscriptions
from cointicker.engine.supervision import Supervisor


class Answering:
    """The questions that the engine answers. No error gets out: what cannot be had is said in words."""

    reader: Reader
    annotator: Annotator
    charts: ChartDesk
    directory: DirectoryDesk
    links: LinkDesk
    pictures: PictureDesk
    subscriptions: Subscriptions
    searching: SearchDesk
    _supervisor: Supervisor
    _notifier: Notifier | None

    async def open(self, headline: Headline, *, prefer: Content | None = None) -> Article:
        """The article behind a headline; never fails, for there is always the deck."""
        return await self._supervisor.attempt(
            "article", partial(self.reader.open, headline, prefer=prefer), self.reader.deck(headline, INTERNAL)
        )

    async def mentioned(self, headline: Headline, article: Article) -> Mentioned:
        """The coins that an article names, with their prices of then; no call."""
        work = partial(self.annotator.mentioned, headline, article)
        return await self._supervisor.attempt("mentions", work, Mentioned())

    async def run_program(self, command: Sequence[str]) -> str:
        """Run a person's own program; what went wrong, in words, or empty text."""
        if self._notifier is None:
            return "nothing is run outside of this program here"
        return await self._supervisor.attempt("program", partial(self._notifier.run, command, {}), INTERNAL)

    async def picture(self, url: str, room: Room) -> Picture | Failed:
        """A picture of an article, drawn for a room; fetched unless it was a short while ago."""
        return await self._supervisor.attempt("picture", partial(self.pictures.picture, url, room), Failed(INTERNAL))

    async def place(self, headline_id: str) -> float | None:
        """How far an article was read in any pane; ``None``: it was not opened yet."""
        return await self._supervisor.attempt("place", partial(self.annotator.place, headline_id), None)

    async def search_news(self, query: Query, limit: int = MOST_FOUND) -> Found:
        """The newest of all stored headlines of which a query is true, by themselves or by their article."""
        work = partial(self.searching.find, query, limit)
        return await self._supervisor.attempt("news search", work, Found(limited=INTERNAL))

    async def chart(self, coin_id: str, span: Span, *, candles: bool = False) -> Chart | Failed:
        """How a price went, in the currency in use: what is stored if new enough, else one call, two with candles."""
        work = partial(self.charts.chart, coin_id, span, candles=candles)
        return await self._supervisor.attempt("chart", work, Failed(INTERNAL))

    async def stored_chart(self, coin_id: str, span: Span) -> Chart | None:
        """What can be drawn at once, however old; no call."""
        return await self._supervisor.attempt("chart", partial(self.charts.stored, coin_id, span), None)

    async def coin_links(self, coin_id: str, *, quiet: bool = False) -> tuple[CoinLink, ...] | Failed:
        """Where a coin is at home on the web; one call the first time. ``quiet``: nobody waits for the answer."""
        work = partial(self.links.links, coin_id, quiet=quiet)
        return await self._supervisor.attempt("links", work, Failed(INTERNAL))

    async def find_feeds(self, text: str) -> tuple[FoundFeed, ...] | Failed:
        """The feeds at an address that a person typed; at least one."""
        return await self._supervisor.attempt("feeds", partial(self.subscriptions.find, text), Failed(INTERNAL))

    async def search_coins(self, text: str, limit: int = 30) -> tuple[Listing, ...]:
        """The coins of the stored directory that a text may mean, the likeliest first; no call."""
        return await self._supervisor.attempt("search", partial(self.directory.search, text, limit), ())

    async def search_remote(self, text: str) -> tuple[Listing, ...] | Failed:
        """The coins that the source itself finds; one call, unless it was asked the same a short while ago."""
        return await self._supervisor.attempt("search", partial(self.directory.search_remote, text), Failed(INTERNAL))
