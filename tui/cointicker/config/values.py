"""Whether a single value out of a TOML file is what a setting may be."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from cointicker.config.documents import Report
from cointicker.config.problems import Key, nearest, shown
from cointicker.config.settings import MASK, Secret
from cointicker.domain.alerts import Quiet
from cointicker.text.safe import URL_LIMIT, clean, vet_url

Limits = Mapping[str, Any]
"""What ``settings.setting`` wrote down beside a declaration."""

SECRET_RULE = "must be a key: letters, digits and signs without spaces"  # noqa: S105 - the rule, not a key

_TEXT_LIMIT = 500
_SECRET = re.compile(r"[!-~]{0,200}")
_ASCII_LINE = re.compile(r"[ -~]*")


def check_bool(raw: object, _: Limits, key: Key, report: Report) -> bool | None:
    """``true`` or ``false``."""
    if isinstance(raw, bool):
        return raw
    report.say(key, f"must be true or false, not {shown(raw)}")
    return None


def check_whole(raw: object, limits: Limits, key: Key, report: Report) -> int | None:
    """A whole number within its bounds."""
    if isinstance(raw, bool) or not isinstance(raw, int):
        report.say(key, f"must be a whole number, not {shown(raw)}")
        return None
    return raw if _within(raw, limits, key, report) else None


def check_number(raw: object, limits: Limits, key: Key, report: Report) -> float | None:
    """A number within its bounds; neither ``nan`` nor ``inf``, which TOML knows."""
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not _is_finite(raw):
        report.say(key, f"must be a number, not {shown(raw)}")
        return None
    return float(raw) if _within(raw, limits, key, report) else None


def check_text(raw: object, limits: Limits, key: Key, report: Report) -> str | None:
    """A line of text: one of the choices, an address, or any that is safe to show."""
    if not isinstance(raw, str):
        report.say(key, f"must be a text in quotes, not {shown(raw)}")
        return None
    if limits["choices"]:
        return _choice(raw, limits["choices"], key, report)
    if limits["address"]:
        return _base_address(raw, key, report)
    if limits["hours"]:
        return _hours(raw, key, report)
    text = raw.strip()
    if text != clean(text, _TEXT_LIMIT):
        report.say(key, f"must be one line of at most {_TEXT_LIMIT} signs that can be shown")
        return None
    if limits["header"] and not _ASCII_LINE.fullmatch(text):
        report.say(key, "must be plain ASCII: it is sent in a header")
        return None
    return text


def check_secret(raw: object, _: Limits, key: Key, report: Report) -> Secret | None:
    """A key. What is wrong with one is said without repeating it."""
    secret = parse_secret(raw) if isinstance(raw, str) else None
    if secret is None:
        report.say(key, SECRET_RULE)
    return secret


def parse_secret(raw: str) -> Secret | None:
    """A key fit for a header, without the white space that copying brings along; ``None`` where it is none."""
    text = raw.strip()
    return Secret(text) if _SECRET.fullmatch(text) and text != MASK else None


def _is_finite(number: float) -> bool:
    return isinstance(number, int) or math.isfinite(number)


def _within(number: float, limits: Limits, key: Key, report: Report) -> bool:
    low, high = limits["low"], limits["high"]
    if (low is None or number >= low) and (high is None or number <= high):
        return True
    report.say(key, f"must be from {low} to {high}, not {shown(number)}")
    return False


def _choice(raw: str, choices: tuple[str, ...], key: Key, report: Report) -> str | None:
    lowered = raw.strip().lower()
    if raw in choices or lowered in choices:
        return raw if raw in choices else lowered
    words = [each if each.isalnum() else repr(each) for each in choices]
    among = f"one of {', '.join(words)}" if len(words) <= 8 else f"one of {len(words)} codes, such as {words[0]}"
    report.say(key, f"must be {among}, not {shown(raw)}", nearest(raw, choices))
    return None


def _hours(raw: str, key: Key, report: Report) -> str | None:
    hours = Quiet.parse(raw)
    if hours is None and raw.strip():
        report.say(key, f'must be hours such as "23:00-07:00", or empty, not {shown(raw)}')
        return None
    return "" if hours is None else str(hours)


def _base_address(raw: str, key: Key, report: Report) -> str | None:
    """An address that others are made from by adding to it; it ends in a slash.

    A wrong one is not repeated: it may hold a password.
    """
    address = vet_url(raw)
    if not address:
        report.say(key, f"must be an http or https address of at most {URL_LIMIT} signs, without a user name")
        return None
    parts = urlsplit(address)
    if parts.query or parts.fragment:
        report.say(key, "must be an address without ? and #")
        return None
    return address if address.endswith("/") else f"{address}/"


SCALARS: Mapping[Any, Callable[[object, Limits, Key, Report], Any]] = {
    bool: check_bool,
    int: check_whole,
    float: check_number,
    str: check_text,
    Secret: check_secret,
}
"""Declared type of a setting → its check, which gives the value to use, or ``None`` and tells the report why."""
