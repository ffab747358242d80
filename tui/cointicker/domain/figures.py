"""Figures in titles: ``$500M``, ``500 million dollars`` and ``half a billion`` are read as numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_ORDINALS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "millionth": 1e6, "m": 1e6, "mn": 1e6, "mln": 1e6,
    "billion": 1e9, "b": 1e9, "bn": 1e9, "trillion": 1e12, "t": 1e12, "tn": 1e12,
}  # fmt: skip
_UNITS = {
    "percent": "%", "per cent": "%", "basis points": "bps", "euro": "$", "euros": "$", "dollar": "$", "dollars": "$",
    "eh/s": "eh", "zh/s": "zh", "ph/s": "ph", "years": "year", "days": "day", "hours": "hour", "blocks": "block",
}  # fmt: skip
_SPELLED = re.compile(
    rf"(?<![\w-])(?:{'|'.join((*_NUMBERS, *_ORDINALS))}|half a|an?(?= (?:hundred|[mbtr]+illion|thousand)\b))(?!\w)"
)

FIGURE = re.compile(
    r"(?<![\w.,/])(?:(?P<sign>us\$|[$€£¥])\s?)?(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"(?:(?P<letter>mln|mn|bn|tn|[kmbt])(?![\w/])"
    r"|\s?-?(?P<word>hundred|thousand|millionth|million|billion|trillion)\b)?"
    r"(?P<ordinal>(?:st|nd|rd|th)\b)?"
    r"(?:\s?-?(?P<unit>%|(?:percent|per cent|bps|basis points|[ezp]h(?:/s)?|[mgt]w|euros?|dollars?|years?|days?|hours?"
    r"|blocks?)\b))?"
    r"(?!\w|/\d)"
)
"""A figure in lower-case text that ``spell_numbers`` has passed."""
_SMALL = 12
_YEARS = (2008, 2060)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a title."""

    value: float
    unit: str
    """``$`` for money of any currency, ``%``, ``bps``, ``mw``, …; ``th`` for an ordinal; empty where none is told."""
    key: str
    """The same for the same value whatever the unit, but for percent."""
    is_telling: bool
    """Whether two stories are unlikely to have it by chance: money, or digits beyond a round number."""

    @property
    def weight(self) -> float:
        """How much it tells, beside words of 0.4 to 1.3."""
        return 1.5 if self.is_telling else 0.5


def spell_numbers(text: str) -> str:
    """Lower-case text with digits for number words: ``four million`` becomes ``4 million``, ``third`` ``3th``."""

    def digits(found: re.Match[str]) -> str:
        word = found.group()
        if word in _ORDINALS:
            return f"{_ORDINALS[word]}th"
        return "0.5" if word == "half a" else str(_NUMBERS.get(word, 1))

    return _SPELLED.sub(digits, text)


def read_figure(found: re.Match[str]) -> Figure:
    """The figure that ``FIGURE`` found."""
    value = float(found["number"].replace(",", "")) * _SCALES.get(found["letter"] or found["word"] or "", 1.0)
    unit = "$" if found["sign"] else found["unit"] or ("th" if found["ordinal"] else "")
    unit = _UNITS.get(unit, unit)
    digits = f"{value:.9g}"
    telling = len(digits.partition("e")[0].replace(".", "").strip("0")) > 1 and value > _SMALL
    is_year = _YEARS[0] <= value <= _YEARS[1]
    return Figure(value, unit, f"{digits}%" if unit == "%" else digits, unit == "$" or (telling and not is_year))


def figures_differ(some: Sequence[Figure], others: Sequence[Figure]) -> bool:
    """Whether two titles with these figures tell of different things.

    One may leave out what the other has. Where each has some of its own, they must agree in one that is telling, and
    those of their own must measure different things.
    """
    keys, other_keys = {each.key for each in some}, {each.key for each in others}
    if keys <= other_keys or other_keys <= keys:
        return False
    own = [each for each in some if each.key not in other_keys]
    foreign = [each for each in others if each.key not in keys]
    if not any(each.is_telling and each.key in other_keys for each in some):
        return True
    return any(one.unit == other.unit for one in own for other in foreign)
