"""Pairs of headlines with a person's word on whether they tell the same story, out of ``labels/stories*.txt``.

A pair is a line with ``same`` or ``apart`` and the hours between the two, two lines of titles, then for some two lines
of summaries (``>``) or of addresses (``@``). Those of ``stories_held_out.txt`` were written before the rules that they
measure, and no rule was made for one of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cointicker.domain.mentions import CoinIndex, known_coins
from cointicker.domain.news import Headline
from cointicker.domain.stories import group_stories
from cointicker.text.safe import vouch
from fake_clock import START

LABELS = Path(__file__).with_name("labels")
INDEX = CoinIndex(known_coins())


@dataclass(frozen=True, slots=True)
class Pair:
    """Two headlines of two sources."""

    one: Headline
    other: Headline
    same: bool
    """What a person says."""

    def is_grouped(self) -> bool:
        """What ``group_stories`` says."""
        return len(group_stories((self.one, self.other))) == 1

    def __str__(self) -> str:
        return f"{'same ' if self.same else 'apart'} {self.one.title!r} {self.other.title!r}"


@dataclass(frozen=True, slots=True)
class Score:
    """How often what was found is right, and how much of what is right was found; shares of one."""

    precision: float
    recall: float


def score(found: int, right: int, wanted: int) -> Score:
    """Of so many that were found so many are right, of so many that there are."""
    return Score(right / found if found else 1.0, right / wanted if wanted else 1.0)


def load_pairs(*, held_out: bool) -> list[Pair]:
    """The pairs that rules were made with, or those that were kept for the end."""
    name = "stories_held_out.txt" if held_out else "stories.txt"
    blocks = (LABELS / name).read_text("utf-8").strip().split("\n\n")
    return [_pair(number, block.split("\n")) for number, block in enumerate(blocks)]


def score_pairs(pairs: Iterable[Pair]) -> Score:
    """Precision and recall over pairs."""
    outcomes = [(pair.same, pair.is_grouped()) for pair in pairs]
    right = sum(same and grouped for same, grouped in outcomes)
    return score(sum(grouped for _, grouped in outcomes), right, sum(same for same, _ in outcomes))


def wrong_pairs(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Those of which the rules say something else than the person."""
    return (pair for pair in pairs if pair.same is not pair.is_grouped())


def _pair(number: int, lines: list[str]) -> Pair:
    label, hours = lines[0].split()
    decks = [line[2:] for line in lines if line.startswith("> ")] or ["", ""]
    urls = [line[2:] for line in lines if line.startswith("@ ")] or ["", ""]
    earlier = START - float(hours.removesuffix("h")) * 3600
    one, other = (
        Headline(
            headline_id=f"{number}-{name}",
            feed_url=f"https://{name}.example/feed",
            source=vouch(name),
            title=vouch(title),
            url=url,
            first_seen=at,
            deck=vouch(deck),
            coins=INDEX.find(title, deck),
        )
        for name, title, deck, url, at in zip(
            ("first", "second"), lines[1:3], decks, urls, (earlier, START), strict=True
        )
    )
    return Pair(one, other, same=label == "same")
