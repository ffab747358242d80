"""What each field of a line comes to, and how old what is shown is."""

from cointicker.cli.line.formats import MINING_FIELDS, NEWS_FIELDS, Part
from cointicker.cli.line.pieces import Piece
from cointicker.domain.ages import old_age
from cointicker.text.numbers import (
    DOWN,
    FLAT,
    UNKNOWN,
    UP,
    direction,
    format_age,
    format_basis_points,
    format_change,
    format_difficulty,
    format_duration,
    format_hashrate,
    format_large,
    format_pegged,
    format_price,
    format_rate,
    regroup,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cointicker.config.glance import Glance
    from cointicker.domain.glance import Coin, Known

_INKS = {1: "up", 0: "", -1: "down"}
_GLYPHS = {1: UP, 0: FLAT.strip(), -1: DOWN}
_AMOUNTS = {"cap": "market_cap", "volume": "volume_24h"}
GAP = "  "
"""Between two coins."""


class Ages:
    """How old what a line shows is: of each kind the newest, seconds, and when it counts as old."""

    def __init__(self) -> None:
        self.known: list[tuple[float, bool]] = []
        """Age and whether it is old, of each kind that is known."""
        self.asked = False
        """Something was to be shown."""
        self.shown = False
        """An age stands in the line."""

    def note(self, age: float | None, *, old: bool = False) -> None:
        """One kind of facts was to be shown; ``None``: it is not known."""
        self.asked = True
        if age is not None:
            self.known.append((max(0.0, age), old))

    @property
    def stale(self) -> float | None:
        """The age of the oldest that is old; ``None`` where all is new."""
        return max((age for age, old in self.known if old), default=None)

    @property
    def nothing(self) -> bool:
        """Something was to be shown, and nothing is known of it."""
        return self.asked and not self.known


class Facts:
    """Fills the fields of a line."""

    def __init__(self, known: "Known", glance: "Glance", now: float) -> None:
        self._known = known
        self._glance = glance
        self._now = now
        self._refresh = max(glance.refresh, known.prices_due.interval)
        self._by_alias = {alias.lower(): coin for coin, alias in glance.aliases.items()}
        self._used: dict[str, Coin | None] = {}
        self._kinds: set[str] = set()
        self._ages: Ages | None = None
        self._age_shown = False

    @property
    def listed(self) -> tuple[str, ...]:
        """Ids of the coins of the watchlist."""
        return self._known.listed if self._glance.rule else self._glance.coins

    def use(self, parts: list[Part]) -> None:
        """Note what will be shown, so that its age is known before the first field is filled."""
        for part in parts:
            if part.coin:
                self._used[part.coin] = self._coin(part.coin)
            elif part.field == "coins":
                self._used.update((coin, self._coin(coin)) for coin in self.listed)
                self._kinds.add("coins")
            elif part.field in NEWS_FIELDS:
                self._kinds.add("news")
            elif part.field in MINING_FIELDS:
                self._kinds.add("mining")
            if part.field in {"age", "stale", "coins"}:
                self._age_shown = True

    @property
    def coin_ids(self) -> tuple[str, ...]:
        """Ids of the coins that are shown and known."""
        return tuple(dict.fromkeys(coin.coin_id for coin in self._used.values() if coin is not None))

    @property
    def lacking(self) -> tuple[str, ...]:
        """What coins are called that are to be shown and are not known, or were not renewed with the others."""
        newest = max((coin.fetched_at for coin in self._used.values() if coin is not None), default=0.0)
        return tuple(
            word for word, coin in self._used.items() if coin is None or newest - coin.fetched_at > 3 * self._refresh
        )

    @property
    def unknown(self) -> tuple[str, ...]:
        """What coins are called that nothing is known of."""
        return tuple(word for word, coin in self._used.items() if coin is None)

    @property
    def way(self) -> int:
        """1 or -1 as the first coin rose or fell, else 0."""
        coin = next(iter(self._used.values()), None)
        return 0 if coin is None or coin.peg_points is not None else direction(coin.change_24h)

    def coin_rows(self) -> list[list[Piece]]:
        """Each coin of the watchlist, as in the price bar."""
        return [self._bar_item(coin_id) for coin_id in self.listed]

    def news_row(self) -> list[Piece]:
        """The newest headline with its source and age."""
        if self._known.headline is None:
            return []
        ages = (self._news_field("headline.source"), self._news_field("headline.age"))
        rest = " · ".join(piece.text for piece in ages)
        return [self._news_field("headline"), Piece(f"  {rest}", "headline", "label")]

    def ages(self) -> Ages:
        """How old all that is shown is."""
        if self._ages is None:
            self._ages = ages = Ages()
            ages.shown = self._age_shown
            known, glance, now = self._known, self._glance, self._now
            if self._used or "coins" in self._kinds:
                priced = [coin for coin in self._used.values() if coin is not None and coin.price is not None]
                newest = max((coin.fetched_at for coin in priced), default=None)
                old = all(self._old_age(coin) is not None for coin in priced)
                ages.note(None if newest is None else now - newest, old=old)
            if "news" in self._kinds:
                at = known.news_at
                ages.note(None if at is None else now - at, old=at is not None and now - at > 3 * glance.news_refresh)
            if "mining" in self._kinds:
                at = known.mining_at
                ages.note(None if at is None else now - at, old=at is not None and now - at > 3 * glance.mining_refresh)
        return self._ages

    def fill(self, part: Part) -> list[Piece]:
        """The pieces of a field."""
        if part.field == "coins":
            return self._all_coins()
        if part.coin:
            return self._coin_field(part.coin, part.field)
        if part.field in NEWS_FIELDS:
            return [self._news_field(part.field)]
        if part.field in MINING_FIELDS:
            return [Piece(self._regroup(self._mining_field(part.field)), part.field)]
        return [Piece(self._own_field(part.field), part.field, "label" if part.field in {"age", "stale"} else "")]

    def _coin(self, word: str) -> "Coin | None":
        coins = self._known.coins
        return coins.get(self._by_alias.get(word, word)) or coins.get(word)

    def _old_age(self, coin: "Coin") -> float | None:
        return old_age(coin.fetched_at, coin.updated_at, self._refresh, self._now)

    def _regroup(self, text: str) -> str:
        return regroup(text, self._glance.separators)

    def _all_coins(self) -> list[Piece]:
        pieces: list[Piece] = []
        for coin_id in self.listed:
            if pieces:
                pieces.append(Piece(GAP))
            pieces += self._bar_item(coin_id)
        return pieces or [Piece(UNKNOWN, "coins")]

    def _bar_item(self, coin_id: str) -> list[Piece]:
        """A coin as in the price bar: symbol, price, change; all of it dimmed, and with its age, once that is old."""
        coin = self._coin(coin_id)
        symbol, price = self._symbol(coin_id, coin), self._price(coin)
        if coin is None or coin.price is None:
            return [Piece(f"{symbol} {UNKNOWN}", coin_id)]
        change = self._change(coin)
        age = self._old_age(coin)
        if age is not None:
            aged = format_age(age)
            return [Piece(f"{symbol} {price} {change} {aged}", coin_id, "label", short=f"{symbol} {price} {aged}")]
        way = 0 if coin.peg_points is not None else direction(coin.change_24h)
        return [
            Piece(f"{symbol} {price} ", coin_id, short=f"{symbol} {price}"),
            Piece(change, coin_id, _INKS[way], short=""),
        ]

    def _symbol(self, word: str, coin: "Coin | None") -> str:
        coin_id = self._by_alias.get(word, word) if coin is None else coin.coin_id
        if alias := self._glance.aliases.get(coin_id):
            return alias
        return self._glance.symbols.get(word, word.upper()) if coin is None else coin.symbol

    def _price(self, coin: "Coin | None") -> str:
        if coin is None:
            return UNKNOWN
        price = format_price(coin.price) if coin.peg_points is None else format_pegged(coin.price)
        return self._regroup(price)

    def _change(self, coin: "Coin") -> str:
        if coin.peg_points is not None:
            return self._regroup(format_basis_points(coin.peg_points))
        return self._regroup(format_change(coin.change_24h))

    def _coin_field(self, word: str, field: str) -> list[Piece]:
        coin = self._used.get(word) or self._coin(word)
        subject = word if coin is None else coin.coin_id
        if field == "symbol":
            return [Piece(self._symbol(word, coin), subject)]
        if coin is None:
            return [Piece(UNKNOWN, subject)]
        old = self._old_age(coin) is not None
        text, way = self._coin_text(coin, field)
        return [Piece(text, subject, "label" if old and way else _INKS[way])]

    def _coin_text(self, coin: "Coin", field: str) -> tuple[str, int]:
        """A field of a known coin, and the direction that its colour tells."""
        match field:
            case "name":
                return coin.name, 0
            case "price":
                return self._price(coin), 0
            case "change":
                return self._change(coin), 0 if coin.peg_points is not None else direction(coin.change_24h)
            case "arrow":
                way = direction(coin.change_24h)
                return _GLYPHS[way], way
            case "age":
                renewed = coin.fetched_at if coin.updated_at is None else min(coin.updated_at, coin.fetched_at)
                return format_age(self._now - renewed), 0
            case "cap" | "volume":
                return self._regroup(format_large(getattr(coin, _AMOUNTS[field]))), 0
        percent: float | None = getattr(coin, field)
        return self._regroup(format_change(percent)), direction(percent)

    def _news_field(self, field: str) -> Piece:
        known = self._known
        if field == "unread":
            return Piece(UNKNOWN if known.unread is None else str(known.unread), field)
        news = known.headline
        if news is None:
            return Piece(UNKNOWN, "headline")
        if field == "headline":
            return Piece(news.title, "headline", cuttable=True)
        return Piece(news.source if field == "headline.source" else format_age(self._now - news.at), "headline")

    def _mining_field(self, field: str) -> str:
        mining = self._known.mining
        value = mining.get({"retarget": "next_change", "block": "height"}.get(field, field))
        match field:
            case "hashprice":
                return UNKNOWN if value is None else f"${value:,.2f}"
            case "hashrate":
                return format_hashrate(value)
            case "difficulty":
                return format_difficulty(value)
            case "block":
                return UNKNOWN if value is None else f"{value:,.0f}"
            case "retarget":
                until = mining.get("retarget_at")
                rest = "" if until is None else f" in {format_duration(until - self._now)}"
                return format_change(value, 1) + rest
        rates = [mining.get(f"fees.{name}") for name in ("fastest", "half_hour", "hour")]
        known = [format_rate(rate) for rate in rates if rate is not None]
        return f"{' · '.join(known)} sat/vB" if len(known) == len(rates) else UNKNOWN

    def _own_field(self, field: str) -> str:
        ages = self.ages()
        match field:
            case "list":
                return self._glance.list
            case "currency":
                return self._glance.currency.upper()
            case "stale":
                return "" if ages.stale is None else f"{format_age(ages.stale)} old"
        return format_age(max((age for age, _ in ages.known), default=None))
