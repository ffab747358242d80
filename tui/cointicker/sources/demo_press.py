"""Who prints what and when in the demo world: a pure function of seed and time."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from cointicker.sources.demo_coins import COINS, DemoCoin
from cointicker.sources.demo_market import DAY, DemoMarket
from cointicker.sources.demo_noise import stream, unit
from cointicker.sources.demo_outlets import EVERYTHING, OUTLETS, Outlet
from cointicker.sources.demo_stories_markets import STORIES as MARKET_STORIES
from cointicker.sources.demo_stories_mining import STORIES as MINING_STORIES
from cointicker.sources.demo_story import Story, fill

SLOT = 600.0
"""Seconds in which one story comes up."""
_ROUND = 5
"""Slots of a round: some bring a written story, the others a report of a coin's move."""
_REPORTS = frozenset({1, 3})
_LONGEST_DELAY = 2400.0
"""Seconds until the last outlet has taken up a story."""
STORIES: tuple[Story, ...] = MINING_STORIES + MARKET_STORIES
WINDOW = len(STORIES) * SLOT * _ROUND / (_ROUND - len(_REPORTS))
"""Seconds that an entry stays in its feed; then the written stories come round again."""
_SYMBOLS: Mapping[str, str] = {coin.symbol: coin.coin_id for coin in reversed(COINS)}
_REPORTED = tuple(coin for coin in COINS if coin.swing > 0.5 and coin.rank is not None and coin.rank <= 50)
_OWN_DESK = {"BTC": "bitcoin", "ETH": "ethereum", "XRP": "xrp"}
_REPORT_TITLES = (
    ("{name} climbs {percent}% in a day to {price}", "{name} slips {percent}% in a day to {price}"),
    ("{name} up {percent}% in 24 hours, trades near {price}", "{name} down {percent}% in 24 hours, near {price}"),
    ("Buyers lift {name} by {percent}% to {price}", "Sellers push {name} down {percent}% to {price}"),
)
_FEW = 2
_KEPT_STORIES = 2000


@dataclass(frozen=True, slots=True)
class Piece:
    """A story as one outlet prints it."""

    slot: int
    """Number of the ten minutes in which the story came up, which names it."""
    outlet: Outlet
    story: Story
    title: str
    deck: str
    at: float
    """When it is published, Unix seconds."""
    author: str
    coin_ids: tuple[str, ...]
    """Coins whose prices its title or deck tells."""

    @property
    def url(self) -> str:
        """Address of the page."""
        day = datetime.fromtimestamp(self.at, UTC)
        words = re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")
        return f"https://{self.outlet.host}/{day:%Y/%m/%d}/{words[:60].rstrip('-')}-{self.slot}"


class DemoPress:
    """The newspapers of the demo world, at any time."""

    def __init__(self, seed: int, market: DemoMarket) -> None:
        self._market = market
        self._chance = stream(seed, "press")
        order = stream(seed, "order of stories")
        self._order = sorted(range(len(STORIES)), key=lambda index: unit(order, index))
        reported = stream(seed, "order of reports")
        self._reported = sorted(_REPORTED, key=lambda coin: unit(reported, coin.rank or 0))
        self._told: dict[int, tuple[Piece, ...]] = {}

    def pieces(self, outlet: Outlet, now: float, window: float = WINDOW) -> tuple[Piece, ...]:
        """What an outlet printed in the window (seconds) before a time, newest first."""
        slots = range(int((now - window - _LONGEST_DELAY) // SLOT), int(now // SLOT) + 1)
        printed = (piece for slot in slots for piece in self.story(slot) if piece.outlet is outlet)
        return tuple(sorted((p for p in printed if now - window < p.at <= now), key=lambda p: p.at, reverse=True))

    def piece(self, url: str, now: float) -> Piece | None:
        """The piece behind an address that ``Piece.url`` made, once it is published."""
        found = re.fullmatch(r"https://([a-z0-9.-]+)/[^?#]*-(\d{1,12})", url)
        if found is None:
            return None
        pieces = self.story(int(found[2]))
        return next((piece for piece in pieces if piece.outlet.host == found[1] and piece.at <= now), None)

    def story(self, slot: int) -> tuple[Piece, ...]:
        """A story as all outlets that carry it print it, the first one first."""
        told = self._told.get(slot)
        if told is None:
            if len(self._told) >= _KEPT_STORIES:
                self._told.clear()
            start = slot * SLOT + self._unit(slot, "start") * SLOT
            told = self._told[slot] = tuple(self._print(slot, start, self._story(slot, start)))
        return told

    def related(self, piece: Piece, now: float, count: int = 3) -> tuple[Piece, ...]:
        """Older pieces of the same outlet, those of the same desk first."""
        others = [each for each in self.pieces(piece.outlet, now) if each.slot != piece.slot]
        return tuple(sorted(others, key=lambda each: each.story.desk != piece.story.desk)[:count])

    def _unit(self, slot: int, *what: object) -> float:
        return unit(stream(self._chance, *what), slot)

    def _story(self, slot: int, at: float) -> Story:
        turn, place = divmod(slot, _ROUND)
        if place in _REPORTS:
            return self._report(slot, at)
        written = turn * (_ROUND - len(_REPORTS)) + place - sum(report < place for report in _REPORTS)
        return STORIES[self._order[written % len(STORIES)]]

    def _report(self, slot: int, at: float) -> Story:
        """A story about how far a coin moved in a day."""
        coin = self._moved(slot, at)
        percent = self._market.change(coin.coin_id, at, DAY)
        pair = _REPORT_TITLES[int(self._unit(slot, "wording") * len(_REPORT_TITLES))]
        price = "${" + coin.symbol + "}"
        title = pair[percent < 0].format(name=coin.name, percent=f"{abs(percent):.1f}", price=price)
        week = self._market.change(coin.coin_id, at, 7 * DAY)
        direction = "more" if week > 0 else "less"
        deck = f"At {price} a coin is worth {abs(week):.1f} percent {direction} than it was a week ago."
        return Story(_OWN_DESK.get(coin.symbol, "altcoins"), deck, title)

    def _moved(self, slot: int, at: float) -> DemoCoin:
        """The coin that moved more of the two whose turn it is, so that the reports are worth a headline."""
        turn, place = divmod(slot, _ROUND)
        number = turn * len(_REPORTS) + sorted(_REPORTS).index(place)
        few = [self._reported[(number * _FEW + each) % len(self._reported)] for each in range(_FEW)]
        return max(few, key=lambda coin: abs(self._market.change(coin.coin_id, at, DAY)))

    def _print(self, slot: int, start: float, story: Story) -> Iterator[Piece]:
        carriers = [outlet for outlet in OUTLETS if story.desk in outlet.desks]
        carriers.sort(key=lambda outlet: self._unit(slot, outlet.host) + (outlet.desks is EVERYTHING) / 2)
        coin_ids: dict[str, None] = {}

        def price(symbol: str) -> float:
            coin_ids[_SYMBOLS[symbol]] = None
            return self._market.price(_SYMBOLS[symbol], start)

        deck = fill(story.deck, price)
        titles = [fill(title, price) for title in story.titles]
        at = start
        for outlet, title in zip(carriers, titles, strict=False):
            chance = self._unit(slot, outlet.host, "author")
            author = outlet.authors[int(chance * len(outlet.authors))]
            yield Piece(slot, outlet, story, title, deck, at, author, tuple(coin_ids))
            at += 60 + chance * (_LONGEST_DELAY / 5 - 60)
