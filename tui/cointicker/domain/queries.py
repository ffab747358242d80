"""What a person asks of the headlines: words, phrases, and keys such as ``coin:btc`` or ``newer:2d``.

A word is looked for in titles, summaries, tags and articles, and finds its plural and its singular too; ``word*`` all
words that begin so; ``"in quotes"`` exactly these words in this order; ``-`` before anything means that it must not be.
Case and accents do not count. Whatever is typed is read somehow: what makes no sense is left out and told in
``Query.mistakes``.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from cointicker.domain.categories import ALL, CATEGORIES, category_named
from cointicker.domain.market import CoinName
from cointicker.domain.mentions import known_coins
from cointicker.domain.news import Headline

FindCoins = Callable[[str], frozenset[str]]
"""A symbol, name or id in lower case → the CoinGecko ids that it may mean; none where no coin is called so."""

LONGEST = 500
"""Characters of a query that are read."""
MOST_CLAUSES = 32
"""Parts of a query that are read."""

_CLAUSE = re.compile(r'(?P<minus>-?)(?:(?P<key>[^\W\d_]+):)?(?:"(?P<quoted>[^"]*)"?(?P<star>\*?)|(?P<bare>[^\s"]+))?')
_TOKEN = re.compile(r"[^\W_]+")
_SPAN = re.compile(r"(\d{1,5})(mo|[mhdwy])")
_SECONDS = {"m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400, "mo": 30 * 86_400, "y": 365 * 86_400}
_QUOTES = str.maketrans("“”„«»", '"""""')
_SHORTEST_PLURAL = 4


class Key(Enum):
    """What may stand before a colon."""

    COIN = "coin"
    SOURCE = "source"
    CATEGORY = "category"
    AUTHOR = "author"
    NEWER = "newer"
    OLDER = "older"
    IS = "is"


class Mark(Enum):
    """What may follow ``is:``."""

    UNREAD = "unread"
    READ = "read"
    STARRED = "starred"


