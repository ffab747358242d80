"""Which coins a text names. Symbols are shared and many are plain words, so ids decide, and doubt means no."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum

from cointicker.domain.coin_words import (
    ALSO_CALLED,
    AMBIGUOUS_SYMBOLS,
    CUE,
    CUE_AFTER,
    CUE_BEFORE,
    GENERIC_SYMBOLS,
    IN_LOWER_CASE,
    KNOWN,
    MOVE_AFTER,
    NO_COIN_AFTER,
    SURE_CUE,
    WHAT_IT_IS,
    is_plain_name,
    speaks_for_itself,
)
from cointicker.domain.market import CoinName
from cointicker.domain.plain_words import PLAIN_WORDS
from cointicker.domain.words import SafeText

_SYMBOL = re.compile(r"(?<![\w$-])(\$?)([A-Z][A-Z0-9]{1,9})(?![\w-])")
_BEGINS_WORD = re.compile(r"(?<![\w-])[^\s-]")
_GOES_ON = re.compile(r"\w")
_BEGINNING = 3
"""Characters by which names are looked up; none is shorter."""
_IN_A_LIST = re.compile(r"[ ,/&]*(?:(?:and|or|vs\.?)[ ]+)?")
"""What stands between two coins that are named in one breath."""
_NAME_AFTER = re.compile(r"[ ](?:of[ ]|&[ ])?(?:the[ ])?[A-Z][a-z]")
_NAME_BEFORE = re.compile(
    r"(?:^|(?<=[^\w.]))(?!(?:The|An?|And|As|At|But|By|Can|Could|Did|Do|Does|For|From|Has|Have|How|If|In|Is|Like|May|Of|On|Or"
    r"|Should|To|What|When|Where|Which|While|Who|Why|Will|With|Would)[ ])[A-Z][a-z]+[ ]$"
)
_SENTENCE_STARTS = re.compile(r"(?:^|[.!?:;–—-])[ \"'“‘(]*$")
_WORD = re.compile(r"[^\W\d_]{4,}")
_TITLE_CASE = 0.6
"""Share of the longer words with a capital, beyond which a capital marks no name."""
_SHORT = 3
"""Names of so few letters are too often something else."""
_NEAR = 200
"""Characters around a word in which a cue counts."""


class _Proof(Enum):
    """What a word must have about it to name its coin."""

    NONE = "the word is enough"
    CUE = "words of crypto are near, or in the context"
    CAPITAL = "as BESIDE, or it has a capital where no sentence begins and words that are of crypto alone are near"
    BESIDE = "a word of crypto or another coin stands right beside it, a move in percent, or its own other name"
    DOLLAR = "a dollar sign"


def known_coins() -> tuple[CoinName, ...]:
    """The coins that titles name most, each with the symbol and name it goes by; rank is the order."""
    rows = (row.split(" ", 2) for row in KNOWN.split("|"))
    return tuple(
        CoinName(coin_id, SafeText(symbol), SafeText(name), rank)
        for rank, (coin_id, symbol, name) in enumerate(rows, 1)
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A coin named in a text."""

    coin_id: str
    start: int
    """Index of its first character."""
    end: int
    """Index behind its last one."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    coin_id: str
    proof: _Proof
    moves: bool
    """Whether a move in percent behind it is proof: of a plain word it may be that of its price."""


@dataclass(frozen=True, slots=True)
class _Mention:
    coin_id: str
    start: int
    end: int
    meaning: _Meaning
    is_symbol: bool

    @property
    def proof(self) -> _Proof:
        """What it must have about it."""
        return self.meaning.proof


@dataclass(frozen=True, slots=True)
class _Text:
    """A text in which coins are looked for, and what can be said of the whole of it."""

    text: str
    context: str
    capitals_tell: bool
    """Whether it is written as sentences are, so that a capital marks a name."""

    def word(self, mention: _Mention) -> str:
        """As the text spells it."""
        return self.text[mention.start : mention.end]

    def around(self, mention: _Mention) -> str:
        """What stands near a word, without the word itself."""
        start, end = mention.start, mention.end
        return f"{self.text[max(0, start - _NEAR) : start]} {self.text[end : end + _NEAR]}"

    def is_part_of_name(self, mention: _Mention) -> bool:
        """Whether the word is one of several that make a name, such as that of a bank or a newspaper."""
        return bool(_NAME_AFTER.match(self.text, mention.end) or _NAME_BEFORE.search(self.text, 0, mention.start))

    def begins_sentence(self, mention: _Mention) -> bool:
        """Whether the word has its capital for that."""
        if self.word(mention).startswith("The "):
            return False  # its second word has no capital for that
        start = mention.start - 4 if self.text[: mention.start].endswith(("The ", "the ")) else mention.start
        return bool(_SENTENCE_STARTS.search(self.text[max(0, start - 4) : start] if start else ""))


class CoinIndex:
    """Finds coins in text. Building one costs a few milliseconds; finding costs microseconds."""

    def __init__(self, coins: Iterable[CoinName]) -> None:
        """``coins`` in order of preference: of two that share a symbol or a name, the first is meant."""
        self._symbols: dict[str, _Meaning] = {}
        self._names: dict[str, _Meaning] = {}
        by_heart = {coin.coin_id for coin in known_coins()}
        for coin in coins:
            known = coin.coin_id in by_heart
            if re.fullmatch(r"[A-Z][A-Z0-9]{1,9}", coin.symbol):
                proof = _symbol_proof(coin.symbol, known=known)
                self._symbols.setdefault(coin.symbol, _Meaning(coin.coin_id, proof, moves=True))
            for name in (coin.name, *ALSO_CALLED.get(coin.coin_id, ())):
                if len(name) > 2 and name != coin.symbol:
                    proof = _name_proof(name, known=known)
                    moves = known or proof is _Proof.CUE
                    self._names.setdefault(name, _Meaning(coin.coin_id, proof, moves))
        ids = {meaning.coin_id for meaning in self._names.values()}
        for name, coin_id in IN_LOWER_CASE.items():
            if coin_id in ids:
                proof = _Proof.CUE if name == "ether" else _Proof.NONE
                self._names.setdefault(name, _Meaning(coin_id, proof, moves=True))
        for name, meaning in tuple(self._names.items()):  # as shouted titles have them
            if meaning.proof is _Proof.NONE and len(name) > _SHORT and name[0].isupper():
                self._names.setdefault(name.upper(), meaning)
        self._by_beginning: dict[str, list[str]] = {}
        for name in sorted(self._names, key=len, reverse=True):
            self._by_beginning.setdefault(name[:_BEGINNING], []).append(name)

    def find(self, text: str, context: str = "") -> tuple[str, ...]:
        """CoinGecko ids of the coins that a text names, in the order of their first mention; see ``places``."""
        return tuple(dict.fromkeys(place.coin_id for place in self.places(text, context)))

    def places(self, text: str, context: str = "") -> tuple[Place, ...]:
        """Where a text names coins, in order; no two overlap.

        ``$TICKER`` always counts, an upper-case symbol or a capitalised name does unless it is a plain word too; then
        it counts beside a word of crypto, for some also when what stands near it or ``context`` speaks of crypto.
        What counts once counts wherever the same text spells it the same way.
        """
        mentions = sorted(self._mentions(text), key=lambda mention: mention.start)
        if not mentions:
            return ()
        whole = _Text(text, context, _capitals_tell(text))
        sure = [mention for mention in mentions if mention.proof is _Proof.NONE]
        sure += [each for each in mentions if each.proof is not _Proof.NONE and _is_proved(each, whole, sure)]
        sure += _prove_each_other(mentions, sure, whole)
        spellings = {(mention.coin_id, whole.word(mention)) for mention in sure}
        return tuple(
            Place(mention.coin_id, mention.start, mention.end)
            for mention in mentions
            if (mention.coin_id, whole.word(mention)) in spellings
        )

    def _mentions(self, text: str) -> Iterator[_Mention]:
        taken = bytearray(len(text))
        for start, name in self._named(text):
            end = start + len(name)
            taken[start:end] = b"\x01" * len(name)
            if not NO_COIN_AFTER.match(text, end):
                meaning = self._names[name]
                yield _Mention(meaning.coin_id, start, end, meaning, is_symbol=False)
        for found in _SYMBOL.finditer(text):
            symbol = self._symbols.get(found[2])
            if symbol is not None and not taken[found.start(2)] and not NO_COIN_AFTER.match(text, found.end()):
                meaning = replace(symbol, proof=_Proof.NONE) if found[1] else symbol
                yield _Mention(symbol.coin_id, found.start(), found.end(), meaning, is_symbol=True)

    def _named(self, text: str) -> Iterator[tuple[int, str]]:
        """Where names stand, the longest of those that begin at a place; no two overlap."""
        behind = 0
        for found in _BEGINS_WORD.finditer(text):
            start = found.start()
            if start < behind:
                continue
            for name in self._by_beginning.get(text[start : start + _BEGINNING], ()):
                if text.startswith(name, start) and not _GOES_ON.match(text, start + len(name)):
                    behind = start + len(name)
                    yield start, name
                    break


def _is_proved(mention: _Mention, whole: _Text, sure: Iterable[_Mention]) -> bool:
    """Whether a word has about it what it must have; ``sure`` are the coins that need nothing."""
    text, proof = whole.text, mention.proof
    if proof is _Proof.DOLLAR:
        return False
    if CUE_AFTER.match(text, mention.end) or CUE_BEFORE.search(text, 0, mention.start):
        return True
    if mention.meaning.moves and MOVE_AFTER.match(text, mention.end):
        return True
    if not mention.is_symbol and whole.is_part_of_name(mention):
        return False
    if WHAT_IT_IS.match(text, mention.end) and _is_of_crypto(mention, whole, sure):
        return True
    if proof is _Proof.CUE:
        near = f"{whole.around(mention)} {whole.context}"
        return bool(CUE.search(near)) or _is_beside_others(mention, sure)
    if proof is _Proof.CAPITAL and whole.capitals_tell and not whole.begins_sentence(mention):
        return _is_of_crypto(mention, whole, sure)
    return False


def _is_of_crypto(mention: _Mention, whole: _Text, sure: Iterable[_Mention]) -> bool:
    near = f"{whole.around(mention)} {whole.context}"
    return bool(SURE_CUE.search(near)) or _is_beside_others(mention, sure)


def _is_beside_others(mention: _Mention, sure: Iterable[_Mention]) -> bool:
    return any(other.coin_id != mention.coin_id and abs(other.start - mention.start) <= _NEAR for other in sure)


def _prove_each_other(mentions: list[_Mention], sure: list[_Mention], whole: _Text) -> list[_Mention]:
    """The doubtful ones that other doubtful ones, or sure ones right beside them, prove."""
    doubtful = [each for each in mentions if each not in sure and each.proof is not _Proof.DOLLAR]
    called: dict[str, set[str]] = {}
    for mention in mentions:
        called.setdefault(mention.coin_id, set()).add(whole.word(mention))
    # Name and symbol, as in "Sky (SKY)", prove each other.
    proved = [mention for mention in doubtful if len(called[mention.coin_id]) > 1]
    if whole.capitals_tell:  # so do symbols that are told in one breath
        proved += [
            one
            for one in doubtful
            if one.is_symbol and any(each.is_symbol and _are_listed(one, each, whole.text) for each in doubtful)
        ]
    for _ in doubtful:  # each may prove the next one of a list
        proved += [
            mention
            for mention in doubtful
            if mention not in proved and any(_are_listed(mention, other, whole.text) for other in (*sure, *proved))
        ]
    return proved


def _capitals_tell(text: str) -> bool:
    """Whether words have capitals only where they are names or begin a sentence."""
    words: list[str] = _WORD.findall(text)
    return sum(word[0].isupper() for word in words) <= _TITLE_CASE * len(words)


def _symbol_proof(symbol: str, *, known: bool) -> _Proof:
    if symbol in GENERIC_SYMBOLS:
        return _Proof.DOLLAR
    if known:
        return _Proof.CUE if symbol in AMBIGUOUS_SYMBOLS else _Proof.NONE
    if speaks_for_itself(symbol):
        return _Proof.NONE
    is_other_word = len(symbol) <= _SHORT or symbol.lower() in PLAIN_WORDS or is_plain_name(symbol)
    return _Proof.BESIDE if is_other_word else _Proof.CUE


def _name_proof(name: str, *, known: bool) -> _Proof:
    if is_plain_name(name):
        return _Proof.CAPITAL
    if known:
        return _Proof.CUE if len(name) <= _SHORT else _Proof.NONE
    if " " in name or speaks_for_itself(name):
        return _Proof.NONE
    return _Proof.CUE


def _are_listed(one: _Mention, other: _Mention, text: str) -> bool:
    first, second = sorted((one, other), key=lambda mention: mention.start)
    return bool(_IN_A_LIST.fullmatch(text, first.end, second.start)) and first.end < second.start
