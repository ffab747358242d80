"""The store that the engine is given: every method of its port, each one hop into the database's thread."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from cointicker.domain.charts import Chart, Span
from cointicker.domain.directory import Listing
from cointicker.domain.market import CoinName, GlobalMarket, PriceHistory, Quote
from cointicker.domain.mining import Mining
from cointicker.domain.news import Article, FeedHealth, Headline
from cointicker.engine.ports import Deadline, Ranking, Topic
from cointicker.store import charts, leases, lists, market, news
from cointicker.store.alerts import AlertBook, forget_alerts
from cointicker.store.archive import SqliteArchive
from cointicker.store.counts import forget_calls
from cointicker.store.database import Database
from cointicker.store.forgetting import forget
from cointicker.store.ledger import CallLedger
from cointicker.store.mining import load_mining, save_mining
from cointicker.store.owners import make_owner
from cointicker.store.panes import PaneBook
from cointicker.store.places import PlaceBook
from cointicker.store.search import SearchBook
from cointicker.store.shelf import Shelf
from cointicker.store.splits import SplitBook
from cointicker.store.tellings import TellingBook


class SqliteStore:
    """``engine.ports.Store`` in one SQLite file. Nothing raises; what failed is told by ``trouble``."""

    def __init__(
        self,
        path: Path | None,
        clock: Callable[[], float],
        owner: str | None = None,
        *,
        runtime_dir: Path | None = None,
    ) -> None:
        """``path`` of ``None`` keeps everything in memory.

        ``clock`` gives Unix seconds; ``owner`` names this process in leases and is made up where it is not given.
        In ``runtime_dir`` panes share what cannot be kept; without one each is on its own then.
        """
        self._clock = clock
        self._owner = owner or make_owner()
        self._database = Database(path, clock, runtime_dir=runtime_dir)
        self.alerts = AlertBook(self._database)
        """What alerts remember."""
        self.places = PlaceBook(self._database, clock)
        """How far articles were read."""
        self.splits = SplitBook(self._database)
        """Which stories a person took apart."""
        self.tellings = TellingBook(self._database)
        """Where headlines were put when they were grouped."""
        self._shelf = Shelf()
        self.search = SearchBook(self._database)
        """What finds headlines."""
        self.panes = PaneBook(self._database, clock, self._owner)
        """Who else is there."""
        self.ledger = CallLedger(self._database, clock)
        """The calls that were made."""
        self.archive = SqliteArchive(self._database)
        """All of it, page by page."""
        self.leases = leases.LeaseBook(self._database, clock, self._owner)
        """Who fetches what."""

    @property
    def trouble(self) -> str:
        """Why nothing is kept, or what was lost, in words; empty when all is well."""
        return self._database.trouble

    @property
    def reads_only(self) -> bool:
        """Whether a newer version of the program keeps the data, so that this one writes and fetches nothing."""
        return self._database.reads_only

    async def quotes(self, currency: str) -> dict[str, Quote]:
        """The last quote of every coin that was ever stored in a currency, by coin id."""
        return await self._database.read(lambda connection: market.load_quotes(connection, currency), {})

    async def save_quotes(self, quotes: Sequence[Quote]) -> None:
        """Keep the newest quote of each coin, and its price in the history."""
        await self._database.write(lambda connection: market.save_quotes(connection, quotes, self._clock()), None)

    async def histories(self, coin_ids: Sequence[str], currency: str, since: float) -> dict[str, PriceHistory]:
        """Stored prices of coins from a time on (Unix seconds); coins without any are missing."""
        return await self._database.read(
            lambda connection: market.load_histories(connection, coin_ids, currency, since), {}
        )

    async def save_prices(self, coin_id: str, currency: str, prices: Sequence[tuple[float, float]]) -> None:
        """Put prices (Unix seconds, price) of the past into the history of a coin; what is there stays."""
        await self._database.write(lambda connection: market.save_prices(connection, coin_id, currency, prices), None)

    async def prices_near(
        self, moments: Sequence[tuple[str, float]], currency: str, within: float
    ) -> dict[tuple[str, float], float]:
        """The stored price closest to each moment (coin id, Unix seconds), where one lies within so many seconds."""
        return await self._database.read(
            lambda connection: market.find_prices(connection, moments, currency, within), {}
        )

    async def coin_names(self) -> tuple[CoinName, ...]:
        """All coins that a quote was ever stored for, best ranked first."""
        return await self._database.read(market.load_coin_names, ())

    async def missing(self, currency: str) -> dict[str, float]:
        """Coin id → since when (Unix seconds) the source, though asked, has not told of it in a currency."""
        return await self._database.read(lambda connection: market.load_missing(connection, currency), {})

    async def save_missing(self, currency: str, missing: Mapping[str, float]) -> None:
        """Note which coins the last answer lacked, and since when at the latest; no others are missing."""
        await self._database.write(lambda connection: market.save_missing(connection, currency, missing), None)

    async def asked(self, currency: str) -> frozenset[str]:
        """Ids of the coins that the last fetch of quotes in a currency asked for."""
        return await self._database.read(lambda connection: market.load_asked(connection, currency), frozenset())

    async def save_asked(self, currency: str, coin_ids: Sequence[str]) -> None:
        """Note what a fetch asked for."""
        await self._database.write(lambda connection: market.save_asked(connection, currency, coin_ids), None)

    async def chart(self, coin_id: str, currency: str, span: Span) -> Chart | None:
        """A stored chart, however old."""
        return await self._database.read(
            lambda connection: charts.load_chart(connection, coin_id, currency, span), None
        )

    async def save_chart(self, chart: Chart) -> None:
        """Keep a chart."""
        await self._database.write(lambda connection: charts.save_chart(connection, chart), None)

    async def coins(self) -> tuple[Listing, ...]:
        """The directory of all coins, without ranks and prices."""
        return await self._database.read(lists.load_directory, ())

    async def save_coins(self, listings: Sequence[Listing]) -> None:
        """Keep a directory in place of the old one."""
        await self._database.write(lambda connection: lists.save_directory(connection, listings), None)

    async def ranking(self, rule: str, currency: str) -> Ranking | None:
        """The coins of a list by rule."""
        return await self._database.read(lambda connection: lists.load_ranking(connection, rule, currency), None)

    async def save_ranking(self, rule: str, currency: str, ranking: Ranking) -> None:
        """Keep the coins of a list by rule."""
        await self._database.write(lambda connection: lists.save_ranking(connection, rule, currency, ranking), None)

    async def global_market(self, currency: str) -> GlobalMarket | None:
        """The last known state of all coins together."""
        return await self._database.read(lambda connection: lists.load_global_market(connection, currency), None)

    async def save_global_market(self, state: GlobalMarket) -> None:
        """Keep the state of all coins together."""
        await self._database.write(lambda connection: lists.save_global_market(connection, state, self._clock()), None)

    async def headlines(self, limit: int) -> tuple[Headline, ...]:
        """The newest headlines, newest first."""
        return await self._database.read(lambda connection: self._shelf.load(connection, limit), ())

    async def known_ids(self, headline_ids: Sequence[str]) -> frozenset[str]:
        """Which of these headlines are stored already."""
        return await self._database.read(lambda connection: news.find_known(connection, headline_ids), frozenset())

    async def headline(self, key: str) -> Headline | None:
        """A headline by its id (or a unique beginning of at least four characters) or address."""
        return await self._database.read(lambda connection: news.find_headline(connection, key), None)

    async def save_feed(self, health: FeedHealth, headlines: Sequence[Headline], contents: Mapping[str, str]) -> None:
        """Keep the outcome of a visit. Headlines known already keep ``first_seen``, ``read`` and ``starred``."""
        await self._database.write(lambda connection: news.save_feed(connection, health, headlines, contents), None)

    async def feeds(self) -> dict[str, FeedHealth]:
        """The health of every feed ever visited, by address."""
        return await self._database.read(lambda connection: news.load_feeds(connection, self._clock()), {})

    async def content(self, headline_id: str) -> str | None:
        """The entry's own HTML as the feed gave it."""
        return await self._database.read(lambda connection: news.load_content(connection, headline_id), None)

    async def article(self, url: str) -> Article | None:
        """A stored article."""
        return await self._database.read(lambda connection: news.load_article(connection, url), None)

    async def save_article(self, article: Article) -> None:
        """Keep an article."""
        await self._database.write(lambda connection: news.save_article(connection, article, self._clock()), None)

    async def mark(self, headline_ids: Sequence[str], *, read: bool | None = None, starred: bool | None = None) -> None:
        """Set the marks that are given, leave the others."""
        await self._database.write(
            lambda connection: news.mark_headlines(connection, headline_ids, read=read, starred=starred), None
        )

    async def mining(self) -> Mining | None:
        """The last known state of mining."""
        return await self._database.read(load_mining, None)

    async def save_mining(self, mining: Mining) -> None:
        """Keep the state of mining."""
        await self._database.write(lambda connection: save_mining(connection, mining, self._clock()), None)

    async def deadline(self, name: str) -> Deadline:
        """When a source may be asked next, at most a day ahead."""
        return await self._database.read(
            lambda connection: leases.load_deadline(connection, name, self._clock()), Deadline()
        )

    async def save_deadline(self, name: str, deadline: Deadline) -> None:
        """Keep when a source may be asked next."""
        await self._database.write(lambda connection: leases.save_deadline(connection, name, deadline), None)

    async def changed(self) -> frozenset[Topic]:
        """What other processes have changed since the last time this was asked; leases and the ledger do not count."""
        names = await self._database.changed()
        return frozenset(topic for topic in Topic if names is None or topic.value in names)

    async def prune(self, before: float, max_headlines: int, megabytes: float = float("inf")) -> None:
        """Forget old unstarred headlines, texts beyond a size, old price history and old calls; look for damage."""

        def work(connection: sqlite3.Connection) -> None:
            forget(connection, before, max_headlines, megabytes, self._clock())
            market.thin_history(connection, self._clock())
            charts.forget_charts(connection, self._clock())
            forget_calls(connection, self._clock())
            forget_alerts(connection, self._clock())

        await self._database.check()
        await self._database.write(work, None)
        await self.search.catch_up()

    async def close(self) -> None:
        """Finish what was asked for, then close the file."""
        await self._database.close()
