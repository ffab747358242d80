"""What is held and what it is worth, as a person reads it; hidden where it is nobody's business."""

from decimal import Decimal

from cointicker.text.cells import cell_width
from cointicker.text.numbers import CURRENCY_SIGNS, UNKNOWN, format_large

HIDDEN = "•••"
_WHOLE = frozenset({"sats", "bits"})
"""Currencies whose hundredths nobody counts."""


def format_amount(amount: Decimal, *, hidden: bool = False) -> str:
    """Coins without trailing zeros, thousands apart: ``0.25``, ``1,500``."""
    if hidden:
        return HIDDEN
    text = f"{amount:,.8f}".rstrip("0").rstrip(".")
    return text or "0"


def format_money(amount: Decimal | None, currency: str, *, hidden: bool = False, signed: bool = False) -> str:
    """Money in two decimals with the sign of its currency, or its code: ``$1,250.00``, ``+€12.00``, ``0.0312 BTC``."""
    if amount is None:
        return UNKNOWN
    if hidden:
        return HIDDEN
    sign = ("+" if amount > 0 else "−" if amount < 0 else "") if signed else "−" if amount < 0 else ""
    size = abs(amount)
    digits = (0 if currency in _WHOLE else 2) if size >= 1 or not size else 6
    mark = CURRENCY_SIGNS.get(currency, "")
    number = f"{size:,.{digits}f}"
    return f"{sign}{mark}{number}" if mark else f"{sign}{number} {currency.upper()}"


def fit_amount(amount: Decimal, cells: int, *, hidden: bool = False) -> str:
    """Coins in so many cells: what does not fit are decimals, then all but the size, never a leading digit."""
    text = format_amount(amount, hidden=hidden)
    while len(text) > cells and "." in text:
        text = text[:-1].rstrip(".")
    return text if len(text) <= cells else format_large(float(amount))


def fit_money(amount: Decimal | None, currency: str, cells: int, *, hidden: bool = False, signed: bool = False) -> str:
    """Money in so many cells: without its code, then without cents, then by its size, before a digit is cut off."""
    text = format_money(amount, currency, hidden=hidden, signed=signed)
    if cell_width(text) <= cells or amount is None or hidden:
        return text
    text = text.removesuffix(f" {currency.upper()}")
    if cell_width(text) > cells:
        text = text.partition(".")[0]
    if cell_width(text) > cells:
        mark = "".join(sign for sign in text if not sign.isdigit() and sign != ",")
        text = f"{mark}{format_large(float(abs(amount)))}"
    return text


def way_of(amount: Decimal | None) -> int:
    """1 for a gain, -1 for a loss, 0 for neither or unknown."""
    return 0 if not amount else 1 if amount > 0 else -1
