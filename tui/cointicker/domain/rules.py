"""Lists by rule: what may be written in place of coins, and which coins that means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from cointicker.domain.market import Quote

MOST_TOP = 250
"""Coins of the longest ``top N``: one page of the source."""
MOST_CATEGORY = 100
"""Coins of a category that are shown, the largest."""
MOST_MOVERS = 30
"""Coins among the gainers, and among the losers."""
LEAST_VOLUME = 1e-6
"""Part of its market cap that must have been traded in a day before a move counts as one."""

_CATEGORY = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")


class RuleKind(Enum):
    """What chooses the coins."""

    TOP = "top"
    """The largest by market cap."""
    GAINERS = "gainers"
    """Of the 250 largest, those that rose most in 24 hours."""
    LOSERS = "losers"
    TRENDING = "trending"
    """What people search for at the source."""
    CATEGORY = "category"
    """The largest of a category of the source."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, understood."""

    kind: RuleKind
    count: int = 0
    """Of ``TOP``: how many coins."""
    category: str = ""
    """Of ``CATEGORY``: the source's id of it."""

    def __str__(self) -> str:
        """As a person writes it, in its one spelling."""
        if self.kind is RuleKind.TOP:
            return f"top {self.count}"
        return f"category:{self.category}" if self.kind is RuleKind.CATEGORY else self.kind.value


def parse_rule(text: str) -> Rule | None:
    """``top N`` (1 to 250), ``gainers``, ``losers``, ``trending`` or ``category:ID``; ``None`` for anything else."""
    words = " ".join(text.lower().split())
    if found := re.fullmatch(r"top ?([0-9]{1,3})", words):
        count = int(found[1])
        return Rule(RuleKind.TOP, count=count) if 1 <= count <= MOST_TOP else None
    if found := re.fullmatch(r"category ?: ?(.+)", words):
        return Rule(RuleKind.CATEGORY, category=found[1]) if _CATEGORY.fullmatch(found[1]) else None
    if words in {RuleKind.GAINERS.value, RuleKind.LOSERS.value, RuleKind.TRENDING.value}:
        return Rule(RuleKind(words))
    return None


def choose(rule: Rule, page: Sequence[Quote]) -> tuple[str, ...]:
    """Ids of the coins that a rule means, out of a page of the source that has the largest first."""
    if rule.kind is RuleKind.TOP:
        return tuple(quote.coin_id for quote in page[: rule.count])
    if rule.kind in {RuleKind.GAINERS, RuleKind.LOSERS}:
        return _movers(page, rising=rule.kind is RuleKind.GAINERS)
    return tuple(quote.coin_id for quote in page[:MOST_CATEGORY])


def _movers(page: Sequence[Quote], *, rising: bool) -> tuple[str, ...]:
    sign = 1 if rising else -1
    moved = [(sign * (quote.change_24h or 0.0), quote.coin_id) for quote in page if _is_traded(quote)]
    moved = sorted((each for each in moved if each[0] > 0), key=lambda each: -each[0])
    return tuple(coin_id for _, coin_id in moved[:MOST_MOVERS])


def _is_traded(quote: Quote) -> bool:
    return quote.volume_24h is not None and quote.volume_24h > (quote.market_cap or 0.0) * LEAST_VOLUME
