"""Makes a line: from settings, format and what is stored to text and an exit status."""

from zlib import crc32

from cointicker.cli.line.dialects import Dialect, Pango
from cointicker.cli.line.facts import Ages, Facts
from cointicker.cli.line.formats import DEFAULT, MINING_FIELDS, NEWS_FIELDS, Part, parse_format
from cointicker.cli.line.pieces import Piece, fit_pieces
from cointicker.cli.line.request import Request
from cointicker.domain.glance import Known, Wants
from cointicker.text.numbers import UNKNOWN, format_age

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cointicker.config.glance import Glance

FRESH, NOTHING, STALE = 0, 1, 3
"""The exit statuses: 2, for what cannot be meant, comes before a line is made."""


class Made:
    """A line."""

    __slots__ = ("ages", "facts", "status", "text")

    def __init__(self, text: str, status: int, ages: Ages, facts: Facts) -> None:
        self.text = text
        self.status = status
        self.ages = ages
        self.facts = facts


class Maker:
    """Makes the line of one request, under one set of settings. Raises ``RequestError``."""

    def __init__(self, request: Request, glance: "Glance", dialect: Dialect, *, made_up: bool = False) -> None:
        """``made_up``: the facts are, and the line says so before all else."""
        self._glance = glance
        self._dialect = dialect
        self._width = request.width
        self._mark = [Piece("DEMO ", ink="label")] if made_up else []
        self.parts = parse_format(DEFAULT if request.format is None else request.format)
        self.wants = _wants(self.parts, glance, more=request.json)

    def make(self, known: Known, now: float) -> Made:
        """The line as of a time, Unix seconds."""
        facts = Facts(known, self._glance, now)
        facts.use(self.parts)
        ages = facts.ages()
        pieces = [*self._mark]
        for part in self.parts:
            pieces += facts.fill(part) if part.field else self._dialect.split(part.text)
        if ages.stale is not None and not ages.shown:
            pieces.append(Piece(f" {format_age(ages.stale)} old", "stale", "label"))
        text = self._dialect.write(fit_pieces(pieces, self._width)) or UNKNOWN
        status = NOTHING if ages.nothing else FRESH if ages.stale is None else STALE
        return Made(text, status, ages, facts)

    def tooltip(self, made: Made) -> str:
        """What there is to say at more length, in Pango's markup: a coin a row, then the newest headline."""
        rows = [*made.facts.coin_rows(), made.facts.news_row()]
        return "\n".join(map(Pango(self._glance).write, filter(None, rows)))


def _wants(parts: list[Part], glance: "Glance", *, more: bool) -> Wants:
    """``more``: a tooltip is to be filled too."""
    fields = {part.field for part in parts if not part.coin}
    by_alias = {alias.lower(): coin for coin, alias in glance.aliases.items()}
    coins = {by_alias.get(part.coin, part.coin): None for part in parts if part.coin}
    if more or "coins" in fields:
        coins |= dict.fromkeys(glance.coins)
    asked = "\0".join((glance.currency, glance.rule, *coins))
    return Wants(
        glance.currency,
        tuple(coins),
        rule=glance.rule if more or "coins" in fields else "",
        headline=more or not fields.isdisjoint(NEWS_FIELDS),
        unread="unread" in fields,
        mining=not fields.isdisjoint(MINING_FIELDS),
        feeds=glance.feeds,
        mute=glance.mute,
        owner=f"line:{crc32(asked.encode()):08x}",
    )
