"""Running text that stands in no paragraph, as blogs write it: wrapped into paragraphs before trafilatura reads it.

trafilatura 2 makes a paragraph of each link and of each run between two of them, and loses the blanks around them.
"""

from lxml.etree import Element, _Element

from cointicker.sources.parsing.tables import text_of

_CONTAINERS = ("div", "section", "article", "main")
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q",
    "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_BLOCKS = (
    "p", "div", "section", "article", "ul", "ol", "dl", "table", "figure", "blockquote", "pre", "h1", "h2", "h3", "h4",
    "h5", "h6",
)  # fmt: skip
_LEAST = 120
"""Characters of a container's own text; with less it is a label, a by-line or a menu."""


def wrap_loose_text(root: _Element) -> None:
    """Put the own text of containers, and the inline elements in it, into paragraphs; two line ends part them."""
    for container in list(root.iter(*_CONTAINERS)):
        if len(_own_text(container)) >= _LEAST and any(map(_is_inline, container)):
            _wrap(container)


def _own_text(container: _Element) -> str:
    return "".join(text.strip() for text in (container.text or "", *(child.tail or "" for child in container)))


def _is_inline(element: _Element) -> bool:
    return element.tag in _INLINE and next(element.iter(*_BLOCKS), None) is None


def _wrap(container: _Element) -> None:
    first, container.text = container.text or "", None
    children = list(container)
    container[:] = []
    paragraph = Element("p")
    paragraph.text = first
    for child in children:
        tail, child.tail = child.tail or "", None
        if _is_inline(child) or (child.tag == "br" and not _ends_in_break(paragraph)):
            child.tail = tail
            paragraph.append(child)
            continue
        _close(container, paragraph)
        paragraph = Element("p")
        paragraph.text = tail
        if child.tag != "br":
            container.append(child)
    _close(container, paragraph)


def _ends_in_break(paragraph: _Element) -> bool:
    return len(paragraph) > 0 and paragraph[-1].tag == "br" and not (paragraph[-1].tail or "").strip()


def _close(container: _Element, paragraph: _Element) -> None:
    """Add a paragraph that holds anything, without the line end at its end."""
    if _ends_in_break(paragraph):
        del paragraph[-1]
    if text_of(paragraph).strip() or len(paragraph):
        container.append(paragraph)
