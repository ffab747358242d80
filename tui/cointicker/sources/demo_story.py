"""What a story of the demo world is made of, before an outlet prints it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_PLACE = re.compile(r"\$\{([A-Z0-9]+)\}")


@dataclass(frozen=True, init=False)
class Story:
    """One piece of news and the titles that different outlets give it."""

    desk: str
    """Which desk of an outlet writes it: a category of ``domain.categories``, lower case."""
    deck: str
    titles: tuple[str, ...]
    """One for each outlet that carries the story; close enough to be seen as the same story."""

    def __init__(self, desk: str, deck: str, *titles: str) -> None:
        object.__setattr__(self, "desk", desk)
        object.__setattr__(self, "deck", deck)
        object.__setattr__(self, "titles", titles)


def fill(text: str, price: Callable[[str], float]) -> str:
    """A text with its prices: ``${BTC}`` becomes ``$88,300``. ``price`` gives the USD price of an upper-case symbol."""
    return _PLACE.sub(lambda place: f"${rounded(price(place[1]))}", text)


def rounded(amount: float) -> str:
    """An amount to three digits or to cents, as headlines print it: ``88,300``, ``15.04``, ``0.00000724``."""
    if amount >= 100:
        digits = len(str(int(amount))) - 3
        return f"{round(amount, -digits):,.0f}"
    decimals = 2
    while decimals < 12 and amount < 10 ** (2 - decimals):
        decimals += 1
    return f"{amount:.{decimals}f}"
