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
_ALIKE = 0.65
"""Share of the weight of two titles that lies in common words, from which they are the same."""
_ALIKE_NAMED = 0.63
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
_POSSESSIVE = re.compile(r"(?:'s|(?<=s)')(?!\w)")
_PLAIN_STEMS = frozenset(map(stem, PLAIN_WORDS))
_TITLE_CASE = 0.7
"""Share of the longer words with a capital, from which a capital says nothing."""
_CACHED = 4096
"""Titles that are kept taken apart: twice the headlines on the screen."""

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
        self.weights.setdefault(intern(word), weight)


@lru_cache(_CACHED)
def take_apart(title: str, coins: tuple[str, ...] = ()) -> Telling:
    """What a title tells; ``coins``: ids of those that it names, whose names may be plain words too."""
    text = _OUTLET.sub("", _PREFIX.sub("", title.translate(_MARKS).strip()))
    telling = _read(text, coins)
    if column := _COLUMN.match(text):
        telling.column = " ".join(column[1].lower().split())
        telling.body = _read(text[column.end() :], coins)
    return telling


@lru_cache(256)
def _summary_words(deck: str) -> frozenset[str]:
    text = deck.translate(_MARKS)
    figures = (read_figure(found).key for found in FIGURE.finditer(spell_numbers(text.lower())))
    return frozenset((*(word for word, _ in _words(text)), *figures))


def _read(text: str, coins: tuple[str, ...]) -> Telling:
    telling = Telling(days=set(_DATE.findall(text)))
    telling.figures = tuple(read_figure(found) for found in FIGURE.finditer(spell_numbers(text.lower())))
    for figure in telling.figures:
        telling.note(figure.key, figure.weight)
    named = _named_words(text)
    in_name = False
    for word, spelled in _words(text):
        telling.negated |= spelled in NEGATIONS
        telling.spelled.add(spelled)
        if spelled in CALENDAR:
            telling.days.add(spelled[:3])
        if word in _COIN_OF.values() and (word in _UNMISTAKABLE or word in coins):
            telling.note(word, LIGHT_WORD if word == "bitcoin" else _COIN)
            telling.coins.add(word)
            telling.order.append(word)
            in_name = False
        elif spelled in named:
            telling.note(canonical(spelled), _MORE_OF_NAME if in_name else _NAME)
            telling.names.add(canonical(spelled))
            telling.order.append(canonical(spelled))
            in_name = True
        else:
            plain = canonical(spelled)
            telling.note(plain, LIGHT_WORD if plain in LIGHT else _WORD)
            in_name = False
    telling.names |= telling.coins - {"bitcoin"}
    telling.total = sum(telling.weights.values())
    return telling


def _words(text: str) -> Iterator[tuple[str, str]]:
    """Words that tell something, each as ``canonical`` or a coin's id has it and as it is spelled, without figures."""
    lowered = replace_phrases(_POSSESSIVE.sub("", text.lower()))
    for found in _TOKEN.finditer(FIGURE.sub(" ", spell_numbers(lowered))):
        for spelled in (found.group(),) if found.group() in _COIN_OF else found.group().split("-"):
            if spelled not in STOP_WORDS:
                yield _COIN_OF.get(spelled) or canonical(spelled), spelled


def _named_words(text: str) -> set[str]:
    """The words of a title, lower case, that are names by their capitals and by being no plain words."""
    words = [found.group() for found in _TOKEN.finditer(_POSSESSIVE.sub("", text).replace("-", " "))]
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    shouted = all(word.isupper() for word in long)
    capitals_tell = sum(word[0].isupper() for word in long) < _TITLE_CASE * len(long)
    names: set[str] = set()
    for place, word in enumerate(words):
        lowered = word.lower()
        if not word[0].isupper() or lowered in STOP_WORDS or canonical(lowered) in LIGHT:
            continue
        is_acronym = len(word) > 1 and word.isupper() and not shouted
        is_plain = lowered in PLAIN_WORDS or stem(lowered) in _PLAIN_STEMS
        if is_acronym or not is_plain or (place and capitals_tell and len(word) > 1):
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
    return _ALIKE_NAMED if named else _ALIKE


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
