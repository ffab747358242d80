"""How well stories and coins are told: ``python tests/bench/labels.py``.

Precision and recall over the labelled pairs of headlines and the labelled texts, those that rules were made with and
those that were kept for the end; then what grouping costs: 10,000 headlines at once, the same after a restart, and
twenty more.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence

from cointicker.domain.news import Headline, Story
from cointicker.domain.stories import StoryBook
from cointicker.domain.telling import take_apart
from cointicker.text.safe import vouch
from domain.mention_labels import load_texts, score_texts, wrong_texts
from domain.story_pairs import INDEX, load_pairs, score_pairs, wrong_pairs
from fake_clock import START

HEADLINES = 10_000
DAYS = 30
SOURCES = 20
MORE = 20
_SYLLABLES = "ba co di fe gu ha jo ki lu me no pa ro su ti ve wa xi yo za".split()  # noqa: SIM905


def invented(count: int) -> Iterator[Headline]:
    """Headlines of a month in the manner of the labelled ones: other names and figures, some told by several."""
    chance = random.Random(11)  # noqa: S311
    titles = [str(headline.title) for pair in load_pairs(held_out=False) for headline in (pair.one, pair.other)]
    for number in range(count):
        title = chance.choice(titles)
        for digit in "123456789":
            title = title.replace(digit, str(chance.randint(1, 9)))
        name = "".join(chance.choice(_SYLLABLES) for _ in range(3)).capitalize()
        title = " ".join(name if word[0].isupper() and chance.random() < 0.4 else word for word in title.split())
        at = START - chance.random() * DAYS * 86_400
        source = f"source{number % SOURCES}"
        coins = INDEX.find(title)
        yield Headline(
            f"{number:06}", f"https://{source}.example", vouch(source), vouch(title), "", at, at, coins=coins
        )


def time_grouping() -> None:
    """Print milliseconds of CPU."""
    headlines = sorted(invented(HEADLINES + MORE), key=lambda headline: headline.at)
    take_apart.cache_clear()
    book = StoryBook()
    show("at once", HEADLINES, lambda: book.group(headlines[:HEADLINES]))
    kept = book.take_places()
    take_apart.cache_clear()
    again = StoryBook()
    show("after a restart", HEADLINES, lambda: again.group(headlines[:HEADLINES], kept=kept))
    show(f"{MORE} more", len(headlines), lambda: again.group(headlines))
    show("nothing new", len(headlines), lambda: again.group(headlines))


def show(name: str, count: int, work: Callable[[], Sequence[Story]]) -> None:
    """Print what some work costs."""
    started = time.process_time()
    stories = work()
    print(f"{count:,} headlines, {name}: {(time.process_time() - started) * 1000:.0f} ms, {len(stories):,} stories")


def main() -> None:
    """Print all."""
    for held_out in (False, True):
        pairs = load_pairs(held_out=held_out)
        found = score_pairs(pairs)
        print(
            f"{len(pairs)} pairs{', held out' * held_out}: precision {found.precision:.3f}, recall {found.recall:.3f}"
        )
        for pair in wrong_pairs(pairs):
            print("   ", pair)
    for held_out in (False, True):
        texts = load_texts(held_out=held_out)
        found = score_texts(texts)
        print(
            f"{len(texts)} texts{', held out' * held_out}: precision {found.precision:.3f}, recall {found.recall:.3f}"
        )
        for line in wrong_texts(texts):
            print("   ", line)
    time_grouping()


if __name__ == "__main__":
    main()