_EXPECTED = {
    Key.COIN: "a symbol, name or id",
    Key.SOURCE: "the name of a source",
    Key.CATEGORY: "a category",
    Key.AUTHOR: "a name",
    Key.NEWER: "an age such as 12h, 2d or 1w, or a date such as 2026-01-31",
    Key.OLDER: "an age such as 12h, 2d or 1w, or a date such as 2026-01-31",
    Key.IS: "unread, read or starred",
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """A part of a query that makes no sense."""

    start: int
    """Where it begins in the text, from 0."""
    end: int
    why: str
    """A sentence without a full stop."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words next to each other, in this order."""

    tokens: tuple[str, ...]
    """As ``tokenise`` gives them; at least one."""
    negated: bool = False
    key: Key | None = None
    """``SOURCE`` or ``AUTHOR``; ``None``: anywhere."""
    prefix: bool = False
    """The last one is the beginning of a word."""
    exact: bool = False
    """Neither plural nor singular in place of the word."""

    @property
    def forms(self) -> tuple[str, ...]:
        """The texts of which any is wanted: tokens with a blank between them."""
        text = " ".join(self.tokens)
        if self.prefix or self.exact or len(self.tokens) > 1 or not text.isalpha():
            return (text,)
        singular = (text[:-1],) if text.endswith("s") and len(text) >= _SHORTEST_PLURAL else ()
        return (text, f"{text}s", *singular)


@dataclass(frozen=True, slots=True)
class Query:
    """A query, understood: all of its parts must be true of a headline."""

    text: str = ""
    """As it was typed, without blanks around it."""
    words: tuple[Words, ...] = ()
    coins: tuple[tuple[frozenset[str], bool], ...] = ()
    """Ids of which any is named, and whether none may be."""
    categories: tuple[tuple[str, bool], ...] = ()
    """A category, and whether it must not be."""
    marks: tuple[tuple[Mark, bool], ...] = ()
    since: float | None = None
    """Unix seconds; not older than this."""
    until: float | None = None
    """Unix seconds; older than this."""
    mistakes: tuple[Mistake, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.coins or self.categories or self.marks or self.since or self.until)

    @property
    def mistake(self) -> str:
        """The first thing that is wrong, in words; empty where nothing is."""
        return self.mistakes[0].why if self.mistakes else ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a query looks at. Each text is what ``haystack`` makes of it."""

    text: str
    """Titles, summaries, tags and articles: what a word without a key is looked for in."""
    source: str
    author: str
    coins: tuple[str, ...]
    categories: frozenset[str]
    at: float
    """Unix seconds."""
    read: bool
    starred: bool


def fold(text: str) -> str:
    """Lower case, without accents."""
    lowered = text.lower()
    if lowered.isascii():
        return lowered
    letters = (sign for sign in unicodedata.normalize("NFD", lowered) if unicodedata.category(sign) != "Mn")
    return unicodedata.normalize("NFC", "".join(letters))


def tokenise(text: str) -> tuple[str, ...]:
    """The words of a text: runs of letters and digits, folded."""
    return tuple(_TOKEN.findall(fold(text)))


def haystack(texts: Iterable[str]) -> str:
    """The words of some texts, each with a blank on either side, so that none are next to those of another text."""
    return "".join(f" {' '.join(_TOKEN.findall(text))} " for text in fold("\0".join(texts)).split("\0"))


def subject_of(headline: Headline, *more: str) -> Subject:
    """What a query looks at in one headline; ``more``: other texts of it, such as the article's."""
    return Subject(
        haystack((headline.title, headline.deck, *headline.tags, *more)),
        haystack((headline.source,)),
        haystack((headline.author,)),
        headline.coins,
        frozenset(headline.categories),
        headline.at,
        headline.read,
        headline.starred,
    )


def find_coins(more: Iterable[CoinName] = ()) -> FindCoins:
    """Finds coins among those that headlines name most, and ``more``."""
    by_name: dict[str, set[str]] = {}
    for coin in (*known_coins(), *more):
        for name in {coin.coin_id.lower(), coin.symbol.lower(), coin.name.lower()}:
            by_name.setdefault(name, set()).add(coin.coin_id)
    frozen = {name: frozenset(ids) for name, ids in by_name.items()}
    return lambda name: frozen.get(name, frozenset())


def parse_query(text: str, now: float, coins: FindCoins | None = None, *, typing: bool = False) -> Query:
    """Read a query; ages count back from ``now`` (Unix seconds).

    ``typing``: the text still grows at its end, so that its last word is the beginning of one, and what is not
    finished there is no mistake.
    """
    plain = text[:LONGEST].translate(_QUOTES)
    reader = _Reader(now, coins or find_coins(), plain, typing=typing)
    for found in [each for each in _CLAUSE.finditer(plain) if each[0]][:MOST_CLAUSES]:
        reader.read(found)
    return replace(reader.query, text=reader.text)


class _Reader:
    """Puts a query together, clause by clause."""

    def __init__(self, now: float, coins: FindCoins, text: str, *, typing: bool) -> None:
        self.query = Query()
        self.text = text.strip()
        self._whole = text
        self._now = now
        self._coins = coins
        self._typing = typing

    def read(self, found: re.Match[str]) -> None:
        key, quoted = found["key"], found["quoted"]
        growing = self._typing and found.end() == len(self._whole)
        if key is None:
            self._take_words(found, None, growing=growing)
            return
        named = next((each for each in Key if each.value == key.lower()), None)
        if named is None:
            self._say(found, _unknown_key(key), growing=growing)
        elif named in {Key.SOURCE, Key.AUTHOR}:
            self._take_words(found, named, growing=growing)
        else:
            value = (quoted if quoted is not None else found["bare"] or "").strip()
            why = self._take_value(named, value, negated=bool(found["minus"]))
            if why:
                self._say(found, why, growing=growing)

    def _say(self, found: re.Match[str], why: str, *, growing: bool) -> None:
        if not growing:
            mistake = Mistake(found.start(), found.end(), why)
            self.query = replace(self.query, mistakes=(*self.query.mistakes, mistake))

    def _take_words(self, found: re.Match[str], key: Key | None, *, growing: bool) -> None:
        exact = found["quoted"] is not None
        raw = found["quoted"] if exact else found["bare"] or ""
        tokens = tokenise(raw)
        if not tokens:
            why = f"{key.value}: wants {_EXPECTED[key]}" if key else f"there is no word in {raw or found[0]}"
            self._say(found, why, growing=growing)
            return
        starred = bool(found["star"]) if exact else raw.endswith("*")
        unfinished = growing and not exact and key is None and not found["minus"] and raw[-1:].isalnum()
        if unfinished:
            self.text += "*"
        prefix = starred or unfinished or (key is not None and not exact)
        words = Words(tokens, bool(found["minus"]), key, prefix, exact)
        self.query = replace(self.query, words=(*self.query.words, words))

    def _take_value(self, key: Key, value: str, *, negated: bool) -> str:
        """Add what a key asks for; why that cannot be done, else nothing."""
        query = self.query
        if key is Key.COIN and (ids := self._coins(value.lower().removeprefix("$"))):
            self.query = replace(query, coins=(*query.coins, (ids, negated)))
        elif key is Key.CATEGORY and (category := category_named(value)):
            if category != ALL:
                self.query = replace(query, categories=(*query.categories, (category, negated)))
        elif key is Key.IS and (mark := next((each for each in Mark if each.value == value.lower()), None)):
            self.query = replace(query, marks=(*query.marks, (mark, negated)))
        elif key in {Key.NEWER, Key.OLDER} and (moment := _moment(value.lower(), self._now)) is not None:
            self._narrow(moment, older=(key is Key.OLDER) is not negated)
        else:
            return _unknown_value(key, value)
        return ""

    def _narrow(self, moment: float, *, older: bool) -> None:
        query = self.query
        if older:
            self.query = replace(query, until=moment if query.until is None else min(moment, query.until))
        else:
            self.query = replace(query, since=moment if query.since is None else max(moment, query.since))


def _moment(value: str, now: float) -> float | None:
    """The time (Unix seconds) that an age or a date means, of a date its beginning where the person is."""
    try:
        today = datetime.fromtimestamp(now).replace(hour=0, minute=0, second=0, microsecond=0)  # noqa: DTZ006
        if value in {"today", "yesterday"}:
            return (today - timedelta(days=value == "yesterday")).timestamp()
        if span := _SPAN.fullmatch(value):
            return max(1.0, now - int(span[1]) * _SECONDS[span[2]])
        if re.fullmatch(r"\d{4}-\d\d?-\d\d?", value):
            year, month, day = map(int, value.split("-"))
            return max(1.0, datetime(year, month, day).timestamp())  # noqa: DTZ001 - where the person is
    except (ValueError, OverflowError, OSError):
        return None
    return None


def _unknown_key(key: str) -> str:
    close = _nearest(key, [each.value for each in Key])
    return f"{key}: is not a key" + (f"; did you mean {close}:?" if close else f", only {_keys()}")


def _keys() -> str:
    return ", ".join(f"{each.value}:" for each in Key)


def _unknown_value(key: Key, value: str) -> str:
    if not value:
        return f"{key.value}: wants {_EXPECTED[key]}"
    if key is Key.COIN:
        return f"no coin is called {value}"
    close = _nearest(value, CATEGORIES) if key is Key.CATEGORY else ""
    if key is Key.IS:
        close = _nearest(value, [each.value for each in Mark])
    if close:
        return f"{key.value}:{value} is unknown; did you mean {close}?"
    return f"{key.value}: wants {_EXPECTED[key]}, not {value}"


def _nearest(word: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - needed only once something is wrong

    by_lower = {each.lower(): each for each in known}
    close = get_close_matches(word.lower(), by_lower, 1, 0.6)
    return by_lower[close[0]] if close else ""


def matcher(query: Query) -> Callable[[Subject], bool]:
    """A test of whether all of a query is true of something; quick, for it is put to thousands while one types."""
    plain = [needles(each)[0] for each in query.words if not each.negated and not each.key and len(each.forms) == 1]
    wanted = [
        (needles(each), each.key) for each in query.words if not each.negated and (each.key or len(each.forms) > 1)
    ]
    words_only = query == Query(query.text, query.words, mistakes=query.mistakes)
    unwanted = [(needles(each), each.key) for each in query.words if each.negated]

    def has(subject: Subject, parts: tuple[str, ...], key: Key | None) -> bool:
        text = subject.text if key is None else subject.source if key is Key.SOURCE else subject.author
        return any(part in text for part in parts) if len(parts) > 1 else parts[0] in text

    if words_only and len(plain) == 1 and not wanted and not unwanted:
        word = plain[0]
        return lambda subject: word in subject.text

    def passes(subject: Subject) -> bool:
        for part in plain:
            if part not in subject.text:
                return False
        for parts, key in wanted:
            if not has(subject, parts, key):
                return False
        if unwanted and any(has(subject, parts, key) for parts, key in unwanted):
            return False
        return words_only or fits(query, subject)

    return passes


def needles(words: Words) -> tuple[str, ...]:
    """The texts of which one is in a ``haystack`` that has the words."""
    end = "" if words.prefix else " "
    return tuple(f" {form}{end}" for form in words.forms)


def fits(query: Query, subject: Subject) -> bool:
    """Whether all but the words of a query is true of something."""
    if query.since is not None and subject.at < query.since:
        return False
    if query.until is not None and subject.at >= query.until:
        return False
    if query.coins and any(ids.isdisjoint(subject.coins) is not negated for ids, negated in query.coins):
        return False
    if any((category in subject.categories) is negated for category, negated in query.categories):
        return False
    return not any(_is_marked(subject, mark) is negated for mark, negated in query.marks)


def _is_marked(subject: Subject, mark: Mark) -> bool:
    return subject.starred if mark is Mark.STARRED else subject.read is (mark is Mark.READ)
