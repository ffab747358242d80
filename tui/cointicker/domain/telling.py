"""What a title tells, taken apart into words, figures and names; and whether another one tells the same.

Two titles are weighed word by word, after words for the same thing were made one. What tells little (price, crypto,
Bitcoin) weighs little, a figure that hardly two stories share weighs most. Whatever the weight, two titles are apart
where each names somebody or a coin that the other does not, where their figures or days differ, where one says the
opposite of the other or what the other denies. Nothing depends on other headlines, so that what was said of two
stays said.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from sys import intern
from typing import NamedTuple

from cointicker.domain.figures import FIGURE, Figure, figures_differ, read_figure, spell_numbers
from cointicker.domain.mentions import known_coins
from cointicker.domain.plain_words import PLAIN_WORDS
from cointicker.domain.wording import (
    CALENDAR,
    LIGHT,
    NEGATIONS,
    OPPOSITES,
    STOP_WORDS,
    canonical,
    replace_phrases,
    stem,
)

LIGHT_WORD, _WORD, _NAME, _MORE_OF_NAME, _COIN = 0.4, 1.0, 1.3, 0.5, 1.0
"""What words weigh: those that say little, others, the first and the further ones of a name, coins but Bitcoin."""
HEAVIEST_WORD = _NAME
"""But for figures that tell something."""
_ALIKE = 0.65
"""Share of the weight of two titles that lies in common words, from which they are the same."""
LEAST_ALIKE_WITHOUT_FIGURE = 0.63
"""The same where a name or a coin is among the common words."""
_ALIKE_FIGURE = 0.5
"""The same where a figure is, which is unlikely to be so by chance."""
LEAST_ALIKE = 0.42
"""The same where both are."""
_ALIKE_SHORT = 0.75
"""The same where one has fewer than ``_LONG`` words."""
_LONG = 4
_SUBSTANCE = 1.0
"""Common weight beside coins and words that say little; with less of it nearly all must agree."""
_ALIKE_HOLLOW = 0.9
_COVERED = 0.75
"""Share of each title that the other's title and summary have, from which they are the same."""

_PREFIX = re.compile(r"^(?:breaking|just in|updated?|alert|exclusive|developing)(?: news)?\s*[:|-]\s*", re.IGNORECASE)
_OUTLET = re.compile(r"(?:\s+\|\s+[^|]{2,30}|\s+-\s+(?:[Tt]he\s+)?[A-Z][\w.]*(?:\s[A-Z][\w.]*)?)$")
_COLUMN = re.compile(r"^([^:]{3,40}):\s+(?=\S)")
_TOKEN = re.compile(r"[^\W_](?:[\w&'./]*\w)?")
_DATE = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}(?![\d/])")
_MARKS = str.maketrans({"’": "'", "‘": "'", "“": " ", "”": " ", '"': " ", "‑": "-", "–": "-", "—": "-"})
_DIGIT = re.compile(r"\d")
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')(?!\w)")
_PLAIN_STEMS = frozenset(map(stem, PLAIN_WORDS))
_TITLE_CASE = 0.7
"""Share of the longer words with a capital, from which a capital says nothing."""
_CACHED = 4096
"""Titles that are kept taken apart: those of more than two days, within which they are compared."""
_WORDS_CACHED = 8192
_SUMMARIES_CACHED = 1024

_UNMISTAKABLE = frozenset(
    ("bitcoin", "ethereum", "ripple", "solana", "dogecoin", "cardano", "litecoin", "monero", "tron")
)
"""Coins whose names and symbols are no other words, even in lower case."""


def _coin_words() -> dict[str, str]:
    words = {"ether": "ethereum", "bitcoins": "bitcoin"}
    for coin in known_coins():
        for word in (coin.symbol.lower(), coin.name.lower().replace(" ", "-")):
            words.setdefault(word, coin.coin_id)
    return words


_COIN_OF = _coin_words()
_COIN_IDS = frozenset(_COIN_OF.values())


class _Word(NamedTuple):
    """What is known of a word as it is spelled, lower case, wherever it stands."""

    plain: str
    """As ``canonical`` has it."""
    word: str
    """The id of the coin that it may be, else the same."""
    weight: float
    """How much it tells where it is no name."""
    is_coin: bool
    is_unmistakable: bool
    """Whether it is that coin in any text."""
    is_stop: bool
    is_plain: bool
    """Whether it is a word of everyday."""


