"""Titles, compared as people compare them, and not told twice."""

import re
from collections.abc import Sequence

from cointicker.domain.news import Block, Heading, Paragraph
from cointicker.text.blocks import span_text

_NEARLY = 0.6
"""Of a title's letters: a heading that begins or ends it and has so many is the title; the rest names the site."""
_BEGINNING = 3
"""Blocks."""


def letters(text: str) -> str:
    """What is left of a text when it does not matter how it is set."""
    return re.sub(r"\W+", "", text).casefold()


def drop_title(blocks: Sequence[Block], title: str) -> list[Block]:
    """The blocks without the title where it is repeated at their beginning."""
    wanted = letters(title)
    for index, block in enumerate(blocks[:_BEGINNING]):
        if wanted and _repeats(block, wanted):
            return [*blocks[:index], *blocks[index + 1 :]]
    return list(blocks)


def _repeats(block: Block, wanted: str) -> bool:
    if not isinstance(block, Heading | Paragraph):
        return False
    own = letters(span_text(block.spans))
    if own == wanted:
        return True
    nearly = isinstance(block, Heading) and len(own) >= _NEARLY * len(wanted)
    return nearly and (wanted.startswith(own) or wanted.endswith(own))
