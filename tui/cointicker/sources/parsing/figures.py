"""Pictures with captions: which there are, and where they belong in an article that was found without them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lxml.etree import _Element

from cointicker.domain.news import Block, Code, Image, Table
from cointicker.sources.parsing.picture_addresses import counts_visits, picture_address
from cointicker.sources.parsing.tables import text_of
from cointicker.text.blocks import span_text
from cointicker.text.safe import clean
from cointicker.text.titles import letters

_CAPTION = 200
_MOST = 30
_ANCHOR = 60
"""Letters at the beginning of a text by which it is known again."""
_SHORTEST_ANCHOR = 20
_FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|svg|avif)", re.IGNORECASE)


@dataclass(slots=True)
class Figure:
    """A picture and the texts that it stands between, as ``letters`` of their beginnings."""

    image: Image
    before: str
    after: str = ""


def make_image(element: _Element, base: str, caption: str = "") -> Image | None:
    """A picture by its caption or else its own words; ``None`` for one that has neither, or that only counts visits."""
    words = clean(caption or element.get("alt") or element.get("title") or "", _CAPTION)
    if not words or _FILE_NAME.fullmatch(words) or counts_visits(element):
        return None
    return Image(words, picture_address(element, base))


def caption_of(figure: _Element) -> str:
    """The foreign words below a picture."""
    return " ".join(text_of(caption, " ") for caption in figure.iter("figcaption"))


def find_figures(root: _Element, base: str) -> list[Figure]:
    """The captioned pictures of a page, in their order; ``base`` resolves relative addresses."""
    figures: list[Figure] = []
    before = ""
    for element in root.iter("figure", "p", "h2", "h3", "h4", "li", "blockquote"):
        if element.tag == "figure":
            picture, caption = element.find(".//img"), caption_of(element)
            image = make_image(picture, base, caption) if picture is not None and caption.strip() else None
            if image is not None and len(figures) < _MOST:
                figures.append(Figure(image, before))
        elif next(element.iterancestors("figure"), None) is None:
            anchor = letters(text_of(element))[:_ANCHOR]
            if len(anchor) >= _SHORTEST_ANCHOR:
                for figure in reversed(figures):
                    if figure.after:
                        break
                    figure.after = anchor
                before = anchor
    return figures


def place_figures(blocks: Sequence[Block], figures: Iterable[Figure]) -> list[Block]:
    """The blocks with those figures that stand between texts of theirs; a caption is not said twice."""
    figures = list(figures)
    captions = {letters(figure.image.caption) for figure in figures} - {""}
    kept = [block for block in blocks if _text(block) not in captions]
    places = {_text(block)[:_ANCHOR]: index for index, block in reversed(list(enumerate(kept)))}
    places.pop("", None)
    placed: dict[int, list[Block]] = {}
    for figure in figures:
        place = places.get(figure.after)
        if place is None and places.get(figure.before, len(kept)) < len(kept) - 1:
            place = places[figure.before] + 1
        if place is not None:
            placed.setdefault(place, []).append(figure.image)
    return [part for index, block in enumerate(kept) for part in (*placed.get(index, ()), block)]


def _text(block: Block) -> str:
    return "" if isinstance(block, Image | Code | Table) else letters(span_text(block.spans))