@lru_cache(_WORDS_CACHED)
def _word(spelled: str) -> _Word:
    plain = intern(canonical(spelled))
    word = _COIN_OF.get(spelled) or plain
    return _Word(
        plain,
        intern(word),
        LIGHT_WORD if plain in LIGHT else _WORD,
        word in _COIN_IDS,
        word in _UNMISTAKABLE,
        spelled in STOP_WORDS,
        spelled in PLAIN_WORDS or stem(spelled) in _PLAIN_STEMS,
    )


@dataclass(slots=True)
class Telling:
    """A title as it is compared."""

    weights: dict[str, float] = field(default_factory=dict)
    """Words as ``wording.canonical`` has them, coins by id, figures by ``Figure.key`` → how much each tells."""
    names: set[str] = field(default_factory=set)
    """Those that are names of people, firms and places, coins among them but for Bitcoin."""
    coins: set[str] = field(default_factory=set)
    order: list[str] = field(default_factory=list)
    """Names and coins as they come."""
    spelled: set[str] = field(default_factory=set)
    figures: tuple[Figure, ...] = ()
    days: set[str] = field(default_factory=set)
    """Days of the week, months, quarters and dates."""
    negated: bool = False
    column: str = ""
    """What stands before a colon, as in "Price analysis: …"."""
    body: "Telling | None" = None
    """The rest, where there is a column."""
    total: float = 0.0
    """How much all words tell."""

    def note(self, word: str, weight: float) -> None:
        """Add a word, the first time that it comes."""
        self.weights.setdefault(word, weight)


@lru_cache(_CACHED)
def take_apart(title: str, coins: tuple[str, ...] = ()) -> Telling:
    """What a title tells; ``coins``: ids of those that it names, whose names may be plain words too."""
    text = _OUTLET.sub("", _PREFIX.sub("", title.translate(_MARKS).strip()))
    telling = _read(text, coins)
    if column := _COLUMN.match(text):
        telling.column = " ".join(column[1].lower().split())
        telling.body = _read(text[column.end() :], coins)
    return telling


@lru_cache(_SUMMARIES_CACHED)
def _summary_words(deck: str) -> frozenset[str]:
    text = spell_numbers(replace_phrases(_POSSESSIVE.sub("", deck.translate(_MARKS).lower())))
    figures = (read_figure(found).key for found in FIGURE.finditer(text))
    return frozenset((*(word.word for _, word in _words(text)), *figures))


def _read(text: str, coins: tuple[str, ...]) -> Telling:
    telling = Telling()
    lowered = text.lower()
    if _DIGIT.search(spelled_out := spell_numbers(lowered)):
        telling.days.update(_DATE.findall(text))
        telling.figures = tuple(map(read_figure, FIGURE.finditer(spelled_out)))
    for figure in telling.figures:
        telling.note(intern(figure.key), figure.weight)
    named = _named_words(text)
    in_name = False
    for spelled, word in _words(spell_numbers(replace_phrases(_POSSESSIVE.sub("", lowered)))):
        telling.spelled.add(spelled)
        if spelled in NEGATIONS:
            telling.negated = True
        if spelled in CALENDAR:
            telling.days.add(spelled[:3])
        if word.is_coin and (word.is_unmistakable or word.word in coins):
            telling.note(word.word, LIGHT_WORD if word.word == "bitcoin" else _COIN)
            telling.coins.add(word.word)
            telling.order.append(word.word)
            in_name = False
        elif spelled in named:
            telling.note(word.plain, _MORE_OF_NAME if in_name else _NAME)
            telling.names.add(word.plain)
            telling.order.append(word.plain)
            in_name = True
        else:
            telling.note(word.plain, word.weight)
            in_name = False
    telling.names |= telling.coins - {"bitcoin"}
    telling.total = sum(telling.weights.values())
    return telling


def _words(text: str) -> Iterator[tuple[str, _Word]]:
    """Words of a text, lower case and without phrases, that tell something, as they are spelled; without figures."""
    for found in _TOKEN.findall(FIGURE.sub(" ", text) if _DIGIT.search(text) else text):
        for spelled in (found,) if "-" not in found or found in _COIN_OF else found.split("-"):
            word = _word(spelled)
            if not word.is_stop:
                yield spelled, word


