"""Whether the lists of a configuration are what they may be: words and watchlists."""

import re

from cointicker.config.documents import Report
from cointicker.config.problems import Key, nearest, shown
from cointicker.config.settings import COLUMNS
from cointicker.domain.market import Watchlist
from cointicker.domain.mentions import known_coins
from cointicker.domain.rules import parse_rule
from cointicker.text.cells import cell_width
from cointicker.text.safe import clean

ALIAS_CELLS = 12
"""The widest alias."""
_COIN_ID = re.compile(r"[a-z0-9_.-]{1,100}")
_RULES = '"top 50", "gainers", "losers", "trending", "category:ID"'


def check_texts(raw: object, key: Key, report: Report) -> tuple[str, ...] | None:
    """A list of words; those that are none are left out."""
    if not isinstance(raw, list):
        report.say(key, f'must be a list of texts, such as ["sponsored"], not {shown(raw)}')
        return None
    kept: list[str] = []
    for place, each in enumerate(raw):
        text = clean(each)
        if text:
            kept.append(text)
        else:
            report.say((*key, place), f"must be a text with something in it, not {shown(each)}")
    return tuple(kept)


def check_words(raw: object, choices: tuple[str, ...], key: Key, report: Report) -> tuple[str, ...] | None:
    """A list of words out of ``choices``, each once; where none is left the default stands."""
    words = check_texts(raw, key, report)
    kept: dict[str, None] = {}
    for place, word in enumerate(words or ()):
        if word.lower() in choices:
            kept[word.lower()] = None
        else:
            report.say((*key, place), f"must be one of {', '.join(choices)}, not {shown(word)}", nearest(word, choices))
    return tuple(kept) or None


def check_aliases(raw: object, key: Key, report: Report) -> dict[str, str] | None:
    """``[aliases]``: the id of a coin and what a person calls it."""
    if not isinstance(raw, dict):
        report.say(key, f"must be a section, such as [aliases], not {shown(raw)}")
        return None
    kept: dict[str, str] = {}
    for coin, alias in raw.items():
        text = clean(alias)
        if not _COIN_ID.fullmatch(coin):
            report.say((*key, coin), _no_coin(coin))
        elif not text or cell_width(text) > ALIAS_CELLS:
            report.say((*key, coin), f"must be a short text, at most {ALIAS_CELLS} cells wide, not {shown(alias)}")
        else:
            kept[coin] = text
    return kept


def check_sort(raw: object, key: Key, report: Report) -> dict[str, str] | None:
    """``[sort]``: a watchlist and the column that it is sorted by, with ``-`` before it for the highest first."""
    if not isinstance(raw, dict):
        report.say(key, f"must be a section, such as [sort], not {shown(raw)}")
        return None
    kept: dict[str, str] = {}
    for name, column in raw.items():
        word = clean(column).lower()
        if word.removeprefix("-") in COLUMNS:
            kept[clean(name)] = word
        else:
            guess = nearest(word.removeprefix("-"), COLUMNS)
            report.say((*key, name), f'must be a column, such as "price" or "-24h", not {shown(column)}', guess)
    return kept


def check_watchlists(raw: object, key: Key, report: Report) -> tuple[Watchlist, ...] | None:
    """``[watchlists]``: names, each with its coins. Where none is left the default stands."""
    if not isinstance(raw, dict):
        report.say(key, f"must be a section with lists, such as [watchlists], not {shown(raw)}")
        return None
    lists: dict[str, Watchlist] = {}
    for each, coins in raw.items():
        here = (*key, each)
        name = clean(each)
        if not name:
            report.say(here, "is a list without a name")
        elif name in lists:
            report.say(here, "is there twice")
        elif isinstance(coins, str):
            if rule := parse_rule(coins):
                lists[name] = Watchlist(name, (), str(rule))
            else:
                report.say(here, f"must be a list of coins or a rule: {_RULES}; not {shown(coins)}")
        elif (kept := _coins(coins, here, report)) is not None:
            lists[name] = Watchlist(name, kept)
    return tuple(lists.values()) or None


def _coins(raw: object, key: Key, report: Report) -> tuple[str, ...] | None:
    if not isinstance(raw, list):
        report.say(key, f'must be a list of coins, such as ["bitcoin", "ethereum"], not {shown(raw)}')
        return None
    kept: dict[str, None] = {}
    for place, each in enumerate(raw):
        here = (*key, place)
        coin = check_coin(each, here, report)
        if coin in kept:
            report.say(here, f"names {coin} for the second time")
        elif coin is not None:
            kept[coin] = None
    return tuple(kept)


def check_coin(raw: object, key: Key, report: Report) -> str | None:
    """The id of a coin."""
    if not isinstance(raw, str):
        report.say(key, f"must be the id of a coin in quotes, not {shown(raw)}")
        return None
    if not _COIN_ID.fullmatch(raw):
        report.say(key, _no_coin(raw))
        return None
    return raw


def check_command(raw: object, key: Key, report: Report) -> tuple[str, ...] | None:
    """A program and its arguments, taken as they are."""
    if isinstance(raw, list) and all(isinstance(each, str) and "\0" not in each for each in raw) and raw[:1] != [""]:
        return tuple(raw)
    report.say(key, f'must be a program and its arguments, such as ["notify", "--loud"], not {shown(raw)}')
    return None


def _no_coin(raw: str) -> str:
    wanted = raw.strip()
    for coin in known_coins():
        if wanted.lower() in {coin.symbol.lower(), coin.name.lower(), coin.coin_id}:
            return f"is {shown(raw)}: use the id {coin.coin_id}"
    return f"must be an id of CoinGecko, in lower case such as bitcoin, not {shown(raw)}"
