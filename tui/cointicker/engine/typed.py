"""What a person types into a form, as values."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from cointicker.config.entries import parse_seconds
from cointicker.domain.alerts import ALL_TIME, OF_A_COIN, OF_A_PRICE, Alert, Kind
from cointicker.domain.market import match_coin
from cointicker.domain.mentions import known_coins
from cointicker.domain.pegs import PEGS
from cointicker.domain.portfolio import Lot
from cointicker.engine.state import Snapshot
from cointicker.text.safe import clean

Values = Mapping[str, str]

_KNOWN = {key: coin.coin_id for coin in reversed(known_coins()) for key in (coin.coin_id, coin.symbol.lower())}
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[,' _]\d{3})+(?:\.\d*)?")


class TypingError(ValueError):
    """What was typed means nothing; ``str`` of it says so in words."""


def read_number(text: str, what: str) -> Decimal:
    """A number as people type it: ``1,250.5``, ``0.003``, ``1 000``. Raises ``TypingError``."""
    plain = re.sub(r"[,' _]", "", text) if _GROUPED.fullmatch(text) else text.replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise TypingError(f"{what} is not a number: {clean(text, 20) or 'empty'}") from None
    if not number.is_finite() or abs(number) > Decimal("1e18"):
        raise TypingError(f"{what} is beyond reason")
    return number


def read_coin(text: str, snapshot: Snapshot) -> str:
    """The coin that an id or a symbol means, of those known here. Raises ``TypingError``."""
    lowered = text.strip().lower()
    quote = match_coin(lowered, tuple(snapshot.quotes.values()))
    if lowered in snapshot.quotes:
        return lowered
    found = _KNOWN.get(lowered) or (quote.coin_id if quote is not None else None)
    if not found:
        raise TypingError(f"no coin {clean(text, 20) or '(empty)'} is known here; put it on a watchlist first")
    return found


def read_lot(values: Values, snapshot: Snapshot) -> Lot:
    """The lot of a form with coin, amount, price, currency, day, fee and note. Raises ``TypingError``."""
    amount = read_number(values["amount"], "amount")
    if not amount:
        raise TypingError("amount is 0; a purchase is above it, a sale below")
    price = read_number(values["price"], "price") if values["price"] else None
    fee = read_number(values["fee"], "fee") if values["fee"] else Decimal(0)
    if (price is not None and price < 0) or fee < 0:
        raise TypingError("price and fee cannot be below 0")
    try:
        day = date.fromisoformat(values["day"]) if values["day"] else None
    except ValueError:
        raise TypingError(f"the day is written 2026-01-31, not {clean(values['day'], 20)}") from None
    return Lot(
        coin_id=read_coin(values["coin"], snapshot),
        amount=amount,
        price=price,
        currency=snapshot.currency,
        day=day,
        fee=fee,
        note=clean(values["note"]),
    )


def read_span(text: str) -> float:
    """Seconds of ``90m``, ``24h``, ``7d``. Raises ``TypingError``."""
    seconds = parse_seconds(text)
    if not seconds:
        raise TypingError(f"a time is written 90m, 24h or 7d, not {clean(text, 20) or 'empty'}")
    return seconds


def read_alert(kind: Kind, values: Values, snapshot: Snapshot) -> Alert:
    """The alert of a form for one kind. Raises ``TypingError``."""
    coin = read_coin(values["coin"], snapshot) if kind in OF_A_COIN else ""
    level, within, keyword = 0.0, Alert(kind).within, ""
    if kind is Kind.KEYWORD:
        keyword = clean(values["keyword"], 60)
        if not keyword:
            raise TypingError("a word or a phrase is needed")
        coin = read_coin(values["coin"], snapshot) if values["coin"] else ""
    elif kind is Kind.NEW_HIGH:
        within = ALL_TIME if values["within"].lower() in {"", "ath", "ever"} else read_span(values["within"])
    else:
        level = float(read_number(values["level"], "level"))
        if level <= 0:
            raise TypingError("the level must be above 0")
        within = read_span(values["within"]) if kind is Kind.MOVE else within
    if kind is Kind.DEPEG and coin not in PEGS:
        raise TypingError("this coin has no peg that is known here")
    currency = snapshot.currency if kind in OF_A_PRICE or kind in {Kind.MOVE, Kind.NEW_HIGH} else "usd"
    if kind is Kind.DEPEG:
        currency = PEGS[coin][0]
    repeat = values.get("repeat", "").lower() in {"y", "yes", "1", "true"}
    return Alert(kind, coin, level, currency, within, keyword, repeat=repeat, note=clean(values.get("note", "")))