def _named_words(text: str) -> set[str]:
    """The words of a title, lower case, that are names by their capitals and by being no plain words."""
    words: list[str] = _TOKEN.findall(_POSSESSIVE.sub("", text).replace("-", " "))
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    shouted = all(word.isupper() for word in long)
    capitals_tell = sum(word[0].isupper() for word in long) < _TITLE_CASE * len(long)
    names: set[str] = set()
    for place, spelled in enumerate(words):
        if not spelled[0].isupper():
            continue
        lowered = spelled.lower()
        word = _word(lowered)
        if word.is_stop or word.weight == LIGHT_WORD:
            continue
        is_acronym = len(spelled) > 1 and spelled.isupper() and not shouted
        if is_acronym or not word.is_plain or (place and capitals_tell and len(spelled) > 1):
            names.add(lowered)
    return names


def likeness(one: Telling, other: Telling, decks: tuple[str, str] = ("", "")) -> float:
    """How alike two titles are, with their summaries: the same from 1 on. Never 1 where they contradict each other."""
    one, other = _without_column(one, other)
    if one.weights == other.weights:
        return 2.0 if len(one.weights) > 1 and not _contradict(one, other, decks) else 0.0
    common = one.weights.keys() & other.weights.keys()
    alike = sum([one.weights[word] + other.weights[word] for word in common]) / (one.total + other.total)
    if alike < LEAST_ALIKE and not all(decks):
        return alike
    strong = common - one.coins - other.coins - LIGHT
    substance = sum([min(one.weights[word], other.weights[word]) for word in strong])
    alike /= _needed(one, other, common, substance)
    if alike < 1 and substance >= _SUBSTANCE and all(decks):
        covered = (_covered(one, other, decks[1]) + _covered(other, one, decks[0])) / 2
        alike = max(alike, covered / _COVERED)
    return 0.0 if alike >= 1 and _contradict(one, other, decks) else alike


def contradict(one: Telling, other: Telling, decks: tuple[str, str] = ("", "")) -> bool:
    """Whether two titles cannot be of one story, however alike they are."""
    return _contradict(*_without_column(one, other), decks)


def _without_column(one: Telling, other: Telling) -> tuple[Telling, Telling]:
    """That both stand in the same column tells nothing of what stands there."""
    if one.column and one.column == other.column and one.body and other.body:
        return one.body, other.body
    return one, other


def _needed(one: Telling, other: Telling, common: Iterable[str], substance: float) -> float:
    shortest = min(len(one.weights), len(other.weights))
    if substance < _SUBSTANCE or shortest < _LONG - 1:
        return _ALIKE_HOLLOW
    if shortest < _LONG:
        return _ALIKE_SHORT
    figure = any(each.is_telling and each.key in other.weights for each in one.figures)
    named = any(word in one.names and word in other.names for word in common)
    if figure:
        return LEAST_ALIKE if named else _ALIKE_FIGURE
    return LEAST_ALIKE_WITHOUT_FIGURE if named else _ALIKE


def _covered(one: Telling, other: Telling, deck: str) -> float:
    words = _summary_words(deck)
    found = sum(weight for word, weight in one.weights.items() if word in other.weights or word in words)
    return found / one.total


def _contradict(one: Telling, other: Telling, decks: tuple[str, str]) -> bool:
    if one.negated is not other.negated or (one.days and other.days and one.days.isdisjoint(other.days)):
        return True
    if figures_differ(one.figures, other.figures) or _turned_round(one, other):
        return True
    left, right = one.weights.keys() - other.weights.keys(), other.weights.keys() - one.weights.keys()
    if one.coins & left and other.coins & right:
        return True
    mine, theirs = one.names & left, other.names & right
    if mine and theirs and mine - _summary_words(decks[1]) and theirs - _summary_words(decks[0]):
        return True
    return not OPPOSITES.isdisjoint((a, b) for a in left for b in right) and not _is_one_sale(one, other)


def _is_one_sale(one: Telling, other: Telling) -> bool:
    """Whether one tells of the seller and the other of the buyer of the same."""
    verbs = one.weights.keys() ^ other.weights.keys()
    same = one.names & other.names
    return {"buy", "sell"} <= verbs and len(same) > 1 and any(each.key in other.weights for each in one.figures)


def _turned_round(one: Telling, other: Telling) -> bool:
    """Whether subject and object of the same words have changed places."""
    if one.spelled != other.spelled:
        return False
    first = [name for name in one.order if name in other.order]
    second = [name for name in other.order if name in one.order]
    return len(first) == 2 and first == second[::-1]


def weigh_common(one: Telling, other: Telling) -> float:
    """Share of the weight of the lighter of two titles that lies in common words, coins and light words aside."""
    common = (one.weights.keys() & other.weights.keys()) - one.coins - other.coins - LIGHT
    weight = sum(min(one.weights[word], other.weights[word]) for word in common)
    return weight / (min(one.total, other.total) or 1.0)
