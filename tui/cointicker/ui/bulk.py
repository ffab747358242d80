"""Many coins named at once, by symbols, names or ids: which are meant, which could be several, which are none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cointicker.domain.directory import Listing
from cointicker.domain.freshness import Failed
from cointicker.text.safe import clean

if TYPE_CHECKING:
    from cointicker.engine.engine import Engine

_BETWEEN = re.compile(r"[,;\r\n\t]+")
_MOST = 250
"""Names that are looked at."""
_MOST_CALLS = 5
"""Names that the source is asked for, one call each."""
_CANDIDATES = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What a name came to: one coin, or several that it could be; none: nobody is called so."""

    name: str
    listing: Listing | None = None
    candidates: tuple[Listing, ...] = ()


def split_names(text: str) -> tuple[str, ...]:
    """The names in a text, each once: between commas, semicolons, tabs and lines; without any, between blanks."""
    parts = _BETWEEN.split(text) if _BETWEEN.search(text.strip()) else text.split()
    names = (clean(part.strip().strip("\"'$[]()"), 60) for part in parts)
    return tuple(dict.fromkeys(name for name in names if name))[:_MOST]


def is_list(text: str) -> bool:
    """Whether a text names several coins and cannot be a single name."""
    return len(split_names(text)) > 1 and _BETWEEN.search(text.strip()) is not None


def judge(name: str, listings: Sequence[Listing]) -> Answer:
    """Which of the coins is meant: the one of that id, else the best ranked of that symbol or, lastly, of that name."""
    wanted = name.lower().removeprefix("$")
    by_id = next((each for each in listings if each.coin_id == wanted), None)
    if by_id is not None:
        return Answer(name, by_id)
    by_symbol = [each for each in listings if each.symbol.lower() == wanted]
    by_name = [each for each in listings if each.name.lower() == wanted]
    same = by_symbol or by_name
    ranked = sorted((each for each in same if each.rank is not None), key=lambda each: each.rank or 0)
    if ranked or len(same) == 1:
        return Answer(name, (ranked or same)[0])
    return Answer(name, candidates=tuple(same[:_CANDIDATES]))


async def resolve(engine: "Engine", names: Sequence[str]) -> tuple[Answer, ...]:
    """An answer for each name: from the stored directory, and from the source where that does not settle it.

    Several words that nobody is called are taken for a name each, as in ``kaspa, xmr aave``.
    """
    answers: list[Answer] = []
    calls = 0
    left = list(dict.fromkeys(names))
    while left:
        name = left.pop(0)
        answer = judge(name, await engine.search_coins(name, 100))
        if answer.listing is None and calls < _MOST_CALLS and not engine.snapshot.offline:
            calls += 1
            found = await engine.search_remote(name)
            if not isinstance(found, Failed):
                asked = judge(name, found)
                answer = asked if asked.listing is not None or not answer.candidates else answer
        words = split_names(name)
        if answer.listing is None and not answer.candidates and len(words) > 1:
            left[:0] = [word for word in words if word not in names]
        else:
            answers.append(answer)
    return tuple(answers)
